// The regions of a coalition by hours of travel, and which hub serves each: to choose where hubs are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "coalis/model/scenario.hpp"

namespace coalis::page {

// SVG: a group of class "seat" a region, which names it by data-region, its number. chosen: regions with a hub. The fewer hours
// between two regions, the nearer they are, as far as two dimensions and room for their names allow.
std::string region_map(const Scenario& scenario, const std::vector<bool>& chosen);
// The same as a table, HTML, of option "A" or "B".
std::string region_table(const Scenario& scenario, const std::vector<bool>& chosen, std::string_view option);

}  // namespace coalis::page
