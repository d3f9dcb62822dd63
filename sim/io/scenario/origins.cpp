// See origins.hpp.
#include "origins.hpp"

#include "value_text.hpp"

namespace coalis::io {
namespace {

using Origins = std::map<std::string, Origin, std::less<>>;

std::string joined(const std::string& path, std::string_view name) {
  return path.empty() ? toml_key(name) : path + "." + toml_key(name);
}

// The name of an item of a list; without one its number from 1, as the items of [[interventions]].
std::string item_name(const Node& item, std::size_t index) {
  const auto* table = std::get_if<Table>(&item.value);
  const Entry* entry = table ? table->find("name") : nullptr;
  const auto* text = entry ? std::get_if<std::string>(&entry->node.value) : nullptr;
  return text ? *text : std::to_string(index + 1);
}

void collect(const Node& node, const std::string& path, Origins& origins) {
  if (const auto* table = std::get_if<Table>(&node.value)) {
    for (const Entry& entry : table->entries) collect(entry.node, joined(path, entry.key), origins);
    return;
  }
  origins[path] = {node.place.file, node.place.line, node.place.column};
  const auto* array = std::get_if<Array>(&node.value);
  for (std::size_t i = 0; array && i < array->size(); ++i) {
    const Node& item = (*array)[i];
    if (!std::holds_alternative<Table>(item.value)) return;
    const std::string name = joined(path, item_name(item, i));
    origins[name] = {item.place.file, item.place.line, item.place.column};
    collect(item, name, origins);
  }
}

}  // namespace

std::map<std::string, Origin, std::less<>> origins_of(const Table& root, const Scenario& scenario) {
  Origins origins;
  for (const Entry& entry : root.entries) collect(entry.node, toml_key(entry.key), origins);
  const Entry* travel = root.find("travel");
  const auto* table = travel ? std::get_if<Table>(&travel->node.value) : nullptr;
  const Entry* hours = table ? table->find("hours") : nullptr;
  const auto* rows = hours ? std::get_if<Array>(&hours->node.value) : nullptr;
  for (std::size_t i = 0; rows && i < std::min(rows->size(), scenario.regions.size()); ++i) {
    const Place& place = (*rows)[i].place;
    origins[joined("travel.hours", scenario.regions[i].name)] = {place.file, place.line, place.column};
  }
  return origins;
}

}  // namespace coalis::io
