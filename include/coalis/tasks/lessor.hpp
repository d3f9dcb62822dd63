// Processes that share runs by messages (coalis-mpi): one of them leads and hands runs out, all do what they are given. Each
// keeps its own shards in the folder that all see, so that messages say nothing but which runs.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
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
};

class Lessor {
 public:
  virtual ~Lessor() = default;
  virtual bool leads() const = 0;
  // By who leads, before anything else.
  virtual void offer(WorkOffered work) = 0;
  // Waits for it; nothing: all runs are kept, or it is over.
  virtual std::optional<Lease> next(const Watch& watch) = 0;
  // The lease is on disk, renamed and flushed. stop: a run failed, and nothing is begun any more.
  virtual void kept(const Lease& lease, double seconds, bool stop) = 0;
  // Whether it ended because all that was offered is on disk.
  virtual bool all_kept() const = 0;
  // Runs, as far as who leads knows.
  virtual std::size_t kept_by_others() const = 0;
};

}  // namespace coalis
