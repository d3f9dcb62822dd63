#include "kept_records.hpp"

#ifdef __linux__
#include <sys/mman.h>
#endif

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <new>

#include "coalis/core/column.hpp"

namespace coalis::python {
namespace {

constexpr std::size_t parts = 15;                                                       // vectors of a record
constexpr std::size_t smallest = std::size_t{1} << 16, largest = std::size_t{1} << 23;  // bytes of a block
constexpr std::size_t huge_page = std::size_t{1} << 21;

struct Head {
  std::uint64_t hash;
  std::uint32_t replicate;
  std::array<std::uint64_t, parts> counts;
};

// Calls f(vector, number) for every vector of a record, outcomes first.
template <class Record, class F>
void for_parts(Record& r, F&& f) {
  std::size_t number = 0;
  const auto each = [&](auto&... vectors) { (f(vectors, number++), ...); };
  each(r.outcomes, r.trajectories, r.region_trajectories, r.attended, r.final_float, r.final_integer, r.ties, r.region_ties,
       r.survey, r.respondents, r.answers, r.attended_before, r.organisation_trajectories, r.sheets, r.attended_until);
}

// A large block begins and ends with a huge page: small ones at its ends take longer to get than to fill.
std::byte* allocate(std::size_t& bytes) {
  const std::size_t grain = bytes < huge_page ? cache_line : huge_page;
  bytes = (bytes + grain - 1) / grain * grain;
  void* block = std::aligned_alloc(grain, bytes);
  if (!block) throw std::bad_alloc();
#ifdef __linux__
  if (grain == huge_page) madvise(block, bytes, MADV_HUGEPAGE);
#endif
  return static_cast<std::byte*>(block);
}

template <class T>
std::size_t bytes_of(const std::vector<T>& values) {
  return (values.size() * sizeof(T) + 7) / 8 * 8;
}

Head head_at(const std::byte* place) {
  Head head;
  std::memcpy(&head, place, sizeof head);
  return head;
}

}  // namespace

std::byte* KeptRecords::room(std::size_t bytes) {
  if (used_ + bytes > block_) {
    block_ = std::max(bytes, std::clamp(2 * block_, smallest, largest));
    blocks_.emplace_back(allocate(block_));
    used_ = 0;
  }
  std::byte* place = blocks_.back().get() + used_;
  used_ += bytes;
  return place;
}

void KeptRecords::add(const RunRecord& record) {
  static_assert(sizeof(Head) % 8 == 0);
  Head head{record.hash, record.replicate, {}};
  std::size_t bytes = sizeof head;
  for_parts(record, [&](const auto& values, std::size_t part) {
    head.counts.at(part) = values.size();
    bytes += bytes_of(values);
  });
  std::byte* place = room(bytes);
  places_.push_back(place);
  std::memcpy(place, &head, sizeof head);
  place += sizeof head;
  for_parts(record, [&](const auto& values, std::size_t) {
    if (!values.empty()) std::memcpy(place, values.data(), values.size() * sizeof(values.front()));
    place += bytes_of(values);
  });
}

void KeptRecords::get(std::size_t number, RunRecord& record) const {
  const std::byte* place = places_.at(number);
  const Head head = head_at(place);
  record.hash = head.hash, record.replicate = head.replicate;
  place += sizeof head;
  for_parts(record, [&](auto& values, std::size_t part) {
    values.resize(head.counts.at(part));
    if (!values.empty()) std::memcpy(values.data(), place, values.size() * sizeof(values.front()));
    place += bytes_of(values);
  });
}

std::uint64_t KeptRecords::hash(std::size_t number) const { return head_at(places_.at(number)).hash; }

std::span<const double> KeptRecords::outcomes(std::size_t number) const {
  const std::byte* place = places_.at(number);
  return {reinterpret_cast<const double*>(place + sizeof(Head)), head_at(place).counts.front()};
}

}  // namespace coalis::python
