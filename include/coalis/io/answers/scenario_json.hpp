// The values of a scenario, and those in which two differ, as JSON.
#pragma once

#include <span>
#include <string>

#include "coalis/io/scenario/resolved.hpp"
#include "coalis/io/scenario/scenario_file.hpp"

namespace coalis {

std::string json_text(std::span<const ResolvedValue> values, const Origins& origins);

// a, b: what the scenarios are called.
std::string json_text(const std::string& a, const std::string& b, std::span<const Difference> differences);

}  // namespace coalis
