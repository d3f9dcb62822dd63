#include "coalis/questions/structures.hpp"

#include <algorithm>
#include <array>

#include "coalis/model/fields.hpp"
#include "coalis/questions/fitted.hpp"

namespace coalis {
namespace {

constexpr std::array switches{Refers::engagement, Refers::decision, Refers::influence};
constexpr std::array<std::string_view, 3> switch_names{"engagement", "decision", "influence"};

// The values listed of each switch, in the order of the enumeration.
std::array<std::vector<int>, 3> values_listed(std::span<const std::string> names) {
  std::array<std::vector<bool>, 3> listed;
  for (std::size_t s = 0; s < switches.size(); ++s) listed[s].resize(choices(switches[s]).size());
  for (const std::string& name : names) {
    bool known = false;
    for (std::size_t s = 0; s < switches.size(); ++s) {
      const auto values = choices(switches[s]);
      for (std::size_t v = 0; v < values.size(); ++v) {
        if (name != "all" && name != switch_names[s] && name != values[v]) continue;
        listed[s][v] = known = true;
      }
    }
    if (known) continue;
    std::string advice = "all, engagement, decision, influence";
    for (const auto refers : switches)
      for (const auto value : choices(refers)) advice += ", " + std::string(value);
    throw VariantError("'" + name + "' is no structure; choose among " + advice);
  }
  std::array<std::vector<int>, 3> values;
  for (std::size_t s = 0; s < switches.size(); ++s)
    for (std::size_t v = 0; v < listed[s].size(); ++v)
      if (listed[s][v]) values[s].push_back(static_cast<int>(v));
  return values;
}

}  // namespace

std::string_view to_string(Calibration calibration) {
  switch (calibration) {
    case Calibration::calibrated: return "calibrated";
    case Calibration::shift_only: return "shift only";
    default: return "not calibrated";
  }
}

Calibration calibration_of(const Scenario& scenario) {
  const DefaultFit fit = default_fit(scenario);
  if (fit.fitted == Fitted::here) return Calibration::calibrated;
  if (fit.changed != std::vector<std::string>{"structure.decision"}) return Calibration::not_calibrated;
  Scenario own = scenario;
  own.structure.decision = static_cast<int>(Decision::benefit_cost);
  return default_fit(own).fitted == Fitted::here ? Calibration::shift_only : Calibration::not_calibrated;
}

Calibration calibration_of(Scenario scenario, const Structure& structure) {
  scenario.structure = structure;
  return calibration_of(scenario);
}

std::string to_string(const Structure& structure) {
  const auto name = [](Refers refers, int value) { return std::string(choices(refers)[static_cast<std::size_t>(value)]); };
  return name(Refers::engagement, structure.engagement) + ", " + name(Refers::decision, structure.decision) + ", " +
         name(Refers::influence, structure.influence);
}

std::vector<Structure> structure_variants(const Structure& own, std::span<const std::string> names) {
  auto values = values_listed(names);
  const std::array owns{own.engagement, own.decision, own.influence};
  for (std::size_t s = 0; s < values.size(); ++s)
    if (values[s].empty()) values[s] = {owns[s]};
  std::vector<Structure> variants;
  for (const int engagement : values[0])
    for (const int decision : values[1])
      for (const int influence : values[2])
        if (const Structure variant{engagement, decision, influence}; variant != own) variants.push_back(variant);
  return variants;
}

std::vector<bool> switches_set(std::span<const std::string> names) {
  const auto values = values_listed(names);
  return {!values[0].empty(), !values[1].empty(), !values[2].empty()};
}

}  // namespace coalis
