// Interventions: which value changes, to what, from when until when (model.md section 4).
#include "scenario_reading.hpp"

namespace coalis::io {
namespace {

const std::vector<std::string> targets{"levers", "environment", "hubs", "series", "regions", "roles"};

// What a path names, piece by piece; each wrong piece is an error at `place`.
class Path {
 public:
  Path(Reading& reading, const Place& place, const std::string& text) : reading_(reading), place_(place), text_(text) {}

  bool resolve(Intervention& into) {
    std::string problem;
    const auto names = split_path(text_, problem);
    if (!names) return fail(problem, "write table.key or table.name.key, names with dots or spaces in quotes");
    const std::string& table = names->front();
    if (table == "levers" || table == "environment") {
      into.target = table == "levers" ? Target::levers : Target::environment;
      if (names->size() != 2)
        return fail("this path has " + std::to_string(names->size()) + " names", fmt::format("write {}.key", table));
      into.field = table == "levers" ? row<Levers>(names->back()) : row<Environment>(names->back());
      return into.field >= 0;
    }
    if (table == "hubs") return resolve_item(*names, "hub", Target::hub, reading_.scenario.hubs, {"name"}, into);
    if (table == "series")
      return resolve_item(*names, "series", Target::series, reading_.scenario.series, {"name", "kind", "phase"}, into);
    if (table == "regions")
      return resolve_item(*names, "region", Target::region, reading_.scenario.regions, {"name", "share"}, into);
    if (table == "roles")
      return resolve_item(*names, "role", Target::role, reading_.scenario.roles, {"name", "viewpoint", "share"}, into);
    const bool fixed = table == "parameters" || table == "kinds" || table == "travel" || table == "calendar" ||
                       table == "organisations" || table == "structure" || table == "costs" || table == "survey";
    if (fixed)
      return fail(fmt::format("{} are fixed for a run", table),
                  "an intervention changes levers, environment, hubs, series, or the recruitment of regions and roles");
    return fail(fmt::format("there is no table '{}'", table), choose_advice(table, targets));
  }

 private:
  bool fail(const std::string& problem, std::string advice) {
    reading_.error(place_, fmt::format("set = '{}': {}", text_, problem), std::move(advice));
    return false;
  }

  // table.name.key of a list; `fixed` keys cannot change.
  template <class T>
  bool resolve_item(const std::vector<std::string>& names, std::string_view item, Target target, const std::vector<T>& items,
                    const std::vector<std::string_view>& fixed, Intervention& into) {
    if (names.size() != 3) {
      return fail(fmt::format("this path has {} names", names.size()),
                  fmt::format("write {}.name.key; a name with dots or spaces in quotes", names.front()));
    }
    into.target = target;
    const NameIndex& index = reading_.index(names.front(), items);
    const auto found = index.find(names[1]);
    if (!found) {
      reading_.no_such(place_, fmt::format("set = '{}': there is no {} '{}'", text_, item, names[1]), names.front(), names[1],
                       index.names());
      return false;
    }
    into.element = *found;
    if (std::find(fixed.begin(), fixed.end(), names[2]) != fixed.end()) {
      return fail(fmt::format("the {} of a {} is fixed for a run", names[2], item), "change another key");
    }
    into.field = row<T>(names[2]);
    return into.field >= 0;
  }

  template <class T>
  int row(const std::string& key) {
    const auto* found = find_row<T>(key);
    if (found) return static_cast<int>(found - fields<T>().data());
    fail(fmt::format("there is no key '{}'", key), choose_advice(key, row_names<T>()));
    return -1;
  }

  Reading& reading_;
  const Place& place_;
  const std::string& text_;
};

// Reads the new value as the row of its key wants it; false if it was wrong.
template <class T>
bool read_new_value(Reading& reading, const Node& node, Intervention& into) {
  bool good = false;
  read_value(reading, fields<T>()[into.field], node, [&](auto, auto value) {
    if constexpr (!std::is_same_v<decltype(value), std::string>) {  // texts are fixed for a run
      into.value = std::move(value);
      good = true;
    }
  });
  return good;
}

bool read_new_value(Reading& reading, const Node& node, Intervention& into) {
  switch (into.target) {
    case Target::levers: return read_new_value<Levers>(reading, node, into);
    case Target::environment: return read_new_value<Environment>(reading, node, into);
    case Target::hub: return read_new_value<Hub>(reading, node, into);
    case Target::series: return read_new_value<Series>(reading, node, into);
    case Target::region: return read_new_value<Region>(reading, node, into);
    case Target::role: return read_new_value<Role>(reading, node, into);
  }
  return false;
}

void read_intervention(Reading& reading, const Node& node) {
  const Table& table = std::get<Table>(node.value);
  Intervention intervention;
  set_defaults(intervention);
  intervention.until = reading.scenario.calendar.months;
  const std::string where = "[[interventions]]";
  read_rows(reading, &table, node.place, where, intervention, {"value"});
  const Entry* set = table.find("set");
  const Entry* value = table.find("value");
  if (!value) reading.error(node.place, "'value' is missing in " + where, "add it: the new value");
  if (const Entry* until = table.find("until"); until && reading.dated && intervention.until <= intervention.from) {
    reading.error(until->node.place, "the intervention ends before it begins", "'until' is exclusive: give a month after 'from'");
  }
  if (!set || !std::holds_alternative<std::string>(set->node.value)) return;
  if (!Path(reading, set->node.place, intervention.set).resolve(intervention) || !value) return;
  if (!read_new_value(reading, value->node, intervention)) return;
  if (intervention.ramp > 1 && !std::holds_alternative<double>(intervention.value)) {
    reading.warn(table.find("ramp")->node.place, fmt::format("'{}' changes at once, without a ramp", intervention.set),
                 "remove the ramp");
  }
  reading.scenario.interventions.push_back(std::move(intervention));
}

}  // namespace

void read_interventions(Reading& reading) {
  for (const Node* node : reading.list("interventions", "intervention")) read_intervention(reading, *node);
}

}  // namespace coalis::io
