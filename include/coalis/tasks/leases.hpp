// Runs handed out to processes that ask for them, as ranges that take each a few seconds: who has which, and what is left.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "coalis/questions/study/part.hpp"

namespace coalis {

// Runs that one process does and keeps as one shard, or sends the figures of. Equal numbers are equal leases, whoever has them.
struct Lease {
  std::uint64_t number = 0;
  std::vector<RunRange> runs;             // in order
  std::vector<std::uint64_t> about = {};  // what the runs are of, where the command line does not say it
  std::size_t size() const;
};

struct LeaseSizes {
  std::size_t together = 1;  // runs from a multiple of it to the next are one lease's, if it may have as many
  std::size_t first = 1;     // of a lease before any was kept
  std::size_t most = 1;      // by what they take in memory until they are kept
  double seconds = 5;        // of a lease at most; a tenth of it at least, while so much is left
};

class Leases {
 public:
  static constexpr std::size_t most_ranges = 64;  // of a lease

  // The runs that are missing, in order. Leases are numbered behind `before`.
  Leases(const std::vector<RunRange>& missing, LeaseSizes sizes, std::uint64_t before = 0);
  std::uint64_t last_number() const { return numbers_; }
  // The next for one of so many processes: half of its share of what is left, within the bounds of time. Nothing while all others
  // are out.
  std::optional<Lease> take(std::uint32_t process, std::uint32_t processes);
  // It is on disk, after so many seconds; whoever says so, and however late. Nothing if it was known, or is none of these.
  std::optional<Lease> kept(std::uint64_t number, double seconds);
  // What a process had that is lost; others get it once it is given back with what is still missing of it.
  std::vector<Lease> lost(std::uint32_t process);
  void give_back(Lease lease);
  // Neither open nor out.
  bool finished() const { return open_.empty() && returned_.empty() && out_.empty(); }
  bool all_in() const { return out_.empty(); }
  std::size_t kept_by_others(std::uint32_t process) const;  // runs

 private:
  struct Out {
    Lease lease;
    std::uint32_t process;
  };
  std::size_t size_for(std::uint32_t processes) const;

  LeaseSizes sizes_;
  std::deque<RunRange> open_;
  std::size_t left_ = 0;  // runs of open_
  std::deque<Lease> returned_;
  std::map<std::uint64_t, Out> out_;
  std::map<std::uint32_t, std::size_t> kept_;  // runs by process
  std::uint64_t numbers_ = 0;
  double seconds_ = 0;  // of the runs so far
  std::size_t timed_ = 0;
};

}  // namespace coalis
