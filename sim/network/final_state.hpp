// Columns of a record's final state by name.
#pragma once

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "coalis/model/record.hpp"

namespace coalis {

template <class T>
std::span<const T> final_column(const std::vector<Quantity>& quantities, const std::vector<T>& values, std::string_view name) {
  const auto found = std::find_if(quantities.begin(), quantities.end(), [&](const Quantity& q) { return q.name == name; });
  if (found == quantities.end()) throw std::logic_error("no column " + std::string(name));
  const std::size_t n = values.size() / quantities.size();
  return std::span(values).subspan(static_cast<std::size_t>(found - quantities.begin()) * n, n);
}

inline std::span<const float> final_floats(const RunRecord& record, std::string_view name) {
  return final_column(final_float_quantities(), record.final_float, name);
}
inline std::span<const std::int32_t> final_integers(const RunRecord& record, std::string_view name) {
  return final_column(final_integer_quantities(), record.final_integer, name);
}

// Values of the column status (coalis/model/world.hpp).
inline bool is_member(std::int32_t status) { return status == 1 || status == 2; }
inline bool was_member(std::int32_t status) { return status != 0; }

}  // namespace coalis
