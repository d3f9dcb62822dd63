// The values in which two scenarios differ, and which of them can be chosen.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "coalis/io/scenario/resolved.hpp"
#include "coalis/model/supported.hpp"
#include "scenario_load.hpp"
#include "value_text.hpp"

namespace coalis {
namespace {

using Values = std::vector<ResolvedValue>;

bool is_list(std::string_view name) {
  return name == "regions" || name == "roles" || name == "hubs" || name == "kinds" || name == "series";
}

// Names of the items of each list, in their order.
std::map<std::string, std::vector<std::string>> item_names(const Values& values) {
  std::map<std::string, std::vector<std::string>> names;
  for (const ResolvedValue& value : values) {
    const std::string list = value.table.substr(0, value.table.find('.'));
    if (!is_list(list)) continue;
    auto& items = names[list];
    const std::string item = value.table.substr(list.size() + 1);
    if (items.empty() || items.back() != item) items.push_back(item);
  }
  return names;
}

std::vector<std::string> only_common(const std::vector<std::string>& items, const std::vector<std::string>& others) {
  std::vector<std::string> kept;
  std::copy_if(items.begin(), items.end(), std::back_inserter(kept),
               [&](const std::string& item) { return std::find(others.begin(), others.end(), item) != others.end(); });
  return kept;
}

void add_orders(const Values& a, const Values& b, std::vector<Difference>& result) {
  auto others = item_names(b);
  for (const auto& [list, items] : item_names(a)) {
    const auto common_a = only_common(items, others[list]), common_b = only_common(others[list], items);
    if (common_a == common_b) continue;
    FieldText field;
    field.table = list;
    field.meaning = "Order of those that both have.";
    result.push_back({list, io::toml_list(common_a), io::toml_list(common_b), field});
  }
}

// The interventions among the values, by their text.
std::vector<std::string> intervention_texts(const Values& values) {
  std::vector<std::string> texts;
  for (const ResolvedValue& value : values) {
    if (!value.parts.empty()) texts.push_back(value.value);
  }
  return texts;
}

// Those of `values` that are not among `others`; one that stands twice needs two others.
template <class Add>
void for_unmatched(const Values& values, std::vector<std::string> others, Add add) {
  for (const ResolvedValue& value : values) {
    if (value.parts.empty()) continue;
    const auto found = std::find(others.begin(), others.end(), value.value);
    if (found == others.end())
      add(value);
    else
      others.erase(found);
  }
}

void add_interventions(const Values& a, const Values& b, std::vector<Difference>& result) {
  const auto texts_a = intervention_texts(a), texts_b = intervention_texts(b);
  const std::size_t before = result.size();
  for_unmatched(a, texts_b, [&](const ResolvedValue& value) {
    result.push_back({value.path(), value.value, std::nullopt, value.field, value.parts});
  });
  for_unmatched(b, texts_a, [&](const ResolvedValue& value) {
    result.push_back({value.path(), std::nullopt, value.value, value.field, value.parts});
  });
  if (result.size() > before || texts_a == texts_b) return;
  FieldText field;
  field.table = "interventions";
  field.meaning = "Order of the interventions.";
  result.push_back({"interventions", io::toml_list(texts_a), io::toml_list(texts_b), field});
}

// An intervention is named by what it sets.
std::string what_changes(const Difference& d) {
  for (const auto& [key, value] : d.parts)
    if (key == "set" && value.size() > 2) return value.substr(1, value.size() - 2);
  return d.path;
}

}  // namespace

std::vector<Difference> differences(const Scenario& a, const Scenario& b) {
  const auto values_a = resolved_values(a), values_b = resolved_values(b);
  std::map<std::string, const ResolvedValue*> in_a, in_b;
  for (const ResolvedValue& value : values_a) in_a.emplace(value.path(), &value);
  for (const ResolvedValue& value : values_b) in_b.emplace(value.path(), &value);
  std::vector<Difference> result;
  for (const ResolvedValue& value : values_a) {
    if (!value.parts.empty()) continue;
    const auto other = in_b.find(value.path());
    if (other == in_b.end())
      result.push_back({value.path(), value.value, std::nullopt, value.field});
    else if (other->second->value != value.value)
      result.push_back({value.path(), value.value, other->second->value, value.field});
  }
  for (const ResolvedValue& value : values_b) {
    if (value.parts.empty() && !in_a.contains(value.path()))
      result.push_back({value.path(), std::nullopt, value.value, value.field});
  }
  add_orders(values_a, values_b, result);
  add_interventions(values_a, values_b, result);
  return result;
}

bool is_policy_path(std::string_view path) {
  std::string problem;
  const auto names = io::split_path(path, problem);
  return names && names->size() > 1 && can_be_chosen(names->front(), names->back());
}

PolicyAndWorld policy_and_world(const Scenario& a, const Scenario& b) {
  PolicyAndWorld result;
  for (const Difference& d : differences(a, b)) {
    if (d.field.table.empty() || d.field.table == "survey") continue;
    (can_be_chosen(d.field.table, d.field.key) ? result.policy : result.world).push_back(what_changes(d));
  }
  return result;
}

}  // namespace coalis
