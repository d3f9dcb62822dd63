// The values of a scenario, and those in which two differ, as lists.
#pragma once

#include <span>
#include <string>

#include "coalis/questions/scenario_differences.hpp"

namespace coalis {

struct ShownValue {
  std::string table, key, value, unit;
  std::string origin;  // "illinois.toml:12", "--set" or "default E"
  std::string meaning;
};
std::string values_text(std::span<const ShownValue> values);

// a, b: what the scenarios are called.
std::string differences_text(const std::string& a, const std::string& b, std::span<const Difference> differences);

}  // namespace coalis
