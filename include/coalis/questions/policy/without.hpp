// A scenario without something that it has.
#pragma once

#include <string_view>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/asked.hpp"

namespace coalis {

// Without a series of events, a hub or a lever ("joint grants"), by its name. What a hub served the nearest other one serves, and
// what it held for all that one holds; its staff is saved. A problem if nothing has the name, or if it is the only hub.
Asked<Scenario> without(const Scenario& scenario, std::string_view name);

}  // namespace coalis
