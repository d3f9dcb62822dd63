// What the executors share: one replicate, and how many make a task. Record: what one replicate leaves behind.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <new>
#include <span>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/model/attendance_rule.hpp"

namespace coalis {

// Organisation-months a task should be worth: about a millisecond, a thousand times what scheduling it costs.
inline constexpr std::size_t batch_work = 80'000;

template <class Record>
using RunnerOf = std::function<void(std::uint32_t replicate, Record& record)>;
template <class Record>
using SinkOf = std::function<void(const Record&)>;

// Threads that this machine runs at once, at least 1.
int machine_threads();

inline bool is_cancelled(const Execution& execution) {
  return execution.cancel && execution.cancel->load(std::memory_order_relaxed);
}

// A failure names its replicate. False: a rule of attendance gave it up.
template <class Record>
bool run_one(const RunnerOf<Record>& runner, std::uint32_t replicate, Record& record) {
  try {
    runner(replicate, record);
    return true;
  } catch (const RuleGaveUp&) {
    return false;
  } catch (const std::bad_alloc&) {
    throw;  // no fault of the replicate
  } catch (const std::exception& error) {
    std::throw_with_nested(ReplicateError(replicate, error.what()));
  }
}

// Few and large: fewer runs than threads, and enough chunks in each to share out.
inline bool parallel_inside(int organisations, std::size_t replicates, int threads) {
  return threads > 1 && replicates < static_cast<std::size_t>(threads) && chunk_count(organisations) > 2;
}

// Replicates a task. work: organisation-months of one replicate.
inline int batch_size(std::size_t work, std::size_t replicates, int threads) {
  const std::size_t fair = replicates / (4 * static_cast<std::size_t>(threads));  // at least four batches a thread
  return static_cast<int>(std::max<std::size_t>(1, std::min(batch_work / std::max<std::size_t>(1, work), fair)));
}

// Organisation-months of one run.
inline std::size_t run_work(const Scenario& scenario) {
  return static_cast<std::size_t>(std::max(1, scenario.organisations.count())) *
         static_cast<std::size_t>(std::max(1, scenario.calendar.months));
}

}  // namespace coalis
