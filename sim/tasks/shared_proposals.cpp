#include "coalis/tasks/shared_proposals.hpp"

#include <bit>
#include <chrono>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>

#include "coalis/core/seconds.hpp"

namespace coalis {
namespace {

constexpr std::size_t first_lease = 64, most_leased = std::size_t{1} << 16;  // proposals

using Numbers = std::vector<std::uint64_t>;

// What proposals hang on: the generation, and the values and weights of the population before it.
Numbers about(const AbcState& state) {
  const auto& population = state.population;
  Numbers numbers{static_cast<std::uint64_t>(state.current.number), population.size()};
  for (const Particle& particle : population) {
    numbers.push_back(std::bit_cast<std::uint64_t>(particle.weight));
    for (const double value : particle.values) numbers.push_back(std::bit_cast<std::uint64_t>(value));
  }
  return numbers;
}

AbcState state_about(std::span<const std::uint64_t> numbers) {
  const std::size_t particles = numbers.size() < 2 ? 0 : numbers[1];
  if (numbers.size() < 2 || (particles == 0 ? numbers.size() > 2 : (numbers.size() - 2) % particles != 0))
    throw std::runtime_error("rank 0 has sent no generation: is coalis-mpi the same program on all machines?");
  AbcState state;
  state.current.number = static_cast<int>(numbers[0]);
  for (std::size_t rest = particles, each = particles == 0 ? 0 : (numbers.size() - 2) / particles, at = 2; rest > 0; --rest) {
    Particle& particle = state.population.emplace_back();
    particle.weight = std::bit_cast<double>(numbers[at]);
    for (std::size_t i = 1; i < each; ++i) particle.values.push_back(std::bit_cast<double>(numbers[at + i]));
    at += each;
  }
  return state;
}

// Distance and values, proposal after proposal; nothing if it was cancelled meanwhile.
std::optional<Numbers> found_by(const RunProposals& here, const AbcState& state, const Lease& lease) {
  Numbers found;
  std::size_t done = 0;
  for (const RunRange& range : lease.runs) {
    const auto numbers = replicate_range(static_cast<std::uint32_t>(range.first), range.size());
    done += here(state, numbers, [&](const RunRecord& record) {
      for (const double value : record.outcomes) found.push_back(std::bit_cast<std::uint64_t>(value));
    });
  }
  return done == lease.size() ? std::optional(std::move(found)) : std::nullopt;
}

// Of a step, by the first proposal of each range.
struct Found {
  struct Range {
    std::size_t size;
    Numbers numbers;
  };
  std::map<std::size_t, Range> ranges;

  void take(const Lease& lease, std::span<const std::uint64_t> numbers) {
    const std::size_t width = numbers.size() / lease.size();
    for (const RunRange& range : lease.runs) {
      const auto of_range = numbers.first(range.size() * width);
      ranges[range.first] = {range.size(), {of_range.begin(), of_range.end()}};
      numbers = numbers.subspan(of_range.size());
    }
  }

  // From the first on, as far as none is missing.
  std::size_t hand_over(std::size_t first, const Sink& sink) const {
    std::size_t next = first;
    RunRecord record;
    for (const auto& [begin, range] : ranges) {
      if (begin != next) break;
      const std::size_t width = range.numbers.size() / range.size;
      for (std::size_t i = 0; i < range.size; ++i, ++next) {
        record.replicate = static_cast<std::uint32_t>(next);
        record.outcomes.clear();
        for (std::size_t k = 0; k < width; ++k) record.outcomes.push_back(std::bit_cast<double>(range.numbers[i * width + k]));
        sink(record);
      }
    }
    return next - first;
  }
};

// False if it was cancelled.
bool do_lease(Lessor& lessor, const RunProposals& here, const AbcState& state, const Lease& lease) {
  const auto start = std::chrono::steady_clock::now();
  auto found = found_by(here, state, lease);
  if (!found) return false;
  lessor.kept(lease, seconds_since(start), false, *std::move(found));
  return true;
}

}  // namespace

RunProposals proposals_by_all(Lessor& lessor, double lease_seconds, RunProposals here, const Watch& watch) {
  return [&lessor, lease_seconds, here = std::move(here), &watch](const AbcState& state, std::span<const std::uint32_t> numbers,
                                                                  const Sink& sink) -> std::size_t {
    if (numbers.empty()) return 0;
    const auto found = std::make_shared<Found>();  // what comes late, after a cancellation, finds it
    WorkOffered work;
    work.missing = {{numbers.front(), std::size_t{numbers.back()} + 1}};
    work.sizes = {1, first_lease, most_leased, lease_seconds};
    work.still_missing = [](const std::vector<RunRange>& ranges) { return ranges; };
    work.about = about(state);
    work.take = [found](const Lease& lease, std::span<const std::uint64_t> of_lease) { found->take(lease, of_lease); };
    work.more = true;
    lessor.offer(std::move(work));
    while (const auto lease = lessor.next(watch))
      if (!do_lease(lessor, here, state, *lease)) break;
    if (watch.cancelled()) return 0;  // a lease may be out: the step is done again
    return found->hand_over(numbers.front(), sink);
  };
}

void share_proposals(Lessor& lessor, const RunProposals& here, const Watch& watch) {
  while (const auto lease = lessor.next(watch))
    if (!do_lease(lessor, here, state_about(lease->about), *lease)) return;
}

}  // namespace coalis
