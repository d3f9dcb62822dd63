// Names of regions, roles, hubs, series and kinds: none may be taken for another.
#include <map>

#include "coalis/core/names.hpp"
#include "scenario_reading.hpp"
#include "tree_lists.hpp"

namespace coalis::io {
namespace {

struct Named {
  const std::string* name;
  const Place* place;
};

std::vector<Named> names_of(const Table& root, const std::string& list) {
  std::vector<Named> names;
  const Entry* entry = root.find(list);
  if (!entry) return names;
  if (const auto* kinds = std::get_if<Table>(&entry->node.value)) {
    for (const Entry& kind : kinds->entries) names.push_back({&kind.key, &kind.place});
  } else if (const auto* items = std::get_if<Array>(&entry->node.value)) {
    for (const Node& item : *items) {
      if (const Node* named = name_node(item)) names.push_back({text_of(*named), &named->place});
    }
  }
  return names;
}

}  // namespace

void check_names(Reading& reading) {
  auto lists = named_lists();
  lists.push_back("kinds");
  for (const std::string& list : lists) {
    std::map<std::string, Named> keys;
    for (const Named& one : names_of(reading.root, list)) {
      const std::string& name = *one.name;
      if (is_blank(name)) continue;  // said where it is read
      if (const std::string problem = blank_problem(name); !problem.empty())
        reading.error(*one.place, fmt::format("the {} '{}' {}", entry_noun(list), name, problem),
                      "write plain spaces, between words only");
      const auto [first, is_new] = keys.try_emplace(name_key(name), one);
      const Named& other = first->second;
      if (is_new || *other.name == name) continue;
      reading.error(
          *one.place,
          fmt::format("the {} '{}' and '{}' ({}) are one name where letter case, '/' beside '_', spaces and how letters "
                      "are made up do not count",
                      list, name, *other.name, place_text(*other.place)),
          "write both alike if one is meant, else rename one");
    }
  }
}

}  // namespace coalis::io
