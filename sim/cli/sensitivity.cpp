// coalis sensitivity: which parameters, and which sides of the model, an outcome or a difference hangs on.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/io/result_file.hpp"
#include "coalis/io/run_store.hpp"
#include "commands.hpp"
#include "sensitivity_answer.hpp"

namespace coalis::cli {
namespace {

struct SensitivityOptions {
  std::string file, output, from;
  int threads = 0;
  bool cost = false, json = false, quiet = false, force = false;
};

int analyse(const SensitivityOptions& options) {
  const SensitivityFile file = read_sensitivity(options.file);
  for (const auto& d : file.study.diagnostics) fmt::print(stderr, "{}\n", to_string(d));
  if (!file.ok()) return bad_input;
  const SensitivityRuns runs{file, sensitivity_design(file.plan)};
  if (!options.output.empty()) check_result_path(options.output, options.force);
  if (!check_points(runs)) return bad_input;
  if (options.cost) {
    fmt::print("{}\n{}\n\n{}", runs.study().name, runs.study().question, cost_text(runs, options.threads));
    return success;
  }
  SensitivityValues values;
  if (options.from.empty()) {
    if (!options.quiet) fmt::print(stderr, "{}", cost_text(runs, options.threads));
    int status = success;
    values = run_sensitivity(runs, options.threads, options.quiet, status);
    if (values.empty()) {
      fmt::print(stderr, "Interrupted: nothing is kept.\n");
      return status;
    }
  } else {
    values = read_sensitivity_values(options.from, runs);
  }
  const auto targets = sensitivity_targets(runs, values);
  if (!options.output.empty()) write_sensitivity(options.output, runs, targets, values);
  if (options.json)
    fmt::print("{}\n", to_json(runs, targets).dump(2));
  else
    fmt::print("{}", to_text(runs, targets));
  return success;
}

// A file that cannot be read or written; a run that fails ends in main().
int guarded(const SensitivityOptions& options) try { return analyse(options); } catch (const ReplicateError&) {
  throw;
} catch (const std::runtime_error& error) {
  fmt::print(stderr, "{}\n", error.what());
  return file_error;
}

}  // namespace

void add_sensitivity(CLI::App& program, int& status) {
  const auto options = std::make_shared<SensitivityOptions>();
  CLI::App* command = program.add_subcommand("sensitivity", "Find out which parameters an outcome or a difference hangs on");
  command->add_option("STUDY", options->file, "Sensitivity file (TOML; docs/formats/sensitivity.md)")->required();
  command->add_option("-o,--output", options->output, "Result file to write (JSON), with the values of all runs");
  command->add_option("--from", options->from, "Take the runs from this result file; refused if it is of another design");
  command->add_flag("--cost", options->cost, "Say the number of runs and the time they will take, and stop");
  command->add_option("--threads", options->threads, "Threads; 0: all; results do not depend on it")
      ->check(CLI::Range(0, 4096))
      ->capture_default_str();
  command->add_flag("--json", options->json, "Print the answer as JSON");
  command->add_flag("--force", options->force, "Replace an existing result file");
  command->add_flag("--quiet", options->quiet, "Neither cost nor progress");
  command->footer(
      "Examples:\n"
      "  coalis sensitivity scenarios/studies/illinois-sensitivity.toml --cost\n"
      "  coalis sensitivity scenarios/studies/illinois-sensitivity.toml -o sensitivity.json\n"
      "  coalis sensitivity scenarios/studies/illinois-sensitivity.toml --from sensitivity.json --json\n"
      "Exit codes: 0 done, 1 a run failed, 2 the command line, the file or a scenario is wrong, 3 a file exists already, cannot "
      "be\n"
      "read or written, or is of another design, 130 interrupted.");
  command->callback([options, &status] { status = guarded(*options); });
}

}  // namespace coalis::cli
