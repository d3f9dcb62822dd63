// See scenario_merge.hpp.
#include "scenario_merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <unordered_map>

#include "scenario_hours.hpp"
#include "scenario_load.hpp"
#include "scenario_removal.hpp"
#include "tree_lists.hpp"

namespace coalis::io {
namespace {

using Diagnostics = std::vector<Diagnostic>;

bool is_named_list(std::string_view key) {
  return std::find(named_lists().begin(), named_lists().end(), key) != named_lists().end();
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

class Merger {
 public:
  Merger(Table& base, Table& over, const OnTop& on_top, Diagnostics& diagnostics, Merged& merged)
      : base_(base), over_(over), on_top_(on_top), diagnostics_(diagnostics), merged_(merged), dropped_(merged.dropped) {}

  void merge() {
    const std::vector<std::string> regions = region_names();
    std::optional<Place> replaced_regions;
    if (on_top_.version >= first_by_name) replaced_regions = take_away(base_, over_, on_top_, diagnostics_, merged_);
    const Table* travel = table_of(over_.find("travel"));
    const bool new_hours = travel && travel->find("hours");
    const std::vector<std::string> left = replaced_regions ? regions : region_names();
    refuse_parts();
    merge_lists();
    merge_tables(base_, std::move(over_));
    if (new_hours)
      check_new_hours(base_, on_top_, merged_);
    else if (!regions.empty() && on_top_.version >= first_by_name && !(merged_.unfit_hours && region_names() == regions))
      check_old_hours(base_, left, replaced_regions, merged_);
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

  // Parts of entries that were taken away: there is nothing that they could change.
  void refuse_parts() {
    if (dropped_.empty()) return;
    std::erase_if(over_.entries, [&](Entry& entry) {  // and lists of nothing else
      if (Array* list = array_of(&entry); list && is_named_list(entry.key)) {
        const auto refused = std::erase_if(*list, [&](const Node& item) {
          const Node* named = name_node(item);
          return named && is_part_of_gone(entry.key, *text_of(*named), named->place, item);
        });
        return refused > 0 && list->empty();
      }
      Table* kinds = entry.key == "kinds" ? table_of(&entry) : nullptr;
      return kinds &&
             std::erase_if(kinds->entries,
                           [&](const Entry& kind) { return is_part_of_gone("kinds", kind.key, kind.place, kind.node); }) > 0 &&
             kinds->entries.empty();
    });
  }

  bool is_part_of_gone(const std::string& list, const std::string& name, const Place& place, const Node& item) {
    const auto gone = dropped_.find({list, name});
    const auto* keys = std::get_if<Table>(&item.value);
    if (gone == dropped_.end() || !keys || is_whole(list, *keys)) return false;
    error(place,
          fmt::format("there is no {} '{}' to change: it was taken away in {}", entry_noun(list), name, place_text(gone->second)),
          "give every key to begin it anew, or keep it there");
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
        error(entry.place, fmt::format("an empty list takes nothing away from the {} of {}", entry.key, on_top_.below),
              fmt::format("write replace = [\"{}\"] if none are meant, or remove the line", entry.key));
      if (entry.key == "interventions") {
        std::move(new_list->begin(), new_list->end(), std::back_inserter(*old_list));
      } else if (!is_named_list(entry.key)) {
        continue;
      } else if (on_top_.version < first_by_name) {
        warn_of_dropped(entry, *old_list, *new_list);
        *old = entry;
        merged_.places.erase(entry.key);
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
    auto& [places, looked_at] = merged_.places[list];
    for (; looked_at < old_list.size(); ++looked_at) {
      if (const auto* name = name_of(old_list[looked_at])) places.emplace(*name, looked_at);
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
        fmt::format("{} {} no {} '{}', so that this adds one", on_top_.below, on_top_.several ? "have" : "has", entry_noun(list),
                    *text_of(named)),
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
        fmt::format("in a file of version 1 [[{}]] replaces the whole list that {}; dropped: {}", entry.key, on_top_.brings(),
                    what),
        fmt::format("write version = 2 to change entries by name; then replace = [\"{}\"] replaces the list", entry.key));
  }

  static constexpr std::size_t most_compared = 100;  // names, for a hint

  Table& base_;
  Table& over_;
  const OnTop& on_top_;
  Diagnostics& diagnostics_;
  Merged& merged_;
  std::map<std::pair<std::string, std::string>, Place>& dropped_;
  std::set<std::pair<std::string, std::string>> seen_;  // entries that this file changes
};

}  // namespace

std::string taken_away(const Place& place) {
  return fmt::format("it was taken away in {}; change or remove this there too, or keep it", place_text(place));
}

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

void refuse_removals(const Table& table, int version, bool on_top, Diagnostics& diagnostics) {
  for (const char* key : {"remove", "replace"}) {
    const Entry* entry = table.find(key);
    if (!entry || (version >= first_by_name && on_top)) continue;
    const bool old = on_top;  // then it is the version
    const std::string problem =
        old ? fmt::format("version 1 has no '{}'", key) : fmt::format("'{}' without an include changes nothing", key);
    diagnostics.push_back({entry->place.file, entry->place.line, entry->place.column, false, problem,
                           old ? "write version = 2: then lists are merged by name"
                               : "remove it, or include the file whose entries are meant, or name this one after it in a list"});
  }
}

}  // namespace coalis::io
