// The executor on oneTBB: a pipeline of batches: begin (in order), compute (in parallel), hand over (in order).
#pragma once

#include <oneapi/tbb/concurrent_queue.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>

#include <algorithm>
#include <deque>

#include "arena.hpp"
#include "one_thread.hpp"
#include "replicates.hpp"
#include "thread_order.hpp"

namespace coalis {

template <class Record>
class Pipeline {
 public:
  Pipeline(std::span<const std::uint32_t> replicates, const std::function<RunnerOf<Record>()>& make_runner,
           const Execution& execution, const SinkOf<Record>& sink)
      : waiting_(replicates), execution_(execution), sink_(sink), runners_(make_runner) {}

  std::size_t run(std::size_t batches_in_flight) {
    batches_.resize(batches_in_flight);
    for (auto& batch : batches_) {
      thread_order::release(&batch);
      idle_.push(&batch);
    }
    thread_order::release(&waiting_);
    thread_order::release(&handed_over_);
    using tbb::filter_mode;
    tbb::parallel_pipeline(
        batches_in_flight,
        tbb::make_filter<void, Batch*>(filter_mode::serial_in_order, [&](tbb::flow_control& flow) { return begin(flow); }) &
            tbb::make_filter<Batch*, Batch*>(filter_mode::parallel, [&](Batch* batch) { return compute(batch); }) &
            tbb::make_filter<Batch*, void>(filter_mode::serial_in_order, [&](Batch* batch) { hand_over(*batch); }));
    thread_order::acquire(&waiting_);
    thread_order::acquire(&handed_over_);
    return handed_over_;
  }

 private:
  struct Batch {
    std::span<const std::uint32_t> replicates;
    std::vector<Record> records;  // kept from batch to batch, so that their memory is reused
    std::size_t done = 0;
  };

  Batch* begin(tbb::flow_control& flow) {
    Batch* batch = nullptr;
    thread_order::acquire(&waiting_);
    if (waiting_.empty() || cancelled()) {
      flow.stop();
      return batch;
    }
    idle_.try_pop(batch);  // there is one: as many batches as tokens
    thread_order::acquire(batch);
    const auto size = std::min<std::size_t>(static_cast<std::size_t>(execution_.batch), waiting_.size());
    batch->replicates = waiting_.first(size);
    batch->done = 0;
    if (batch->records.size() < size) batch->records.resize(size);
    waiting_ = waiting_.subspan(size);
    thread_order::release(batch);
    thread_order::release(&waiting_);
    return batch;
  }

  Batch* compute(Batch* batch) {
    thread_order::acquire(batch);
    RunnerOf<Record>& runner = runners_.local();
    for (std::size_t i = 0; i < batch->replicates.size() && !cancelled(); ++i) {
      if (!run_one(runner, batch->replicates[i], batch->records[i])) break;
      ++batch->done;
    }
    thread_order::release(batch);
    return batch;
  }

  // After the first batch that a cancellation cut short nothing more is handed over: the sink has seen the list's beginning.
  void hand_over(Batch& batch) {
    thread_order::acquire(&batch);
    thread_order::acquire(&handed_over_);
    for (std::size_t i = 0; i < batch.done && !cut_short_; ++i, ++handed_over_) sink_(batch.records[i]);
    cut_short_ = cut_short_ || batch.done < batch.replicates.size();
    thread_order::release(&batch);
    idle_.push(&batch);
    if (execution_.progress) execution_.progress(handed_over_);
    thread_order::release(&handed_over_);
  }

  bool cancelled() const { return is_cancelled(execution_); }

  std::span<const std::uint32_t> waiting_;
  const Execution& execution_;
  const SinkOf<Record>& sink_;
  tbb::enumerable_thread_specific<RunnerOf<Record>> runners_;
  std::deque<Batch> batches_;
  tbb::concurrent_queue<Batch*> idle_;
  std::size_t handed_over_ = 0;
  bool cut_short_ = false;
};

// Runs the listed replicates on so many threads; batches of execution.batch. Returns how many records the sink received.
template <class Record>
std::size_t run_in_parallel(std::span<const std::uint32_t> replicates, const std::function<RunnerOf<Record>()>& make_runner,
                            const Execution& execution, const SinkOf<Record>& sink) {
  const int threads = thread_count(execution.threads);
  Execution resolved = execution;
  resolved.batch = std::max(1, execution.batch);
  // One batch is one thread's: there is nothing to wake others for.
  if (replicates.size() <= static_cast<std::size_t>(resolved.batch))
    return one_thread::run_in_parallel<Record>(replicates, make_runner, resolved, sink);
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  LentArena arena(threads);
  return arena.execute(
      [&] { return Pipeline<Record>(replicates, make_runner, resolved, sink).run(2 * static_cast<std::size_t>(threads) + 1); });
}

// One replicate at a time: the threads are at work inside it.
template <class Record>
std::size_t run_one_by_one(std::span<const std::uint32_t> replicates, const RunnerOf<Record>& runner, const Execution& execution,
                           const SinkOf<Record>& sink) {
  const int threads = thread_count(execution.threads);
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  LentArena arena(threads);
  Record record;
  std::size_t done = 0;
  for (const auto replicate : replicates) {
    if (is_cancelled(execution)) break;
    if (!arena.execute([&] { return run_one(runner, replicate, record); })) break;
    sink(record);
    ++done;
    if (execution.progress) execution.progress(done);
  }
  return done;
}

}  // namespace coalis
