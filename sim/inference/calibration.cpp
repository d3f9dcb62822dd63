#include "coalis/inference/calibration.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "coalis/engine/simulate.hpp"
#include "coalis/model/parameter_sums.hpp"

namespace coalis {

std::vector<std::string> UncertainParameter::also() const {
  std::vector<std::string> others;
  for (std::size_t i = 1; i < paths.size(); ++i) others.push_back(paths[i].text());
  return others;
}
namespace {

constexpr std::size_t surveys_for_design_effects = 1000;
constexpr Recording survey_alone{false, false, false, false, true, false};

std::size_t outcome_named(const EvidenceItem& item) {
  const auto& quantities = outcome_quantities();
  const auto found =
      std::find_if(quantities.begin(), quantities.end(), [&](const Quantity& q) { return q.name == item.outcome; });
  if (found == quantities.end())
    throw std::invalid_argument(item.id + ": there is no outcome '" + item.outcome + "'; coalis defaults lists them");
  return static_cast<std::size_t>(found - quantities.begin());
}

}  // namespace

CalibrationModel::CalibrationModel(CalibrationProblem calibration, const Execution& execution)
    : calibration_(std::move(calibration)) {
  std::vector<std::string> problems;
  std::vector<ComparedItem> all = compared_items(calibration_.evidence, "", problems);
  rough_ = rough_items(calibration_.evidence, problems);
  if (!problems.empty()) throw std::invalid_argument(problems.front());
  questions_ = questionnaire_for(all, calibration_.scenario);
  ask_rough(rough_, calibration_.scenario, questions_);
  for (ComparedItem& item : all) {
    if (item.use == "calibrate") fit_.push_back(item);
    if (item.use == "validate" || item.use == "specify") others_.push_back(item);
  }
  if (fit_.empty()) throw std::invalid_argument("no item that the simulated survey has is of the use 'calibrate'");
  for (const EvidenceItem& item : calibration_.evidence)
    if (item.range) limits_.push_back({outcome_named(item), (*item.range)[0], (*item.range)[1]});
  const auto surveys =
      simulated_surveys(calibration_.scenario, calibration_.sampler.seed, 0, surveys_for_design_effects, execution, questions_);
  set_design_effects(fit_, surveys);
  set_design_effects(others_, surveys);
}

void CalibrationModel::set_values(Scenario& scenario, std::span<const double> values) const {
  std::size_t next = 0;
  for (const auto* list : {&calibration_.fitted, &calibration_.nuisance}) {
    for (const UncertainParameter& parameter : *list) {
      for (const ParameterPath& path : parameter.paths) path.set(scenario, values[next]);
      ++next;
    }
  }
}

CalibrationModel::Simulate CalibrationModel::make_simulate() const {
  return [this, scenario = calibration_.scenario, recording = questions_.recording(survey_alone), record = RunRecord()](
             std::span<const double> values, Stream stream) mutable {
    set_values(scenario, values);
    Simulator(make_plan(scenario)).run(stream.seed, stream.replicate, recording, record);
    SimulatedSurvey result{questions_.count(record, scenario.organisations.member_count()), true};
    for (const Limit& limit : limits_) {
      const double value = record.outcomes[limit.outcome];
      result.possible = result.possible && value >= limit.low && value <= limit.high;
    }
    return result;
  };
}

AbcModel CalibrationModel::abc_model() const {
  AbcModel model;
  for (const UncertainParameter& parameter : calibration_.fitted) model.fitted.push_back(parameter.prior);
  for (const UncertainParameter& parameter : calibration_.nuisance) model.nuisance.push_back(parameter.prior);
  model.allowed = [this](std::span<const double> values) {
    Scenario scenario = calibration_.scenario;
    set_values(scenario, values);
    const auto sums = parameter_sums(scenario);
    return std::all_of(sums.begin(), sums.end(), within_bounds);
  };
  model.make_simulate = [this]() -> AbcModel::Simulate {
    return [this, simulate = make_simulate()](std::span<const double> values, Stream stream) {
      const SimulatedSurvey survey = simulate(values, stream);
      return survey.possible ? distance(fit_, survey.counts) : std::numeric_limits<double>::infinity();
    };
  };
  return model;
}

}  // namespace coalis
