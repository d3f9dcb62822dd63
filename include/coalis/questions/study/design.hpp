// Experimental designs: which values a study gives to its factors, point by point. Pure functions of the plan.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace coalis {

// What a study changes: one or more keys of the scenario that take the same value.
struct Factor {
  std::string name;                 // of its column in results
  std::vector<std::string> paths;   // as `--set` takes them
  std::vector<std::string> values;  // TOML texts, in the order of the file; empty: a range
  double min = 0, max = 0;          // of a range
  int levels = 0;                   // of a range in a factorial design, 2 or more
  bool whole = false;               // a range of whole numbers
  // Of named settings, one list a value: everything that it sets, "path=value"; then there are no paths and the values are names.
  std::vector<std::vector<std::string>> settings{};
  std::vector<std::size_t> scenarios{};  // that it changes, by number; empty: all
  int line = 0, column = 0;              // of its path or name in the study file; 0: in a table
  bool policy = false;                   // its values can be chosen, so that they are options; else they are worlds
};

// What a value of a factor sets in a scenario, as `--set` takes it; nothing in one that it does not change.
std::vector<std::string> overrides_of(const Factor& factor, const std::string& value, std::size_t scenario);

enum class DesignKind { full_factorial, one_factor, latin_hypercube, sobol, table };
inline constexpr std::array<std::string_view, 5> design_names{"full_factorial", "one_factor", "latin_hypercube", "sobol",
                                                              "table"};

// A value a factor, as TOML text; "" leaves the scenario's own.
using DesignPoint = std::vector<std::string>;

struct DesignPlan {
  DesignKind kind = DesignKind::full_factorial;
  std::vector<Factor> factors;
  std::size_t points = 0;         // of latin_hypercube and sobol
  std::uint64_t seed = 1;         // of latin_hypercube
  std::vector<DesignPoint> rows;  // of table
};

// The values of a factor in a factorial design: its list, or evenly spaced levels of its range, both ends included.
std::vector<std::string> levels_of(const Factor& factor);

// The value of a factor at a share of its range or list, 0 to 1, as TOML text.
std::string factor_value(const Factor& factor, double share);

// The number of points, without making them: a full factorial may have more than there is memory for.
double design_size(const DesignPlan& plan);

// The points in order. full_factorial: the last factor changes fastest. one_factor: first the scenario as it is, then every value
// of every factor alone. latin_hypercube, sobol: unit_points below, put to the factors' ranges and lists.
std::vector<DesignPoint> make_design(const DesignPlan& plan);

}  // namespace coalis
