// Reading the keys of an evidence file: what reading and checking its items have in common.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/io/questions/evidence_file.hpp"
#include "io/text/toml_tree.hpp"
#include "number_in.hpp"

namespace coalis::io {

inline constexpr int not_reported = -1, most_answers = 10'000'000;

class EvidenceKeys {
 protected:
  explicit EvidenceKeys(EvidenceFile& result) : result_(result) {}

  // Two values in ascending order.
  template <class Value, class T>
  std::optional<std::array<Value, 2>> pair(const Table& table, std::string_view key, const char* type) {
    const auto* entry = table.find(key);
    if (!entry) return std::nullopt;
    const auto* ends = std::get_if<io::Array>(&entry->node.value);
    std::array<Value, 2> values{};
    bool good = ends && ends->size() == 2, too_large = false;
    for (std::size_t i = 0; good && i < 2; ++i) {
      const auto& end = (*ends)[i].value;
      const auto* whole = std::get_if<std::int64_t>(&end);
      const auto* found = std::get_if<T>(&end);
      good = whole || found;
      too_large = too_large || (whole && (*whole < -most_answers || *whole > most_answers));
      if (good) values[i] = whole ? static_cast<Value>(*whole) : static_cast<Value>(*found);
    }
    if (good && too_large) {
      fail(entry->node, fmt::format("'{}' has a number beyond {}", key, most_answers), "correct it");
      return std::nullopt;
    }
    if (good && values[0] <= values[1]) return values;
    if (good) {
      fail(entry->node, fmt::format("'{}' ends below where it begins", key), "write the smaller number first");
      return std::nullopt;
    }
    wrong_type(entry->node, key, type);
    return std::nullopt;
  }

  std::optional<double> number(const Table& table, std::string_view key) {
    const Entry* entry = table.find(key);
    if (!entry) return std::nullopt;
    const auto found = as_number(entry->node);
    if (!found) wrong_type(entry->node, key, "a number");
    return found;
  }

  // The value of a key; null if absent or, after saying so, of another type.
  template <class T>
  const T* value(const Table& table, std::string_view key, const char* type) {
    const auto* entry = table.find(key);
    if (!entry) return nullptr;
    const auto* found = std::get_if<T>(&entry->node.value);
    if (!found) wrong_type(entry->node, key, type);
    return found;
  }

  template <class T>
  std::vector<T> list(const Table& table, std::string_view key, const char* type) {
    std::vector<T> values;
    const auto* array = value<io::Array>(table, key, "a list");
    if (!array) return values;
    for (const Node& node : *array) {
      if (const auto* found = std::get_if<T>(&node.value))
        values.push_back(*found);
      else
        wrong_type(node, key, type);
    }
    return values;
  }

  void wrong_type(const Node& node, std::string_view key, const char* type) {
    fail(node, fmt::format("'{}' is {}", key, io::type_name(node)), fmt::format("it takes {}", type));
  }
  void fail(const Node& node, std::string problem, std::string advice) {
    fail(node.place, std::move(problem), std::move(advice));
  }
  void fail(const io::Place& place, std::string problem, std::string advice) {
    result_.diagnostics.push_back({place.file, place.line, place.column, false, std::move(problem), std::move(advice)});
  }

  EvidenceFile& result_;
};

// The items that the survey has, for advice.
std::string advice_on_items();

// Whether what has been read of an item agrees with itself and with the survey. What it lacks or has too much is said.
void check_item(EvidenceFile& result, const Node& node, const Table& table, const EvidenceItem& item);

}  // namespace coalis::io
