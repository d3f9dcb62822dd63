// Which runs the question has.
#include <fmt/format.h>

#include <utility>

#include "coalis/questions/sensitivity/sensitivity.hpp"

namespace coalis {

SensitivityQuestion sensitivity_question(Study study, SensitivityPlan plan, std::vector<Scenario> own) {
  SensitivityDesign design = sensitivity_design(plan);
  return {std::move(study), std::move(plan), std::move(own), std::move(design)};
}

std::vector<std::string> SensitivityQuestion::settings(std::size_t place) const {
  const auto& coordinates = design.point(place / scenarios());
  std::vector<std::string> settings;
  for (std::size_t f = 0; f < study.design.factors.size(); ++f) {
    const Factor& factor = study.design.factors[f];
    for (std::string& setting : overrides_of(factor, factor_value(factor, coordinates[f]), place % scenarios()))
      settings.push_back(std::move(setting));
  }
  return settings;
}

std::string SensitivityQuestion::values(std::size_t place) const {
  const auto& coordinates = design.point(place / scenarios());
  std::string values;
  for (std::size_t f = 0; f < study.design.factors.size(); ++f) {
    const Factor& factor = study.design.factors[f];
    values += fmt::format("{}{} = {}", f > 0 ? ", " : "", factor.name, factor_value(factor, coordinates[f]));
  }
  return values;
}

}  // namespace coalis
