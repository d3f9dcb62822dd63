// Paths of keys as --set and interventions write them: series."Outreach Day".per_year.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coalis {

// A character of a key without quotes.
constexpr bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// A name as paths have it, in quotes if it needs them.
std::string in_path(std::string_view name);

// The names of a dotted path, quoted ones without their quotes; nothing if it is not well formed, then `problem` says why.
std::optional<std::vector<std::string>> split_path(std::string_view path, std::string& problem);

// Where the path of "path=value" ends: the first '=' outside of quotes; npos if there is none.
std::size_t end_of_path(std::string_view text);

// The names of the path that "path=value", or a path alone, sets: series, Outreach Day, per_year. Empty if it has no path.
std::vector<std::string> names_set(std::string_view override_text);

}  // namespace coalis
