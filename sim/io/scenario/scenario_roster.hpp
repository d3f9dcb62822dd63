// The organisations of a roster and the ties between them: tables beside a scenario (docs/formats/scenario.md, "Organisations by
// name"), which its text holds row by row, so that it needs no other file.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/diagnostic.hpp"
#include "coalis/model/scenario.hpp"
#include "io/text/toml_tree.hpp"

namespace coalis::io {

// Keys of [organisations]: the path of a table, and its rows, one text each.
struct TableKey {
  std::string_view file, rows, what;
};
inline constexpr TableKey roster_key{"file", "rows", "a table of organisations"}, ties_key{"ties", "tie_rows", "a table of ties"};

inline constexpr std::array<std::string_view, 6> roster_columns{"name", "sector", "role", "region", "joined", "left"};
inline constexpr std::array<std::string_view, 3> tie_columns{"source", "target", "weight"};

// Puts the rows of the tables that a scenario file names in their place; whether they could be read.
bool bring_in_tables(Table& root, const std::filesystem::path& scenario, std::vector<Diagnostic>& diagnostics);

// Where a file on top brings a roster: how many members there are, and ties, below are those of another.
void forget_members(Table& below, const Table& above);

// The rows again, in the roster's order, the first of them the names of the columns; empty without a roster, or ties.
std::vector<std::string> roster_rows(const Scenario& scenario);
std::vector<std::string> tie_rows(const Scenario& scenario);
// Where an organisation stands in lists of values: organisations.rows."Legal Aid".
std::string member_path(const Member& member);
// What is known of it, as an inline table.
std::string member_text(const Scenario& scenario, const Member& member);

}  // namespace coalis::io
