// What a coalition could do otherwise, as a value: a name and changes of a scenario.
#pragma once

#include <string>
#include <vector>

namespace coalis {

// Changes are applied one after the other, each to what those before it have left. A change is one of
//   "hubs.Office.fte=0.5"    a value: path and value as --set takes them
//   "3 hubs"                 a ready-made option by its name (ready_made.hpp)
//   "without Outreach Day"   a series, hub or lever that is taken away
//   "cheaper.toml"           an option file: what a scenario file with `include` would say (docs/formats/option.md)
struct PolicyOption {
  std::string name;  // in words: "half post"; of one that was given none its changes
  std::vector<std::string> changes;

  bool operator==(const PolicyOption&) const = default;
};

}  // namespace coalis
