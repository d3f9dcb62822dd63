// A TOML document as a plain tree whose keys and values know their place and keep the file's order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "coalis/core/diagnostic.hpp"
#include "coalis/core/path_names.hpp"

namespace coalis::io {

struct Place {
  std::string file;
  int line = 0;
  int column = 0;
};

struct Node;
struct Entry;

struct Table {
  std::vector<Entry> entries;
  bool is_inline = false;

  const Entry* find(std::string_view key) const;
  Entry* find(std::string_view key);
};
using Array = std::vector<Node>;
struct Date {};  // a TOML date or time; no key takes one

struct Node {
  std::variant<Table, Array, std::string, std::int64_t, double, bool, Date> value;
  Place place;
};

struct Entry {
  std::string key;
  Place place;  // of the key
  Node node;
};

// "a table", "text", "a number", ...
std::string_view type_name(const Node& node);

// Says the first thing in a text that is no TOML at all (encoding, characters outside of quotes, table headers without a name,
// keys nested too deep). toml++ 3.3.0 has undefined behaviour on some of these, so nothing else may reach it.
std::optional<Diagnostic> check_text(std::string_view text, const std::string& file);

// Says every key and text below a key that has characters which are obeyed instead of shown (core/characters.hpp): toml++ lets
// escapes like \u001b pass. Names stand in one line, other texts may have several.
void check_characters(std::string_view key, const Node& node, std::vector<Diagnostic>& diagnostics);

// The first character of a table of comma-separated values that it must not have; lines may end in CR LF or CR.
std::optional<Diagnostic> check_table_text(std::string_view text, const std::string& file);

// The tree of a text, whose keys and texts have no control characters; or nothing and diagnostics.
std::optional<Node> parse_toml(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics);

}  // namespace coalis::io
