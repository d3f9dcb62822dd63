// One changed value of a scenario: at once, or as an intervention from a month on.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "coalis/model/find_row.hpp"
#include "coalis/model/scenario.hpp"
#include "io/scenario/value_text.hpp"

namespace coalis::page {

// An item of a scenario that changes. path: "hubs.Chicago."
template <class T>
struct Item {
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

inline Item<Hub> hub_item(Scenario& s, int hub) {
  Hub& item = s.hubs[static_cast<std::size_t>(hub)];
  return {s, item, Target::hub, hub, "hubs." + io::toml_key(item.name) + "."};
}
inline Item<Series> series_item(Scenario& s, int series) {
  Series& item = s.series[static_cast<std::size_t>(series)];
  return {s, item, Target::series, series, "series." + io::toml_key(item.name) + "."};
}
inline Item<Levers> levers_item(Scenario& s) { return {s, s.levers, Target::levers, 0, "levers."}; }

}  // namespace coalis::page
