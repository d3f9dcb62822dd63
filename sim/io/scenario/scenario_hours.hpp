// Travel hours, whose rows and columns follow the regions, while files are put on top of each other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario_merge.hpp"

namespace coalis::io {

// The rows of travel.hours, if there are as many rows and columns as regions.
Array* hours_of(Table& scenario, std::size_t regions);

// Hours that were there before this file. `left` are the regions that their rows belong to; `replaced`: where this file replaces
// the regions.
void check_old_hours(Table& base, const std::vector<std::string>& left, const std::optional<Place>& replaced, Merged& merged);

// Hours that the file on top gives: for the regions of what it includes, not for those that files beside it change.
void check_new_hours(Table& base, const OnTop& on_top, Merged& merged);

}  // namespace coalis::io
