// See roster.hpp.
#include "coalis/model/roster.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "coalis/core/draws.hpp"
#include "coalis/core/names.hpp"

namespace coalis {

std::uint32_t free_key(std::uint32_t key, std::unordered_set<std::uint32_t>& taken) {
  while (!taken.insert(key).second) ++key;
  return key;
}

void assign_keys(std::vector<Member>& roster) {
  std::unordered_set<std::uint32_t> taken;
  for (Member& member : roster) member.key = free_key(hash_name(name_key(member.name)), taken);
}

std::vector<int> put_in_order(std::vector<Member>& roster) {
  std::vector<std::string> names;
  for (const Member& member : roster) names.push_back(name_key(member.name));
  std::vector<int> order(roster.size()), place_of(roster.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return names[static_cast<std::size_t>(a)] < names[static_cast<std::size_t>(b)]; });
  std::vector<Member> sorted;
  for (const int row : order) {
    place_of[static_cast<std::size_t>(row)] = static_cast<int>(sorted.size());
    sorted.push_back(std::move(roster[static_cast<std::size_t>(row)]));
  }
  roster = std::move(sorted);
  assign_keys(roster);
  return place_of;
}

std::string organisation_name(const Scenario& scenario, int organisation) {
  const auto& roster = scenario.organisations.roster;
  const auto place = static_cast<std::size_t>(organisation);
  if (roster.empty()) return "";
  return place < roster.size() ? roster[place].name : "non-member " + std::to_string(place - roster.size() + 1);
}

int organisation_named(const Scenario& scenario, std::string_view name) {
  const std::string wanted = name_key(name);
  const int count = scenario.organisations.roster.empty() ? 0 : scenario.organisations.count();
  for (int i = 0; i < count; ++i)
    if (name_key(organisation_name(scenario, i)) == wanted) return i;
  return -1;
}

}  // namespace coalis
