// `replace` and [remove]: what a file takes away from the files below it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenario_merge.hpp"

namespace coalis::io {

// Takes away from `base` what `over` says, and `replace` and [remove] out of `over`. Where it replaces the regions, if it does.
std::optional<Place> take_away(Table& base, Table& over, const OnTop& on_top, std::vector<Diagnostic>& diagnostics,
                               Merged& merged);

}  // namespace coalis::io
