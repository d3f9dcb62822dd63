// See scenario_merge.hpp.
#include "scenario_merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <unordered_map>

#include "coalis/model/fields.hpp"
#include "scenario_load.hpp"

namespace coalis::io {
namespace {

using Diagnostics = std::vector<Diagnostic>;

constexpr int first_by_name = 2;  // the format version since which lists are merged by name

const std::string* text_of(const Node& node) { return std::get_if<std::string>(&node.value); }

const Node* name_node(const Node& item) {
  const auto* table = std::get_if<Table>(&item.value);
  const Entry* entry = table ? table->find("name") : nullptr;
  return entry && text_of(entry->node) ? &entry->node : nullptr;
}

const std::string* name_of(const Node& item) {
  const Node* node = name_node(item);
  return node ? text_of(*node) : nullptr;
}

Array* array_of(Entry* entry) { return entry ? std::get_if<Array>(&entry->node.value) : nullptr; }
Table* table_of(Entry* entry) { return entry ? std::get_if<Table>(&entry->node.value) : nullptr; }

bool is_named_list(std::string_view key) {
  return std::find(named_lists().begin(), named_lists().end(), key) != named_lists().end();
}

std::string quoted(const std::vector<std::string>& names) { return fmt::format("'{}'", fmt::join(names, "', '")); }

std::vector<std::string> names_in(const Array& list) {
  std::vector<std::string> names;
  for (const Node& item : list) {
    if (const auto* name = name_of(item)) names.push_back(*name);
  }
  return names;
}

// Tables key by key; everything else whole.
void merge_tables(Table& base, Table&& over) {
  for (Entry& entry : over.entries) {
    Entry* old = base.find(entry.key);
    if (!old) {
      base.entries.push_back(std::move(entry));
      continue;
    }
    Table *old_table = table_of(old), *new_table = table_of(&entry);
    if (old_table && new_table && !old_table->is_inline && !new_table->is_inline) {
      merge_tables(*old_table, std::move(*new_table));
      old->place = entry.place;
      old->node.place = entry.node.place;
    } else {
      *old = std::move(entry);
    }
  }
}

// The rows of travel.hours, if there are as many rows and columns as regions.
Array* hours_of(Table& scenario, std::size_t regions) {
  Table* travel = table_of(scenario.find("travel"));
  Array* rows = travel ? array_of(travel->find("hours")) : nullptr;
  if (!rows || rows->size() != regions) return nullptr;
  const bool square = std::all_of(rows->begin(), rows->end(), [&](const Node& row) {
    const auto* columns = std::get_if<Array>(&row.value);
    return columns && columns->size() == regions;
  });
  return square ? rows : nullptr;
}

template <class T>
bool has_required_keys(const Table& table) {
  const auto rows = fields<T>();
  return std::all_of(rows.begin(), rows.end(), [&](const auto& row) { return !row.required || table.find(row.name); });
}

// It could stand by itself.
bool is_whole(const std::string& list, const Table& entry) {
  if (list == "regions") return has_required_keys<Region>(entry);
  if (list == "roles") return has_required_keys<Role>(entry) && entry.find("share");
  return list == "hubs" ? has_required_keys<Hub>(entry) : has_required_keys<Series>(entry);
}

class Merger {
 public:
  Merger(Table& base, Table& over, const OnTop& on_top, Diagnostics& diagnostics, Merged& merged)
      : base_(base), over_(over), on_top_(on_top), diagnostics_(diagnostics), merged_(merged), dropped_(merged.dropped) {}

  void merge() {
    const std::vector<std::string> regions = region_names();
    if (on_top_.version >= first_by_name) {
      replace_whole();
      remove_named();
    }
    const Table* travel = table_of(over_.find("travel"));
    const bool new_hours = travel && travel->find("hours");
    const std::vector<std::string> left = replaced_regions_ ? regions : region_names();
    merge_lists();
    merge_tables(base_, std::move(over_));
    if (new_hours)
      merged_.unfit_hours.reset();
    else if (!regions.empty() && on_top_.version >= first_by_name)
      check_hours(left);
  }

 private:
  void say(const Place& place, bool warning, std::string problem, std::string advice) {
    diagnostics_.push_back({place.file, place.line, place.column, warning, std::move(problem), std::move(advice)});
  }
  void error(const Place& place, std::string problem, std::string advice) {
    say(place, false, std::move(problem), std::move(advice));
  }

  std::vector<std::string> region_names() {
    const Array* list = array_of(base_.find("regions"));
    return list ? names_in(*list) : std::vector<std::string>{};
  }

  // replace = ["series"]: the included list is forgotten, and this file's takes its place.
  void replace_whole() {
    const Entry* replace = over_.find("replace");
    if (!replace) return;
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
      if (const Array* old = array_of(base_.find(*list))) {
        for (const std::string& name : names_in(*old)) dropped_[{*list, name}] = node.place;
      }
      if (*list == "regions") replaced_regions_ = node.place;
      std::erase_if(base_.entries, [&](const Entry& entry) { return entry.key == *list; });
    }
    std::erase_if(over_.entries, [](const Entry& entry) { return entry.key == "replace"; });
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
        dropped_[{list, *name}] = node.place;
        if (Entry* left = base_.find(list)) left->place = node.place;
      } else {
        const auto known = list == "kinds" ? kind_names() : entry_names(list);
        error(node.place, fmt::format("there is no {} '{}' to remove in what {} brings", noun, *name, on_top_.included),
              known.empty() ? "remove the name" : choose_advice(*name, known));
      }
    }
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
    return true;
  }

  // The lists that both have; what is merged is taken out of `over`.
  void merge_lists() {
    std::set<std::string> done;
    for (Entry& entry : over_.entries) {
      Entry* old = base_.find(entry.key);
      Array *old_list = array_of(old), *new_list = array_of(&entry);
      if (!old_list || !new_list) continue;
      if (new_list->empty() && on_top_.version >= first_by_name && (entry.key == "interventions" || is_named_list(entry.key)))
        error(entry.place, fmt::format("an empty list takes nothing away from the {} of {}", entry.key, on_top_.included),
              fmt::format("write replace = [\"{}\"] if none are meant, or remove the line", entry.key));
      if (entry.key == "interventions") {
        std::move(new_list->begin(), new_list->end(), std::back_inserter(*old_list));
      } else if (!is_named_list(entry.key)) {
        continue;
      } else if (on_top_.version < first_by_name) {
        warn_of_dropped(entry, *old_list, *new_list);
        *old = entry;
      } else {
        merge_by_name(entry.key, *old_list, *new_list);
        old->place = entry.place;
      }
      done.insert(entry.key);
    }
    std::erase_if(over_.entries, [&](const Entry& entry) { return done.contains(entry.key); });
    for (const Entry& entry : over_.entries) note_added(entry);
  }

  // An entry that is there again is not dropped.
  void note_added(const Entry& entry) {
    const auto* list = is_named_list(entry.key) ? std::get_if<Array>(&entry.node.value) : nullptr;
    const auto* kinds = entry.key == "kinds" ? std::get_if<Table>(&entry.node.value) : nullptr;
    for (const std::string& name : list ? names_in(*list) : std::vector<std::string>{}) dropped_.erase({entry.key, name});
    for (const Entry& kind : kinds ? kinds->entries : std::vector<Entry>{}) dropped_.erase({"kinds", kind.key});
  }

  void merge_by_name(const std::string& list, Array& old_list, Array& new_list) {
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < old_list.size(); ++i) {
      if (const auto* name = name_of(old_list[i])) places.emplace(*name, i);
    }
    const std::size_t included = old_list.size();
    for (Node& item : new_list) {
      const Node* named = name_node(item);
      const std::string name = named ? *text_of(*named) : "";
      const auto found = named ? places.find(name) : places.end();
      if (found == places.end()) {
        if (named) {
          if (!is_whole(list, std::get<Table>(item.value))) warn_of_new_name(list, *named, old_list, included);
          places.emplace(name, old_list.size());
          dropped_.erase({list, name});
        }
        old_list.push_back(std::move(item));
      } else if (!seen_.insert({list, name}).second || found->second >= included) {
        error(named->place, fmt::format("there are two {} '{}'", list, name), "rename one of them");
      } else {
        merge_tables(std::get<Table>(old_list[found->second].value), std::move(std::get<Table>(item.value)));
      }
    }
  }

  // A name that is nearly one of the included ones, with too little for an entry of its own.
  void warn_of_new_name(const std::string& list, const Node& named, const Array& old_list, std::size_t included) {
    const auto known = names_in({old_list.begin(), old_list.begin() + static_cast<std::ptrdiff_t>(included)});
    const std::string near = known.size() > most_compared ? "" : nearest(*text_of(named), known);
    if (near.empty()) return;
    say(named.place, true,
        fmt::format("{} has no {} '{}', so that this adds one", on_top_.included, entry_noun(list), *text_of(named)),
        fmt::format("did you mean '{}'?", near));
  }

  // Version 1: what the list replaces, entries and keys.
  void warn_of_dropped(const Entry& entry, const Array& old_list, const Array& new_list) {
    std::unordered_map<std::string, const Table*> given;
    for (const Node& item : new_list) {
      if (const auto* name = name_of(item)) given.emplace(*name, &std::get<Table>(item.value));
    }
    std::vector<std::string> gone, keys;
    for (const Node& item : old_list) {
      const auto* name = name_of(item);
      if (!name) continue;
      const auto found = given.find(*name);
      if (found == given.end()) {
        gone.push_back(*name);
        dropped_[{entry.key, *name}] = entry.place;
        continue;
      }
      for (const Entry& key : std::get<Table>(item.value).entries) {
        if (!found->second->find(key.key)) keys.push_back(fmt::format("{} of '{}'", key.key, *name));
      }
    }
    for (const auto& [name, table] : given) dropped_.erase({entry.key, name});
    if (gone.empty() && keys.empty()) return;
    const std::string what =
        fmt::format("{}{}{}", gone.empty() ? "" : quoted(gone), gone.empty() || keys.empty() ? "" : ", ", fmt::join(keys, ", "));
    say(entry.place, true,
        fmt::format("in a file of version 1 [[{}]] replaces the whole list that {} brings; dropped: {}", entry.key,
                    on_top_.included, what),
        fmt::format("write version = 2 to change entries by name; then replace = [\"{}\"] replaces the list", entry.key));
  }

  // travel.hours is in the order of the regions: `left` are those that its rows belong to.
  void check_hours(const std::vector<std::string>& left) {
    const auto now = region_names();
    const Table* travel = table_of(base_.find("travel"));
    const Entry* hours = travel ? travel->find("hours") : nullptr;
    if (!hours || (now == left && !merged_.unfit_hours)) return;
    const Entry* list = base_.find("regions");
    const Place place = replaced_regions_ ? *replaced_regions_ : list ? list->place : hours->place;
    std::vector<std::string> added;
    std::copy_if(now.begin(), now.end(), std::back_inserter(added),
                 [&](const std::string& name) { return std::find(left.begin(), left.end(), name) == left.end(); });
    merged_.unfit_hours = Diagnostic{
        place.file,
        place.line,
        place.column,
        false,
        fmt::format("the regions are no longer those of travel.hours ({}:{}){}", hours->place.file, hours->place.line,
                    added.empty() || replaced_regions_ ? "" : fmt::format("; {} has no row there", quoted(added))),
        fmt::format("give [travel] hours in this file too: {0} lists of {0} hours, in the order {1}", now.size(), quoted(now))};
  }

  static constexpr std::size_t most_compared = 100;  // names, for a hint

  Table& base_;
  Table& over_;
  const OnTop& on_top_;
  Diagnostics& diagnostics_;
  Merged& merged_;
  std::map<std::pair<std::string, std::string>, Place>& dropped_;
  std::set<std::pair<std::string, std::string>> seen_;  // entries that this file changes
  std::optional<Place> replaced_regions_;
};

}  // namespace

const std::vector<std::string>& named_lists() {
  static const std::vector<std::string> lists{"regions", "roles", "hubs", "series"};
  return lists;
}

std::string_view entry_noun(std::string_view list) {
  return list == "series" ? list : list.substr(0, list.size() - 1);  // series is its own plural
}

void merge_scenario(Table& base, Table&& over, const OnTop& on_top, Diagnostics& diagnostics, Merged& merged) {
  Merger(base, over, on_top, diagnostics, merged).merge();
}

void refuse_removals(const Table& table, int version, bool includes, Diagnostics& diagnostics) {
  for (const char* key : {"remove", "replace"}) {
    const Entry* entry = table.find(key);
    if (!entry || (version >= first_by_name && includes)) continue;
    const std::string problem =
        includes ? fmt::format("version 1 has no '{}'", key) : fmt::format("'{}' without an include changes nothing", key);
    diagnostics.push_back({entry->place.file, entry->place.line, entry->place.column, false, problem,
                           includes ? "write version = 2: then lists are merged by name"
                                    : "remove it, or include the file whose entries are meant"});
  }
}

}  // namespace coalis::io
