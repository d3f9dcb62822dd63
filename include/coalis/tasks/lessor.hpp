// Processes that share runs by messages (coalis-mpi): one of them leads and hands runs out, all do what they are given. Where
// runs are kept, each process has its own shards in the folder that all see, and messages say nothing but which runs; else
// figures are sent to who leads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "coalis/tasks/leases.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

// What who leads hands out.
struct WorkOffered {
  std::vector<RunRange> missing;
  LeaseSizes sizes;
  // Of these runs those that are not on disk, looked up anew.
  std::function<std::vector<RunRange>(const std::vector<RunRange>&)> still_missing;
  std::vector<std::uint64_t> about = {};  // of every lease
  // What others found; not at the same time as anything else of who leads. Each run once.
  std::function<void(const Lease& lease, std::span<const std::uint64_t> found)> take = nullptr;
  bool more = false;  // is offered once this is done: others wait for it
};

class Lessor {
 public:
  virtual ~Lessor() = default;
  virtual bool leads() const = 0;
  // By who leads, before anything else, and again once that is done.
  virtual void offer(WorkOffered work) = 0;
  // Waits for it; nothing: all runs are kept, or it is over.
  virtual std::optional<Lease> next(const Watch& watch) = 0;
  // The lease is on disk, renamed and flushed, or what was found is in numbers. stop: a run failed, and nothing is begun any
  // more.
  virtual void kept(const Lease& lease, double seconds, bool stop, std::vector<std::uint64_t> found = {}) = 0;
  virtual std::size_t processes() const = 0;
  // Whether it ended because all that was offered is on disk.
  virtual bool all_kept() const = 0;
  // Runs, as far as who leads knows.
  virtual std::size_t kept_by_others() const = 0;
};

// Who shares out what a command does, if anybody does.
struct Sharing {
  Lessor* lessor = nullptr;
  double lease_seconds = 5;  // of work, at most, that a process is given at once
};

}  // namespace coalis
