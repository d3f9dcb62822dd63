// The executor: runs many replicates of one scenario in parallel and hands their records, in order, to one place.
// What the sink sees does not depend on the number of threads, and memory does not depend on the number of replicates.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

#include "coalis/core/parallel.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/model/record.hpp"

namespace coalis {

// A replicate that failed; what() names it. The original exception is nested.
struct ReplicateError : std::runtime_error {
  ReplicateError(std::uint32_t number, const std::string& reason);
  std::uint32_t replicate;
};

struct Execution {
  int threads = 0;                                           // 0: as many as the machine has
  int batch = 0;                                             // replicates a task, 0: as the size of a run suggests
  const std::atomic<bool>* cancel = nullptr;                 // once true, replicates under way are finished and no other is begun
  std::function<void(std::size_t done)> progress = nullptr;  // after every batch, with the number of records handed over
  void (*measure)(const Scenario&, RunRecord&) = nullptr;    // adds to the record of a finished run, in its thread
};

// Fills the record of one replicate. Each thread has its own.
using Runner = std::function<void(std::uint32_t replicate, RunRecord& record)>;
// Takes the records in the order of the list; never called by two threads at once, runs beside the computing.
using Sink = std::function<void(const RunRecord&)>;

// Runs the listed replicates and returns how many records the sink received: all, or after a cancellation the first so many
// of the list. Throws ReplicateError for a run that throws; an exception of the sink passes as it is.
std::size_t execute(std::span<const std::uint32_t> replicates, const std::function<Runner()>& make_runner,
                    const Execution& execution, const Sink& sink);

// The same with one Simulator a thread. Few replicates of many organisations run one at a time, in parallel inside.
std::size_t run_ensemble(const Scenario& scenario, std::uint64_t seed, std::span<const std::uint32_t> replicates,
                         const Recording& recording, const Execution& execution, const Sink& sink);

// first, first+1, ..., first+count-1.
std::vector<std::uint32_t> replicate_range(std::uint32_t first, std::size_t count);

// Threads that `threads` stands for: itself, or the machine's number for 0.
int thread_count(int threads);

// A loop over organisations on oneTBB (see core/parallel.hpp); in a library built without it (COALIS_SERIAL) the serial one.
const Loop& tbb_loop();

}  // namespace coalis
