// What shells complete a command line of the program by.
#pragma once

#include <string>

#include "described.hpp"

namespace coalis::cli {

std::string bash_completion(const DescribedCommand& program);
std::string zsh_completion(const DescribedCommand& program);
std::string fish_completion(const DescribedCommand& program);

}  // namespace coalis::cli
