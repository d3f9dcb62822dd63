#include "coalis/model/supported.hpp"

#include <algorithm>

#include "coalis/core/counted.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/model/plan.hpp"

namespace coalis {
namespace {

double distance(const Supported& range, double value) { return std::max({range.min - value, value - range.max, 0.0}); }

// The levers found outside so far, one entry a path.
class Outside {
 public:
  // All levers of a table as they stand in a month; `prefix` ends with a dot.
  template <class T>
  void look(const std::string& prefix, const T& table, int month) {
    for (const Field<T>& row : fields<T>()) {
      if (row.supported.reason.empty()) continue;
      if (const auto* real = std::get_if<double T::*>(&row.member)) note(prefix, row.name, table.**real, month, row.supported);
      if (const auto* whole = std::get_if<int T::*>(&row.member)) note(prefix, row.name, table.**whole, month, row.supported);
    }
  }
  std::vector<Extrapolation> found;

 private:
  void note(const std::string& prefix, std::string_view name, double value, int month, const Supported& range) {
    if (!(distance(range, value) > 0)) return;
    const std::string path = prefix + std::string(name);
    const auto known = std::find_if(found.begin(), found.end(), [&](const Extrapolation& e) { return e.path == path; });
    if (known == found.end()) return found.push_back({path, value, month, 1, range});
    ++known->months;
    if (distance(range, value) > distance(range, known->value)) known->value = value;
  }
};

}  // namespace

std::vector<Extrapolation> extrapolations(const Scenario& scenario) {
  const auto plan = make_plan(scenario);
  Outside calendar, hubs, series, levers, environment;
  for (int month = 0; month < plan->months(); ++month) {
    const Policy& policy = plan->policy(month);
    calendar.look("calendar.", scenario.calendar, month);
    for (const Hub& hub : policy.hubs) hubs.look("hubs." + hub.name + ".", hub, month);
    for (const Series& one : policy.series)
      if (runs(policy, one, month)) series.look("series." + one.name + ".", one, month);
    levers.look("levers.", policy.levers, month);
    environment.look("environment.", policy.environment, month);
  }
  std::vector<Extrapolation> all;
  for (const Outside* table : {&calendar, &hubs, &series, &levers, &environment})
    all.insert(all.end(), table->found.begin(), table->found.end());
  return all;
}

std::string to_string(const Extrapolation& e) {
  return e.path + " is " + number_text(e.value) + " for " + counted(e.months, "month") + ", supported are " +
         supported_text(e.supported);
}

bool can_be_chosen(std::string_view table, std::string_view key) {
  if (table == "hubs" || table == "series" || table == "levers") return true;
  if (table == "kinds") return key == "always_held" || key == "networking" || key == "bridging";  // how an event is done
  return (table == "regions" || table == "roles") && key == "recruitment";
}

}  // namespace coalis
