// A field row: the one place that names a key of a scenario, with its unit, range, default, meaning and source.
// Reading, range and unknown-key errors, `coalis defaults`, the JSON Schema, the tables of docs/model.md and the echo in result
// files all come from these rows.
#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace coalis {

// Closed interval by default; an open end excludes its bound.
struct Bounds {
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  bool open_min = false;
  bool open_max = false;
};

// What a value refers to, so that a reader can resolve names and dates.
enum class Refers { nothing, region, regions, hub, kind, month, audience, convenor, engagement, decision, influence };

// Where a value comes from: E evidence, C calibrated jointly, A assumption.
enum class Source { evidence, calibration, assumption };

// The values of a lever (a key of policy) that something speaks for; an answer outside them is an extrapolation.
struct Supported {
  double min = 0, max = 0;             // closed
  Source source = Source::assumption;  // of the range
  std::string_view reason = {};        // what speaks for it; "": the key is no lever and nothing is said
};

// The side of the model that a key belongs to, for sensitivity analysis: leadership and coordination, what members want and think
// of the coalition, what they can give, whom they know, what they believe. Parameters say theirs in their rows, if it is none,
// too.
enum class Group { unsaid, none, management, commitment, resources, network, viewpoints };

// T: the struct that holds the member. `required` keys have no default.
template <class T>
struct Field {
  std::string_view name;
  std::variant<double T::*, int T::*, bool T::*, std::string T::*, std::vector<int> T::*> member;
  std::string_view unit;
  Bounds bounds;
  std::string_view initial;  // default as TOML text; "" when required
  std::string_view meaning;
  Source source = Source::assumption;
  Refers refers = Refers::nothing;
  bool required = false;
  Supported supported = {};
  Group group = Group::unsaid;
};

// For rows of T: `in<T>(Group::network)({"name", ...})`.
template <class T>
constexpr auto in(Group group) {
  return [group](Field<T> row) {
    row.group = group;
    return row;
  };
}

// The rows of T, in the order in which they are printed; specialised in sim/model/fields.cpp.
template <class T>
std::span<const Field<T>> fields();

}  // namespace coalis
