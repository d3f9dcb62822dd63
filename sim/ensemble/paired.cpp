// The executor of paired comparisons.
#include "coalis/ensemble/paired.hpp"

#include <memory>

#include "coalis/model/plan.hpp"
#include "coalis/model/shared_draws.hpp"
#include "pipeline.hpp"

namespace coalis {
namespace {

using Records = std::vector<RunRecord>;

// The one place where all scenarios of a replicate are run. One object a thread.
class PairedSimulator {
 public:
  PairedSimulator(std::span<const std::shared_ptr<const Plan>> plans, const Loop& loop) {
    simulators_.reserve(plans.size());
    for (const auto& plan : plans) simulators_.emplace_back(plan, "", loop);
    for (std::size_t first = 0; first < plans.size(); ++first) share_with(plans, first);
  }
  void run(std::uint64_t seed, std::uint32_t replicate, const Recording& recording, Records& records) {
    records.resize(simulators_.size());
    for (std::size_t i = 0; i < simulators_.size(); ++i) simulators_[i].run(seed, replicate, recording, records[i]);
  }

 private:
  // Scenarios after `first` whose population and luck are those of `first` draw them together with it.
  void share_with(std::span<const std::shared_ptr<const Plan>> plans, std::size_t first) {
    if (simulators_[first].shares()) return;
    std::shared_ptr<SharedDraws> draws;
    for (std::size_t i = first + 1; i < plans.size(); ++i) {
      if (!same_draws(plans[first]->scenario, plans[i]->scenario)) continue;
      if (!draws)
        draws = std::make_shared<SharedDraws>(padded(plans[first]->scenario.organisations.count()), plans[first]->months());
      simulators_[i].share(draws);
    }
    if (draws) simulators_[first].share(draws);
  }

  std::vector<Simulator> simulators_;
};

}  // namespace

std::size_t run_paired(std::span<const Scenario> scenarios, std::uint64_t seed, std::span<const std::uint32_t> replicates,
                       const Recording& recording, const Execution& execution, const PairedSink& sink) {
  std::vector<std::shared_ptr<const Plan>> plans;
  std::size_t work = 0;
  int organisations = 0;
  for (const Scenario& scenario : scenarios) {
    plans.push_back(make_plan(scenario));
    work += run_work(scenario);
    organisations = std::max(organisations, scenario.organisations.count());
  }
  const int threads = thread_count(execution.threads);
  const bool inside = parallel_inside(organisations, replicates.size(), threads);
  const auto make_runner = [&]() -> RunnerOf<Records> {
    const auto simulator = std::make_shared<PairedSimulator>(plans, inside ? tbb_loop() : serial_loop());
    return [&plans, simulator, seed, recording, measure = execution.measure](std::uint32_t replicate, Records& records) {
      simulator->run(seed, replicate, recording, records);
      for (std::size_t i = 0; measure && i < records.size(); ++i) measure(plans[i]->scenario, records[i]);
    };
  };
  Execution resolved = execution;
  if (resolved.batch == 0) resolved.batch = batch_size(work, replicates.size(), threads);
  const SinkOf<Records> hand_over = [&](const Records& records) { sink(records); };
  return inside ? run_one_by_one<Records>(replicates, make_runner(), resolved, hand_over)
                : run_in_parallel<Records>(replicates, make_runner, resolved, hand_over);
}

}  // namespace coalis
