// coalis calibrate: a posterior of parameters from evidence.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "calibrate_check.hpp"
#include "calibrate_report.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/inference/calibration.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/questions/calibration_file.hpp"
#include "coalis/io/store/run_store.hpp"
#include "coalis/io/text/json_file.hpp"
#include "coalis/io/text/output.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t proposals_a_step = 4096;
constexpr double seconds_between_saves = 5;

struct CalibrateOptions {
  std::string file, output, nuisance, elsewhere;
  int threads = 0;
  std::size_t table = CoverageSettings().table;
  bool restart = false, quiet = false, json = false, check = false;

  fs::path posterior() const { return output.empty() ? fs::path(file).replace_extension(".posterior.csv") : fs::path(output); }
  fs::path checked() const { return fs::path(posterior()).replace_extension(".check.json"); }
  fs::path state() const { return fs::path(posterior()).replace_extension(".state.json"); }
};

// The command with every value that matters spelt out.
std::string command_line(const CalibrateOptions& options) {
  std::string line = fmt::format("coalis calibrate '{}' -o '{}'", options.file, options.posterior().generic_string());
  if (!options.nuisance.empty()) line += " --nuisance " + options.nuisance;
  return line;
}

void say_generation(const GenerationSummary& g) {
  print_message("generation {:>2}: tolerance {:>8.3f}, {:>8} runs, {:.4f} accepted, effective sample size {:.0f}\n", g.number,
                g.tolerance, g.proposals, g.acceptance(), g.effective_size);
}

// What --check does: the posterior that is there beside the evidence. The answer goes to POSTERIOR.check.json, too.
int check(const CalibrateOptions& options, const CalibrationModel& model) {
  CheckOptions wanted{options.posterior(), options.elsewhere, {}, options.threads, options.quiet};
  wanted.coverage.table = options.table;
  if (options.table > 0 && options.table < wanted.coverage.nearest) {
    print_message(
        "coalis calibrate: --table {}: each posterior is the {} nearest runs; ask for many more, or for 0: no coverage\n",
        options.table, wanted.coverage.nearest);
    return bad_input;
  }
  const auto result = check_posterior(model, wanted);
  if (!result) return Interruption::was_requested() ? Interruption::exit_code() : bad_input;
  const std::string json = to_json(*result).dump(2) + "\n";
  write_output(options.checked(), json, true);
  if (options.json)
    print_answer("{}", json);
  else
    print_text(to_text(*result));
  return success;
}

// What will be written, before the first run. Throws FileError.
void check_paths(const CalibrateOptions& options) {
  if (options.check) return check_output_path(options.checked(), true);
  check_posterior_path(options.posterior());
  check_output_path(options.state(), true);
}

// Samples until it stops or is interrupted; the state is on disk after every few seconds and at the end.
void sample(const CalibrateOptions& options, const CalibrationFile& file, const CalibrationModel& model, AbcState& state,
            const Interruption& interruption) {
  const AbcModel abc = model.abc_model();
  const Execution execution{.threads = options.threads, .cancel = &interruption.requested()};
  auto saved = Clock::now();
  while (state.stopped.empty() && !interruption.requested()) {
    const std::size_t before = state.finished.size();
    advance_abc(state, abc, file.calibration->sampler, proposals_a_step, execution);
    const bool finished = state.finished.size() > before;
    if (finished && !options.quiet) say_generation(state.finished.back());
    if (!finished && seconds_since(saved) < seconds_between_saves) continue;
    write_state(options.state(), file, state);
    saved = Clock::now();
  }
  write_state(options.state(), file, state);
}

// What the command takes; throws TooLarge if it does not fit. A set of values has up to a hundred numbers.
void check_room(const CalibrateOptions& options, const CalibrationFile& file) {
  constexpr double set_bytes = 1024;
  constexpr Recording survey_alone{
      .trajectories = false, .regions = false, .organisations = false, .ties = false, .survey = true};
  const std::size_t sets =
      options.check ? options.table : file.calibration->sampler.draws + file.calibration->sampler.prior_runs + proposals_a_step;
  Needs needs = ensemble_needs({&file.calibration->scenario, 1}, survey_alone, sets, options.threads);
  needs.replicate_memory += set_bytes;
  needs.replicates_named = options.check ? "runs of the table (--table)" : "draws and runs of a generation";
  require_room(needs);
}

int calibrate(const CalibrateOptions& options) {
  const Nuisance nuisance = options.nuisance == "prior"   ? Nuisance::prior
                            : options.nuisance == "fixed" ? Nuisance::fixed
                                                          : Nuisance::as_written;
  const CalibrationFile file = read_calibration(options.file, nuisance);
  for (const auto& d : file.diagnostics) print_message("{}\n", to_string(d));
  if (!file.ok()) return bad_input;
  check_room(options, file);
  std::optional<CalibrationModel> model;
  try {
    check_paths(options);
    model.emplace(*file.calibration, Execution{.threads = options.threads});
  } catch (const FileError& error) {
    print_message("{}\n", error.what());
    return file_error;
  } catch (const std::invalid_argument& error) {
    print_message("{}: error: {}\n", file.evidence_path.string(), error.what());
    return bad_input;
  }
  try {
    if (options.check) return check(options, *model);
    std::optional<AbcState> state;
    if (!options.restart) state = read_state(options.state(), file);
    if (state && !options.quiet && state->stopped.empty())
      print_message("going on from {}: generation {}, {} of it done\n", options.state().string(), state->current.number,
                    counted(state->current.proposals, "run"));
    if (!state) state = begin_abc(file.calibration->sampler);
    const Interruption interruption;
    sample(options, file, *model, *state, interruption);
    if (state->stopped.empty()) {
      print_message("Interrupted; {} holds what is done, and the same command goes on.\n", options.state().string());
      return interruption.exit_code();
    }
    write_posterior(options.posterior(), file, *model, *state, command_line(options));
    const PosteriorReport report{*model, *state, options.posterior()};
    if (options.json)
      print_answer("{}\n", to_json(report).dump(2));
    else
      print_text(to_text(report));
    return success;
  } catch (const FileError& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
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
  command->add_flag("--restart", options->restart, "Begin again, whatever is stored");
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
      "Exit codes: 0 done, 1 a run failed, 2 the command line, the calibration, its scenario or its evidence is wrong, 3 a file "
      "cannot\n"
      "be read or written, " +
      std::string(interruption_codes) + ": what is done is kept.");
  command->callback([options, &status] { status = calibrate(*options); });
}

}  // namespace coalis::cli
