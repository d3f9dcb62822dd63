// coalis run: replicates of a scenario, their result file and the answer.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/hdf5/result_parameters.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/outcomes_named.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/statistics/resampling.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "run_summary.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

enum class Record { outcomes, trajectories, standard, detailed, all };
const std::map<std::string, Record> record_names{{"outcomes", Record::outcomes},
                                                 {"trajectories", Record::trajectories},
                                                 {"standard", Record::standard},
                                                 {"detailed", Record::detailed},
                                                 {"all", Record::all}};

struct RunOptions {
  std::string scenario, output, parameters;
  std::uint32_t replicates = 200;
  std::uint64_t seed = 1;
  int threads = 0;
  std::vector<std::string> set, outcomes;
  std::string record = "standard";
  bool no_file = false, force = false, quiet = false, json = false, all = false;
};

Recording recording_of(Record record) {
  return {.trajectories = record >= Record::trajectories,
          .regions = record >= Record::detailed,
          .organisations = record >= Record::standard,
          .ties = record >= Record::standard,
          .survey = true,
          .organisation_trajectories = record == Record::all};
}

// The file to write, if any: as asked, or named after the scenario in the working folder.
std::optional<std::filesystem::path> result_path(const RunOptions& options) {
  if (!options.output.empty()) return options.output;
  if (options.no_file || options.json || !options.parameters.empty()) return std::nullopt;
  return std::filesystem::path(options.scenario).stem().string() + ".h5";
}

// The command with every value that matters spelt out.
std::string command_line(const RunOptions& options) {
  std::string line = fmt::format("coalis run '{}' --replicates {} --seed {} --threads {} --record {}", options.scenario,
                                 options.replicates, options.seed, options.threads, options.record);
  if (!options.outcomes.empty()) line += fmt::format(" --outcomes {}", fmt::join(options.outcomes, ","));
  for (const auto& text : options.set) line += fmt::format(" --set '{}'", text);
  if (!options.parameters.empty()) line += fmt::format(" --parameters '{}'", options.parameters);
  return line;
}

bool report(const std::vector<Diagnostic>& diagnostics) { return print_problems("coalis run", diagnostics); }

// Parameter sets, and the scenario of each that a replicate has.
struct Drawn {
  DrawnSets sets;
  std::map<std::int32_t, Scenario> scenarios;  // by set
  const Scenario& of(std::uint32_t replicate) const { return scenarios.at(sets.of_replicate.at(replicate)); }
};

// A set a replicate, drawn as coalis compare draws them, so that runs of one scenario agree; nothing, after saying why, if one is
// wrong.
std::optional<Drawn> draw_sets(const RunOptions& options, const Scenario& scenario) {
  Drawn drawn{{visible(std::filesystem::path(options.parameters).filename().string(), Lines::one),
               "",
               read_parameter_sets(options.parameters),
               {}},
              {}};
  const ParameterSets& sets = drawn.sets.sets;
  if (!report(sets.diagnostics)) return std::nullopt;
  drawn.sets.hash = sha1_of_file(options.parameters);
  std::vector<double> weights;
  for (const ParameterSet& set : sets.sets) weights.push_back(set.weight);
  for (const std::size_t set : growing_resampling(weights, options.replicates, options.seed)) {
    const auto number = static_cast<std::int32_t>(set);
    drawn.sets.of_replicate.push_back(number);
    if (drawn.scenarios.contains(number)) continue;
    ScenarioFile file = with_parameters(scenario, sets, sets.sets[set]);
    if (!report(file.diagnostics)) return std::nullopt;
    drawn.scenarios.emplace(number, std::move(file.scenario));
  }
  return drawn;
}

// All replicates, each with its own parameter set if there are any.
std::size_t execute_runs(const RunOptions& options, const Scenario& scenario, const Drawn* drawn, const Recording& recording,
                         const Execution& execution, const Sink& sink) {
  const auto replicates = replicate_range(0, options.replicates);
  if (!drawn) return run_ensemble(scenario, options.seed, replicates, recording, execution, sink);
  const auto make_runner = [&]() -> Runner {
    return [&](std::uint32_t replicate, RunRecord& record) {
      Simulator(make_plan(drawn->of(replicate))).run(options.seed, replicate, recording, record);
      if (execution.measure) execution.measure(drawn->of(replicate), record);
    };
  };
  return execute(replicates, make_runner, execution, sink);
}

// What the command takes; throws TooLarge if it does not fit.
void check_room(const RunOptions& options, const Scenario& scenario, const Answer& answer) {
  const bool further = further_outcomes(answer.shown);
  Recording recording = answer.own.recording(
      recording_of(options.parameters.empty() || answer.file ? record_names.at(options.record) : Record::outcomes));
  const std::size_t outcomes = outcomes_of(further).size();
  if (further) recording = with_sources(recording);
  Needs needs = ensemble_needs({&scenario, 1}, recording, options.replicates, options.threads);
  add_figures(needs, outcomes + survey_quantities().size());
  if (answer.file)
    add_file(needs, *answer.file, result_row_bytes(scenario, recording, outcomes), record_bytes(scenario, recording));
  require_room(needs);
}

// Runs the replicates, writes the file and fills the answer.
void simulate(const RunOptions& options, const Scenario& scenario, const Drawn* drawn, Answer& answer) {
  const Recording recording =
      answer.own.recording(recording_of(answer.file ? record_names.at(options.record) : Record::outcomes));
  const bool further = further_outcomes(answer.shown);
  std::optional<ResultWriter> writer;
  if (answer.file) {
    const ResultInfo info{to_toml(scenario),
                          options.seed,
                          options.replicates,
                          provenance(command_line(options), thread_count(options.threads)),
                          outcomes_of(further),
                          record_names.at(options.record) >= Record::detailed,
                          drawn ? &drawn->sets : nullptr};
    writer.emplace(*answer.file, options.force, scenario, info, recording);
  }
  const Interruption interruption;
  ProgressLine progress(options.replicates, !options.quiet);
  const Execution execution{.threads = options.threads,
                            .cancel = &interruption.requested(),
                            .progress = [&](std::size_t done) { progress.show(done); },
                            .measure = further ? &add_outcomes : nullptr};
  answer.replicates = execute_runs(options, scenario, drawn, further ? with_sources(recording) : recording, execution,
                                   [&](const RunRecord& record) {
                                     answer.outcomes.add(record.outcomes);
                                     answer.survey.add(record.survey);
                                     if (!answer.own.empty()) answer.own_shares.add(answer.own.shares(record));
                                     if (writer) writer->append(record);
                                   });
  if (answer.replicates == 0) answer.file.reset();  // nothing to keep; the writer removes what it began
  if (writer && answer.replicates > 0) writer->finish(tbb_loop());
}

int run(const RunOptions& options) {
  const auto asked = outcomes_asked(options.outcomes, options.all || options.json);
  if (!report(asked.problems)) return bad_input;
  const std::vector<std::size_t>& shown = *asked.question;
  const ScenarioFile file = read_scenario(options.scenario, options.set);
  if (!report(file.diagnostics)) return bad_input;
  EvidenceFile evidence;
  if (!file.evidence_path.empty()) evidence = read_evidence(file.evidence_path, file.scenario);
  if (!report(evidence.diagnostics)) return bad_input;
  const OwnItems own(evidence.items, file.scenario);
  Answer answer{file.scenario,
                evidence,
                options.seed,
                0,
                options.replicates,
                shown,
                Samples(outcomes_of(further_outcomes(shown)).size()),
                Samples(survey_quantities().size()),
                result_path(options),
                options.parameters,
                evidence_base(file.scenario),
                own,
                Samples(own.quantities().size())};
  try {
    if (answer.file) check_output_path(*answer.file, options.force);
    check_room(options, file.scenario, answer);
    std::optional<Drawn> drawn;
    if (!options.parameters.empty() && !(drawn = draw_sets(options, file.scenario))) return bad_input;
    if (drawn) {
      const ParameterSets& sets = drawn->sets.sets;
      const ScenarioFile first = with_parameters(file.scenario, sets, sets.sets.front());
      answer.base = evidence_base(file.scenario, sets, first.ok() ? &first.scenario : nullptr);
    }
    simulate(options, file.scenario, drawn ? &*drawn : nullptr, answer);
  } catch (const ResultError& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
  if (options.json)
    print_answer("{}\n", to_json(answer).dump(2));
  else if (answer.replicates > 0)
    print_text(to_text(answer));
  if (answer.replicates == answer.asked) return success;
  print_message("Interrupted after {} of {}; {}.\n", answer.replicates, counted(answer.asked, "replicate"),
                answer.file ? answer.file->string() + " holds those" : "no file was written");
  return Interruption::exit_code();
}

}  // namespace

void add_run(CLI::App& program, int& status) {
  const auto options = std::make_shared<RunOptions>();
  CLI::App* command = program.add_subcommand("run", "Run replicates of a scenario, leave a result file and print the answer");
  command->add_option("SCENARIO", options->scenario, "Scenario file (TOML)")->required();
  auto* output = command->add_option("-o,--output", options->output,
                                     "Result file (HDF5); without it the scenario's name with .h5 in the working folder, and "
                                     "none with --json");
  command->add_flag("--no-file", options->no_file, "Write no result file")->excludes(output);
  add_whole(*command, "--replicates", options->replicates, from<std::uint32_t>(1), "Number of replicates");
  add_whole(*command, "--seed", options->seed, {}, "Seed of all random draws");
  add_whole(*command, "--threads", options->threads, thread_range, "Threads, 0 for all; results do not depend on it");
  command->add_option("--set", options->set, "Change a value of the scenario: path=value, may be repeated")
      ->allow_extra_args(false);
  command->add_option(
      "--parameters", options->parameters,
      "Parameter sets (CSV, as a posterior of coalis calibrate): each replicate has one, drawn by its weight; a result file "
      "only with -o");
  command
      ->add_option(
          "--record", options->record,
          "What the file keeps. outcomes: outcomes and survey; trajectories: the coalition month by month, too; standard: "
          "attendance, final states and ties of organisations, too; detailed: regions month by month and quantiles over "
          "replicates, too; all: organisations month by month, too (large)")
      ->check(CLI::IsMember({"outcomes", "trajectories", "standard", "detailed", "all"}))
      ->capture_default_str();
  auto* outcomes =
      command
          ->add_option("--outcomes", options->outcomes,
                       "Outcomes to show: names, or what stands before .KIND; those of network and association are computed only "
                       "when asked for here")
          ->delimiter(',');
  command->add_flag("--all", options->all, "Show all outcomes of a run, not the main ones alone (--json has all of them)")
      ->excludes(outcomes);
  command->add_flag("--force", options->force, "Replace an existing result file");
  command->add_flag("--quiet", options->quiet, "No progress line");
  command->add_flag("--json", options->json, "Print the answer as JSON");
  command->footer(
      "Examples:\n"
      "  coalis run scenarios/illinois.toml\n"
      "  coalis run scenarios/illinois.toml -o full-time.h5 --set hubs.Chicago.fte=1 --replicates 2000\n"
      "  coalis run scenarios/illinois.toml --json --seed 7 > answer.json\n"
      "  coalis run scenarios/illinois.toml --no-file --outcomes engaged,network,association\n"
      "Exit codes: 0 done, 1 a run failed, 2 the command line or the scenario is wrong, 3 the file exists already or cannot be\n"
      "written, " +
      std::string(interruption_codes) + ": the runs under way are finished and kept.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace coalis::cli
