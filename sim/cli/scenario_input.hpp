// Scenarios named on the command line, and values of scenarios as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>

#include "coalis/io/scenario/scenario_file.hpp"

namespace coalis::cli {

// Reads a scenario and says on standard error what is wrong with it; nothing if there are errors.
std::optional<ScenarioFile> read_and_report(const std::string& path, std::span<const std::string> overrides = {});

// A number, a switch, a text or a list of them from its TOML text.
nlohmann::ordered_json value_to_json(const std::string& toml);

}  // namespace coalis::cli
