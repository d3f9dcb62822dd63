// A command's page for man, from what it says of itself.
#pragma once

#include <string>

#include "described.hpp"

namespace coalis::cli {

// In the language of man(7). program: of which the command is one.
std::string man_page(const DescribedCommand& command, const DescribedCommand& program, const std::string& version);

}  // namespace coalis::cli
