// A scenario file put on top of those below it (docs/formats/scenario.md, "Only what differs").
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "io/text/toml_tree.hpp"

namespace coalis::io {

// Where the entries of a list stand in it, of those that were looked at.
struct NamedPlaces {
  std::unordered_map<std::string, std::size_t> places = {};
  std::size_t looked_at = 0;
};

// What merging leaves to be said when the whole scenario is read.
struct Merged {
  // Where an entry of a list was taken away, by list and name: for what still refers to it.
  std::map<std::pair<std::string, std::string>, Place> dropped;
  // The regions have changed and travel.hours has not.
  std::optional<Diagnostic> unfit_hours;
  // By list, while files are merged.
  std::map<std::string, NamedPlaces> places;
};

// What to do where something refers to an entry that was taken away there.
std::string taken_away(const Place& place);

// Lists whose entries have names: regions, roles, hubs, series.
const std::vector<std::string>& named_lists();
// The noun of an entry: region, role, hub, series, kind.
std::string_view entry_noun(std::string_view list);

inline constexpr int first_by_name = 2;  // the format version since which lists are merged by name

// The file that goes on top.
struct OnTop {
  int version;        // of 1, lists replace those below
  bool includes;      // it says what it includes; else it stands in a list after other files
  std::string below;  // as it names them: "illinois.toml", "a.toml, b.toml"
  bool several;       // files below
  // Whether a file, by its name in places, is among those that it includes, however indirectly.
  std::function<bool(const std::string&)> is_included;

  std::string brings() const { return below + (several ? " bring" : " brings"); }
};

// Puts `over` on top of `base`, which is all that comes before it. Tables are merged key by key, inline tables and lists of
// values replaced whole, interventions added. Lists of named entries: version 1 replaces them whole and warns of what is dropped;
// since version 2 an entry with a name that is there changes the keys given, another is added, `remove` takes entries away,
// `replace` names lists to begin anew.
void merge_scenario(Table& base, Table&& over, const OnTop& on_top, std::vector<Diagnostic>& diagnostics, Merged& merged);

// `remove` and `replace` where they cannot be meant: in version 1, or with nothing below.
void refuse_removals(const Table& table, int version, bool on_top, std::vector<Diagnostic>& diagnostics);

}  // namespace coalis::io
