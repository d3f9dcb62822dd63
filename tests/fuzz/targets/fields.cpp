// Field rows at their bounds. Three bytes choose a row and what it is set to: a bound, just outside of one, something between, or
// no number at all. A value outside of its row's bounds is refused; whatever is accepted runs and stays in range.
#include "coalis/model/fields.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "../target.hpp"

namespace {

using namespace coalis;

struct Row {
  std::string path;
  Bounds bounds;
  bool whole;
};

template <class T>
void add_rows(std::vector<Row>& rows, const std::string& table) {
  for (const auto& field : fields<T>()) {
    const bool whole = std::holds_alternative<int T::*>(field.member);
    if (field.refers == Refers::nothing && (whole || std::holds_alternative<double T::*>(field.member)))
      rows.push_back({table + "." + std::string(field.name), field.bounds, whole});
  }
}

std::vector<Row> all_rows() {
  std::vector<Row> rows;
  add_rows<Calendar>(rows, "calendar");
  add_rows<Organisations>(rows, "organisations");
  add_rows<Region>(rows, "regions.N");
  add_rows<Role>(rows, "roles.r");
  add_rows<Hub>(rows, "hubs.H");
  add_rows<Kind>(rows, "kinds.meeting");
  add_rows<Series>(rows, "series.m");
  add_rows<Levers>(rows, "levers");
  add_rows<Environment>(rows, "environment");
  add_rows<Parameters>(rows, "parameters");
  add_rows<Costs>(rows, "costs");
  return rows;
}

constexpr double infinity = std::numeric_limits<double>::infinity();

double value_of(const Row& row, unsigned choice, double share) {
  const double low = std::isfinite(row.bounds.min) ? row.bounds.min : -1e300;
  const double high = std::isfinite(row.bounds.max) ? row.bounds.max : 1e300;
  const double near_high = std::min(high, std::max(low, 0.0) + 1000);
  const auto outside = [&](double end, double to) { return row.whole ? end + (to > end ? 1 : -1) : std::nextafter(end, to); };
  const std::array<double, 12> values{low,
                                      high,
                                      outside(low, -infinity),
                                      outside(high, infinity),
                                      outside(low, infinity),
                                      outside(high, -infinity),
                                      0.0,
                                      low + share * (near_high - low),
                                      low + share * share * share * (near_high - low),
                                      -share,
                                      infinity,
                                      std::numeric_limits<double>::quiet_NaN()};
  const double value = values[choice % values.size()];
  return row.whole && std::isfinite(value) ? std::nearbyint(value) : value;
}

std::string toml_number(double value, bool whole) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return whole && std::abs(value) < 9e15 ? std::to_string(static_cast<long long>(value)) : number_text(value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<Row> rows = all_rows();
  std::vector<std::string> overrides, names;
  bool inside = true;
  for (std::size_t at = 0; at + 2 < size && at < 60; at += 3) {
    const Row& row = rows[(data[at] | (data[at + 1] >> 4) << 8) % rows.size()];
    if (std::find(names.begin(), names.end(), row.path) != names.end()) continue;
    const double value = value_of(row, data[at + 1] & 15u, data[at + 2] / 255.0);
    inside = inside && within(row.bounds, value);
    names.push_back(row.path);
    overrides.push_back(row.path + "=" + toml_number(value, row.whole));
  }
  const ScenarioFile file = parse_scenario(fuzz::small_scenario, "fields.toml", overrides);
  fuzz::demand_diagnostics(file.diagnostics, file.ok());
  if (!inside) fuzz::demand(!file.ok(), "a value outside of its bounds is accepted");
  if (file.ok()) fuzz::demand_scenario(file.scenario);
  return 0;
}
