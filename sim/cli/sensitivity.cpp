// coalis sensitivity: which parameters, and which sides of the model, an outcome or a difference hangs on.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/store/run_store.hpp"
#include "coalis/io/text/output.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "sensitivity_answer.hpp"
#include "sensitivity_design.hpp"
#include "signals.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct SensitivityOptions {
  std::string file, output, from;
  int threads = 0;
  bool cost = false, json = false, quiet = false, force = false, restart = false;
};

int analyse(const SensitivityOptions& options) {
  const SensitivityFile file = read_sensitivity(options.file);
  for (const auto& d : file.study.diagnostics) print_message("{}\n", to_string(d));
  if (!file.ok()) return bad_input;
  SensitivityRuns runs{options.file, file, sensitivity_design(file.plan)};
  if (!options.output.empty()) check_output_path(options.output, options.force);
  if (!check_points(runs)) return bad_input;
  if (options.from.empty()) check_room(runs, 0, options.threads);
  if (options.cost) {
    print_text(fmt::format("{}\n{}\n\n{}", runs.study().name, runs.study().question, cost_text(runs, options.threads)));
    return success;
  }
  std::optional<SensitivityValues> values;
  if (options.from.empty()) {
    const auto store = open_sensitivity_store(runs, options.restart);
    if (!options.quiet) print_message("{}", cost_text(runs, options.threads));
    int status = success;
    values = run_sensitivity(runs, *store, options.threads, options.quiet, status);
    if (!values) return status;
  } else {
    values = read_sensitivity_values(options.from, runs);
  }
  const auto targets = sensitivity_targets(runs, *values);
  if (!options.output.empty()) write_sensitivity(options.output, options.force, runs, targets, *values);
  if (options.json)
    print_answer("{}\n", to_json(runs, targets).dump(2));
  else
    print_text(to_text(runs, targets));
  return success;
}

// A file that cannot be read or written.
int guarded(const SensitivityOptions& options) try { return analyse(options); } catch (const std::runtime_error& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace

void add_sensitivity(CLI::App& program, int& status) {
  const auto options = std::make_shared<SensitivityOptions>();
  CLI::App* command = program.add_subcommand("sensitivity", "Find out which parameters an outcome or a difference hangs on");
  command->add_option("STUDY", options->file, "Sensitivity file (TOML; docs/formats/sensitivity.md)")->required();
  command->add_option("-o,--output", options->output, "Result file to write (JSON), with the values of all runs");
  auto* from =
      command->add_option("--from", options->from, "Take the runs from this result file; refused if it is of another design");
  command->add_flag("--restart", options->restart, "Begin again: what is kept in STUDY.runs is removed")->excludes(from);
  command->add_flag("--cost", options->cost, "Say the number of runs and the time they will take, and stop");
  add_whole(*command, "--threads", options->threads, thread_range, "Threads; 0: all; results do not depend on it");
  command->add_flag("--json", options->json, "Print the answer as JSON");
  command->add_flag("--force", options->force, "Replace an existing result file");
  command->add_flag("--quiet", options->quiet, "Neither cost nor progress");
  command->footer(
      "Runs are kept in STUDY.runs as they finish; whatever ends the command, the same command goes on and gives the same "
      "answer,\n"
      "byte for byte. Runs kept there of another design (scenarios, factors, sizes, replicates, seed) are refused, unless "
      "--restart.\n"
      "Examples:\n"
      "  coalis sensitivity scenarios/studies/illinois-sensitivity.toml --cost\n"
      "  coalis sensitivity scenarios/studies/illinois-sensitivity.toml -o sensitivity.json\n"
      "  coalis sensitivity scenarios/studies/illinois-sensitivity.toml --from sensitivity.json --json\n"
      "Exit codes: 0 done, 1 a run failed, 2 the command line, the file or a scenario is wrong, 3 a file exists already, cannot "
      "be\n"
      "read or written, or is of another design, " +
      std::string(interruption_codes) + ": what is done is kept.");
  command->callback([options, &status] { status = guarded(*options); });
}

}  // namespace coalis::cli
