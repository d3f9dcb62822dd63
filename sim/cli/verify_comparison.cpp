// coalis verify of a comparison: are the outcomes of its paired runs those that this machine computes?
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>

#include "coalis/core/counted.hpp"
#include "coalis/ensemble/paired.hpp"
#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/network/outcomes.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "terminal.hpp"
#include "verify.hpp"

namespace coalis::cli {
namespace {

bool same_value(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

// What a file has of one group: [figure][scenario][replicate].
using Figures = std::vector<std::vector<std::vector<double>>>;

Figures read_figures(const ComparisonFile& file, const std::string& group, const std::vector<Quantity>& quantities) {
  Figures figures;
  for (const Quantity& quantity : quantities) {
    auto& of = figures.emplace_back();
    for (std::size_t s = 0; s < file.scenarios.size(); ++s) of.push_back(file.values(group, quantity.name, s));
  }
  return figures;
}

// Outcomes that are computed only when asked for are in the file if they were asked for.
bool has_further(const ComparisonFile& file) {
  try {
    file.values("outcomes", all_outcome_quantities().back().name, 0);
    return true;
  } catch (const ResultError&) {
    return false;
  }
}

struct Found {
  std::size_t compared = 0;            // replicates
  std::vector<std::string> different;  // "replicate 3, engaged of B: recorded 0.5, here 0.4"
};

class Check {
 public:
  explicit Check(const ComparisonFile& file)
      : file_(file),
        further_(has_further(file)),
        outcomes_(read_figures(file, "outcomes", outcomes_of(further_))),
        survey_(read_figures(file, "survey", survey_quantities())) {}

  // Runs the chosen replicates of all scenarios again. Throws ResultError if a scenario cannot be read.
  Found run(const VerifyOptions& options, const std::vector<std::size_t>& rows) const {
    std::vector<Scenario> scenarios;
    for (const auto& compared : file_.scenarios) {
      const ScenarioFile read = parse_scenario(compared.text, fmt::format("{} (scenario {})", options.result, compared.label));
      if (!read.ok()) throw ResultError(to_string(read.diagnostics.front()));
      scenarios.push_back(read.scenario);
    }
    std::vector<std::uint32_t> replicates;
    for (const std::size_t row : rows) replicates.push_back(static_cast<std::uint32_t>(row));
    const Interruption interruption;
    ProgressLine progress(rows.size(), !options.quiet);
    const Execution execution{.threads = options.threads,
                              .cancel = &interruption.requested(),
                              .progress = [&](std::size_t done) { progress.show(done); },
                              .measure = further_ ? &add_outcomes : nullptr};
    const Recording recording{.trajectories = false, .regions = false, .organisations = false, .ties = false, .survey = true};
    Found found;
    found.compared = run_paired(scenarios, file_.seed, replicates, further_ ? with_sources(recording) : recording, execution,
                                [&](std::span<const RunRecord> records) { compare(records, found); });
    return found;
  }

 private:
  void compare(std::span<const RunRecord> records, Found& found) const {
    for (std::size_t s = 0; s < records.size(); ++s) {
      compare(records[s].replicate, s, outcomes_of(further_), outcomes_, records[s].outcomes, found);
      compare(records[s].replicate, s, survey_quantities(), survey_, records[s].survey, found);
    }
  }
  void compare(std::uint32_t replicate, std::size_t scenario, const std::vector<Quantity>& quantities, const Figures& recorded,
               const std::vector<double>& here, Found& found) const {
    for (std::size_t q = 0; q < quantities.size(); ++q) {
      const double was = recorded[q][scenario].at(replicate);
      if (same_value(was, here[q])) continue;
      found.different.push_back(fmt::format("replicate {}, {} of {}: recorded {}, here {}", replicate, quantities[q].name,
                                            file_.scenarios[scenario].label, was, here[q]));
    }
  }

  const ComparisonFile& file_;
  bool further_;
  Figures outcomes_, survey_;
};

int tell(const VerifyOptions& options, const ComparisonFile& file, const Found& found) {
  constexpr std::size_t listed = 20;
  if (found.different.empty()) {
    print_text(fmt::format(
        "{}: reproduced. {} of its {} {} rerun under all {}, and all outcomes and figures of the survey are the recorded ones. "
        "What is computed from them (differences over time, quantiles, structures, variances) was not computed again.\n",
        options.result, found.compared, counted(file.replicates, "replicate"), found.compared == 1 ? "was" : "were",
        counted(file.scenarios.size(), "scenario")));
    return success;
  }
  print_answer("{}: NOT reproduced. {} from the recorded figures in {} rerun:\n", options.result,
               counted(found.different.size(), "difference"), counted(found.compared, "replicate"));
  for (std::size_t i = 0; i < std::min(listed, found.different.size()); ++i) print_answer("  {}\n", found.different[i]);
  if (found.different.size() > listed) print_answer("  and {} more\n", found.different.size() - listed);
  return failure;
}

}  // namespace

int verify_comparison(const VerifyOptions& options) try {
  const ComparisonFile file(options.result);
  if (!same_model(options, file.model_version, file.program_version, file.commit)) return file_error;
  const auto rows = chosen_rows(file.replicates, options.sample);
  const Found found = Check(file).run(options, rows);
  if (found.compared < rows.size())
    print_message("Interrupted after {} of {}.\n", found.compared, counted(rows.size(), "replicate"));
  const int status = tell(options, file, found);
  return found.compared < rows.size() ? Interruption::exit_code() : status;
} catch (const ResultError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace coalis::cli
