// A changed scenario as a file: what differs, on top of the file that it was changed from.
#pragma once

#include <string>

#include "coalis/model/scenario.hpp"

namespace coalis::page {

// TOML of format version 2 that includes `file`, in which `base` stands (docs/formats/scenario.md).
std::string changed_file(const Scenario& base, const std::string& file, const Scenario& changed);

}  // namespace coalis::page
