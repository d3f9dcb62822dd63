// coalis calibrate: a posterior of parameters from evidence.
#include "coalis/tasks/calibrate.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "coalis/core/shell_word.hpp"
#include "coalis/io/answers/check_json.hpp"
#include "coalis/io/answers/posterior_json.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/report/words/check_text.hpp"
#include "coalis/report/words/posterior_text.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "ranks.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

namespace fs = std::filesystem;

struct CalibrateOptions {
  std::string file, output, nuisance, elsewhere, from;
  int threads = 0;
  std::size_t table = CoverageSettings().table;
  bool restart = false, quiet = false, json = false, check = false;

  fs::path posterior() const { return output.empty() ? fs::path(file).replace_extension(".posterior.csv") : fs::path(output); }
  fs::path checked() const { return fs::path(posterior()).replace_extension(".check.json"); }
  PosteriorFiles files() const { return {posterior(), fs::path(posterior()).replace_extension(".state.json")}; }
  Nuisance drawn() const {
    return nuisance == "prior" ? Nuisance::prior : nuisance == "fixed" ? Nuisance::fixed : Nuisance::as_written;
  }
};

// The command with every value that matters spelt out.
std::string command_line(const CalibrateOptions& options) {
  std::string line =
      fmt::format("coalis calibrate {} -o {}", shell_word(options.file), shell_word(options.posterior().generic_string()));
  if (!options.nuisance.empty()) line += " --nuisance " + options.nuisance;
  if (!options.from.empty()) line += " --from " + shell_word(options.from);
  return line;
}

// What --check does: the posterior that is there beside the evidence. The answer goes to POSTERIOR.check.json, too.
int check(const CalibrateOptions& options, const CalibrationModel& model) {
  CheckOptions wanted{options.posterior(), options.elsewhere, {}};
  wanted.coverage.table = options.table;
  if (!print_problems("coalis calibrate", option_problems(wanted))) return bad_input;
  const auto asked = read_check_question(model, wanted);
  for (const Diagnostic& problem : asked.problems) print_message("{}\n", to_string(problem));
  if (!asked.ok()) return bad_input;
  const Interruption interruption;
  ProgressLine progress(wanted.coverage.table, !options.quiet, "runs from the prior");
  const auto answer = check_posterior(*asked.question, options.threads, watching(interruption, progress));
  if (!answer) return interruption.exit_code();
  const std::string json = json_text(*answer);
  write_output(options.checked(), json, true);
  if (options.json)
    print_answer("{}", json);
  else
    print_text(to_text(*answer));
  return success;
}

int sample(const CalibrateOptions& options, const CalibrationFile& file, const CalibrationModel& model) {
  const Interruption interruption;
  Watch watch = options.quiet ? Watch{} : notices_alone();
  watch.cancel = &interruption.requested();
  std::optional<PosteriorAnswer> answer;
  if (!options.from.empty()) {
    const auto given = read_given(model, options.from);
    if (!print_problems("coalis calibrate", given.problems)) return bad_input;
    answer = reweigh(file, model, *given.question, options.posterior(), options.restart, command_line(options), options.threads,
                     watch);
    if (watch.cancelled()) return interruption.exit_code();
  }
  if (!answer)
    answer =
        calibrate(file, model, options.files(), options.restart, command_line(options), options.threads, watch, ranks_in_use());
  if (!answer) {
    print_message("Interrupted; {} holds what is done, and the same command goes on.\n", options.files().state.string());
    return interruption.exit_code();
  }
  if (options.json)
    print_answer("{}", json_text(*answer));
  else
    print_text(to_text(*answer));
  return success;
}

// What will be written, before the first run. Throws FileError.
void check_paths(const CalibrateOptions& options, const CalibrationFile& file) {
  if (options.check) return check_answer_path(options.checked());
  check_posterior_path(options.posterior(), file, options.restart);
  check_state_path(options.files().state, options.restart);
}

// What a rank does that does not lead.
int share(const CalibrateOptions& options, const CalibrationModel& model, Lessor& lessor) {
  const Interruption interruption;
  share_calibration(model, lessor, options.threads, Watch{.cancel = &interruption.requested()});
  return success;
}

int run(const CalibrateOptions& given) try {
  CalibrateOptions options = given;
  Lessor* const lessor = ranks_in_use().lessor;
  if (lessor) options.threads = std::max(1, options.threads);
  const bool leads = !lessor || lessor->leads();
  if (!leads && options.check) return success;
  const CalibrationFile file = read_calibration(options.file, options.drawn());
  print_problems("coalis calibrate", file.diagnostics);
  if (!file.ok()) return bad_input;
  if (options.check)
    require_room_to_check(*file.calibration, options.table, options.threads);
  else
    require_room_to_calibrate(*file.calibration, options.threads);
  if (leads) check_paths(options, file);
  std::optional<CalibrationModel> model;
  try {
    model.emplace(*file.calibration, Execution{.threads = options.threads});
  } catch (const std::invalid_argument& error) {
    print_message("{}: error: {}\n", file.evidence_path.string(), error.what());
    return bad_input;
  }
  if (!leads) return share(options, *model, *lessor);
  return options.check ? check(options, *model) : sample(options, file, *model);
} catch (const FileError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace

void add_calibrate(CLI::App& program, int& status) {
  const auto options = std::make_shared<CalibrateOptions>();
  CLI::App* command = program.add_subcommand("calibrate", "What the evidence says about uncertain parameters: a posterior");
  command->add_option("STUDY", options->file, "Calibration file (TOML)")->required();
  command->add_option("-o,--output", options->output,
                      "Posterior (CSV); without it the calibration's name with .posterior.csv beside it");
  command
      ->add_option("--nuisance", options->nuisance,
                   "Instead of what the file says: draw nuisance parameters from their priors, or fix them")
      ->check(CLI::IsMember({"prior", "fixed"}));
  add_whole(*command, "--threads", options->threads, thread_range, "Threads, 0 for all; results do not depend on it");
  auto* check =
      command->add_flag("--check", options->check,
                        "Check the posterior that is there instead: fit, held-out items, what is not identified, coverage");
  add_whole(*command, "--table", options->table, {0, 100'000'000},
            "Runs of the table from which --check computes coverage; 0: leave that out")
      ->needs(check);
  command->add_option("--elsewhere", options->elsewhere, "Scenario of another coalition, to be compared by direction")
      ->needs(check);
  command
      ->add_option("--from", options->from,
                   "Weight this posterior anew by the evidence first; draws are sampled only where that does not suffice")
      ->excludes(check);
  command->add_flag("--restart", options->restart, "Begin again: replaces the posterior and the state that are there");
  command->add_flag("--quiet", options->quiet, "No lines about progress");
  command->add_flag("--json", options->json, "Print the answer as JSON");
  command->footer(
      "What is done is kept in the posterior's name with .state.json; whatever ends the command, the same command goes on and "
      "leaves the\n"
      "same posterior, byte for byte.\n"
      "Examples:\n"
      "  coalis calibrate scenarios/calibration/mixture.toml\n"
      "  coalis calibrate scenarios/calibration/mixture.toml --nuisance fixed -o fixed.csv\n"
      "  coalis calibrate scenarios/calibration/mixture.toml -o scenarios/posterior/mixture.csv --check --table 0\n"
      "  coalis calibrate ours/ours-calibration.toml --from scenarios/posterior/mixture.csv\n"
      "Exit codes: 0 done, 1 a run failed, 2 the command line, the calibration, its scenario or its evidence is wrong, 3 a file "
      "cannot\n"
      "be read or written, " +
      std::string(interruption_codes) + ": what is done is kept.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace coalis::cli
