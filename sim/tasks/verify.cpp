#include "coalis/tasks/verify.hpp"

#include <fmt/format.h>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/io/hdf5/recorded_runs.hpp"
#include "coalis/io/hdf5/result_parameters.hpp"
#include "coalis/io/hdf5/study_result.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/version.hpp"
#include "coalis/network/outcomes.hpp"
#include "tasks/chosen_rows.hpp"
#include "tasks/verifying.hpp"

namespace coalis {
namespace {

// The scenario of a result file, warnings told.
Scenario scenario_of(const ResultFile& result, const std::string& file, const Watch& watch) {
  ScenarioFile read = parse_scenario(result.scenario_text, file + " (scenario)");
  std::string problems;
  for (const Diagnostic& d : read.diagnostics) problems += (problems.empty() ? "" : "\n") + to_string(d);
  if (!read.ok()) throw FileError(problems);
  if (!problems.empty()) watch.say(problems);
  return std::move(read.scenario);
}

Verified verify_runs(const CheckedPath& checked, std::size_t sample, int threads, const Watch& watch) {
  Verified verified{.file = checked.path.string()};
  const ResultFile result = open_result(checked);
  require_same_model(verified.file, result.model_version, result.program_version, result.commit);
  const Scenario scenario = scenario_of(result, verified.file, watch);
  const auto rows = chosen_rows(result.replicates.size(), sample);
  verified.held = result.replicates.size(), verified.wanted = rows.size(), verified.has_checksums = result.has_checksums;
  RecordedRuns recorded(checked);
  const Recording recording = recorded.further() ? with_sources(recorded.recording()) : recorded.recording();
  require_room(ensemble_needs({&scenario, 1}, recording, rows.size(), threads));
  Execution execution{.threads = threads, .cancel = watch.cancel, .measure = recorded.further() ? &add_outcomes : nullptr};
  if (watch.progress) execution.progress = [&](std::size_t done) { watch.progress(done, rows.size()); };
  run_rows(result, scenario, rows, recording, execution, [&](const RunRecord& record) {
    const std::size_t row = rows[verified.compared++];
    const std::string where = fmt::format("replicate {}: ", record.replicate);
    if (record.hash != result.hashes[row])
      verified.hashes.push_back(where + fmt::format("recorded {:016x}, here {:016x}", result.hashes[row], record.hash));
    for (const std::string& name : recorded.differences(row, record)) verified.different.push_back(where + name);
  });
  return verified;
}

}  // namespace

void require_same_model(const std::string& file, const std::string& model, const std::string& program,
                        const std::string& commit) {
  if (model != model_version)
    throw FileError(
        fmt::format("{}: made with model version {}, this program has {}: its replicates cannot be compared; use Coalis {} "
                    "(commit {})",
                    file, model, model_version, program, commit));
}

Verified::Of kind_of(const CheckedPath& checked) {
  if (checked.format == comparison_format) return Verified::Of::comparison;
  return checked.format == study_result_format ? Verified::Of::study : Verified::Of::runs;
}

Verified verify(const CheckedPath& checked, std::size_t sample, int threads, const Watch& watch) {
  switch (kind_of(checked)) {
    case Verified::Of::comparison: return verify_comparison(checked, sample, threads, watch);
    case Verified::Of::study: return verify_study(checked, sample, threads, watch);
    case Verified::Of::runs: break;
  }
  return verify_runs(checked, sample, threads, watch);
}

}  // namespace coalis
