#include "coalis/questions/run/run.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "coalis/network/outcomes.hpp"
#include "coalis/questions/outcomes_named.hpp"
#include "coalis/questions/run/answer.hpp"
#include "coalis/statistics/resampling.hpp"
#include "questions/other_structure.hpp"

namespace coalis {
namespace {

// A set a replicate; false if one is wrong.
bool draw_sets(RunInput& input, const std::string& file, RunQuestion& question, std::vector<Diagnostic>& problems) {
  DrawnSets& drawn = question.sets.emplace(std::move(*input.sets));
  const ParameterSets& sets = drawn.sets;
  std::vector<double> weights;
  for (const ParameterSet& set : sets.sets) weights.push_back(set.weight);
  for (const std::size_t set : growing_resampling(weights, question.replicates, question.seed)) {
    const auto number = static_cast<std::int32_t>(set);
    drawn.of_replicate.push_back(number);
    if (question.scenarios.contains(number)) continue;
    Asked<Scenario> with = input.with_parameters(question.scenario, sets, sets.sets[set]);
    if (!add_problems(problems, with.problems) || !with.ok()) return false;
    if (const auto problem = other_structure(sets, sets.sets[set], question.scenario, *with.question, file))
      return add_problems(problems, {*problem});
    question.scenarios.emplace(number, std::move(*with.question));
  }
  const Asked<Scenario> first = input.with_parameters(question.scenario, sets, sets.sets.front());
  question.base = evidence_base(question.scenario, sets, first.ok() ? &*first.question : nullptr);
  return true;
}

}  // namespace

bool RunQuestion::further() const { return further_outcomes(outcomes); }

Recording RunQuestion::recording(bool into_file) const {
  const KeptOfRun record = into_file ? kept : KeptOfRun::outcomes;
  return own.recording({.trajectories = record >= KeptOfRun::trajectories,
                        .regions = record >= KeptOfRun::detailed,
                        .organisations = record >= KeptOfRun::standard,
                        .ties = record >= KeptOfRun::standard,
                        .survey = true,
                        .organisation_trajectories = record == KeptOfRun::all});
}

Asked<RunQuestion> ask(const RunOptions& options, RunInput input) {
  auto outcomes = outcomes_asked(options.outcomes, options.all);
  std::vector<Diagnostic> problems = std::move(outcomes.problems);
  const auto kept = std::find(kept_of_run_names.begin(), kept_of_run_names.end(), options.record);
  if (kept == kept_of_run_names.end())
    problems.push_back(
        option_problem("--record " + options.record, fmt::format("choose one of {}", fmt::join(kept_of_run_names, ", "))));
  if (options.replicates == 0)
    problems.push_back(option_problem("--replicates 0", "nothing would be run", "ask for one or more"));
  if (!problems.empty()) return {std::nullopt, std::move(problems)};
  RunQuestion question;
  question.scenario = std::move(input.scenario), question.evidence = std::move(input.evidence);
  question.own = OwnItems(question.evidence, question.scenario, true);
  question.base = evidence_base(question.scenario);
  question.seed = options.seed, question.replicates = options.replicates;
  question.outcomes = std::move(*outcomes.question);
  question.kept = static_cast<KeptOfRun>(kept - kept_of_run_names.begin());
  question.parameters = options.parameters;
  if (input.before_drawing) input.before_drawing(question);
  if (input.sets && !draw_sets(input, options.scenario, question, problems)) return {std::nullopt, std::move(problems)};
  return {std::move(question), std::move(problems)};
}

RunAnswer::RunAnswer(RunQuestion asked)
    : question(std::move(asked)),
      outcomes(outcomes_of(question.further()).size()),
      survey(survey_quantities().size()),
      own_shares(question.own.quantities().size()) {}

void RunAnswer::add(const RunRecord& record) {
  outcomes.add(record.outcomes);
  survey.add(record.survey);
  if (!question.own.empty()) own_shares.add(question.own.shares(record));
}

}  // namespace coalis
