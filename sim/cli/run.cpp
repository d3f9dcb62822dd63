// coalis run: replicates of a scenario, their result file and the answer.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "coalis/core/counted.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/variants.hpp"
#include "coalis/io/parameter_sets.hpp"
#include "coalis/io/result_file.hpp"
#include "coalis/io/scenario_file.hpp"
#include "coalis/network/outcomes.hpp"
#include "commands.hpp"
#include "outcomes_shown.hpp"
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
  return line;
}

bool report(const std::vector<Diagnostic>& diagnostics) {
  for (const auto& diagnostic : diagnostics) fmt::print(stderr, "{}\n", to_string(diagnostic));
  return std::all_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.warning; });
}

// One replicate a parameter set, drawn by systematic resampling; nothing, after saying why, if a set is wrong.
bool simulate_sets(const RunOptions& options, const Scenario& scenario, Answer& answer) {
  const ParameterSets sets = read_parameter_sets(options.parameters);
  if (!report(sets.diagnostics)) return false;
  std::vector<double> weights;
  for (const ParameterSet& set : sets.sets) weights.push_back(set.weight);
  const auto counts = systematic_resampling(weights, static_cast<int>(options.replicates), options.seed);
  std::vector<Scenario> scenarios;  // [replicate]
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    const ScenarioFile file = with_parameters(scenario, sets, sets.sets[i]);
    if (!report(file.diagnostics)) return false;
    scenarios.insert(scenarios.end(), static_cast<std::size_t>(counts[i]), file.scenario);
  }
  const bool further = further_outcomes(answer.shown);
  const Recording outcomes = recording_of(Record::outcomes), recording = further ? with_sources(outcomes) : outcomes;
  const auto make_runner = [&]() -> Runner {
    return [&](std::uint32_t replicate, RunRecord& record) {
      Simulator(make_plan(scenarios[replicate])).run(options.seed, replicate, recording, record);
      if (further) add_outcomes(scenarios[replicate], record);
    };
  };
  const Interruption interruption;
  ProgressLine progress(options.replicates, !options.quiet);
  const Execution execution{.threads = options.threads, .cancel = &interruption.requested(), .progress = [&](std::size_t done) {
                              progress.show(done);
                            }};
  answer.replicates = execute(replicate_range(0, options.replicates), make_runner, execution, [&](const RunRecord& record) {
    answer.outcomes.add(record.outcomes);
    answer.survey.add(record.survey);
  });
  return true;
}

// Runs the replicates, writes the file and fills the answer.
void simulate(const RunOptions& options, const Scenario& scenario, Answer& answer) {
  const Recording recording = recording_of(record_names.at(options.record));
  const bool further = further_outcomes(answer.shown);
  std::optional<ResultWriter> writer;
  if (answer.file) {
    const ResultInfo info{to_toml(scenario),    options.seed,
                          options.replicates,   provenance(command_line(options), thread_count(options.threads)),
                          outcomes_of(further), record_names.at(options.record) >= Record::detailed};
    writer.emplace(*answer.file, options.force, scenario, info, recording);
  }
  const Interruption interruption;
  ProgressLine progress(options.replicates, !options.quiet);
  const Execution execution{.threads = options.threads,
                            .cancel = &interruption.requested(),
                            .progress = [&](std::size_t done) { progress.show(done); },
                            .measure = further ? &add_outcomes : nullptr};
  answer.replicates = run_ensemble(scenario, options.seed, replicate_range(0, options.replicates),
                                   further ? with_sources(recording) : recording, execution, [&](const RunRecord& record) {
                                     answer.outcomes.add(record.outcomes);
                                     answer.survey.add(record.survey);
                                     if (writer) writer->append(record);
                                   });
  if (answer.replicates == 0) answer.file.reset();  // nothing to keep; the writer removes what it began
  if (writer && answer.replicates > 0) writer->finish(tbb_loop());
}

int run(const RunOptions& options) {
  const auto shown = outcomes_shown("coalis run", options.outcomes, options.all || options.json);
  if (!shown) return bad_input;
  const ScenarioFile file = read_scenario(options.scenario, options.set);
  if (!report(file.diagnostics)) return bad_input;
  EvidenceFile evidence;
  if (!file.evidence_path.empty()) evidence = read_evidence(file.evidence_path);
  if (!report(evidence.diagnostics)) return bad_input;
  Answer answer{file.scenario,
                evidence,
                options.seed,
                0,
                options.replicates,
                *shown,
                Samples(outcomes_of(further_outcomes(*shown)).size()),
                Samples(survey_quantities().size()),
                result_path(options),
                options.parameters};
  try {
    if (answer.file) check_result_path(*answer.file, options.force);
    if (options.parameters.empty())
      simulate(options, file.scenario, answer);
    else if (!simulate_sets(options, file.scenario, answer))
      return bad_input;
  } catch (const ResultError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return file_error;
  }
  if (options.json)
    fmt::print("{}\n", to_json(answer).dump(2));
  else if (answer.replicates > 0)
    print_answer(to_text(answer));
  if (answer.replicates == answer.asked) return success;
  fmt::print(stderr, "Interrupted after {} of {}; {}.\n", answer.replicates, counted(answer.asked, "replicate"),
             answer.file ? answer.file->string() + " holds those" : "no file was written");
  return interrupted;
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
  command->add_option("--replicates", options->replicates, "Number of replicates")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Seed of all random draws")->capture_default_str();
  command->add_option("--threads", options->threads, "Threads, 0 for all; results do not depend on it")
      ->check(CLI::Range(0, 4096))
      ->capture_default_str();
  command->add_option("--set", options->set, "Change a value of the scenario: path=value, may be repeated")
      ->allow_extra_args(false);
  command
      ->add_option(
          "--parameters", options->parameters,
          "Parameter sets (CSV, as a posterior of coalis calibrate): each replicate has one, drawn by its weight; no result file")
      ->excludes(output);
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
      "written, 130 interrupted: Ctrl-C finishes the runs under way and keeps them.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace coalis::cli
