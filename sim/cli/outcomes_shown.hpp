// Outcomes as they are named on a command line.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coalis::cli {

// Indices into all_outcome_quantities() of the outcome of that name, or of all whose name begins with it and a point; none if
// there is no such.
std::vector<std::size_t> outcomes_named(std::string_view name);

// The outcomes named, each once; without names those of every run. Nothing if a name is wrong (which `command` says).
std::optional<std::vector<std::size_t>> outcomes_shown(std::string_view command, const std::vector<std::string>& names);

}  // namespace coalis::cli
