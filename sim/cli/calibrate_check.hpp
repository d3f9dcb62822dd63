// `coalis calibrate --check`: whether a posterior fits, what it leaves open, whether its intervals are to be believed.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "coalis/inference/checks.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/text/json_file.hpp"

namespace coalis::cli {

// More of one quantity than of another in another coalition: all that can be said across sites.
struct ElsewhereCheck {
  std::string scenario;
  std::size_t runs = 0;
  double accomplished = 0, effective = 0;  // means of perceived progress and of service effectiveness
  double share = 0;                        // of the runs in which the first is the larger, as observed
};

struct PosteriorCheck {
  const CalibrationModel& model;
  std::filesystem::path posterior;
  std::size_t draws;
  double effective_size;
  std::vector<ItemCheck> items;  // fitted, held out, specified
  TotalCheck total;
  double point_deviance;  // of the evidence from the mean shares of the posterior, no design effects
  std::vector<Direction> directions;
  std::vector<std::string> parameters;  // fitted
  std::vector<double> contraction;      // share of the prior's variance that is gone
  std::optional<CoverageCheck> coverage;
  std::optional<ElsewhereCheck> elsewhere;
};

struct CheckOptions {
  std::filesystem::path posterior;
  std::string elsewhere;      // scenario of another coalition; "" without
  CoverageSettings coverage;  // a table of 0 runs: none
  int threads = 0;
  bool quiet = false;
};

// Does all checks; nothing, after saying why, if the posterior or the other scenario is wrong or the check was interrupted.
std::optional<PosteriorCheck> check_posterior(const CalibrationModel& model, const CheckOptions& options);

std::string to_text(const PosteriorCheck& check);
nlohmann::ordered_json to_json(const PosteriorCheck& check);

// The answer as a file holds it: JSON of this format.
inline constexpr JsonFormat check_format{"coalis-check", 1, "an answer of coalis calibrate --check",
                                         "name a POSTERIOR.check.json, or make it again with coalis calibrate --check"};

}  // namespace coalis::cli
