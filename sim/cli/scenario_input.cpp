// See scenario_input.hpp.
#include "scenario_input.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "print.hpp"

namespace coalis::cli {

std::optional<ScenarioFile> read_and_report(const std::string& path, std::span<const std::string> overrides) {
  ScenarioFile file = read_scenario(path, overrides);
  if (!print_problems("coalis", file.diagnostics)) return std::nullopt;
  return file;
}

// The program writes such values in the part of TOML that is JSON, too; interventions in lists are shown as their text.
nlohmann::ordered_json value_to_json(const std::string& toml) {
  auto json = nlohmann::ordered_json::parse(toml, nullptr, false);
  return json.is_discarded() ? nlohmann::ordered_json(toml) : json;
}

}  // namespace coalis::cli
