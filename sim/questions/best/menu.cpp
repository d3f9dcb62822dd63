#include "coalis/questions/best/menu.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "coalis/model/plan.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/questions/policy/beginning.hpp"
#include "coalis/questions/policy/ready_made.hpp"
#include "coalis/statistics/unit_points.hpp"

namespace coalis {
namespace {

constexpr std::array coarse_meetings{4, 6, 12};
constexpr std::array fine_meetings{2, 3, 8, 9};
constexpr double share_off = 0.6;  // of the first round, for what is on or off

std::string meetings(int a_year) { return fmt::format("{} meetings a year", a_year); }

// Options of which one alone can be: how many hubs, how many meetings, whom to recruit.
std::string family_of(const std::string& name) {
  if (name.ends_with(" hub") || name.ends_with(" hubs")) return "hubs";
  if (name == "monthly meetings") return "meetings";
  return name.starts_with("recruitment") ? "recruitment" : name;
}

// Staff gets what money is left; hubs with a common core are hubs and a common core.
bool is_composed(const std::string& name) {
  return name == "full-time leader" || name == "half a post more" || name.ends_with(" with a common core");
}

// Half of a lever, if it is one that has amounts.
std::optional<std::string> half_of(const Scenario& scenario, const std::string& name) {
  const std::string half = name + " 0.5";
  return with_ready_made(scenario, half) ? std::optional(half) : std::nullopt;
}

// No hub has more than a post: what supports more is not known.
double most_staff(const Scenario& at_one_post, int from) {
  double largest = 0;
  const auto plan = make_plan(at_one_post);
  for (const Hub& hub : plan->policy(from).hubs) largest = std::max(largest, hub.fte);
  return largest > 0 ? 1 / largest : 0;
}

std::string posts(double staff) { return fmt::format("{:g}", staff); }

constexpr std::string_view staff_change = "staff ";

std::optional<Scenario> begins(const Scenario& scenario, Scenario with, int from) {
  if (from == 0) return with;
  return beginning_in(scenario, with, from).question;
}

// What the money leaves for staff when everything else is paid, in hundredths of a post.
std::optional<double> staff_for(const Scenario& scenario, const Scenario& with, double money, int from) {
  const auto staffed = [&](const char* staff) -> std::optional<Scenario> {
    auto one = with_ready_made(with, staff);
    return one ? begins(scenario, std::move(*one), from) : std::nullopt;
  };
  const auto none = staffed("staff 0"), one = staffed("staff 1");
  if (!none || !one) return std::nullopt;
  const double without = planned_cost(*none, from), a_post = planned_cost(*one, from) - without;
  if (without > money || !(a_post > 0)) return std::nullopt;
  return std::floor(100 * std::min((money - without) / a_post, most_staff(*one, from))) / 100;
}

}  // namespace

std::string change_said(const std::string& change) {
  if (!change.starts_with(staff_change)) return change;
  const std::string number = change.substr(staff_change.size());
  if (number.find_first_not_of("0123456789.e-") != number.npos) return change;
  return number == "1" ? "1 post in all" : number + " posts in all";
}

Menu menu_of(const Scenario& scenario) {
  std::vector<std::string> families;
  Menu menu;
  for (const ReadyMade& made : ready_made_options(scenario)) {
    const std::string& name = made.option.name;
    const std::string family = family_of(name);
    if (!made.reason.empty() || is_composed(name)) continue;
    const auto at = static_cast<std::size_t>(std::find(families.begin(), families.end(), family) - families.begin());
    if (at == families.size()) families.push_back(family), menu.choices.push_back({{""}, 0});
    if (family != "meetings") menu.choices[at].settings.push_back(name);
  }
  for (std::size_t c = 0; c < families.size(); ++c) {
    Menu::Choice& choice = menu.choices[c];
    choice.way = families[c] == "hubs" || families[c] == "members convene";
    if (families[c] == "meetings")
      for (const int a_year : coarse_meetings) choice.settings.push_back(meetings(a_year));
    choice.coarse = choice.settings.size();
    if (families[c] == "meetings")
      for (const int a_year : fine_meetings) choice.settings.push_back(meetings(a_year));
    else if (const auto half = choice.coarse == 2 ? half_of(scenario, families[c]) : std::nullopt)
      choice.settings.push_back(*half);
  }
  return menu;
}

std::optional<Possible> possible(const Scenario& scenario, const Menu& menu, const Combination& of, double money, int from) {
  Possible result{of, {}, scenario, 0};
  for (std::size_t c = 0; c < menu.choices.size(); ++c) {
    const std::string& setting = menu.choices[c].settings[of.settings[c]];
    if (setting.empty()) continue;
    auto with = with_ready_made(result.scenario, setting);
    if (!with) return std::nullopt;
    result.scenario = std::move(*with);
    result.option.changes.push_back(setting);
  }
  std::vector<std::string>& changes = result.option.changes;
  const bool leaderless = std::find(changes.begin(), changes.end(), "members convene") != changes.end();
  result.option.name = fmt::format("{}", fmt::join(changes, " + "));
  if (!leaderless) {
    const auto staff = staff_for(scenario, result.scenario, money, from);
    if (!staff) return std::nullopt;
    result.option.name += changes.empty() ? "as it is, with " : " + ";
    changes.push_back(std::string(staff_change) + posts(*staff));
    result.scenario = *with_ready_made(result.scenario, changes.back());
    result.option.name += change_said(changes.back());
  }
  auto begun = begins(scenario, std::move(result.scenario), from);
  if (!begun) return std::nullopt;
  result.scenario = std::move(*begun);
  result.scenario.name = result.option.name;
  result.cost = planned_cost(result.scenario, from);
  if (result.cost > money) return std::nullopt;
  return result;
}

Cheapest cheapest(const Scenario& scenario, const Menu& menu, int from) {
  Cheapest least{std::vector<std::size_t>(menu.choices.size(), 0), planned_cost(scenario, from)};
  const auto cost_of = [&](const std::vector<std::size_t>& settings) -> std::optional<double> {
    std::optional<Scenario> with = scenario;
    for (std::size_t c = 0; with && c < settings.size(); ++c)
      if (const std::string& setting = menu.choices[c].settings[settings[c]]; !setting.empty())
        with = with_ready_made(*with, setting);
    if (with) with = with_ready_made(*with, "staff 0");
    if (with) with = begins(scenario, std::move(*with), from);
    return with ? std::optional(planned_cost(*with, from)) : std::nullopt;
  };
  if (const auto cost = cost_of(least.settings); cost && *cost < least.cost) least.cost = *cost;
  for (std::size_t c = 0; c < menu.choices.size(); ++c)
    for (std::size_t s = 1; s < menu.choices[c].settings.size(); ++s) {
      std::vector<std::size_t> settings = least.settings;
      settings[c] = s;
      if (const auto cost = cost_of(settings); cost && *cost < least.cost) least = {std::move(settings), *cost};
    }
  return least;
}

std::vector<Combination> first_round(const Menu& menu, std::size_t amounts, std::size_t all, std::size_t points,
                                     std::uint64_t seed) {
  const std::size_t choices = menu.choices.size();
  std::vector<Combination> list;
  std::set<Combination> known;
  const auto add = [&](const Combination& one) {
    if (known.insert(one).second) list.push_back(one);
  };
  const std::vector<std::size_t> as_it_is(choices, 0);
  for (std::size_t money = 0; money < amounts; ++money) add({money, as_it_is});
  for (std::size_t c = 0; c < choices; ++c)
    for (std::size_t s = 1; s < menu.choices[c].coarse; ++s) {
      Combination one{all, as_it_is};
      one.settings[c] = s;
      add(one);
    }
  for (const auto& point : latin_hypercube(points, choices + 1, seed)) {
    Combination one{static_cast<std::size_t>(point[choices] * static_cast<double>(amounts)), as_it_is};
    for (std::size_t c = 0; c < choices; ++c) {
      const std::size_t coarse = menu.choices[c].coarse;
      one.settings[c] = coarse == 2 ? point[c] >= share_off : static_cast<std::size_t>(point[c] * static_cast<double>(coarse));
    }
    add(one);
  }
  return list;
}

std::vector<std::size_t> way_of(const Menu& menu, const Combination& of) {
  std::vector<std::size_t> way;
  for (std::size_t c = 0; c < menu.choices.size(); ++c)
    if (menu.choices[c].way) way.push_back(of.settings[c]);
  return way;
}

std::vector<Combination> neighbours(const Menu& menu, const Combination& of, std::size_t amounts) {
  std::vector<Combination> list;
  for (std::size_t money = 0; money < amounts; ++money)
    if (money != of.money) list.push_back({money, of.settings});
  for (std::size_t c = 0; c < menu.choices.size(); ++c)
    for (std::size_t s = 0; s < menu.choices[c].settings.size(); ++s) {
      if (s == of.settings[c]) continue;
      Combination one = of;
      one.settings[c] = s;
      list.push_back(std::move(one));
    }
  return list;
}

}  // namespace coalis
