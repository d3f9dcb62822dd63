// From a file to one tree: included files and overrides merged in.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/path_names.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "io/text/toml_tree.hpp"
#include "scenario_merge.hpp"

namespace coalis::io {

// The tree of a scenario file with everything that it includes: each file once, on top of all that were read before it, the
// included ones before the file itself. Format, version and include are checked and gone.
std::optional<Node> load_scenario_tree(const std::filesystem::path& path, std::vector<Diagnostic>& diagnostics, Merged& merged);

// The same of a text, which may not include.
std::optional<Node> load_scenario_text(std::string_view text, const std::string& name, std::vector<Diagnostic>& diagnostics);

// Puts the value of "path=value" into the tree; `said` stands before it in diagnostics.
void apply_override(Node& root, const std::string& text, const Merged& merged, std::vector<Diagnostic>& diagnostics,
                    std::string_view said = "--set ");
// Says which of the texts, "path=value" each, sets a whole table in which one before it has set a key: that would be lost.
void refuse_overlaps(std::span<const std::string> texts, std::vector<Diagnostic>& diagnostics, std::string_view said = "--set ");
// Adds an intervention that sets the path of "path=value" to the value throughout.
void add_intervention(Node& root, const std::string& text, std::vector<Diagnostic>& diagnostics, std::string_view said);

// Puts a file on top that says only what differs and includes nothing. Whether it could be read.
bool put_on_top(Node& root, const std::filesystem::path& path, std::vector<Diagnostic>& diagnostics, Merged& merged);

// The scenario of a tree that is no file's, or not a file's alone.
ScenarioFile read_scenario_tree(Node tree, Merged merged, const std::string& name);

using coalis::split_path;

}  // namespace coalis::io
