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

// The outcomes named, each once; without names the main ones (report/words/outcome_words.hpp), or all of every run. Nothing if a
// name is wrong (which `command` says).
std::optional<std::vector<std::size_t>> outcomes_shown(std::string_view command, const std::vector<std::string>& names, bool all);

// "22 more outcomes with --all"; "" if none of every run is left out, or if others were named.
std::string outcomes_left_out(const std::vector<std::size_t>& shown);

}  // namespace coalis::cli
