#include "coalis/io/answers/scenario_json.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "coalis/core/characters.hpp"
#include "coalis/io/answers/options_json.hpp"

namespace coalis {
namespace {

using Json = nlohmann::ordered_json;

// A number, a switch, a text or a list of them from its TOML text. The program writes such values in the part of TOML that is
// JSON, too; interventions in lists are shown as their text.
Json value_json(const std::string& toml) {
  auto json = Json::parse(toml, nullptr, false);
  return json.is_discarded() ? Json(toml) : json;
}

Json value_or_null(const std::optional<std::string>& value) { return value && !value->empty() ? value_json(*value) : Json(); }

Json origin_json(const ResolvedValue& value, const Origins& origins) {
  const auto found = origins.find(value.path());
  if (found == origins.end()) return {{"from", "default"}, {"source", value.field.source}};
  if (found->second.line == 0) return {{"from", "--set"}, {"text", found->second.file}};
  return {{"from", "file"}, {"file", found->second.file}, {"line", found->second.line}, {"column", found->second.column}};
}

Json differences_json(std::span<const Difference> differences) {
  auto list = Json::array();
  for (const Difference& difference : differences)
    list.push_back({{"path", difference.path},
                    {"a", value_or_null(difference.a)},
                    {"b", value_or_null(difference.b)},
                    {"unit", difference.field.unit},
                    {"meaning", difference.field.meaning}});
  return list;
}

}  // namespace

std::string json_text(std::span<const ResolvedValue> values, const Origins& origins) {
  auto list = Json::array();
  for (const ResolvedValue& value : values) {
    Json item{{"path", value.path()}};
    if (value.parts.empty()) item["value"] = value_or_null(value.value);
    for (const auto& [key, part] : value.parts) item["value"][key] = value_json(part);
    item["unit"] = value.field.unit;
    item["origin"] = origin_json(value, origins);
    item["meaning"] = value.field.meaning;
    list.push_back(std::move(item));
  }
  return list.dump(2) + "\n";
}

std::string json_text(const std::string& a, const std::string& b, std::span<const Difference> differences) {
  const Json answer{{"a", a}, {"b", b}, {"differences", differences_json(differences)}};
  return answer.dump(2) + "\n";
}

std::string json_text(const ListedOptions& list) {
  Json answer{
      {"file", visible(list.file, Lines::one)}, {"name", list.scenario.name}, {"cost", list.cost}, {"options", Json::array()}};
  for (const ListedOption& option : list.options) {
    const bool sensible = option.made.reason.empty();
    answer["options"].push_back({{"name", option.made.option.name},
                                 {"meaning", option.made.meaning},
                                 {"reason", sensible ? Json() : Json(option.made.reason)},
                                 {"cost", sensible ? Json(option.cost) : Json()},
                                 {"differences", differences_json(option.differences)}});
  }
  return answer.dump(2) + "\n";
}

}  // namespace coalis
