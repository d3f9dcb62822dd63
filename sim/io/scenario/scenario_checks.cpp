// What must hold between the values of a scenario: sums, symmetry, pairs of parameters; and warnings.
#include <cmath>
#include <map>

#include "coalis/core/draws.hpp"
#include "coalis/model/parameter_sums.hpp"
#include "scenario_reading.hpp"

namespace coalis::io {
namespace {

constexpr double sum_tolerance = 1e-6;

// The item of a list of tables, for its place.
Place place_of_item(const Reading& reading, std::string_view list, std::size_t item, std::string_view key) {
  const auto& array = std::get<Array>(reading.root.find(list)->node.value);
  const auto& table = std::get<Table>(array[item].value);
  const Entry* entry = table.find(key);
  return entry ? entry->node.place : array[item].place;
}

Place place_of_list(const Reading& reading, std::string_view list) {
  const Entry* entry = reading.root.find(list);
  return entry ? entry->place : reading.file;
}

void check_count(Reading& reading, std::string_view list, std::size_t count, int most) {
  if (count > static_cast<std::size_t>(most))
    reading.error(place_of_list(reading, list), fmt::format("there are {} {}", count, list),
                  fmt::format("at most {} are possible; merge some", most));
}

void check_regions(Reading& reading) {
  const auto& regions = reading.scenario.regions;
  const Place place = place_of_list(reading, "regions");
  if (reading.broken.contains("region")) return;
  if (regions.empty()) return reading.error(place, "there are no regions", "add at least one [[regions]]");
  check_count(reading, "regions", regions.size(), max_regions);
  double sum = 0;
  for (const Region& region : regions) sum += region.share;
  if (std::abs(sum - 1) > sum_tolerance) {
    reading.error(place, fmt::format("the shares of the regions add up to {:.7g}", sum), "make them add up to 1");
  }
}

void check_roles(Reading& reading) {
  const Scenario& scenario = reading.scenario;
  const Place place = place_of_list(reading, "roles");
  if (reading.broken.contains("role")) return;
  if (scenario.roles.empty()) return reading.error(place, "there are no roles", "add at least one [[roles]]");
  check_count(reading, "roles", scenario.roles.size(), max_roles);
  for (std::size_t sector = 0; sector < sectors; ++sector) {
    if (scenario.organisations.members[sector] == 0) continue;  // nobody draws from these shares
    double sum = 0;
    for (const Role& role : scenario.roles) sum += role.share[sector];
    if (std::abs(sum - 1) > sum_tolerance) {
      reading.error(place, fmt::format("the roles' shares of the sector {} add up to {:.7g}", sector_names[sector], sum),
                    "make them add up to 1");
    }
  }
}

void check_organisations(Reading& reading) {
  const Organisations& organisations = reading.scenario.organisations;
  const Entry* entry = reading.root.find("organisations");
  const auto* table = entry ? std::get_if<Table>(&entry->node.value) : nullptr;
  // Else it has been reported.
  if (!table || reading.roster_failed || (organisations.roster.empty() && !table->find("members"))) return;
  const Place place = reading.place("organisations", "members");
  if (organisations.member_count() == 0) {
    reading.error(place, "there are no members", "give the members of at least one sector (non-members are drawn in proportion)");
  }
  const auto count = static_cast<std::int64_t>(organisations.member_count()) + organisations.nonmembers;
  if (static_cast<double>(count) > members_bounds.max) {
    reading.error(place, fmt::format("there are {} organisations", count),
                  fmt::format("at most {:.0f} are possible", members_bounds.max));
  }
  if (table->find("entry_window") == nullptr && organisations.founding_share < 1) {
    reading.error(reading.place("organisations", "founding_share"), "founding_share is below 1 without an entry_window",
                  "add entry_window: the months in which the other members enrol");
  }
}

void check_travel(Reading& reading) {
  const auto& travel = reading.scenario.travel;
  const std::size_t n = reading.scenario.regions.size();
  if (travel.empty()) return;
  const Entry* hours = std::get<Table>(reading.root.find("travel")->node.value).find("hours");
  const auto& rows = std::get<Array>(hours->node.value);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double there = travel[j * n + i], back = travel[i * n + j];
      if (there == back) continue;
      reading.error(std::get<Array>(rows[i].value)[j].place,
                    fmt::format("travel from '{}' to '{}' takes {} h, back {} h", reading.scenario.regions[j].name,
                                reading.scenario.regions[i].name, number_text(there), number_text(back)),
                    "make the hours symmetric");
    }
  }
}

void check_parameters(Reading& reading) {
  for (const ParameterSum& sum : parameter_sums(reading.scenario)) {
    if (within_bounds(sum)) continue;
    reading.error(reading.place("parameters", sum.key), fmt::format("{} is {:.7g}", sum.name, sum.value),
                  fmt::format("keep it {}{}", sum.bounds.open_min ? "" : "within ", range_text(sum.bounds)));
  }
}

// Names key the draws by a hash; two that share it would share their luck.
template <class Named>
void check_hashes(Reading& reading, std::string_view list, const std::vector<Named>& items) {
  std::map<std::uint32_t, std::string_view> seen;
  for (const Named& item : items) {
    const auto [other, fresh] = seen.emplace(hash_name(item.name), item.name);
    if (fresh || other->second == item.name) continue;
    reading.error(place_of_list(reading, list),
                  fmt::format("the names '{}' and '{}' have the same hash", other->second, item.name),
                  "change one of them a little");
  }
}

std::string month_name(const Calendar& calendar, int month) {
  const int months = *parse_date(calendar.start) + month;
  return fmt::format("{:04}-{:02}", months / 12, months % 12 + 1);
}

// Interventions on what a hub serves, by hub, in their order.
std::vector<std::vector<const Intervention*>> service_changes(const Scenario& scenario) {
  std::vector<std::vector<const Intervention*>> changes(scenario.hubs.size());
  for (const Intervention& intervention : scenario.interventions) {
    if (intervention.target == Target::hub && std::holds_alternative<std::vector<int>>(intervention.value))
      changes[static_cast<std::size_t>(intervention.element)].push_back(&intervention);
  }
  return changes;
}

// The months from one change of what a hub serves to the next.
std::vector<int> months_of_change(const std::vector<const Intervention*>& changes, int months) {
  std::vector<int> at{0, months};
  for (const Intervention* change : changes)
    at.insert(at.end(), {std::min(change->from, months), std::min(change->until, months)});
  std::sort(at.begin(), at.end());
  at.erase(std::unique(at.begin(), at.end()), at.end());
  return at;
}

// [region][month]: a hub serves it, interventions included.
std::vector<std::vector<bool>> served_months(const Scenario& scenario) {
  const int months = scenario.calendar.months;
  std::vector<std::vector<int>> begins(scenario.regions.size(), std::vector<int>(static_cast<std::size_t>(months) + 1));
  const auto changes = service_changes(scenario);
  for (std::size_t hub = 0; hub < scenario.hubs.size(); ++hub) {
    const auto at = months_of_change(changes[hub], months);
    for (std::size_t i = 0; i + 1 < at.size(); ++i) {
      const std::vector<int>* serves = &scenario.hubs[hub].serves;
      for (const Intervention* change : changes[hub]) {
        if (change->from <= at[i] && at[i] < change->until) serves = &std::get<std::vector<int>>(change->value);
      }
      for (const int region : *serves) {
        ++begins[static_cast<std::size_t>(region)][static_cast<std::size_t>(at[i])];
        --begins[static_cast<std::size_t>(region)][static_cast<std::size_t>(at[i + 1])];
      }
    }
  }
  std::vector<std::vector<bool>> served;
  for (const auto& of_region : begins) {
    auto& now = served.emplace_back();
    for (int month = 0, hubs = 0; month < months; ++month)
      now.push_back((hubs += of_region[static_cast<std::size_t>(month)]) > 0);
  }
  return served;
}

void warn_unserved_regions(Reading& reading) {
  const Scenario& scenario = reading.scenario;
  const auto served = served_months(scenario);
  for (std::size_t region = 0; region < served.size(); ++region) {
    const auto begin = served[region].begin(), end = served[region].end();
    const auto first = std::find(begin, end, false);
    if (first == end) continue;
    const auto last = std::find(first, end, true);
    const bool always = first == begin && last == end;
    const std::string from = month_name(scenario.calendar, static_cast<int>(first - begin));
    const std::string until = last == end ? "on" : "until " + month_name(scenario.calendar, static_cast<int>(last - begin));
    reading.warn(place_of_item(reading, "regions", region, "name"),
                 fmt::format("no hub serves the region '{}'{}", scenario.regions[region].name,
                             always ? "" : fmt::format(" from {} {}", from, until)),
                 "its organisations see no hub and are in no audience 'hub'");
  }
}

void warn_unused_kinds(Reading& reading) {
  std::vector<bool> used(reading.scenario.kinds.size());
  for (const Series& series : reading.scenario.series) used[static_cast<std::size_t>(series.kind)] = true;
  for (std::size_t kind = 0; kind < used.size(); ++kind) {
    if (used[kind]) continue;
    const std::string& name = reading.scenario.kinds[kind].name;
    reading.warn(reading.place("kinds", name), fmt::format("no series has the kind '{}'", name),
                 "its participation is missing in the results");
  }
}

}  // namespace

void check_scenario(Reading& reading) {
  check_regions(reading);
  check_organisations(reading);
  check_roles(reading);
  check_count(reading, "hubs", reading.scenario.hubs.size(), max_hubs);
  check_travel(reading);
  check_parameters(reading);
  check_hashes(reading, "kinds", reading.scenario.kinds);
  check_hashes(reading, "hubs", reading.scenario.hubs);
  check_hashes(reading, "series", reading.scenario.series);
  const auto& diagnostics = reading.diagnostics;
  if (!std::all_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.warning; })) return;
  warn_unserved_regions(reading);
  warn_unused_kinds(reading);
}

}  // namespace coalis::io
