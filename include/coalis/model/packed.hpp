// A scenario as bytes, for programs that read no text: a page in a browser, builds that have only what a run needs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "coalis/model/scenario.hpp"

namespace coalis {

// All of a scenario, the same bytes on every machine.
std::string packed(const Scenario& scenario);

// The scenario that was packed; nothing if the bytes are none, are cut off, or are of another model version. What they hold is
// not checked as a reader of files does.
std::optional<Scenario> unpacked(std::string_view bytes);

}  // namespace coalis
