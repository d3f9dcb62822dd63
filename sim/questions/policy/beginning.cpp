#include "coalis/questions/policy/beginning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "coalis/core/path_names.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/model/plan.hpp"

namespace coalis {
namespace {

template <class Item>
int place_of(const std::vector<Item>& items, const std::string& name) {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.name == name; });
  return found == items.end() ? -1 : static_cast<int>(found - items.begin());
}

template <class Item>
bool same_names(const std::vector<Item>& a, const std::vector<Item>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Item& x, const Item& y) { return x.name == y.name; });
}

class Beginning {
 public:
  Beginning(const Scenario& before, const Scenario& after, int from)
      : before_(before), after_(after), from_(from), result_(before) {}

  Asked<Scenario> all() {
    refuse_fixed();
    if (!problems_.empty()) return {std::nullopt, std::move(problems_)};
    result_.name = after_.name, result_.description = after_.description, result_.evidence = after_.evidence;
    result_.interventions.clear();
    levers_and_environment();
    hubs();
    series();
    items(before_.regions, after_.regions, Target::region, "regions.");
    items(before_.roles, after_.roles, Target::role, "roles.");
    interventions();
    if (!problems_.empty()) return {std::nullopt, std::move(problems_)};
    return {std::move(result_), {}};
  }

 private:
  void refuse(const std::string& what) {
    problems_.push_back(option_problem("", fmt::format("{} cannot change on the way", what),
                                       "let the option begin with the run, or leave it out"));
  }

  void refuse_fixed() {
    const auto fixed = [&](const auto& a, const auto& b, const char* what) {
      if (!(a == b)) refuse(what);
    };
    fixed(before_.calendar, after_.calendar, "the calendar");
    fixed(before_.organisations, after_.organisations, "the organisations");
    fixed(before_.travel, after_.travel, "travel");
    fixed(before_.kinds, after_.kinds, "kinds of events");
    fixed(before_.structure, after_.structure, "the structure");
    fixed(before_.parameters, after_.parameters, "parameters");
    fixed(before_.costs, after_.costs, "costs");
    fixed(before_.survey, after_.survey, "the survey");
    if (!same_names(before_.regions, after_.regions)) refuse("which regions there are");
    if (!same_names(before_.roles, after_.roles)) refuse("which roles there are");
    for (std::size_t i = 0; problems_.empty() && i < after_.roles.size(); ++i)
      fixed(before_.roles[i].share, after_.roles[i].share, "roles' shares");
  }

  // The value of one row from the month on.
  template <class T, class Value>
  void change(Target target, int element, std::size_t field, const std::string& prefix, Value value) {
    const auto& row = fields<T>()[field];
    const std::string path = prefix + std::string(row.name);
    const bool can =
        row.name != "name" && row.name != "share" && row.name != "viewpoint" && row.name != "kind" && row.name != "phase";
    if constexpr (!std::is_same_v<Value, std::string>)
      if (can) {
        result_.interventions.push_back(
            {path, target, element, static_cast<int>(field), std::move(value), from_, before_.calendar.months, 1});
        return;
      }
    refuse(path);
  }

  // What differs of a table.
  template <class T>
  void rows(const T& was, const T& is, Target target, int element, const std::string& prefix) {
    for (std::size_t field = 0; field < fields<T>().size(); ++field) {
      const auto& row = fields<T>()[field];
      std::visit(
          [&](auto member) {
            auto value = is.*member;
            if constexpr (std::is_same_v<decltype(value), int>)
              if (row.refers == Refers::hub) value = place_of(result_.hubs, after_.hubs[static_cast<std::size_t>(value)].name);
            if (!(was.*member == value)) change<T>(target, element, field, prefix, std::move(value));
          },
          row.member);
    }
  }

  template <class Item>
  void items(const std::vector<Item>& was, const std::vector<Item>& is, Target target, const std::string& list) {
    for (std::size_t i = 0; i < is.size(); ++i)
      rows(was[i], is[i], target, static_cast<int>(i), list + in_path(is[i].name) + ".");
  }

  void levers_and_environment() {
    rows(before_.levers, after_.levers, Target::levers, 0, "levers.");
    rows(before_.environment, after_.environment, Target::environment, 0, "environment.");
  }

  // A hub that is new, or gone, has no staff and serves nobody until, or from, then.
  void hubs() {
    for (const Hub& hub : after_.hubs) {
      if (place_of(result_.hubs, hub.name) >= 0) continue;
      Hub idle = hub;
      idle.fte = 0, idle.serves.clear();
      result_.hubs.push_back(std::move(idle));
    }
    for (std::size_t h = 0; h < result_.hubs.size(); ++h) {
      const Hub was = result_.hubs[h];
      const int at = place_of(after_.hubs, was.name);
      Hub is = was;
      if (at >= 0)
        is = after_.hubs[static_cast<std::size_t>(at)];
      else
        is.fte = 0, is.serves.clear();
      rows(was, is, Target::hub, static_cast<int>(h), "hubs." + in_path(was.name) + ".");
    }
  }

  // Those that are gone end, those that are new begin; one that would only have begun later is not there at all.
  void series() {
    result_.series.clear();
    for (const Series& was : before_.series) {
      const int at = place_of(after_.series, was.name);
      if (at < 0 && was.from >= from_) continue;
      Series kept = was;
      if (at < 0) kept.until = std::min(kept.until, from_);
      result_.series.push_back(kept);
      if (at < 0) continue;
      Series is = after_.series[static_cast<std::size_t>(at)];
      span_of(result_.series.back(), was, is);
      is.from = result_.series.back().from, is.until = result_.series.back().until;
      rows(result_.series.back(), is, Target::series, static_cast<int>(result_.series.size()) - 1,
           "series." + in_path(was.name) + ".");
    }
    for (const Series& is : after_.series) {
      if (place_of(before_.series, is.name) >= 0 || is.until <= from_) continue;
      Series fresh = is;
      fresh.from = std::max(fresh.from, from_);
      fresh.hub = place_of(result_.hubs, after_.hubs[static_cast<std::size_t>(is.hub)].name);
      result_.series.push_back(std::move(fresh));
    }
  }

  // First and last month of a series that both have: nothing that would have been held before the month moves.
  void span_of(Series& series, const Series& was, const Series& is) const {
    if (was.from >= from_) series.from = std::max(is.from, from_);
    if (was.until > from_ || is.until > from_) series.until = std::max({is.until, from_, series.from + 1});
  }

  // Those of `before`, which end then if `after` has them no more, and behind them those that are new.
  void interventions() {
    std::vector<Intervention> added = after_.interventions;
    for (const Intervention& was : before_.interventions) {
      const auto same = std::find_if(added.begin(), added.end(), [&](const Intervention& is) {
        return is.set == was.set && is.value == was.value && is.from == was.from && is.until == was.until && is.ramp == was.ramp;
      });
      Intervention kept = was;
      if (same != added.end())
        added.erase(same);
      else if (was.from >= from_)
        continue;
      else
        kept.until = std::min(kept.until, from_);
      add(std::move(kept), before_);
    }
    for (Intervention& fresh : added) {
      if (fresh.until <= from_) continue;
      fresh.from = std::max(fresh.from, from_);
      add(std::move(fresh), after_);
    }
  }

  // Of a scenario with other places; none if what it changes is not there.
  void add(Intervention intervention, const Scenario& of) {
    const auto element = static_cast<std::size_t>(intervention.element);
    if (intervention.target == Target::hub) intervention.element = place_of(result_.hubs, of.hubs[element].name);
    if (intervention.target == Target::series) {
      intervention.element = place_of(result_.series, of.series[element].name);
      const auto& row = fields<Series>()[static_cast<std::size_t>(intervention.field)];
      if (row.refers == Refers::hub)
        intervention.value = place_of(result_.hubs, of.hubs[static_cast<std::size_t>(std::get<int>(intervention.value))].name);
    }
    if (intervention.element >= 0) result_.interventions.push_back(std::move(intervention));
  }

  const Scenario &before_, &after_;
  const int from_;
  Scenario result_;
  std::vector<Diagnostic> problems_;
};

// The series of a month; when they end is no part of it.
std::vector<Series> running(const Policy& policy, int month) {
  std::vector<Series> list;
  for (const Series& series : policy.series)
    if (runs(policy, series, month)) list.push_back(series), list.back().until = 0;
  return list;
}

// Those that one has more do nothing.
bool same_hubs(const std::vector<Hub>& a, const std::vector<Hub>& b) {
  const auto shared = static_cast<std::ptrdiff_t>(std::min(a.size(), b.size()));
  const auto idle = [](const Hub& hub) { return !(hub.fte > 0) && hub.serves.empty(); };
  return std::equal(a.begin(), a.begin() + shared, b.begin()) && std::all_of(a.begin() + shared, a.end(), idle) &&
         std::all_of(b.begin() + shared, b.end(), idle);
}

}  // namespace

Asked<Scenario> beginning_in(const Scenario& before, const Scenario& after, int from) {
  if (from <= 0) return {after, {}};
  return Beginning(before, after, from).all();
}

int same_in_force_until(const Scenario& a, const Scenario& b) {
  const auto plan_a = make_plan(a), plan_b = make_plan(b);
  for (int month = 0; month < plan_a->months(); ++month) {
    const Policy &x = plan_a->policy(month), &y = plan_b->policy(month);
    if (!(x.levers == y.levers && x.environment == y.environment && same_hubs(x.hubs, y.hubs) && x.regions == y.regions &&
          x.roles == y.roles && running(x, month) == running(y, month)))
      return month;
  }
  return plan_a->months();
}

bool same_in_force(const Scenario& a, const Scenario& b) { return same_in_force_until(a, b) == a.calendar.months; }

}  // namespace coalis
