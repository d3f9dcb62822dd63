// The executor of paired comparisons.
#include "coalis/ensemble/paired.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include "coalis/ensemble/under_rules.hpp"
#include "coalis/model/plan.hpp"
#include "coalis/model/shared_draws.hpp"
#include "executor.hpp"

namespace coalis {
namespace {

using Records = std::vector<RunRecord>;

// The one place where all scenarios of a replicate are run. One object a thread.
class PairedSimulator {
 public:
  PairedSimulator(std::span<const Scenario> scenarios, const Loop& loop, const std::vector<AttendanceRule*>& rules) {
    simulators_.reserve(scenarios.size());
    for (const Scenario& scenario : scenarios) {
      simulators_.emplace_back(make_plan(scenario), "", loop);
      if (!rules.empty() && rules[simulators_.size() - 1]) simulators_.back().attend_by(*rules[simulators_.size() - 1]);
    }
    for (std::size_t first = 0; first < scenarios.size(); ++first) share_with(scenarios, first);
    for (std::size_t i = 0; i < scenarios.size(); ++i)
      if (rules.empty())
        find_past(i);
      else
        pasts_.push_back({i, {}});  // rules may differ from the start
  }
  void run(std::uint64_t seed, std::uint32_t replicate, const Recording& recording, Records& records) {
    records.resize(simulators_.size());
    for (const Past& past : pasts_) {
      Simulator& first = simulators_[past.scenario];
      RunRecord& record = records[past.scenario];
      first.begin(seed, replicate, past.followers.empty() ? first.plan().months() : past.followers.front().from, recording,
                  record);
      for (const auto& [scenario, from] : past.followers) {
        first.go_on(from, recording, record);
        simulators_[scenario].take_over(first, record, records[scenario]);
        simulators_[scenario].go_on(first.plan().months(), recording, records[scenario]);
      }
      if (!past.followers.empty()) first.go_on(first.plan().months(), recording, record);
    }
  }

 private:
  // A scenario whose run begins those of others, which go on from some month, ascending.
  struct Past {
    struct Follower {
      std::size_t scenario;
      int from;
    };
    std::size_t scenario;
    std::vector<Follower> followers;
  };

  // The past of a scenario, run once with the first that was alike; its own if there is none.
  void find_past(std::size_t scenario) {
    for (Past& past : pasts_) {
      const int from = alike_until(simulators_[past.scenario].plan(), simulators_[scenario].plan());
      if (from == 0) continue;
      const auto later = std::find_if(past.followers.begin(), past.followers.end(), [&](const auto& f) { return f.from > from; });
      past.followers.insert(later, {scenario, from});
      return;
    }
    pasts_.push_back({scenario, {}});
  }

  // Scenarios after `first` whose population and luck are those of `first` draw them together with it.
  void share_with(std::span<const Scenario> scenarios, std::size_t first) {
    if (simulators_[first].shares()) return;
    std::shared_ptr<SharedDraws> draws;
    for (std::size_t i = first + 1; i < scenarios.size(); ++i) {
      if (!same_draws(scenarios[first], scenarios[i])) continue;
      if (!draws)
        draws = std::make_shared<SharedDraws>(padded(scenarios[first].organisations.count()), scenarios[first].calendar.months);
      simulators_[i].share(draws);
    }
    if (draws) simulators_[first].share(draws);
  }

  std::vector<Simulator> simulators_;
  std::vector<Past> pasts_;
};

// The simulator of the variant that was asked for last. One object a thread.
class VariantSimulator {
 public:
  VariantSimulator(std::span<const std::vector<Scenario>> variants, const Loop& loop, const std::vector<AttendanceRule*>& rules)
      : variants_(variants), loop_(loop), rules_(rules) {}
  PairedSimulator& of(std::size_t variant) {
    if (!simulator_ || variant != variant_) simulator_.emplace(variants_[variant], loop_, rules_);
    variant_ = variant;
    return *simulator_;
  }

 private:
  std::span<const std::vector<Scenario>> variants_;
  const Loop& loop_;
  const std::vector<AttendanceRule*>& rules_;
  std::size_t variant_ = 0;
  std::optional<PairedSimulator> simulator_;
};

}  // namespace

std::size_t run_paired(std::span<const Scenario> scenarios, std::uint64_t seed, std::span<const std::uint32_t> replicates,
                       const Recording& recording, const Execution& execution, const PairedSink& sink) {
  const std::vector<std::vector<Scenario>> only{{scenarios.begin(), scenarios.end()}};
  return run_paired(
      only, [](std::uint32_t) { return std::size_t{0}; }, seed, replicates, recording, execution, sink);
}

std::size_t run_paired(std::span<const std::vector<Scenario>> variants,
                       const std::function<std::size_t(std::uint32_t replicate)>& variant_of, std::uint64_t seed,
                       std::span<const std::uint32_t> replicates, const Recording& recording, const Execution& execution,
                       const PairedSink& sink) {
  return run_paired_under({}, variants, variant_of, seed, replicates, recording, execution, sink);
}

std::size_t run_paired_under(const std::vector<AttendanceRule*>& rules, std::span<const std::vector<Scenario>> variants,
                             const std::function<std::size_t(std::uint32_t replicate)>& variant_of, std::uint64_t seed,
                             std::span<const std::uint32_t> replicates, const Recording& recording, const Execution& execution,
                             const PairedSink& sink) {
  std::size_t work = 0;
  int organisations = 0;
  for (const Scenario& scenario : variants.front()) {
    work += run_work(scenario);
    organisations = std::max(organisations, scenario.organisations.count());
  }
  const int threads = rules.empty() ? thread_count(execution.threads) : 1;
  const bool inside = parallel_inside(organisations, replicates.size(), threads);
  const auto make_runner = [&]() -> RunnerOf<Records> {
    const auto simulator = std::make_shared<VariantSimulator>(variants, inside ? tbb_loop() : serial_loop(), rules);
    return [&, simulator, measure = execution.measure](std::uint32_t replicate, Records& records) {
      const std::size_t variant = variant_of(replicate);
      simulator->of(variant).run(seed, replicate, recording, records);
      for (std::size_t i = 0; measure && i < records.size(); ++i) measure(variants[variant][i], records[i]);
    };
  };
  Execution resolved = execution;
  resolved.threads = threads;
  if (resolved.batch == 0) resolved.batch = batch_size(work, replicates.size(), threads);
  const SinkOf<Records> hand_over = [&](const Records& records) { sink(records); };
  return inside ? run_one_by_one<Records>(replicates, make_runner(), resolved, hand_over)
                : run_in_parallel<Records>(replicates, make_runner, resolved, hand_over);
}

}  // namespace coalis
