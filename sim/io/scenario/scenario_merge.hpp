// A scenario file put on top of what it includes (docs/formats/scenario.md, "Only what differs").
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "io/text/toml_tree.hpp"

namespace coalis::io {

// What merging leaves to be said when the whole scenario is read.
struct Merged {
  // Where an entry of a list was taken away, by list and name: for what still refers to it.
  std::map<std::pair<std::string, std::string>, Place> dropped;
  // The regions have changed and travel.hours has not.
  std::optional<Diagnostic> unfit_hours;
};

// Lists whose entries have names: regions, roles, hubs, series.
const std::vector<std::string>& named_lists();
// The noun of an entry: region, role, hub, series, kind.
std::string_view entry_noun(std::string_view list);

// The file that goes on top: its format version, and the name of the file that it includes, as it is written there.
struct OnTop {
  int version;
  std::string included;
};

// Puts `over` on top of `base`. Tables are merged key by key, inline tables and lists of values replaced whole, interventions
// added. Lists of named entries: version 1 replaces them whole and warns of what is dropped; since version 2 an entry with a name
// that is there changes the keys given, another is added, `remove` takes entries away, `replace` names lists to begin anew.
void merge_scenario(Table& base, Table&& over, const OnTop& on_top, std::vector<Diagnostic>& diagnostics, Merged& merged);

// `remove` and `replace` where they cannot be meant: in version 1, or without `include`.
void refuse_removals(const Table& table, int version, bool includes, std::vector<Diagnostic>& diagnostics);

}  // namespace coalis::io
