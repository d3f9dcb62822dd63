// See result_section_parts.hpp.
#include "result_section_parts.hpp"

#include <stdexcept>

namespace coalis::io {

std::vector<std::int32_t> numbers(int count) {
  std::vector<std::int32_t> result(static_cast<std::size_t>(count));
  std::iota(result.begin(), result.end(), 0);
  return result;
}

Dimension region_dimension(hid_t group, const Scenario& scenario) {
  return {group, {"region", "", "region of the scenario"}, names_of(scenario.regions)};
}
Dimension kind_dimension(hid_t group, const Scenario& scenario) {
  return {group, {"kind", "", "kind of event"}, names_of(scenario.kinds)};
}
Dimension sector_dimension(hid_t group) {
  return {
      group, {"sector", "", "sector of the organisation"}, std::vector<std::string>(sector_names.begin(), sector_names.end())};
}
Dimension organisation_dimension(hid_t group, const Scenario& scenario) {
  const auto values = numbers(scenario.organisations.count());
  return {group, {"organisation", "1", "number of the organisation"}, std::span<const std::int32_t>(values)};
}

std::size_t column_of(const std::vector<Quantity>& quantities, std::string_view name) {
  const auto found = std::find_if(quantities.begin(), quantities.end(), [&](const Quantity& q) { return q.name == name; });
  if (found == quantities.end()) throw std::logic_error("no quantity " + std::string(name));
  return static_cast<std::size_t>(found - quantities.begin());
}

}  // namespace coalis::io
