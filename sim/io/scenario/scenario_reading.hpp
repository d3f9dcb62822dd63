// Reading tables of a scenario's tree by their field rows.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "coalis/model/fields.hpp"
#include "coalis/model/find_row.hpp"
#include "io/text/toml_tree.hpp"
#include "scenario_load.hpp"

namespace coalis::io {

// The entries of a list by name; the first of two with one name.
class NameIndex {
 public:
  template <class Named>
  const NameIndex& of(const std::vector<Named>& list) {
    if (names_.size() == list.size()) return *this;
    names_.clear();
    places_.clear();
    for (const Named& item : list) {
      places_.emplace(item.name, static_cast<int>(names_.size()));
      names_.push_back(item.name);
    }
    return *this;
  }
  std::optional<int> find(const std::string& name) const {
    const auto found = places_.find(name);
    return found == places_.end() ? std::nullopt : std::optional(found->second);
  }
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, int> places_;
};

// What is being read: the scenario so far (values refer to its regions, hubs, kinds and calendar) and what was wrong.
struct Reading {
  Scenario& scenario;
  std::vector<Diagnostic>& diagnostics;
  const Table& root;
  Place file;                                                  // the scenario file, for what is missing altogether
  bool dated = false;                                          // the calendar has been read, so dates have a meaning
  std::set<std::string, std::less<>> broken = {};              // lists that could not be read as such ("region", "hub", ...)
  Merged merged = {};                                          // what included files have left to be said
  std::map<std::string, NameIndex, std::less<>> indices = {};  // by list; of lists that are read
  bool members_given = false, roster_failed = false;
  std::vector<Place> member_places = {};  // of the roster, in its order
  Place roster_place = {};                // of all of it

  void error(const Place& place, std::string problem, std::string advice);
  void warn(const Place& place, std::string problem, std::string advice);

  // The table of that name; nothing if it is absent or (an error) something else.
  const Table* table(std::string_view name);
  // The tables of a list of that name, with their places; empty if absent. Anything else is an error.
  std::vector<const Node*> list(std::string_view name, std::string_view item_name);
  // The names of one of the scenario's lists; it must not shrink afterwards.
  template <class Named>
  const NameIndex& index(std::string_view name, const std::vector<Named>& items) {
    return indices.try_emplace(std::string(name)).first->second.of(items);
  }
  // An entry of a list is referred to and is not there.
  void no_such(const Place& place, std::string problem, std::string_view list, const std::string& name,
               const std::vector<std::string>& known);

  // Where a key of a table stands; else the table, else the file.
  Place place(std::string_view table, std::string_view key) const;
};

// Months since year 0 of "YYYY-MM".
std::optional<int> parse_date(std::string_view text);

// Values of one key. Each reports what is wrong and then returns nothing.
std::optional<double> read_number(Reading& reading, std::string_view key, const Node& node, const Bounds& bounds,
                                  std::string_view unit);
std::optional<int> read_integer(Reading& reading, std::string_view key, const Node& node, const Bounds& bounds,
                                std::string_view unit);
std::optional<bool> read_switch(Reading& reading, std::string_view key, const Node& node);
std::optional<std::string> read_text(Reading& reading, std::string_view key, const Node& node);
std::optional<int> read_name(Reading& reading, std::string_view key, const Node& node, Refers refers);
std::optional<std::vector<int>> read_names(Reading& reading, std::string_view key, const Node& node);
// A date or month number within the calendar; an `until` beyond the end is the end.
std::optional<int> read_month(Reading& reading, std::string_view key, const Node& node);

void unknown_key(Reading& reading, const Entry& entry, std::string_view where, const std::vector<std::string>& known);

// The value of a row whose member has the type Value.
template <class Value, class T>
std::optional<Value> read_as(Reading& reading, const Field<T>& row, const Node& node) {
  if constexpr (std::is_same_v<Value, double>) {
    return read_number(reading, row.name, node, row.bounds, row.unit);
  } else if constexpr (std::is_same_v<Value, int>) {
    if (row.refers == Refers::month) return read_month(reading, row.name, node);
    if (row.refers != Refers::nothing) return read_name(reading, row.name, node, row.refers);
    return read_integer(reading, row.name, node, row.bounds, row.unit);
  } else if constexpr (std::is_same_v<Value, bool>) {
    return read_switch(reading, row.name, node);
  } else if constexpr (std::is_same_v<Value, std::string>) {
    return read_text(reading, row.name, node);
  } else {
    return read_names(reading, row.name, node);
  }
}

// Calls f(value) with the value of a row, of the row's own type; not if it was wrong.
template <class T, class F>
void read_value(Reading& reading, const Field<T>& row, const Node& node, F f) {
  const auto read = [&]<class Value>(Value T::*member) {
    if (auto value = read_as<Value>(reading, row, node)) f(member, *std::move(value));
  };
  std::visit(read, row.member);
}

// Reads the value of a row into its member.
template <class T>
void read_member(Reading& reading, const Field<T>& row, const Node& node, T& into) {
  read_value(reading, row, node, [&](auto member, auto value) { into.*member = std::move(value); });
}

template <class T>
std::vector<std::string> row_names() {
  std::vector<std::string> names;
  for (const auto& row : fields<T>()) names.emplace_back(row.name);
  return names;
}

// Reads a table by the rows of T over what `into` holds (its defaults); keys in `special` are left to the caller.
// `table` is null when absent; `where` names the table in messages, `place` is where a missing key would belong.
template <class T>
void read_rows(Reading& reading, const Table* table, const Place& place, std::string_view where, T& into,
               const std::vector<std::string>& special = {}) {
  if (table) {
    for (const Entry& entry : table->entries) {
      if (std::find(special.begin(), special.end(), entry.key) != special.end()) continue;
      if (const auto* row = find_row<T>(entry.key)) {
        read_member(reading, *row, entry.node, into);
      } else {
        auto known = row_names<T>();
        known.insert(known.end(), special.begin(), special.end());
        unknown_key(reading, entry, where, known);
      }
    }
  }
  for (const auto& row : fields<T>()) {
    if (!row.required || (table && table->find(row.name))) continue;
    reading.error(place, fmt::format("'{}' is missing in {}", row.name, where), fmt::format("add it: {}", row.meaning));
  }
}

// The last steps of reading, each in a file of its own.
void read_roster(Reading& reading);
void read_ties(Reading& reading);  // of the roster
void read_interventions(Reading& reading);
void check_scenario(Reading& reading);
void check_names(Reading& reading);  // of a file that somebody writes

}  // namespace coalis::io
