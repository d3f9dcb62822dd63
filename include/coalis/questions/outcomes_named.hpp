// Which outcomes a question is about.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/questions/asked.hpp"

namespace coalis {

// Indices into all_outcome_quantities(): of the outcome of that name, or of all with that name before a kind; empty if there is
// none.
std::vector<std::size_t> outcomes_named(std::string_view name);

// "did you mean 'engaged'?", or where all are listed: of a name that no outcome has.
std::string outcome_advice(std::string_view name);

// Shown unless others are asked for: who comes, stays and works together, what comes of it, at what cost.
std::vector<std::size_t> main_outcomes();

// Those that are named, each once, in that order; without names the main ones, or with `all` all that a run records unasked.
Asked<std::vector<std::size_t>> outcomes_asked(std::span<const std::string> names, bool all);

}  // namespace coalis
