// A key's group stands in its field row.
#include "coalis/inference/inputs.hpp"

#include <algorithm>
#include <array>

#include "coalis/model/fields.hpp"

namespace coalis {
namespace {

constexpr std::array<std::string_view, 5> groups{"management", "commitment", "resources", "network", "viewpoints"};

template <class T>
std::string_view group_in(std::string_view key) {
  for (const Field<T>& row : fields<T>())
    if (row.name == key && row.group >= Group::management)
      return groups[static_cast<std::size_t>(row.group) - static_cast<std::size_t>(Group::management)];
  return "";
}

}  // namespace

std::span<const std::string_view> input_groups() { return groups; }

std::string_view group_of(std::string_view path) {
  const auto first = path.find('.'), last = path.rfind('.');
  if (first == path.npos) return "";
  const std::string_view table = path.substr(0, first), key = path.substr(last + 1);
  if (table == "parameters") return group_in<Parameters>(key);
  if (table == "hubs") return group_in<Hub>(key);
  if (table == "series") return group_in<Series>(key);
  if (table == "kinds") return group_in<Kind>(key);
  if (table == "levers") return group_in<Levers>(key);
  if (table == "environment") return group_in<Environment>(key);
  return table == "roles" ? group_in<Role>(key) : "";
}

std::vector<Input> single_inputs(std::span<const std::string> names) {
  std::vector<Input> inputs;
  for (std::size_t i = 0; i < names.size(); ++i) inputs.push_back({names[i], {i}, false});
  return inputs;
}

std::vector<Input> grouped_inputs(std::span<const std::string> names, std::span<const std::string> paths) {
  std::vector<Input> inputs, alone;
  for (const auto group : groups) inputs.push_back({std::string(group), {}, true});
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto group = std::find(groups.begin(), groups.end(), group_of(paths[i]));
    if (group == groups.end())
      alone.push_back({names[i], {i}, false});
    else
      inputs[static_cast<std::size_t>(group - groups.begin())].factors.push_back(i);
  }
  std::erase_if(inputs, [](const Input& input) { return input.factors.empty(); });
  inputs.insert(inputs.end(), alone.begin(), alone.end());
  return inputs;
}

}  // namespace coalis
