// coalis sensitivity: which parameters, and which sides of the model, an outcome or a difference hangs on.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/io/answers/sensitivity_json.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/report/words/sensitivity_text.hpp"
#include "coalis/tasks/sensitivity_run.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "ranks.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

struct SensitivityOptions {
  std::string file, output, from;
  int threads = 0;
  bool cost = false, json = false, quiet = false, force = false, restart = false;
};

std::string cost_of(const PreparedSensitivity& prepared, int threads) {
  return cost_text(prepared.question, forecast_seconds(prepared, threads), thread_count(threads));
}

// Nothing if they are not all done, and then `status` is the exit code.
std::optional<SensitivityValues> run(const PreparedSensitivity& prepared, const SensitivityOptions& options, int& status) {
  const auto store = open_sensitivity_store(prepared, options.restart);
  if (!options.quiet) print_message("{}", cost_of(prepared, options.threads));
  const Interruption interruption;
  ProgressLine progress(prepared.question.count(), !options.quiet, "runs");
  const SensitivityWork work{options.threads, options.quiet, ranks_in_use()};
  SensitivityRun done = run_sensitivity(prepared, *store, work, watching(interruption, progress));
  if (done.failed > 0) {
    write_message(failures_text(done.failed, done.count, done.failures));
    print_message("Stopped after a failure: {}\n", done.kept);
    status = failure;
  } else if (!done.values) {
    print_message("Interrupted: {}\n", done.kept);
    status = interruption.exit_code();
  }
  return std::move(done.values);
}

int answer(const SensitivityQuestion& question, const SensitivityValues& values, const SensitivityOptions& options) {
  const SensitivityFindings findings = sensitivity_findings(question, values);
  if (!options.output.empty()) write_output(options.output, json_text(findings, question, values), options.force);
  if (options.json)
    print_answer("{}", json_text(findings, question));
  else
    print_text(to_text(findings));
  return success;
}

// Nothing is run: the file is read before anything else.
int analyse_again(const SensitivityFile& file, const SensitivityOptions& options) {
  const auto asked = question_of(file);
  print_problems("coalis sensitivity", asked.problems);
  if (!asked.ok()) return bad_input;
  return answer(*asked.question, read_sensitivity_values(options.from, *asked.question), options);
}

// What a rank does that does not lead.
int share(const SensitivityOptions& options, Lessor& lessor) {
  SensitivityFile file = read_sensitivity(options.file);
  if (!file.ok()) return bad_input;  // who leads says why
  const auto asked = prepare_sensitivity(options.file, std::move(file));
  if (!asked.ok()) return bad_input;
  const Interruption interruption;
  share_sensitivity(*asked.question, lessor, options.threads, Watch{.cancel = &interruption.requested()});
  return success;
}

int analyse(const SensitivityOptions& given) {
  SensitivityOptions options = given;
  if (Lessor* const lessor = ranks_in_use().lessor) {
    options.threads = std::max(1, options.threads);
    if (!lessor->leads()) return options.cost || !options.from.empty() ? success : share(options, *lessor);
  }
  SensitivityFile file = read_sensitivity(options.file);
  print_problems("coalis sensitivity", file.study.diagnostics);
  if (!file.ok()) return bad_input;
  if (!options.output.empty()) check_output_path(options.output, options.force);
  if (!options.from.empty()) return analyse_again(file, options);
  const auto asked = prepare_sensitivity(options.file, std::move(file));
  print_problems("coalis sensitivity", asked.problems);
  if (!asked.ok()) return bad_input;
  const PreparedSensitivity& prepared = *asked.question;
  const SensitivityQuestion& question = prepared.question;
  check_room(prepared, 0, options.threads);
  if (options.cost) {
    print_text(fmt::format("{}\n{}\n\n{}", question.study.name, question.study.question, cost_of(prepared, options.threads)));
    return success;
  }
  int status = success;
  const auto values = run(prepared, options, status);
  return values ? answer(question, *values, options) : status;
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
  command->add_flag("--restart", options->restart, "Begin again: the runs kept in STUDY.runs are removed, no other file")
      ->excludes(from);
  command->add_flag("--cost", options->cost, "Say the number of runs and the time they will take, and stop")->excludes(from);
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
