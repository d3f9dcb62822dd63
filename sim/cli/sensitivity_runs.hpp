// The runs of a sensitivity study: its points on its scenarios, how long they will take, and doing them.
#pragma once

#include <cstddef>
#include <vector>

#include "coalis/io/sensitivity_file.hpp"

namespace coalis::cli {

struct SensitivityRuns {
  const SensitivityFile& file;
  SensitivityDesign design;

  const Study& study() const { return file.study.study; }
  std::size_t scenarios() const { return study().files.size(); }
  std::size_t points() const { return design.size(); }
  std::size_t count() const { return points() * scenarios() * study().replicates; }
  // The scenario with a point's values; errors are in its diagnostics.
  ScenarioFile scenario(std::size_t point, std::size_t scenario) const;
};

// Prints what is wrong with any point on any scenario; false if something is.
bool check_points(const SensitivityRuns& runs);

// Seconds that all runs will take, from a trial of the first point.
double forecast_seconds(const SensitivityRuns& runs, int threads);

// All runs: [outcome of the study][scenario][point * replicates + replicate]; nothing if interrupted, and then `status` is the
// exit code.
using SensitivityValues = std::vector<std::vector<std::vector<double>>>;
SensitivityValues run_sensitivity(const SensitivityRuns& runs, int threads, bool quiet, int& status);

}  // namespace coalis::cli
