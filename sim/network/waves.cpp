// See waves.hpp. The end of a month is the end of a run that ends there: what comes later changes nothing before.
#include "coalis/network/waves.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "coalis/engine/simulate.hpp"
#include "network/final_state.hpp"

namespace coalis {
namespace {

constexpr int attendance_months = 12;

RunRecord record_until(Scenario scenario, int month, std::uint64_t seed, std::uint32_t replicate, bool by_month) {
  scenario.calendar.months = month + 1;
  RunRecord record;
  Simulator(make_plan(scenario))
      .run(seed, replicate,
           {.trajectories = false,
            .regions = false,
            .organisations = true,
            .ties = true,
            .survey = false,
            .organisation_trajectories = by_month},
           record);
  return record;
}

// A quantity of every organisation month by month.
class ByMonth {
 public:
  ByMonth(const RunRecord& record, std::string_view name, std::size_t organisations)
      : values_(final_column(organisation_trajectory_quantities(), record.organisation_trajectories, name)), n_(organisations) {}
  float at(int month, std::int32_t organisation) const {
    return values_[static_cast<std::size_t>(month) * n_ + static_cast<std::size_t>(organisation)];
  }

 private:
  std::span<const float> values_;
  std::size_t n_;
};

// The time of a month's middle, in waves.
double time_of(std::span<const int> months, int month) {
  const auto next = std::lower_bound(months.begin(), months.end(), month);
  const double before = *(next - 1), wave = static_cast<double>(next - months.begin());
  return wave + (month - 0.5 - before) / (*next - before);
}

// From the first wave on; a member all along has {{1, number of waves}}.
std::vector<std::array<double, 2>> presence(const ByMonth& status, std::int32_t organisation, std::span<const int> months) {
  std::vector<std::array<double, 2>> intervals;
  bool inside = false;
  for (int month = months.front(); month <= months.back(); ++month) {
    const bool now = is_member(static_cast<std::int32_t>(status.at(month, organisation)));
    if (now == inside) continue;
    const double time = month == months.front() ? 1 : time_of(months, month);
    if (now) {
      intervals.push_back({time, static_cast<double>(months.size())});
    } else {
      intervals.back()[1] = time;
    }
    inside = now;
  }
  return intervals;
}

Wave make_wave(const Waves& waves, const ByMonth& status, const ByMonth& attended, const ByMonth& commitment, int month,
               const std::vector<Tie>& ties, std::span<const std::int32_t> actor_of) {
  Wave wave;
  wave.month = month;
  for (const std::int32_t organisation : waves.actors) {
    wave.member.push_back(is_member(static_cast<std::int32_t>(status.at(month, organisation))) ? 1 : 0);
    wave.commitment.push_back(commitment.at(month, organisation));
    std::int32_t came = 0;
    for (int m = std::max(0, month - attendance_months + 1); m <= month; ++m) came += attended.at(m, organisation) > 0 ? 1 : 0;
    wave.attendance.push_back(came);
  }
  for (const Tie& tie : ties) {
    const std::int32_t a = actor_of[static_cast<std::size_t>(tie.owner)], b = actor_of[static_cast<std::size_t>(tie.partner)];
    if (a >= 0 && b >= 0 && wave.member[static_cast<std::size_t>(a)] && wave.member[static_cast<std::size_t>(b)])
      wave.ties.push_back({a, b, tie.strength});
  }
  return wave;
}

}  // namespace

Waves make_waves(const Scenario& scenario, std::uint64_t seed, std::uint32_t replicate, std::span<const int> months) {
  const auto n = static_cast<std::size_t>(scenario.organisations.count());
  Waves waves;
  waves.last = record_until(scenario, months.back(), seed, replicate, true);
  const ByMonth status(waves.last, "status", n), attended(waves.last, "attended", n), commitment(waves.last, "commitment", n);
  std::vector<std::int32_t> actor_of(n, -1);
  for (std::int32_t organisation = 0; organisation < static_cast<std::int32_t>(n); ++organisation) {
    const bool at_any = std::any_of(months.begin(), months.end(), [&](int month) {
      return is_member(static_cast<std::int32_t>(status.at(month, organisation)));
    });
    if (!at_any) continue;
    actor_of[static_cast<std::size_t>(organisation)] = static_cast<std::int32_t>(waves.actors.size());
    waves.actors.push_back(organisation);
    waves.present.push_back(presence(status, organisation, months));
  }
  for (const int month : months) {
    const auto ties = month == months.back() ? waves.last.ties : record_until(scenario, month, seed, replicate, false).ties;
    waves.waves.push_back(make_wave(waves, status, attended, commitment, month, ties, actor_of));
  }
  return waves;
}

double jaccard(const Wave& a, const Wave& b) {
  std::vector<std::pair<std::int32_t, std::int32_t>> pairs[2];
  for (const auto& [wave, found] : {std::pair{&a, &pairs[0]}, std::pair{&b, &pairs[1]}}) {
    for (const Tie& tie : wave->ties) {
      const auto owner = static_cast<std::size_t>(tie.owner), partner = static_cast<std::size_t>(tie.partner);
      if (a.member[owner] && b.member[owner] && a.member[partner] && b.member[partner])
        found->emplace_back(tie.owner, tie.partner);
    }
    std::sort(found->begin(), found->end());
  }
  std::size_t both = 0;
  for (const auto& pair : pairs[0]) both += std::binary_search(pairs[1].begin(), pairs[1].end(), pair) ? 1 : 0;
  const std::size_t either = pairs[0].size() + pairs[1].size() - both;
  return either ? static_cast<double>(both) / static_cast<double>(either) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace coalis
