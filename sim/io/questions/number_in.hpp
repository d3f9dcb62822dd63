// A number of a TOML file, written as a whole one or not.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "io/text/toml_tree.hpp"

namespace coalis::io {

inline std::optional<double> as_number(const Node& node) {
  if (const auto* whole = std::get_if<std::int64_t>(&node.value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&node.value)) return *real;
  return std::nullopt;
}

}  // namespace coalis::io
