// The only file that includes toml++. NDEBUG comes first: its assertions abort where an error is due.
#ifndef NDEBUG
#define NDEBUG
#endif
#include "toml_tree.hpp"

#include <toml++/toml.h>

#include <algorithm>

namespace coalis::io {
namespace {

Place place_of(const toml::source_region& region, const std::string& file) {
  return {file, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

Node convert(const toml::node& node, const std::string& file);

Table convert(const toml::table& table, const std::string& file) {
  Table result;
  result.is_inline = table.is_inline();
  for (const auto& [key, value] : table) {
    result.entries.push_back({std::string(key.str()), place_of(key.source(), file), convert(value, file)});
  }
  // toml++ sorts by name; the order of the file is kept here, since it is the order of kinds and of messages.
  std::sort(result.entries.begin(), result.entries.end(), [](const Entry& a, const Entry& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
  return result;
}

Array convert(const toml::array& array, const std::string& file) {
  Array result;
  for (const toml::node& item : array) result.push_back(convert(item, file));
  return result;
}

Node convert(const toml::node& node, const std::string& file) {
  Node result;
  result.place = place_of(node.source(), file);
  node.visit([&](const auto& typed) {
    using T = std::decay_t<decltype(typed)>;
    if constexpr (toml::is_table<T> || toml::is_array<T>) {
      result.value = convert(typed, file);
    } else if constexpr (toml::is_date<T> || toml::is_time<T> || toml::is_date_time<T>) {
      result.value = Date{};
    } else {
      result.value = typed.get();
    }
  });
  return result;
}

}  // namespace

const Entry* Table::find(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

Entry* Table::find(std::string_view key) { return const_cast<Entry*>(std::as_const(*this).find(key)); }

std::string_view type_name(const Node& node) {
  constexpr std::string_view names[] = {"a table",       "a list", "text", "a whole number", "a number with a point",
                                        "true or false", "a date"};
  return names[node.value.index()];
}

std::optional<Node> parse_toml(std::string_view text, const std::string& file, std::vector<Diagnostic>& diagnostics) {
  if (auto problem = check_text(text, file)) {
    diagnostics.push_back(*std::move(problem));
    return std::nullopt;
  }
  try {
    Node root = convert(static_cast<const toml::node&>(toml::parse(text, file)), file);
    const std::size_t before = diagnostics.size();
    check_characters("", root, diagnostics);
    if (diagnostics.size() > before) return std::nullopt;
    return root;
  } catch (const toml::parse_error& error) {
    const Place place = place_of(error.source(), file);
    std::string_view problem = error.description();
    if (const auto colon = problem.find(": "); problem.starts_with("Error while parsing") && colon < problem.npos)
      problem.remove_prefix(colon + 2);
    if (problem.find("saw ','") < problem.npos && problem.find("comment or whitespace") < problem.npos) {
      diagnostics.push_back({file, place.line, place.column, false, "a comma after a value that stands alone",
                             "write a decimal point, as in 0.5, or a list in brackets"});
      return std::nullopt;
    }
    if (problem.find("TOML_MAX_NESTED_VALUES") < problem.npos) {
      diagnostics.push_back({file, place.line, place.column, false, "lists and tables stand in each other too deeply",
                             "no key takes more than two; look for brackets that are not closed"});
      return std::nullopt;
    }
    const bool again = problem.find("redefine") < problem.npos;
    diagnostics.push_back({file, place.line, place.column, false, "not valid TOML: " + std::string(problem),
                           again ? "keep one of the two" : "correct the text here"});
    return std::nullopt;
  }
}

}  // namespace coalis::io
