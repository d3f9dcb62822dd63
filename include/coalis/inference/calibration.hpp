// A calibration: which numbers of a scenario are uncertain, what is known of them beforehand, and which evidence they meet.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "coalis/inference/abc_smc.hpp"
#include "coalis/inference/distance.hpp"
#include "coalis/inference/parameter_path.hpp"
#include "coalis/inference/rough.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

struct UncertainParameter {
  std::vector<ParameterPath> paths;  // one or more that take the same value
  Prior prior;
  std::string source;                     // where the prior comes from, "assumption" if from nowhere
  std::vector<std::string> also() const;  // the texts of all paths but the first
};

struct CalibrationProblem {
  std::string name;
  Scenario scenario;  // with the engagement structure that is fitted
  std::vector<EvidenceItem> evidence;
  std::vector<UncertainParameter> fitted, nuisance;
  AbcSettings sampler;
};

// One simulated history and its survey.
struct SimulatedSurvey {
  SurveyCounts counts{};  // as the questionnaire of the calibration counts
  bool possible = true;   // within the ranges that the evidence gives for outcomes
};

// A calibration made ready to run. Immutable; shared by all threads.
class CalibrationModel {
 public:
  // Simulates the scenario as it is for the design effects (first 1,000 replicates of the calibration's seed). Throws
  // std::invalid_argument if the evidence has nothing to calibrate with, or an item that cannot be compared.
  CalibrationModel(CalibrationProblem calibration, const Execution& execution);

  const CalibrationProblem& calibration() const { return calibration_; }
  std::span<const ComparedItem> fit_items() const { return fit_; }       // of use `calibrate`
  std::span<const ComparedItem> other_items() const { return others_; }  // of use `validate` and `specify`
  std::span<const RoughItem> rough() const { return rough_; }            // of which the source says little
  int degrees_of_freedom() const { return coalis::degrees_of_freedom(fit_); }
  const Questionnaire& questions() const { return questions_; }

  // The scenario with these values (fitted, then nuisance).
  void set_values(Scenario& scenario, std::span<const double> values) const;
  // The simulator of a thread: a pure function of values and stream.
  using Simulate = std::function<SimulatedSurvey(std::span<const double> values, Stream stream)>;
  Simulate make_simulate() const;
  // The sampler's view; refers to this object.
  AbcModel abc_model() const;

 private:
  struct Limit {
    std::size_t outcome;
    double low, high;
  };
  CalibrationProblem calibration_;
  std::vector<ComparedItem> fit_, others_;
  std::vector<RoughItem> rough_;
  Questionnaire questions_;
  std::vector<Limit> limits_;
};

}  // namespace coalis
