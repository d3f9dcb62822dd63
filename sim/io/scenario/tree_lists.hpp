// Lists of entries with names in the tree of a scenario.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "coalis/model/fields.hpp"
#include "io/text/toml_tree.hpp"

namespace coalis::io {

inline const std::string* text_of(const Node& node) { return std::get_if<std::string>(&node.value); }
inline Array* array_of(Entry* entry) { return entry ? std::get_if<Array>(&entry->node.value) : nullptr; }
inline Table* table_of(Entry* entry) { return entry ? std::get_if<Table>(&entry->node.value) : nullptr; }

// The name of an entry, where it stands; null without one.
inline const Node* name_node(const Node& item) {
  const auto* table = std::get_if<Table>(&item.value);
  const Entry* entry = table ? table->find("name") : nullptr;
  return entry && text_of(entry->node) ? &entry->node : nullptr;
}
inline const std::string* name_of(const Node& item) {
  const Node* node = name_node(item);
  return node ? text_of(*node) : nullptr;
}
inline std::vector<std::string> names_in(const Array& list) {
  std::vector<std::string> names;
  for (const Node& item : list) {
    if (const auto* name = name_of(item)) names.push_back(*name);
  }
  return names;
}

inline std::string quoted(const std::vector<std::string>& names) { return fmt::format("'{}'", fmt::join(names, "', '")); }
inline std::string place_text(const Place& place) { return fmt::format("{}:{}:{}", place.file, place.line, place.column); }

template <class T>
bool has_required_keys(const Table& table) {
  const auto rows = fields<T>();
  return std::all_of(rows.begin(), rows.end(), [&](const auto& row) { return !row.required || table.find(row.name); });
}

// It could stand by itself.
inline bool is_whole(const std::string& list, const Table& entry) {
  if (list == "regions") return has_required_keys<Region>(entry);
  if (list == "roles") return has_required_keys<Role>(entry) && entry.find("share");
  if (list == "kinds") return has_required_keys<Kind>(entry);
  return list == "hubs" ? has_required_keys<Hub>(entry) : has_required_keys<Series>(entry);
}

}  // namespace coalis::io
