// Reading the keys of a study's tables: what its parts have in common.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "study_reading.hpp"

namespace coalis::io {

// What is being read, and what is said of its keys.
class StudyKeys {
 protected:
  StudyKeys(StudyFile& file, Reading& reading) : file_(file), study_(file.study), place_(reading.file), reading_(reading) {}

  static bool known(const std::string& key, const std::vector<std::string>& keys) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  }
  void error(const Place& place, std::string problem, std::string advice);
  void unknown(const Entry& entry, std::string_view where, const std::vector<std::string>& keys);
  std::optional<std::int64_t> whole_number(std::string_view key, const Node& node, const Bounds& bounds);
  // The texts of a list; nothing, and an error, if it is something else.
  std::optional<std::vector<const Node*>> texts(std::string_view key, const Node& node);
  // The place of a text among the names that a key may have.
  std::optional<std::size_t> choice(std::string_view key, const Node& node, std::span<const std::string_view> names);

  StudyFile& file_;
  Study& study_;
  const Place& place_;
  Reading& reading_;
};

}  // namespace coalis::io
