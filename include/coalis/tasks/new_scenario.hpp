// A commented scenario to begin with.
#pragma once

#include <filesystem>
#include <string>

#include "coalis/questions/asked.hpp"

namespace coalis {

struct NewScenario {
  std::filesystem::path path;
  std::string text;
};

// path: "" named after the title, in the working folder. With a line for editors if there is a schema beside it.
Asked<NewScenario> new_scenario(const std::string& title, const std::filesystem::path& path);

}  // namespace coalis
