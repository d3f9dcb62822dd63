#include "coalis/core/path_names.hpp"

#include <algorithm>
#include <utility>

namespace coalis {

std::string in_path(std::string_view name) {
  if (!name.empty() && std::all_of(name.begin(), name.end(), is_bare)) return std::string(name);
  std::string text = "\"";
  for (const char c : name) text += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
  return text + "\"";
}

std::size_t end_of_path(std::string_view text) {
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quote) {
      if (quote == '"' && text[i] == '\\')
        ++i;
      else if (text[i] == quote)
        quote = 0;
    } else if (text[i] == '"' || text[i] == '\'') {
      quote = text[i];
    } else if (text[i] == '=') {
      return i;
    }
  }
  return std::string_view::npos;
}

std::optional<std::vector<std::string>> split_path(std::string_view path, std::string& problem) {
  std::vector<std::string> names;
  std::size_t at = 0;
  while (true) {
    std::string name;
    const char quote = at < path.size() && (path[at] == '"' || path[at] == '\'') ? path[at] : '\0';
    if (quote) {
      for (++at; at < path.size() && path[at] != quote; ++at) {
        const bool escape =
            quote == '"' && path[at] == '\\' && at + 1 < path.size() && (path[at + 1] == '"' || path[at + 1] == '\\');
        if (escape) ++at;
        name += path[at];
      }
      if (at == path.size()) return problem = "a quote is not closed", std::nullopt;
      ++at;
    } else {
      while (at < path.size() && is_bare(path[at])) name += path[at++];
      if (name.empty() && at == path.size()) return problem = "a name is missing at the end", std::nullopt;
      if (at < path.size() && path[at] != '.') {
        return problem = "a name with spaces or other special characters must be in quotes", std::nullopt;
      }
      if (name.empty()) return problem = "a name is missing before a dot", std::nullopt;
    }
    names.push_back(std::move(name));
    if (at == path.size()) return names;
    if (path[at] != '.') return problem = "a dot is missing after a quoted name", std::nullopt;
    ++at;
  }
}

std::vector<std::string> names_set(std::string_view override_text) {
  std::string problem;
  return split_path(override_text.substr(0, end_of_path(override_text)), problem).value_or(std::vector<std::string>{});
}

}  // namespace coalis
