// A scenario to begin with: a small statewide coalition, every key with its meaning, unit and range as a comment.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace coalis {

// The text of a scenario with that title. Keys that keep their defaults are comments. `schema`: path of the JSON Schema for
// editors,
// "" without.
std::string scenario_template(std::string_view title, std::string_view schema = "");

// Writes a text to a new file. Throws ResultError if it exists or cannot be written.
void write_new_file(const std::filesystem::path& path, std::string_view text);

}  // namespace coalis
