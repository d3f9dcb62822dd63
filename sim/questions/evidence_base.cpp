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

std::string_view differs(const std::vector<std::string>& keys) {
  return keys.size() == 1 && keys.front() != "kinds" ? "differs" : "differ";
}

// A fit is to a coalition in its world; what is changed there since is no policy.
std::string other_world(const std::vector<std::string>& keys, const std::string& what) {
  return fmt::format("not fitted as it is: {} {} from what {}", some_of(keys), differs(keys), what);
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

// What a posterior of an older program leaves open.
std::string not_said(const std::string& file, bool structure, bool world) {
  if (structure && world) return "";
  const std::string rules = structure ? "" : "under which rules of decision and influence: the defaults are assumed";
  const std::string where = world ? "" : "in which calendar and environment: these here are assumed";
  return fmt::format(" ({}, of an older program, does not say {}{}{})", file, rules,
                     rules.empty() || where.empty() ? "" : ", nor ", where);
}

}  // namespace

EvidenceBase evidence_base(const Scenario& scenario) {
  const DefaultFit fit = default_fit(scenario);
  switch (fit.fitted) {
    case Fitted::here: {
      const std::string since = since_the_fit(default_world(), scenario);
      return {1, since.empty() ? "" : fmt::format("one cross-sectional survey of one coalition ({})", since), default_fit_items(),
              default_fit_figures()};
    }
    case Fitted::in_another_world:
      return {0, other_world(fit.changed, "was fitted, to Illinois"), default_fit_items(), default_fit_figures()};
    case Fitted::elsewhere: return {0, "not fitted to this coalition: the parameters are those of Illinois"};
    default:
      return {0, fmt::format("not fitted to this coalition: {} {} from what was fitted, to Illinois", some_of(fit.changed),
                             differs(fit.changed))};
  }
}

EvidenceBase evidence_base(const Scenario& scenario, const ParameterSets& sets, const Scenario* with_first,
                           const std::optional<Structure>& structure) {
  const FittedSets& fitted = sets.fitted;
  const std::string file = file_name(sets);
  if (fitted.coalition.empty())
    return {0, fmt::format("not known to be fitted to this coalition: {} does not say what its parameters were fitted to", file)};
  if (fitted.coalition != coalition_key(scenario))
    return {0,
            fmt::format("not fitted to this coalition: the parameters of {} were fitted to {}, whose members, regions, ways or "
                        "roles are others",
                        file, fitted.scenario)};
  // Chosen by these items all the same: agreement with them is no test.
  const auto not_as_it_is = [&](std::string why) { return EvidenceBase{0, std::move(why), fitted.items, fitted.figures}; };
  if (!with_first || values_key(*with_first) != fitted.values)
    return not_as_it_is(fmt::format(
        "not fitted as it is: {} was fitted together with other values of the parameters that it leaves alone", file));
  const int engagement = with_first->structure.engagement;
  if (std::string problem = other_rules(sets, structure.value_or(with_first->structure), engagement); !problem.empty())
    return not_as_it_is(std::move(problem));
  const bool says_world = !fitted.world.empty() || default_coalition(scenario);  // the program knows that of Illinois
  const auto& world = fitted.world.empty() && says_world ? default_world() : fitted.world;
  if (const auto keys = changed_since(world, *with_first); !keys.empty())
    return not_as_it_is(other_world(keys, file + " was fitted with"));
  const std::string since = since_the_fit(world, *with_first);
  return {1,
          fmt::format("{} of {} about this coalition{}{}", counted(fitted.items.size(), "item"), fitted.evidence,
                      since.empty() ? "" : " (" + since + ")", not_said(file, !fitted.structure.empty(), says_world)),
          fitted.items, fitted.figures};
}

}  // namespace coalis
