// The field rows of a scenario, table by table: their names, defaults, and the same rows as plain text for tables and echoes.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/fields.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

// The rows of each table. `members`, the sectors' shares of a role, travel and the value of an intervention are no single
// values; the reader knows them by hand.
template <>
std::span<const Field<Scenario>> fields<Scenario>();  // name, description, evidence
template <>
std::span<const Field<Calendar>> fields<Calendar>();
template <>
std::span<const Field<Organisations>> fields<Organisations>();
template <>
std::span<const Field<Region>> fields<Region>();
template <>
std::span<const Field<Role>> fields<Role>();
template <>
std::span<const Field<Hub>> fields<Hub>();
template <>
std::span<const Field<Kind>> fields<Kind>();
template <>
std::span<const Field<Series>> fields<Series>();
template <>
std::span<const Field<Levers>> fields<Levers>();
template <>
std::span<const Field<Environment>> fields<Environment>();
template <>
std::span<const Field<Structure>> fields<Structure>();
template <>
std::span<const Field<Parameters>> fields<Parameters>();
template <>
std::span<const Field<Costs>> fields<Costs>();
template <>
std::span<const Field<SurveyPlan>> fields<SurveyPlan>();
template <>
std::span<const Field<Intervention>> fields<Intervention>();

// Bounds of what has no row: members of a sector, a sector's share of a role, hours between regions.
inline constexpr Bounds members_bounds{0, 10'000'000};
inline constexpr Bounds share_bounds{0, 1};
inline constexpr Bounds travel_bounds{0, 1000};

// Sets every member that has a row with a default to it; the others keep their values.
template <class T>
void set_defaults(T& table);

// Cost of an event of a kind that does not say (model.md section 8): 300 a meeting, 2,000 an Outreach Day, 1,500 a training,
// 0 for any other kind.
double default_event_cost(std::string_view kind);

// The names of a switch (audience, convenor, engagement, decision, influence) in the order of its enumeration; else empty.
std::span<const std::string_view> choices(Refers refers);

// A value lies within bounds; NaN does not.
bool within(const Bounds& bounds, double value);
// "0..1", "above 0", "0 or more", "above 0, below 1"; "" without bounds.
std::string range_text(const Bounds& bounds);
// "0..1 (assumption: no study reports it)"; "" for a key that is no lever.
std::string supported_text(const Supported& supported);
// "evidence", "calibrated jointly", "assumption".
std::string_view source_name(Source source);
// Shortest text that reads back as the same number: "0.1", "3", "1e-06".
std::string number_text(double value);

// One row as text, for `coalis defaults` and the tables in docs/.
struct FieldText {
  std::string table;  // "calendar", "hubs", ...
  std::string key;
  std::string type;  // "number", "integer", "true or false", "text", "month", "region", `"hub", "all" or "core"`, ...
  std::string unit;
  std::string range;
  std::string initial;  // "" when required or left to the meaning
  std::string source;   // "E", "C", "A"
  std::string meaning;
  bool required = false;
  std::string supported = {};  // as supported_text()
};
// All rows, in the order in which they are printed.
std::vector<FieldText> field_texts();

struct FieldMeaning {
  std::string_view table, key, meaning;
};
// Of the same rows in the same order only what they mean.
std::vector<FieldMeaning> field_meanings();

}  // namespace coalis
