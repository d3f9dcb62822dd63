#include "coalis/questions/evidence_base.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "coalis/core/counted.hpp"
#include "coalis/questions/fitted.hpp"

namespace coalis {
namespace {

// "a, b, c and 4 more"
std::string some_of(std::vector<std::string> names) {
  constexpr std::size_t most = 3;
  const std::size_t count = names.size();
  names.resize(std::min(count, most));
  return fmt::format("{}{}", fmt::join(names, ", "), count > most ? fmt::format(" and {} more", count - most) : "");
}

std::string file_name(const ParameterSets& sets) { return std::filesystem::path(sets.file).filename().string(); }

}  // namespace

EvidenceBase evidence_base(const Scenario& scenario) {
  const DefaultFit fit = default_fit(scenario);
  switch (fit.fitted) {
    case Fitted::here: return {1, "", default_fit_items()};
    case Fitted::elsewhere: return {0, "not fitted to this coalition: the parameters are those of Illinois"};
    default:
      return {0, fmt::format("not fitted to this coalition: {} differ from what was fitted, to Illinois", some_of(fit.changed))};
  }
}

EvidenceBase evidence_base(const Scenario& scenario, const ParameterSets& sets, const Scenario* with_first) {
  const FittedSets& fitted = sets.fitted;
  const std::string file = file_name(sets);
  if (fitted.coalition.empty())
    return {0, fmt::format("not known to be fitted to this coalition: {} does not say what its parameters were fitted to", file)};
  if (fitted.coalition != coalition_key(scenario))
    return {0, fmt::format("not fitted to this coalition: the parameters of {} were fitted to {}", file, fitted.scenario)};
  if (!with_first || values_key(*with_first) != fitted.values)
    return {0, fmt::format("not fitted as it is: {} was fitted together with other values of the parameters that it leaves alone",
                           file)};
  return {1, fmt::format("{} of {} about this coalition", counted(fitted.items.size(), "item"), fitted.evidence), fitted.items};
}

}  // namespace coalis
