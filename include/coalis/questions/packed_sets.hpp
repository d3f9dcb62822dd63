// Parameter sets as lines of text, for programs that read no files of them: a page in a browser.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/questions/parameter_sets.hpp"

namespace coalis {

// So many sets drawn by their weights, which then weigh as often as they came up.
std::string packed_sets(const ParameterSets& sets, int draws, std::uint64_t seed);
std::optional<ParameterSets> unpacked_sets(std::string_view text);

// The scenario with a set of numbers and switches; a problem if it sets anything else. What it comes to is not checked as a
// reader of files does.
Asked<Scenario> with_packed_set(const Scenario& scenario, const ParameterSets& sets, const ParameterSet& set);

}  // namespace coalis
