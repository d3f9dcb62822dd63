// Where the values of a scenario's tree were set, by their paths.
#pragma once

#include <map>

#include "coalis/io/scenario/scenario_file.hpp"
#include "io/text/toml_tree.hpp"

namespace coalis::io {

// Of a tree with included files and overrides merged in. The scenario names the rows of the table of hours.
std::map<std::string, Origin, std::less<>> origins_of(const Table& root, const Scenario& scenario);

}  // namespace coalis::io
