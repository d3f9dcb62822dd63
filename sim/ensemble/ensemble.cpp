// The executor of one scenario's replicates.
#include "coalis/ensemble/ensemble.hpp"

#include <algorithm>
#include <numeric>

#include "coalis/ensemble/resources.hpp"
#include "coalis/ensemble/under_rules.hpp"
#include "coalis/model/plan.hpp"
#include "executor.hpp"

namespace coalis {

ReplicateError::ReplicateError(std::uint32_t number, const std::string& reason)
    : std::runtime_error("replicate " + std::to_string(number) + ": " + reason), replicate(number) {}

int thread_count(int threads) { return std::min(most_threads, threads > 0 ? threads : machine_threads()); }

std::vector<std::uint32_t> replicate_range(std::uint32_t first, std::size_t count) {
  std::vector<std::uint32_t> range(count);
  std::iota(range.begin(), range.end(), first);
  return range;
}

std::size_t execute(std::span<const std::uint32_t> replicates, const std::function<Runner()>& make_runner,
                    const Execution& execution, const Sink& sink) {
  return run_in_parallel<RunRecord>(replicates, make_runner, execution, sink);
}

std::size_t run_ensemble(const Scenario& scenario, std::uint64_t seed, std::span<const std::uint32_t> replicates,
                         const Recording& recording, const Execution& execution, const Sink& sink) {
  return run_ensemble_under(nullptr, scenario, seed, replicates, recording, execution, sink);
}

std::size_t run_ensemble_under(AttendanceRule* rule, const Scenario& scenario, std::uint64_t seed,
                               std::span<const std::uint32_t> replicates, const Recording& recording, const Execution& execution,
                               const Sink& sink) {
  const auto plan = make_plan(scenario);
  const int threads = rule ? 1 : thread_count(execution.threads);
  const bool inside = parallel_inside(scenario.organisations.count(), replicates.size(), threads);
  const auto make_runner = [&]() -> Runner {
    const auto simulator = std::make_shared<Simulator>(plan, "", inside ? tbb_loop() : serial_loop());
    if (rule) simulator->attend_by(*rule);
    return [simulator, seed, recording, plan, measure = execution.measure](std::uint32_t replicate, RunRecord& record) {
      simulator->run(seed, replicate, recording, record);
      if (measure) measure(plan->scenario, record);
    };
  };
  Execution resolved = execution;
  resolved.threads = threads;
  if (resolved.batch == 0) resolved.batch = batch_size(run_work(scenario), replicates.size(), threads);
  return inside ? run_one_by_one<RunRecord>(replicates, make_runner(), resolved, sink)
                : run_in_parallel<RunRecord>(replicates, make_runner, resolved, sink);
}

}  // namespace coalis
