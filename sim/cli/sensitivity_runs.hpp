// The runs of a sensitivity study: its points on its scenarios, how long they will take, and doing them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/io/questions/sensitivity_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/store/run_store.hpp"

namespace coalis::cli {

// Runs are numbered point by point, in a point scenario by scenario, in a scenario replicate by replicate.
struct SensitivityRuns {
  std::string path;  // of the study's file, as given
  const SensitivityFile& file;
  SensitivityDesign design;
  std::vector<RunKey> keys = {};  // [point * scenarios + scenario]: of its runs; by check_points
  double work = 1;                // organisation-months of the largest run; by check_points
  double run_memory = 0;          // bytes of the largest simulator and its record; by check_points

  const Study& study() const { return file.study.study; }
  std::size_t scenarios() const { return study().files.size(); }
  std::size_t points() const { return design.size(); }
  std::size_t count() const { return points() * scenarios() * study().replicates; }
  std::uint32_t replicate_of(std::size_t run) const { return static_cast<std::uint32_t>(run % study().replicates); }
  RunKey key_of(std::size_t run) const { return run_key(keys[run / study().replicates], replicate_of(run)); }
  std::filesystem::path store_folder() const { return std::filesystem::path(path).replace_extension(".runs"); }
  // The scenario with a point's values; errors are in its diagnostics.
  ScenarioFile scenario(std::size_t point, std::size_t scenario) const;
  // "illinois.toml with parameters.tie_prob = 0.2, ..."
  std::string describe(std::size_t run) const;
};

// Reads every point on every scenario and names its runs. Prints what is wrong; false if something is.
bool check_points(SensitivityRuns& runs);

// Throws TooLarge if the runs do not fit into memory, or so many of them onto the disk.
void check_room(const SensitivityRuns& runs, std::size_t missing, int threads);

// Seconds that all runs will take, from a trial of the first point.
double forecast_seconds(const SensitivityRuns& runs, int threads);

// All runs: [outcome of the study][scenario][point * replicates + replicate].
using SensitivityValues = std::vector<std::vector<std::vector<double>>>;

// Does the runs that the store does not have, and keeps them. Nothing if they are not all done: interrupted, or a run failed;
// that is said, and `status` is the exit code. Throws StoreError.
std::optional<SensitivityValues> run_sensitivity(const SensitivityRuns& runs, RunStore& store, int threads, bool quiet,
                                                 int& status);

}  // namespace coalis::cli
