// See study_keys.hpp.
#include "study_keys.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/scenario/value_text.hpp"

namespace coalis::io {

void StudyKeys::error(const Place& place, std::string problem, std::string advice) {
  reading_.error(place, std::move(problem), std::move(advice));
}

void StudyKeys::unknown(const Entry& entry, std::string_view where, const std::vector<std::string>& keys) {
  error(entry.place, fmt::format("unknown key '{}' in {}", entry.key, where), choose_advice(entry.key, keys));
}

std::optional<std::int64_t> StudyKeys::whole_number(std::string_view key, const Node& node, const Bounds& bounds) {
  if (!std::holds_alternative<std::int64_t>(node.value)) return read_integer(reading_, key, node, bounds, ""), std::nullopt;
  if (!read_number(reading_, key, node, bounds, "")) return std::nullopt;
  return std::get<std::int64_t>(node.value);
}

std::optional<std::vector<const Node*>> StudyKeys::texts(std::string_view key, const Node& node) {
  const auto* array = std::get_if<Array>(&node.value);
  std::vector<const Node*> nodes;
  bool good = array != nullptr;
  for (std::size_t i = 0; good && i < array->size(); ++i) {
    good = std::holds_alternative<std::string>((*array)[i].value);
    nodes.push_back(&(*array)[i]);
  }
  if (good && !nodes.empty()) return nodes;
  error(node.place, fmt::format("{} takes a list of texts, not {}", key, array ? "this list" : type_name(node)),
        fmt::format("write {} = [\"...\", \"...\"]", key));
  return std::nullopt;
}

std::optional<std::size_t> StudyKeys::choice(std::string_view key, const Node& node, std::span<const std::string_view> names) {
  const auto value = read_text(reading_, key, node);
  if (!value) return std::nullopt;
  const auto found = std::find(names.begin(), names.end(), *value);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  error(node.place, fmt::format("{}: there is no '{}'", key, *value), choose_advice(*value, {names.begin(), names.end()}));
  return std::nullopt;
}

}  // namespace coalis::io
