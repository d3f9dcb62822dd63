// Interventions: which value changes, to what, from when until when (model.md section 4).
#include "scenario_reading.hpp"

namespace coalis::io {
namespace {

const std::vector<std::string> targets{"levers", "environment", "hubs", "series"};

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
    if (table == "hubs" || table == "series") return resolve_item(*names, into);
    const bool fixed = table == "parameters" || table == "kinds" || table == "regions" || table == "roles" || table == "travel" ||
                       table == "calendar" || table == "organisations" || table == "structure" || table == "costs" ||
                       table == "survey";
    if (fixed)
      return fail(fmt::format("{} are fixed for a run", table), "an intervention changes levers, environment, hubs or series");
    return fail(fmt::format("there is no table '{}'", table), choose_advice(table, targets));
  }

 private:
  bool fail(const std::string& problem, std::string advice) {
    reading_.error(place_, fmt::format("set = '{}': {}", text_, problem), std::move(advice));
    return false;
  }

  bool resolve_item(const std::vector<std::string>& names, Intervention& into) {
    const bool hub = names.front() == "hubs";
    if (names.size() != 3) {
      return fail(fmt::format("this path has {} names", names.size()),
                  fmt::format("write {}.name.key; a name with dots or spaces in quotes", names.front()));
    }
    into.target = hub ? Target::hub : Target::series;
    std::vector<std::string> known;
    if (hub)
      known = names_for(reading_, Refers::hub);
    else
      for (const Series& series : reading_.scenario.series) known.push_back(series.name);
    const auto found = std::find(known.begin(), known.end(), names[1]);
    if (found == known.end()) {
      return fail(fmt::format("there is no {} '{}'", hub ? "hub" : "series", names[1]), choose_advice(names[1], known));
    }
    into.element = static_cast<int>(found - known.begin());
    into.field = hub ? row<Hub>(names[2]) : row<Series>(names[2]);
    if (into.field < 0) return false;
    if (names[2] == "name" || (!hub && (names[2] == "kind" || names[2] == "phase"))) {
      return fail(fmt::format("the {} of a {} is fixed for a run", names[2], hub ? "hub" : "series"), "change another key");
    }
    return true;
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
