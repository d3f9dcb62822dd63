// coalis verify: does this machine reproduce the replicates of a result file, bit for bit?
#include "verify.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "coalis/core/counted.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/io/hdf5/recorded_runs.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/hdf5/result_parameters.hpp"
#include "coalis/io/hdf5/study_result.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/network/outcomes.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct Difference {
  std::uint32_t replicate;
  std::uint64_t recorded, found;
};

struct Comparison {
  std::size_t compared = 0;
  std::vector<Difference> differences;
  std::vector<std::string> numbers;  // "replicate 3: outcomes/engaged"
};

Comparison compare(const ResultFile& result, const CheckedPath& checked, const Scenario& scenario, const VerifyOptions& options) {
  const auto rows = chosen_rows(result.replicates.size(), options.sample);
  RecordedRuns recorded(checked);
  const Recording recording = recorded.further() ? with_sources(recorded.recording()) : recorded.recording();
  require_room(ensemble_needs({&scenario, 1}, recording, rows.size(), options.threads));
  const Interruption interruption;
  ProgressLine progress(rows.size(), !options.quiet);
  const Execution execution{.threads = options.threads,
                            .cancel = &interruption.requested(),
                            .progress = [&](std::size_t done) { progress.show(done); },
                            .measure = recorded.further() ? &add_outcomes : nullptr};
  Comparison comparison;
  run_rows(result, scenario, rows, recording, execution, [&](const RunRecord& record) {
    const std::size_t row = rows[comparison.compared++];
    if (record.hash != result.hashes[row]) comparison.differences.push_back({record.replicate, result.hashes[row], record.hash});
    for (const std::string& name : recorded.differences(row, record))
      comparison.numbers.push_back(fmt::format("replicate {}: {}", record.replicate, name));
  });
  return comparison;
}

constexpr std::size_t listed = 20;

// Equal hashes, and yet other numbers in the file.
int tell_numbers(const VerifyOptions& options, const Comparison& comparison) {
  const auto& numbers = comparison.numbers;
  print_list(
      fmt::format("{}: NOT reproduced. The hashes are the recorded ones, but what is recorded beside them is not what {} gave:\n",
                  options.result, counted(comparison.compared, "run")));
  for (std::size_t i = 0; i < std::min(numbers.size(), listed); ++i) print_list(fmt::format("  {}\n", numbers[i]));
  if (numbers.size() > listed) print_list(fmt::format("  and {} more\n", numbers.size() - listed));
  return failure;
}

int tell(const VerifyOptions& options, const ResultFile& result, const Comparison& comparison) {
  const std::size_t differ = comparison.differences.size();
  if (differ == 0 && !comparison.numbers.empty()) return tell_numbers(options, comparison);
  if (differ == 0) {
    print_text(fmt::format(
        "{}: reproduced. {} of its {} {} the recorded hash and the recorded numbers.{}\n", options.result, comparison.compared,
        counted(result.replicates.size(), "replicate"), comparison.compared == 1 ? "was rerun: it has" : "were rerun: all have",
        result.has_checksums ? ""
                             : " The file has no checksums (it is of an older program): what is not computed again (replicates "
                               "left out, histograms, quantiles) was not checked."));
    return success;
  }
  print_list(fmt::format("{}: NOT reproduced. {} of {} rerun {} from the recorded hash:\n", options.result, differ,
                         counted(comparison.compared, "replicate"), differ == 1 ? "differs" : "differ"));
  for (std::size_t i = 0; i < std::min(differ, listed); ++i) {
    const auto& difference = comparison.differences[i];
    print_list(fmt::format("  replicate {}: recorded {:016x}, here {:016x}\n", difference.replicate, difference.recorded,
                           difference.found));
  }
  if (differ > listed) print_list(fmt::format("  and {} more\n", differ - listed));
  return failure;
}

int verify(const VerifyOptions& options) {
  const CheckedPath checked = check_content(options.result);
  if (checked.format == comparison_format) return verify_comparison(options, checked);
  if (checked.format == study_result_format) return verify_study(options, checked);
  const ResultFile result = open_result(checked);
  if (!same_model(options, result.model_version, result.program_version, result.commit)) return file_error;
  const ScenarioFile scenario = parse_scenario(result.scenario_text, options.result + " (scenario)");
  if (!print_problems("coalis verify", scenario.diagnostics)) return file_error;
  const Comparison comparison = compare(result, checked, scenario.scenario, options);
  const std::size_t asked = chosen_rows(result.replicates.size(), options.sample).size();
  if (comparison.compared < asked)
    print_message("Interrupted after {} of {}.\n", comparison.compared, counted(asked, "replicate"));
  const int status = tell(options, result, comparison);
  return comparison.compared < asked ? Interruption::exit_code() : status;
}

}  // namespace

bool same_model(const VerifyOptions& options, const std::string& model, const std::string& program, const std::string& commit) {
  if (model == model_version) return true;
  print_message(
      "{}: made with model version {}, this program has {}: its replicates cannot be compared; use Coalis {} (commit {})\n",
      options.result, model, model_version, program, commit);
  return false;
}

void add_verify(CLI::App& program, int& status) {
  const auto options = std::make_shared<VerifyOptions>();
  CLI::App* command = program.add_subcommand(
      "verify", "Rerun replicates of a result file and say whether this machine reproduces their hashes and numbers");
  command
      ->add_option("RESULT", options->result,
                   "Result file of `coalis run`, comparison of `coalis compare -o` or merged result of a study")
      ->required();
  add_whole(*command, "--sample", options->sample, {.least = 1}, "Rerun so many replicates, evenly spaced, instead of all",
            false);
  add_whole(*command, "--threads", options->threads, thread_range, "Threads, 0 for all");
  command->add_flag("--quiet", options->quiet, "No progress line");
  command->footer(
      "Examples:\n"
      "  coalis verify illinois.h5\n"
      "  coalis verify illinois.h5 --sample 20\n"
      "Exit codes: 0 all equal, 1 some differ, 3 the file cannot be read or compared, " +
      std::string(interruption_codes) + ".");
  command->callback([options, &status] {
    try {
      status = verify(*options);
    } catch (const ResultError& error) {
      print_message("{}\n", error.what());
      status = file_error;
    }
  });
}

}  // namespace coalis::cli
