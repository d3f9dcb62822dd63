// What a scenario's parameters were fitted to. A claim about evidence comes from here, never from an evidence file that lies
// beside a scenario: that one says what results are compared with. docs/decisions/0018-what-was-fitted.md says why so.
#pragma once

#include <string>
#include <vector>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/parameter_sets.hpp"

namespace coalis {

// Whose values they are: those fitted to this coalition, those fitted to another one, those fitted to it in another world, or
// values that nobody has fitted.
enum class Fitted { here, elsewhere, in_another_world, nowhere };

// Names what a coalition is made of: members by sector and when they join, regions, ways, roles. Equal for all policies of one
// coalition: hubs, series, levers, costs and recruitment are not part of it. The world is apart: environment, non-members and
// calendar (world_of).
std::string coalition_key(const Scenario& scenario);
// Names the values that a fit may set: parameters and kinds of events, without their cost.
std::string values_key(const Scenario& scenario);

// What a fit takes for granted beside them, as "environment.support = 0.5": every row of these tables that nobody can choose
// (model/supported.hpp) and that is no price. An intervention on a row is part of its value. Months are counted from 0.
std::vector<std::string> world_of(const Scenario& scenario);
// Keys of a world that have another value in the scenario. How long it runs and when the survey is taken are none: up to the
// month of the survey that was fitted the run is the same.
std::vector<std::string> changed_since(const std::vector<std::string>& world, const Scenario& scenario);

// Whether a world that a file says can be one: if it says the month of the survey, that is a month.
bool is_world(const std::vector<std::string>& world);

// What of the scenario lies beyond the survey that was fitted, as "asked in May 2025; what comes after May 2025 is extrapolated";
// "" nothing, or the world does not say.
std::string since_the_fit(const std::vector<std::string>& world, const Scenario& scenario);

// The program's default parameters were fitted to one survey of the coalition of scenarios/illinois.toml (model.md section 6).
struct DefaultFit {
  Fitted fitted = Fitted::nowhere;
  std::vector<std::string> changed;  // keys of parameters, structure and world that are not as they were fitted, and "kinds"
};
DefaultFit default_fit(const Scenario& scenario);
// Whether the scenario is of that coalition, whatever its values.
bool default_coalition(const Scenario& scenario);
// Its world.
const std::vector<std::string>& default_world();
// Items of the survey that this fit has seen (inference/survey_items.hpp).
const std::vector<std::string>& default_fit_items();
// What they were answered, as figures_text() has it (inference/distance.hpp).
const std::vector<std::string>& default_fit_figures();

// Of sets that were fitted to another coalition removes the columns that this one cannot take: of kinds of events that it has
// not, and, if it has not all of the series, of what was planned there. Returns their paths.
std::vector<std::string> leave_out_elsewhere(ParameterSets& sets, const Scenario& scenario);

}  // namespace coalis
