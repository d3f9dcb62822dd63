#include "coalis/tasks/best.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "coalis/ensemble/paired.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/outcome_rows.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "tasks/asked_with.hpp"

namespace coalis {
namespace {

// Options that a thread runs together: their worlds stay in its cache.
constexpr std::size_t options_together = 16;
constexpr Recording best_outcomes_alone{false, false, false, false, false, false};

// What is run for a race: options by number, of which there are more after the first round.
class OptionRuns {
 public:
  OptionRuns(const BestQuestion& question, const std::vector<Possible>& options, int threads, const Watch& watch)
      : question_(question), options_(options), threads_(threads), watch_(watch), counted_(question.counted()) {}

  // Draw d is replicate d of every option, with set d modulo their number; nothing if cancelled.
  std::vector<OptionDraws> draw(std::span<const std::size_t> options, std::size_t first, std::size_t count) {
    std::vector<OptionDraws> drawn(options.size(), OptionDraws(question_.measures(), std::vector<double>(count, 0)));
    for (std::size_t at = 0; at < options.size(); at += options_together) {
      const std::size_t size = std::min(options_together, options.size() - at);
      for (std::size_t s = 0; s < question_.structures.size(); ++s)
        if (!run(options.subspan(at, size), s, first, count, std::span(drawn).subspan(at, size))) return {};
    }
    return drawn;
  }

 private:
  bool run(std::span<const std::size_t> options, std::size_t structure, std::size_t first, std::size_t count,
           std::span<OptionDraws> drawn) {
    const std::size_t sets = question_.sets();
    // Replicates of one set after each other: a thread makes its scenarios ready once.
    std::vector<std::uint32_t> replicates = replicate_range(static_cast<std::uint32_t>(first), count);
    std::stable_sort(replicates.begin(), replicates.end(), [&](auto a, auto b) { return a % sets < b % sets; });
    std::map<std::size_t, std::size_t> place;  // of a set among the variants
    std::vector<std::vector<Scenario>> variants;
    for (const std::uint32_t replicate : replicates) {
      if (!place.emplace(replicate % sets, variants.size()).second) continue;
      auto& variant = variants.emplace_back();
      for (const std::size_t option : options)
        variant.push_back(question_.under(options_[option].scenario, structure, replicate % sets));
    }
    Execution execution{.threads = threads_, .cancel = watch_.cancel};
    if (watch_.progress)
      execution.progress = [&](std::size_t done) { watch_.progress(done_ + done * options.size(), most_runs_of(question_)); };
    const std::size_t done = run_paired(
        variants, [&](std::uint32_t replicate) { return place.at(replicate % sets); }, question_.seed, replicates,
        best_outcomes_alone, execution,
        [&](std::span<const RunRecord> records) {
          for (std::size_t i = 0; i < records.size(); ++i) take(records[i], structure, records[i].replicate - first, drawn[i]);
        });
    done_ += done * options.size();
    return done == count;
  }

  void take(const RunRecord& record, std::size_t structure, std::size_t draw, OptionDraws& drawn) const {
    const double aim = question_.better * record.outcomes[question_.aim];
    drawn[question_.aim_under(structure)][draw] = aim;
    if (std::find(counted_.begin(), counted_.end(), structure) == counted_.end()) return;
    const double weight = 1 / static_cast<double>(counted_.size());
    drawn[0][draw] += weight * aim;
    for (std::size_t g = 0; g < question_.guards.size(); ++g)
      drawn[g + 1][draw] +=
          weight * question_.guards[g].better * question_.guards[g].stretch * record.outcomes[question_.guards[g].outcome];
    for (std::size_t k = 0; k < question_.shown.size(); ++k)
      drawn[question_.shown_at(k)][draw] += weight * question_.stretch[k] * record.outcomes[question_.shown[k]];
  }

  const BestQuestion& question_;
  const std::vector<Possible>& options_;
  int threads_;
  const Watch& watch_;
  std::vector<std::size_t> counted_;
  std::size_t done_ = 0;
};

// Of the first round; the second is smaller.
Needs needs_of(const BestQuestion& question, int threads) {
  std::vector<Scenario> scenarios;
  for (std::size_t i = 0; i < std::min(options_together, question.first.size()); ++i)
    scenarios.push_back(question.first[i].scenario);
  const std::size_t draws = question.rule.fresh + question.rule.races * question.rule.race.most;
  Needs needs = ensemble_needs(scenarios, best_outcomes_alone, draws, threads);
  double variants = 0;
  for (const Scenario& scenario : scenarios) variants += scenario_bytes(scenario) * static_cast<double>(question.sets());
  needs.memory += variants;
  needs.replicate_memory += static_cast<double>(question.first.size() * question.measures() * sizeof(double));
  return needs;
}

}  // namespace

std::size_t most_runs_of(const BestQuestion& question) {
  // Half of those that begin leave at once, as a rule.
  return question.first.size() * question.rule.race.most * question.structures.size();
}

Asked<BestQuestion> read_best(const BestOptions& options, const Watch& watch) {
  return read_best(options, read_scenario(options.scenario, options.set), watch);
}

Asked<BestQuestion> read_best(const BestOptions& options, ScenarioFile file, const Watch& watch) {
  std::vector<Diagnostic> problems;
  BestInput input;
  if (!add_problems(problems, file.diagnostics)) return {std::nullopt, std::move(problems)};
  input.scenario = std::move(file.scenario);
  for (const std::string& name : options.parameters) {
    ParameterSets sets = read_parameter_sets(name);
    if (!add_problems(problems, sets.diagnostics)) return {std::nullopt, std::move(problems)};
    leave_out_plans(sets);
    if (const auto left = leave_out_elsewhere(sets, input.scenario); !left.empty()) watch.say(name + ": " + elsewhere_text(left));
    input.files.push_back({name, std::move(sets)});
  }
  input.with_parameters = asked_with(watch);
  input.better = [](std::string_view outcome) {
    if (is_burden(outcome)) return -1;
    const Better better = words_of(outcome).better;
    return better == Better::more ? 1 : better == Better::less ? -1 : 0;
  };
  // Before the month all runs are alike, so that a difference of averages a year is that of the months after it, thinned out.
  input.stretch = [](std::string_view outcome, int months, int from) -> std::optional<double> {
    if (from == 0 || months_of(outcome, months) < months) return 1;
    if (is_a_year(words_of(outcome))) return static_cast<double>(months) / (months - from);
    return outcome == "hours_per_goal" ? std::nullopt : std::optional(1.0);
  };
  Asked<BestQuestion> asked = ask_best(options, input);
  asked.problems.insert(asked.problems.begin(), problems.begin(), problems.end());
  return asked;
}

std::optional<BestAnswer> find_best(const BestQuestion& question, int threads, const Watch& watch) {
  require_room(needs_of(question, threads));
  std::vector<Possible> options = question.first;
  std::vector<double> costs;
  for (const Possible& one : options) costs.push_back(one.cost);
  OptionRuns runs(question, options, threads, watch);
  const Searched searched = search_options(
      std::move(costs), question.rule,
      {.near = [&](std::span<const std::size_t> best) { return refine(question, options, best); },
       .around = [&](std::span<const std::size_t> best) { return look_around(question, options, best); }},
      [&](std::span<const std::size_t> list, std::size_t first, std::size_t count) { return runs.draw(list, first, count); });
  if (!searched.whole) return std::nullopt;
  return best_answer(question, options, searched);
}

}  // namespace coalis
