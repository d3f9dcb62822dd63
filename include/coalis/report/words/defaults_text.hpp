// Every key of a scenario with default, unit, range, source and meaning, from the field rows; and the outcomes.
#pragma once

#include <string>

namespace coalis {

std::string defaults_text();
// What a file may leave out, as a file would say it; required keys are comments.
std::string defaults_toml();
// The tables of docs/formats/scenario.md.
std::string defaults_markdown();

}  // namespace coalis
