// Lists what could be done otherwise.
#pragma once

#include <string>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/policy/listed.hpp"

namespace coalis {

// Every ready-made option, applied to the scenario from its start.
ListedOptions list_options(std::string file, Scenario scenario);

}  // namespace coalis
