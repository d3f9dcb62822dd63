#include "coalis/tasks/leases.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace coalis {
namespace {

constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();  // who was taken for lost

}  // namespace

std::size_t Lease::size() const {
  std::size_t size = 0;
  for (const RunRange& range : runs) size += range.size();
  return size;
}

Leases::Leases(const std::vector<RunRange>& missing, LeaseSizes sizes, std::uint64_t before)
    : sizes_(sizes), open_(missing.begin(), missing.end()), numbers_(before) {
  for (const RunRange& range : missing) left_ += range.size();
}

std::size_t Leases::size_for(std::uint32_t processes) const {
  std::size_t size = sizes_.first;
  if (timed_ > 0) {
    const double most = sizes_.seconds / std::max(seconds_ / static_cast<double>(timed_), 1e-9);
    size = static_cast<std::size_t>(std::clamp(static_cast<double>(left_) / (2.0 * processes), most / 10, most));
  }
  return std::clamp<std::size_t>(std::max(size, sizes_.together), 1, std::max<std::size_t>(1, sizes_.most));
}

std::optional<Lease> Leases::take(std::uint32_t process, std::uint32_t processes) {
  Lease lease;
  if (!returned_.empty()) {
    lease = std::move(returned_.front());
    returned_.pop_front();
  } else {
    if (open_.empty()) return std::nullopt;
    std::size_t room = size_for(processes);
    while (room > 0 && !open_.empty() && lease.runs.size() < most_ranges) {
      RunRange& from = open_.front();
      std::size_t end = std::min(from.end, from.first + room);
      if (end < from.end) {
        if (const std::size_t whole = end / sizes_.together * sizes_.together; whole > from.first)
          end = whole;
        else if (!lease.runs.empty())
          break;
      }
      lease.runs.push_back({from.first, end});
      room -= end - from.first, left_ -= end - from.first;
      from.first = end;
      if (from.size() > 0) break;
      open_.pop_front();
    }
    lease.number = ++numbers_;
  }
  out_[lease.number] = {lease, process};
  return lease;
}

std::optional<Lease> Leases::kept(std::uint64_t number, double seconds) {
  const auto count = [&](const Lease& lease, std::uint32_t process) {
    kept_[process] += lease.size();
    timed_ += lease.size(), seconds_ += seconds;
  };
  if (const auto found = out_.find(number); found != out_.end()) {
    Lease lease = std::move(found->second.lease);
    count(lease, found->second.process);
    out_.erase(found);
    return lease;
  }
  const auto late = std::find_if(returned_.begin(), returned_.end(), [&](const Lease& lease) { return lease.number == number; });
  if (late == returned_.end()) return std::nullopt;
  Lease lease = std::move(*late);
  count(lease, nobody);
  returned_.erase(late);
  return lease;
}

std::vector<Lease> Leases::lost(std::uint32_t process) {
  std::vector<Lease> leases;
  for (auto it = out_.begin(); it != out_.end();) {
    if (it->second.process != process) {
      ++it;
      continue;
    }
    leases.push_back(std::move(it->second.lease));
    it = out_.erase(it);
  }
  return leases;
}

void Leases::give_back(Lease lease) {
  if (lease.size() > 0) returned_.push_back(std::move(lease));
}

std::size_t Leases::kept_by_others(std::uint32_t process) const {
  std::size_t runs = 0;
  for (const auto& [other, kept] : kept_) runs += other == process ? 0 : kept;
  return runs;
}

}  // namespace coalis
