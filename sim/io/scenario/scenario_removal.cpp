// See scenario_removal.hpp.
#include "scenario_removal.hpp"

#include <algorithm>
#include <set>

#include "scenario_hours.hpp"
#include "scenario_load.hpp"
#include "tree_lists.hpp"

namespace coalis::io {
namespace {

class Removal {
 public:
  Removal(Table& base, Table& over, const OnTop& on_top, std::vector<Diagnostic>& diagnostics, Merged& merged)
      : base_(base), over_(over), on_top_(on_top), diagnostics_(diagnostics), merged_(merged) {}

  // replace = ["series"]: what was there is forgotten, and this file's list takes its place.
  std::optional<Place> replace_whole() {
    std::optional<Place> regions;
    const Entry* replace = over_.find("replace");
    if (!replace) return regions;
    auto known = named_lists();
    known.push_back("interventions");
    const auto* lists = std::get_if<Array>(&replace->node.value);
    if (!lists) {
      error(replace->node.place, fmt::format("replace takes a list of lists' names, not {}", type_name(replace->node)),
            "write replace = [\"series\"]");
    }
    for (const Node& node : lists ? *lists : Array{}) {
      const auto* list = text_of(node);
      if (!list || std::find(known.begin(), known.end(), *list) == known.end()) {
        error(node.place, list ? fmt::format("replace: '{}' is no list that can be replaced", *list) : "replace takes names",
              list ? choose_advice(*list, known) : "write replace = [\"series\"]");
        continue;
      }
      if (const Array* old = array_of(base_.find(*list))) forget(*list, *old, node.place);
      if (*list == "regions") regions = node.place;
      std::erase_if(base_.entries, [&](const Entry& entry) { return entry.key == *list; });
      merged_.places.erase(*list);
    }
    std::erase_if(over_.entries, [](const Entry& entry) { return entry.key == "replace"; });
    return regions;
  }

  void remove_named() {
    Entry* remove = over_.find("remove");
    if (!remove) return;
    auto known = named_lists();
    known.push_back("kinds");
    const Table* lists = table_of(remove);
    if (!lists) {
      error(remove->node.place, fmt::format("remove takes a table, not {}", type_name(remove->node)),
            "write [remove], and below it series = [\"name\"]");
    }
    for (const Entry& entry : lists ? lists->entries : std::vector<Entry>{}) {
      const auto* names = std::get_if<Array>(&entry.node.value);
      if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
        const std::string advice = entry.key == "interventions"
                                       ? "interventions have no names; write replace = [\"interventions\"] and those that remain"
                                       : choose_advice(entry.key, known);
        error(entry.place, fmt::format("[remove] has no list '{}'", entry.key), advice);
      } else if (!names) {
        error(entry.node.place, fmt::format("{} takes a list of names, not {}", entry.key, type_name(entry.node)),
              fmt::format("write {} = [\"name\"]", entry.key));
      } else {
        remove_from(entry.key, *names);
      }
    }
    std::erase_if(over_.entries, [](const Entry& entry) { return entry.key == "remove"; });
  }

 private:
  void error(const Place& place, std::string problem, std::string advice) {
    diagnostics_.push_back({place.file, place.line, place.column, false, std::move(problem), std::move(advice)});
  }

  // A list that is replaced at `place`. What files bring that this one does not know of goes, too, and that is said.
  void forget(const std::string& list, const Array& items, const Place& place) {
    for (const std::string& name : names_in(items)) merged_.dropped[{list, name}] = place;
    if (!on_top_.includes) return;
    std::vector<std::string> names;
    std::set<std::string> files;
    for (const Node& item : items) {
      if (on_top_.is_included(item.place.file)) continue;
      const auto* name = name_of(item);
      names.push_back(name ? fmt::format("'{}'", *name) : "one");
      files.insert(item.place.file);
    }
    if (names.empty()) return;
    diagnostics_.push_back(
        {place.file, place.line, place.column, true,
         fmt::format("replace: of the {} of {}, which this file does not include, {} {}, too", list, fmt::join(files, ", "),
                     list == "interventions" ? std::to_string(names.size()) : fmt::format("{}", fmt::join(names, ", ")),
                     names.size() == 1 ? "goes" : "go"),
         "if they are meant to stay, name this file before those"});
  }

  void remove_from(const std::string& list, const Array& names) {
    std::set<std::string> seen;
    for (const Node& node : names) {
      const auto* name = text_of(node);
      const std::string noun(entry_noun(list));
      if (!name) {
        error(node.place, fmt::format("the name of a {} is text, not {}", noun, type_name(node)), "write it in quotes");
      } else if (!seen.insert(*name).second) {
        error(node.place, fmt::format("the {} '{}' is removed twice", noun, *name), "remove one of the two names");
      } else if (list == "kinds" ? remove_kind(*name) : remove_entry(list, *name)) {
        merged_.dropped[{list, *name}] = node.place;
        if (Entry* left = base_.find(list)) left->place = node.place;
      } else {
        nothing_to_remove(list, *name, node.place);
      }
    }
  }

  // A file beside this one may have taken it away already; one that this file includes must not have.
  void nothing_to_remove(const std::string& list, const std::string& name, const Place& place) {
    const auto gone = merged_.dropped.find({list, name});
    const bool was = gone != merged_.dropped.end();
    if (was && gone->second.file != place.file && !on_top_.is_included(gone->second.file)) return;
    const auto known = list == "kinds" ? kind_names() : entry_names(list);
    error(place, fmt::format("there is no {} '{}' to remove in what {}", entry_noun(list), name, on_top_.brings()),
          was             ? fmt::format("it was taken away in {} already; remove the name", place_text(gone->second))
          : known.empty() ? "remove the name"
                          : choose_advice(name, known));
  }

  std::vector<std::string> entry_names(const std::string& list) {
    const Array* items = array_of(base_.find(list));
    return items ? names_in(*items) : std::vector<std::string>{};
  }
  std::vector<std::string> kind_names() {
    std::vector<std::string> names;
    if (const Table* kinds = table_of(base_.find("kinds"))) {
      for (const Entry& entry : kinds->entries) names.push_back(entry.key);
    }
    return names;
  }
  bool remove_kind(const std::string& name) {
    Table* kinds = table_of(base_.find("kinds"));
    return kinds && std::erase_if(kinds->entries, [&](const Entry& entry) { return entry.key == name; }) > 0;
  }
  // With a region its row and column of travel.hours go.
  bool remove_entry(const std::string& list, const std::string& name) {
    Array* items = array_of(base_.find(list));
    if (!items) return false;
    const auto found = std::find_if(items->begin(), items->end(), [&](const Node& item) {
      const auto* other = name_of(item);
      return other && *other == name;
    });
    if (found == items->end()) return false;
    const auto at = found - items->begin();
    if (Array* rows = list == "regions" && !merged_.unfit_hours ? hours_of(base_, items->size()) : nullptr) {
      rows->erase(rows->begin() + at);
      for (Node& row : *rows) {
        auto& columns = std::get<Array>(row.value);
        columns.erase(columns.begin() + at);
      }
    }
    items->erase(found);
    merged_.places.erase(list);
    return true;
  }

  Table& base_;
  Table& over_;
  const OnTop& on_top_;
  std::vector<Diagnostic>& diagnostics_;
  Merged& merged_;
};

}  // namespace

std::optional<Place> take_away(Table& base, Table& over, const OnTop& on_top, std::vector<Diagnostic>& diagnostics,
                               Merged& merged) {
  Removal removal(base, over, on_top, diagnostics, merged);
  auto regions = removal.replace_whole();
  removal.remove_named();
  return regions;
}

}  // namespace coalis::io
