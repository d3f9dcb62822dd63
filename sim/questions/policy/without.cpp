#include "coalis/questions/policy/without.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "changed_item.hpp"
#include "coalis/core/diagnostic.hpp"
#include "hubs.hpp"
#include "made.hpp"

namespace coalis {
namespace {

// Of the hubs that serve any the nearest to a region, but for one; -1 if there is none.
int nearest_other(const Scenario& s, std::size_t region, std::size_t but) {
  int nearest = -1;
  const auto hours = [&](std::size_t hub) {
    return s.travel[region * s.regions.size() + static_cast<std::size_t>(s.hubs[hub].seat)];
  };
  for (std::size_t hub = 0; hub < s.hubs.size(); ++hub)
    if (hub != but && !s.hubs[hub].serves.empty() && (nearest < 0 || hours(hub) < hours(static_cast<std::size_t>(nearest))))
      nearest = static_cast<int>(hub);
  return nearest;
}

Scenario without_hub(Scenario s, std::size_t gone) {
  std::vector<std::vector<int>> serves(s.hubs.size());
  for (std::size_t hub = 0; hub < s.hubs.size(); ++hub)
    if (hub != gone) serves[hub] = s.hubs[hub].serves;
  for (const int region : s.hubs[gone].serves) {
    const auto has = [&](const std::vector<int>& list) { return std::find(list.begin(), list.end(), region) != list.end(); };
    if (std::any_of(serves.begin(), serves.end(), has)) continue;
    auto& list = serves[static_cast<std::size_t>(nearest_other(s, static_cast<std::size_t>(region), gone))];
    list.insert(std::upper_bound(list.begin(), list.end(), region), region);
  }
  const int next = nearest_other(s, static_cast<std::size_t>(s.hubs[gone].seat), gone);
  for (std::size_t i = 0; i < s.series.size(); ++i)
    if (s.series[i].hub == static_cast<int>(gone) && s.series[i].audience != static_cast<int>(Audience::hub))
      series_item(s, static_cast<int>(i)).set("hub", next, 0);
  hub_item(s, static_cast<int>(gone)).set("fte", 0.0, 0);
  for (std::size_t hub = 0; hub < s.hubs.size(); ++hub) hub_item(s, static_cast<int>(hub)).set("serves", serves[hub], 0);
  return s;
}

Asked<Scenario> problem(std::string what, std::string advice) {
  return {std::nullopt, {option_problem("", std::move(what), std::move(advice))}};
}

}  // namespace

Asked<Scenario> without(const Scenario& scenario, std::string_view name) {
  std::vector<std::string> known;
  std::vector<bool> kept;
  for (const Series& series : scenario.series) known.push_back(series.name), kept.push_back(series.name != name);
  if (std::find(kept.begin(), kept.end(), false) != kept.end()) {
    Scenario left = scenario;
    keep_series(left, kept);
    return {std::move(left), {}};
  }
  for (std::size_t hub = 0; hub < scenario.hubs.size(); ++hub) {
    known.push_back(scenario.hubs[hub].name);
    if (scenario.hubs[hub].name != name) continue;
    if (nearest_other(scenario, static_cast<std::size_t>(scenario.hubs[hub].seat), hub) < 0)
      return problem(fmt::format("'{}' is the only hub", name), "take its staff away with 'staff 0', or let 'members convene'");
    return {without_hub(scenario, hub), {}};
  }
  const auto rows = fields<Levers>();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    known.push_back(words_of_lever(rows[i].name));
    if (known.back() == name) return {changed(scenario, Made{Made::What::lever, 0, false, false, i}), {}};
  }
  return problem(fmt::format("no series, hub or lever is called '{}'", name), choose_advice(name, known));
}

}  // namespace coalis
