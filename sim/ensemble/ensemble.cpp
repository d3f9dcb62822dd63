// A pipeline of batches: begin (in order), compute (in parallel), hand over (in order).
#include "coalis/ensemble/ensemble.hpp"

#include <oneapi/tbb/concurrent_queue.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <deque>
#include <numeric>

namespace coalis {
namespace {

// Organisation-months a task should be worth: about a millisecond, a thousand times what scheduling it costs.
constexpr std::size_t batch_work = 80'000;

struct Batch {
  std::span<const std::uint32_t> replicates;
  std::vector<RunRecord> records;  // kept from batch to batch, so that their memory is reused
  std::size_t done = 0;
};

class Pipeline {
 public:
  Pipeline(std::span<const std::uint32_t> replicates, const std::function<Runner()>& make_runner, const Execution& execution,
           const Sink& sink)
      : waiting_(replicates), execution_(execution), sink_(sink), runners_(make_runner) {}

  std::size_t run(std::size_t batches_in_flight) {
    batches_.resize(batches_in_flight);
    for (auto& batch : batches_) idle_.push(&batch);
    using tbb::filter_mode;
    tbb::parallel_pipeline(
        batches_in_flight,
        tbb::make_filter<void, Batch*>(filter_mode::serial_in_order, [&](tbb::flow_control& flow) { return begin(flow); }) &
            tbb::make_filter<Batch*, Batch*>(filter_mode::parallel, [&](Batch* batch) { return compute(batch); }) &
            tbb::make_filter<Batch*, void>(filter_mode::serial_in_order, [&](Batch* batch) { hand_over(*batch); }));
    return handed_over_;
  }

 private:
  Batch* begin(tbb::flow_control& flow) {
    Batch* batch = nullptr;
    if (waiting_.empty() || cancelled()) {
      flow.stop();
      return batch;
    }
    idle_.try_pop(batch);  // there is one: as many batches as tokens
    const auto size = std::min<std::size_t>(static_cast<std::size_t>(execution_.batch), waiting_.size());
    batch->replicates = waiting_.first(size);
    batch->done = 0;
    if (batch->records.size() < size) batch->records.resize(size);
    waiting_ = waiting_.subspan(size);
    return batch;
  }

  Batch* compute(Batch* batch) {
    Runner& runner = runners_.local();
    for (std::size_t i = 0; i < batch->replicates.size() && !cancelled(); ++i) {
      try {
        runner(batch->replicates[i], batch->records[i]);
      } catch (const std::exception& error) {
        std::throw_with_nested(ReplicateError(batch->replicates[i], error.what()));
      }
      ++batch->done;
    }
    return batch;
  }

  // After the first batch that a cancellation cut short nothing more is handed over: the sink has seen the list's beginning.
  void hand_over(Batch& batch) {
    for (std::size_t i = 0; i < batch.done && !cut_short_; ++i, ++handed_over_) sink_(batch.records[i]);
    cut_short_ = cut_short_ || batch.done < batch.replicates.size();
    idle_.push(&batch);
    if (execution_.progress) execution_.progress(handed_over_);
  }

  bool cancelled() const { return execution_.cancel && execution_.cancel->load(std::memory_order_relaxed); }

  std::span<const std::uint32_t> waiting_;
  const Execution& execution_;
  const Sink& sink_;
  tbb::enumerable_thread_specific<Runner> runners_;
  std::deque<Batch> batches_;
  tbb::concurrent_queue<Batch*> idle_;
  std::size_t handed_over_ = 0;
  bool cut_short_ = false;
};

// Few and large: fewer runs than threads, and enough chunks in each to share out.
bool parallel_inside(const Scenario& scenario, std::size_t replicates, int threads) {
  return threads > 1 && replicates < static_cast<std::size_t>(threads) && chunk_count(scenario.organisations.count()) > 2;
}

int batch_size(const Scenario& scenario, std::size_t replicates, int threads) {
  const auto work = static_cast<std::size_t>(std::max(1, scenario.organisations.count())) *
                    static_cast<std::size_t>(std::max(1, scenario.calendar.months));
  const std::size_t fair = replicates / (4 * static_cast<std::size_t>(threads));  // at least four batches a thread
  return static_cast<int>(std::max<std::size_t>(1, std::min(batch_work / work, fair)));
}

}  // namespace

ReplicateError::ReplicateError(std::uint32_t number, const std::string& reason)
    : std::runtime_error("replicate " + std::to_string(number) + ": " + reason), replicate(number) {}

int thread_count(int threads) { return threads > 0 ? threads : std::max(1, tbb::info::default_concurrency()); }

std::vector<std::uint32_t> replicate_range(std::uint32_t first, std::size_t count) {
  std::vector<std::uint32_t> range(count);
  std::iota(range.begin(), range.end(), first);
  return range;
}

std::size_t execute(std::span<const std::uint32_t> replicates, const std::function<Runner()>& make_runner,
                    const Execution& execution, const Sink& sink) {
  const int threads = thread_count(execution.threads);
  Execution resolved = execution;
  resolved.batch = std::max(1, execution.batch);
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);
  return arena.execute([&] {
    return Pipeline(replicates, make_runner, resolved, sink).run(2 * static_cast<std::size_t>(threads) + 1);
  });
}

std::size_t run_ensemble(const Scenario& scenario, std::uint64_t seed, std::span<const std::uint32_t> replicates,
                         const Recording& recording, const Execution& execution, const Sink& sink) {
  const auto plan = make_plan(scenario);
  const int threads = thread_count(execution.threads);
  const bool inside = parallel_inside(scenario, replicates.size(), threads);
  const auto make_runner = [&]() -> Runner {
    const auto simulator = std::make_shared<Simulator>(plan, "", inside ? tbb_loop() : serial_loop());
    return [simulator, seed, recording](std::uint32_t replicate, RunRecord& record) {
      simulator->run(seed, replicate, recording, record);
    };
  };
  Execution resolved = execution;
  if (resolved.batch == 0) resolved.batch = batch_size(scenario, replicates.size(), threads);
  if (!inside) return execute(replicates, make_runner, resolved, sink);

  // One replicate at a time: the threads are at work inside it.
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);
  Runner runner = make_runner();
  RunRecord record;
  std::size_t done = 0;
  for (const auto replicate : replicates) {
    if (execution.cancel && execution.cancel->load()) break;
    try {
      arena.execute([&] { runner(replicate, record); });
    } catch (const std::exception& error) {
      std::throw_with_nested(ReplicateError(replicate, error.what()));
    }
    sink(record);
    ++done;
    if (execution.progress) execution.progress(done);
  }
  return done;
}

}  // namespace coalis
