// coalis verify: does this machine reproduce the replicates of a result file, bit for bit?
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "coalis/core/counted.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/io/result_file.hpp"
#include "coalis/io/scenario_file.hpp"
#include "commands.hpp"
#include "progress.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct VerifyOptions {
  std::string result;
  std::size_t sample = 0;
  int threads = 0;
  bool quiet = false;
};

// Rows of the file to rerun: all, or `sample` of them evenly spaced from the first to the last.
std::vector<std::size_t> chosen_rows(std::size_t rows, std::size_t sample) {
  const std::size_t count = sample == 0 ? rows : std::min(sample, rows);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < count; ++i) chosen.push_back(count == 1 ? 0 : i * (rows - 1) / (count - 1));
  return chosen;
}

struct Difference {
  std::uint32_t replicate;
  std::uint64_t recorded, found;
};

struct Comparison {
  std::size_t compared = 0;
  std::vector<Difference> differences;
};

Comparison compare(const ResultFile& result, const Scenario& scenario, const VerifyOptions& options) {
  const auto rows = chosen_rows(result.replicates.size(), options.sample);
  std::vector<std::uint32_t> replicates;
  for (const auto row : rows) replicates.push_back(result.replicates[row]);
  const Interruption interruption;
  ProgressLine progress(rows.size(), !options.quiet);
  const Execution execution{.threads = options.threads, .cancel = &interruption.requested(), .progress = [&](std::size_t done) {
                              progress.show(done);
                            }};
  const Recording only_hashes{false, false, false, false, false};
  Comparison comparison;
  run_ensemble(scenario, result.seed, replicates, only_hashes, execution, [&](const RunRecord& record) {
    const std::uint64_t recorded = result.hashes[rows[comparison.compared++]];
    if (record.hash != recorded) comparison.differences.push_back({record.replicate, recorded, record.hash});
  });
  return comparison;
}

int tell(const VerifyOptions& options, const ResultFile& result, const Comparison& comparison) {
  constexpr std::size_t listed = 20;
  const std::size_t differ = comparison.differences.size();
  if (differ == 0) {
    print_answer(fmt::format("{}: reproduced. {} of its {} {} the recorded hash.\n", options.result, comparison.compared,
                             counted(result.replicates.size(), "replicate"),
                             comparison.compared == 1 ? "was rerun and has" : "were rerun and all have"));
    return success;
  }
  fmt::print("{}: NOT reproduced. {} of {} rerun {} from the recorded hash:\n", options.result, differ,
             counted(comparison.compared, "replicate"), differ == 1 ? "differs" : "differ");
  for (std::size_t i = 0; i < std::min(differ, listed); ++i) {
    const auto& difference = comparison.differences[i];
    fmt::print("  replicate {}: recorded {:016x}, here {:016x}\n", difference.replicate, difference.recorded, difference.found);
  }
  if (differ > listed) fmt::print("  and {} more\n", differ - listed);
  return failure;
}

int verify(const VerifyOptions& options) {
  ResultFile result;
  try {
    result = open_result(options.result);
  } catch (const ResultError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return file_error;
  }
  if (result.model_version != model_version) {
    fmt::print(
        stderr,
        "{}: made with model version {}, this program has {}: its replicates cannot be compared; use Coalis {} (commit {})\n",
        options.result, result.model_version, model_version, result.program_version, result.commit);
    return file_error;
  }
  const ScenarioFile scenario = parse_scenario(result.scenario_text, options.result + " (scenario)");
  if (!scenario.ok()) {
    for (const auto& diagnostic : scenario.diagnostics) fmt::print(stderr, "{}\n", to_string(diagnostic));
    return file_error;
  }
  const Comparison comparison = compare(result, scenario.scenario, options);
  const std::size_t asked = chosen_rows(result.replicates.size(), options.sample).size();
  if (comparison.compared < asked)
    fmt::print(stderr, "Interrupted after {} of {}.\n", comparison.compared, counted(asked, "replicate"));
  const int status = tell(options, result, comparison);
  return comparison.compared < asked ? interrupted : status;
}

}  // namespace

void add_verify(CLI::App& program, int& status) {
  const auto options = std::make_shared<VerifyOptions>();
  CLI::App* command =
      program.add_subcommand("verify", "Rerun replicates of a result file and say whether this machine reproduces their hashes");
  command->add_option("RESULT", options->result, "Result file of `coalis run`")->required();
  command->add_option("--sample", options->sample, "Rerun so many replicates, evenly spaced, instead of all")
      ->check(CLI::PositiveNumber);
  command->add_option("--threads", options->threads, "Threads, 0 for all")->check(CLI::Range(0, 4096))->capture_default_str();
  command->add_flag("--quiet", options->quiet, "No progress line");
  command->footer(
      "Examples:\n"
      "  coalis verify illinois.h5\n"
      "  coalis verify illinois.h5 --sample 20\n"
      "Exit codes: 0 all equal, 1 some differ, 3 the file cannot be read or compared, 130 interrupted.");
  command->callback([options, &status] { status = verify(*options); });
}

}  // namespace coalis::cli
