// The row of a key.
#pragma once

#include <algorithm>
#include <string_view>

#include "coalis/model/fields.hpp"

namespace coalis {

// Null for a key that is none of T's.
template <class T>
const Field<T>* find_row(std::string_view key) {
  const auto rows = fields<T>();
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Field<T>& row) { return row.name == key; });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace coalis
