// From a file to one tree: included files and overrides merged in.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/path_names.hpp"
#include "io/text/toml_tree.hpp"
#include "scenario_merge.hpp"

namespace coalis::io {

// The tree of a scenario file with everything that it includes: each file once, on top of all that were read before it, the
// included ones before the file itself. Format, version and include are checked and gone.
std::optional<Node> load_scenario_tree(const std::filesystem::path& path, std::vector<Diagnostic>& diagnostics, Merged& merged);

// The same of a text, which may not include.
std::optional<Node> load_scenario_text(std::string_view text, const std::string& name, std::vector<Diagnostic>& diagnostics);

// Puts the value of "path=value" into the tree.
void apply_override(Node& root, const std::string& text, const Merged& merged, std::vector<Diagnostic>& diagnostics);

using coalis::split_path;

}  // namespace coalis::io
