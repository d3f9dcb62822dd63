#include "coalis/questions/evidence_base.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "coalis/core/counted.hpp"
#include "coalis/questions/fitted.hpp"
#include "coalis/questions/structures.hpp"

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

// Why sets were not fitted under a structure; "" if they were. Posteriors of an older program say their engagement alone.
std::string other_rules(const ParameterSets& sets, const Structure& structure, int engagement) {
  const std::string said = sets.fitted.structure, here = to_string(structure);
  const Structure usual{.engagement = engagement};
  const std::string fitted = said.empty() ? to_string(usual) : said;
  if (fitted == here) return "";
  if (said.empty() && structure.engagement == engagement)
    return fmt::format(
        "not known to be fitted as it is: {} does not say under which rules of decision and influence it was fitted",
        file_name(sets));
  return fmt::format("not fitted as it is: {} was fitted under the structure {}, and here it is {}", file_name(sets),
                     said.empty() ? "with engagement " + fitted.substr(0, fitted.find(',')) : "'" + fitted + "'",
                     "'" + here + "'");
}

}  // namespace

EvidenceBase evidence_base(const Scenario& scenario) {
  const DefaultFit fit = default_fit(scenario);
  switch (fit.fitted) {
    case Fitted::here: return {1, "", default_fit_items(), default_fit_figures()};
    case Fitted::elsewhere: return {0, "not fitted to this coalition: the parameters are those of Illinois"};
    default:
      return {0, fmt::format("not fitted to this coalition: {} {} from what was fitted, to Illinois", some_of(fit.changed),
                             fit.changed.size() == 1 && fit.changed.front() != "kinds" ? "differs" : "differ")};
  }
}

EvidenceBase evidence_base(const Scenario& scenario, const ParameterSets& sets, const Scenario* with_first,
                           const std::optional<Structure>& structure) {
  const FittedSets& fitted = sets.fitted;
  const std::string file = file_name(sets);
  if (fitted.coalition.empty())
    return {0, fmt::format("not known to be fitted to this coalition: {} does not say what its parameters were fitted to", file)};
  if (fitted.coalition != coalition_key(scenario))
    return {0, fmt::format("not fitted to this coalition: the parameters of {} were fitted to {}", file, fitted.scenario)};
  if (!with_first || values_key(*with_first) != fitted.values)
    return {0, fmt::format("not fitted as it is: {} was fitted together with other values of the parameters that it leaves alone",
                           file)};
  const int engagement = with_first->structure.engagement;
  if (std::string problem = other_rules(sets, structure.value_or(with_first->structure), engagement); !problem.empty())
    return {0, std::move(problem)};
  return {
      1,
      fmt::format("{} of {} about this coalition{}", counted(fitted.items.size(), "item"), fitted.evidence,
                  fitted.structure.empty() ? fmt::format(" ({}, of an older program, does not say under which rules of decision "
                                                         "and influence: the defaults are assumed)",
                                                         file)
                                           : ""),
      fitted.items, fitted.figures};
}

}  // namespace coalis
