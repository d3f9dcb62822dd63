#include "coalis/tasks/run.hpp"

#include <utility>

#include "coalis/core/characters.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/ensemble/under_rules.hpp"
#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/scenario/policy_option.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/fitted.hpp"
#include "coalis/tasks/told.hpp"
#include "tasks/asked_with.hpp"

namespace coalis {
namespace {

// Of a run whose file keeps `recording`.
Recording with_asked(const RunQuestion& question, const Recording& recording) {
  return question.further() ? with_sources(recording) : recording;
}

std::size_t execute_runs(const RunQuestion& question, AttendanceRule* rule, const Recording& recording,
                         const Execution& execution, const Sink& sink) {
  const auto replicates = replicate_range(0, question.replicates);
  if (!question.sets) return run_ensemble_under(rule, question.scenario, question.seed, replicates, recording, execution, sink);
  const auto make_runner = [&]() -> Runner {
    return [&](std::uint32_t replicate, RunRecord& record) {
      Simulator(make_plan(question.of(replicate))).run(question.seed, replicate, recording, record);
      if (execution.measure) execution.measure(question.of(replicate), record);
    };
  };
  return execute(replicates, make_runner, execution, sink);
}

ResultInfo info(const RunQuestion& question, const std::string& command, int threads, const DrawnSets* sets) {
  return {to_toml(question.scenario),
          question.seed,
          question.replicates,
          provenance(command, thread_count(threads)),
          outcomes_of(question.further()),
          question.kept >= KeptOfRun::detailed,
          sets};
}

}  // namespace

Asked<RunQuestion> read_run(const RunOptions& options, std::function<void(const RunQuestion&)> before_drawing) {
  ScenarioFile file = read_scenario(options.scenario, options.set);
  for (const std::string& text : options.with) {
    if (!file.ok()) break;
    const std::string name = file.scenario.name;
    Asked<PolicyEffect> with = option_of(file.scenario, text);
    add_problems(file.diagnostics, with.problems);
    if (with.ok()) file.scenario = std::move(with.question->scenario), file.scenario.name = name + ", " + file.scenario.name;
  }
  EvidenceFile evidence;
  if (file.ok() && !file.evidence_path.empty()) evidence = read_evidence(file.evidence_path, file.scenario);
  return read_run(options, std::move(file), std::move(evidence), {}, std::move(before_drawing));
}

Asked<RunQuestion> read_run(const RunOptions& options, ScenarioFile file, EvidenceFile evidence, const Watch& watch,
                            std::function<void(const RunQuestion&)> before_drawing) {
  std::vector<Diagnostic> problems;
  if (!add_problems(problems, file.diagnostics)) return {std::nullopt, std::move(problems)};
  if (!add_problems(problems, evidence.diagnostics)) return {std::nullopt, std::move(problems)};
  RunInput input{std::move(file.scenario), std::move(evidence.items), std::nullopt, asked_with(watch), std::move(before_drawing)};
  if (!options.parameters.empty()) {
    ParameterSets sets = read_parameter_sets(options.parameters);
    if (!add_problems(problems, sets.diagnostics)) return {std::nullopt, std::move(problems)};
    if (const auto left = leave_out_elsewhere(sets, input.scenario); !left.empty()) {
      problems.push_back(option_problem(sets.file, elsewhere_text(left)));
      problems.back().warning = true;
    }
    if (!add_problems(problems, set_twice(options.set, sets))) return {std::nullopt, std::move(problems)};
    const std::string name = std::filesystem::path(options.parameters).filename().string();
    input.sets = DrawnSets{visible(name, Lines::one), sha1_of_file(options.parameters), std::move(sets), {}};
  }
  auto asked = ask(options, std::move(input));
  add_problems(problems, asked.problems);
  return {std::move(asked.question), std::move(problems)};
}

void require_room(const RunQuestion& question, int threads, const std::filesystem::path& file) {
  const std::size_t outcomes = outcomes_of(question.further()).size();
  const Recording recording = with_asked(question, question.recording(!file.empty()));
  Needs needs = ensemble_needs({&question.scenario, 1}, recording, question.replicates, threads);
  add_figures(needs, outcomes + survey_quantities().size());
  if (!file.empty())
    add_file(needs, file, result_row_bytes(question.scenario, recording, outcomes), record_bytes(question.scenario, recording));
  require_room(needs);
}

RunAnswer run(RunQuestion question, int threads, const Watch& watch, RunSink* sink, AttendanceRule* rule) {
  RunAnswer answer(std::move(question));
  const RunQuestion& asked = answer.question;
  Execution execution{.threads = threads, .cancel = watch.cancel, .measure = asked.further() ? &add_outcomes : nullptr};
  if (watch.progress) execution.progress = [&](std::size_t done) { watch.progress(done, asked.replicates); };
  const Recording recording = with_asked(asked, asked.recording(sink != nullptr));
  answer.replicates = execute_runs(asked, rule, recording, execution, [&](const RunRecord& record) {
    answer.add(record);
    if (sink) sink->add(record);
  });
  if (sink && answer.replicates > 0) sink->finish(answer);
  return answer;
}

RunKeeper::RunKeeper(const std::filesystem::path& path, bool overwrite, const RunQuestion& question, const std::string& command,
                     int threads)
    : sets_(question.sets),
      writer_(path, overwrite, question.scenario, info(question, command, threads, sets_ ? &*sets_ : nullptr),
              question.recording(true)) {}

void RunKeeper::finish(const RunAnswer& answer) { writer_.finish(tbb_loop(), told(answer)); }

}  // namespace coalis
