// Policy options on the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace coalis::cli {

// --with, and behind them --without; meaning: what becomes of an option.
void add_policy_options(CLI::App& command, std::vector<std::string>& with, const std::string& meaning);

}  // namespace coalis::cli
