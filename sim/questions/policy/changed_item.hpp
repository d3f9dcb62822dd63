// One changed value of a scenario: at once, or as an intervention from a month on.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "coalis/core/path_names.hpp"
#include "coalis/model/find_row.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

// An item of a scenario that changes. path: "hubs.Chicago."
template <class T>
struct ChangedItem {
  Scenario& scenario;
  T& item;
  Target target;
  int element;
  std::string path;

  // Nothing if it has the value. What the scenario's own interventions change is changed by one after them.
  template <class Value>
  void set(std::string_view key, Value value, int from) {
    const int field = static_cast<int>(find_row<T>(key) - fields<T>().data());
    auto& now = item.*std::get<Value T::*>(fields<T>()[static_cast<std::size_t>(field)].member);
    auto& all = scenario.interventions;
    const bool planned = std::any_of(all.begin(), all.end(), [&](const Intervention& i) {
      return i.target == target && i.element == element && i.field == field;
    });
    if (now == value && !planned) return;
    if (from == 0 && !planned)
      now = std::move(value);
    else
      all.push_back({path + std::string(key), target, element, field, std::move(value), from, scenario.calendar.months, 1});
  }
};

inline ChangedItem<Hub> hub_item(Scenario& s, int hub) {
  Hub& item = s.hubs[static_cast<std::size_t>(hub)];
  return {s, item, Target::hub, hub, "hubs." + in_path(item.name) + "."};
}
inline ChangedItem<Series> series_item(Scenario& s, int series) {
  Series& item = s.series[static_cast<std::size_t>(series)];
  return {s, item, Target::series, series, "series." + in_path(item.name) + "."};
}
inline ChangedItem<Region> region_item(Scenario& s, int region) {
  Region& item = s.regions[static_cast<std::size_t>(region)];
  return {s, item, Target::region, region, "regions." + in_path(item.name) + "."};
}
inline ChangedItem<Role> role_item(Scenario& s, int role) {
  Role& item = s.roles[static_cast<std::size_t>(role)];
  return {s, item, Target::role, role, "roles." + in_path(item.name) + "."};
}
inline ChangedItem<Levers> levers_item(Scenario& s) { return {s, s.levers, Target::levers, 0, "levers."}; }

}  // namespace coalis
