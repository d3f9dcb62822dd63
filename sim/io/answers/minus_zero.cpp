// See minus_zero.hpp.
#include "minus_zero.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace coalis {

nlohmann::ordered_json without_minus_zero(nlohmann::ordered_json json) {
  if (json.is_structured())
    for (auto& value : json) value = without_minus_zero(std::move(value));
  else if (json.is_number_float() && json.get<double>() == 0)
    json = 0.0;
  return json;
}

}  // namespace coalis
