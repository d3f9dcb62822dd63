// The executor without threads (COALIS_SERIAL): the same records in the same order, the same cancellation, progress and errors.
#pragma once

#include "replicates.hpp"

namespace coalis::one_thread {

// Runs the listed replicates, whatever the number of threads asked for. Returns how many records the sink received.
template <class Record>
std::size_t run_one_by_one(std::span<const std::uint32_t> replicates, const RunnerOf<Record>& runner, const Execution& execution,
                           const SinkOf<Record>& sink) {
  const auto batch = static_cast<std::size_t>(std::max(1, execution.batch));
  Record record;
  std::size_t done = 0, told = 0;
  const auto tell = [&] {
    if (execution.progress && done > told) execution.progress(done);
    told = done;
  };
  for (const std::uint32_t replicate : replicates) {
    if (is_cancelled(execution)) break;
    if (!run_one(runner, replicate, record)) break;
    sink(record);
    if (++done % batch == 0) tell();
  }
  tell();
  return done;
}

template <class Record>
std::size_t run_in_parallel(std::span<const std::uint32_t> replicates, const std::function<RunnerOf<Record>()>& make_runner,
                            const Execution& execution, const SinkOf<Record>& sink) {
  return replicates.empty() ? 0 : one_thread::run_one_by_one<Record>(replicates, make_runner(), execution, sink);
}

}  // namespace coalis::one_thread
