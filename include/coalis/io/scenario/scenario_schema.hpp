// The JSON Schema (draft 2020-12) of scenario files, so that editors complete and check while one types.
#pragma once

#include <string>

namespace coalis {

// From the field rows: types, ranges, choices, and descriptions with unit, default and source. It says less than the reader: that
// shares add up, that names exist, that pairs of parameters fit, is not in it. Ends with a line feed.
std::string scenario_schema();

}  // namespace coalis
