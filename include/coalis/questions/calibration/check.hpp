// Does a posterior fit, what does it leave open, are its intervals to be believed? The question, and its answer.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "coalis/inference/checks.hpp"
#include "coalis/inference/parameter_path.hpp"
#include "coalis/model/record.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/questions/made_by.hpp"
#include "coalis/questions/parameter_sets.hpp"

namespace coalis {

struct CheckOptions {
  std::filesystem::path posterior;  // parameter sets
  std::string elsewhere;            // scenario of another coalition; "" without
  CoverageSettings coverage;        // a table of 0 runs: none
};
// What is wrong with the options alone.
std::vector<Diagnostic> option_problems(const CheckOptions& options);

struct Elsewhere {
  std::string name;
  Scenario scenario;
};

struct PosteriorQuestion {
  const CalibrationModel& model;
  std::filesystem::path posterior;
  std::string posterior_hash;
  WeightedDraws draws;  // in the order of the calibration's parameters
  CoverageSettings coverage;
  std::optional<Elsewhere> elsewhere;
};
// What was read of the options' files: sets and the SHA-1 of their file, the other scenario.
Asked<PosteriorQuestion> ask_check(const CalibrationModel& model, const CheckOptions& options, const ParameterSets& sets,
                                   std::string hash, std::optional<Elsewhere> elsewhere);

// More of one quantity than of another in another coalition: all that can be said across sites.
struct ElsewhereCheck {
  std::string scenario;
  std::size_t runs = 0;
  double accomplished = 0, effective = 0;  // means of perceived progress and of service effectiveness
  double share = 0;                        // of the runs in which the first is the larger, as observed
};

struct PosteriorCheck {
  struct Parameter {
    std::string path;
    double contraction;               // share of the prior's variance that is gone
    std::vector<std::string> also{};  // other paths that have its value
  };
  std::string calibration, engagement;  // its name; the structure that was fitted
  std::filesystem::path posterior;      // read back from an answer: its name alone
  std::string posterior_hash;           // "" in answers of older programs
  MadeBy made_by;
  std::size_t draws = 0;
  double effective_size = 0;
  int degrees_of_freedom = 0;
  TotalCheck total{};
  double point_deviance = 0;          // of the evidence from the mean shares of the posterior, no design effects
  std::vector<ItemCheck> items;       // fitted, held out, specified
  std::vector<RoughCheck> rough;      // held out, specified
  std::vector<Parameter> parameters;  // fitted
  std::vector<Direction> directions;
  std::optional<CoverageCheck> coverage;
  std::optional<ElsewhereCheck> elsewhere;
};

// From the prior's draws and from pairs of surveys of the prior and of the posterior (inference/checks.hpp); without coverage and
// the other coalition.
WeightedDraws prior_of(const PosteriorQuestion& question);
PosteriorCheck posterior_check(const PosteriorQuestion& question, const WeightedDraws& prior, std::span<const SurveyPair> before,
                               std::span<const SurveyPair> after);

// The other coalition with values of the posterior for whatever it has, but for what is planned there: run after run, the draw of
// each by weight.
class ElsewhereRuns {
 public:
  explicit ElsewhereRuns(const PosteriorQuestion& question);
  std::size_t count() const { return chosen_.size(); }
  Scenario scenario(std::size_t run) const;
  // The answer, record by record.
  void add(const RunRecord& record);
  ElsewhereCheck check() const;

 private:
  const PosteriorQuestion& question_;
  std::vector<std::pair<std::size_t, ParameterPath>> shared_;  // parameter of the draws, where it stands there
  std::vector<std::size_t> chosen_;                            // [run]: its draw
  ElsewhereCheck sums_;
};

// Whether checks can stand side by side: of the same items with the same answers, and the same parameters.
bool alike(const PosteriorCheck& a, const PosteriorCheck& b);

}  // namespace coalis
