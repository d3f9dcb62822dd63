// See resolved.hpp.
#include "coalis/io/scenario/resolved.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "coalis/core/characters.hpp"
#include "scenario_load.hpp"
#include "scenario_roster.hpp"
#include "value_text.hpp"

namespace coalis {
namespace {

using io::toml_key;

// The rows as text, by table and key.
const FieldText& field_text(std::string_view table, std::string_view key) {
  static const auto texts = [] {
    std::map<std::pair<std::string, std::string>, FieldText, std::less<>> map;
    for (FieldText& text : field_texts()) map.emplace(std::pair(text.table, text.key), std::move(text));
    return map;
  }();
  return texts.at({std::string(table), std::string(key)});
}

class Lister {
 public:
  explicit Lister(const Scenario& scenario) : scenario_(scenario) {}

  template <class T>
  void table(const std::string& name, std::string_view kind, const T& from) {
    for (const auto& row : fields<T>()) {
      if (name != kind && row.name == "name") continue;  // an item's name is in its path
      add(name, std::string(row.name), io::value_text(scenario_, row, from), field_text(kind, row.name));
    }
  }
  template <class T>
  void table(const std::string& name, const T& from) {
    table(name, name, from);
  }
  template <class T, class Also>
  void list(const std::string& name, const std::vector<T>& items, Also also) {
    for (const T& item : items) {
      const std::string path = name + "." + toml_key(item.name);
      table(path, name, item);
      also(path, item);
    }
  }
  template <class T>
  void list(const std::string& name, const std::vector<T>& items) {
    list(name, items, [](auto&&...) {});
  }
  void members() {
    for (std::size_t i = 0; i < sectors; ++i) {
      add("organisations", std::string("members.") + sector_names[i], std::to_string(scenario_.organisations.members[i]),
          field_text("organisations", "members"));
    }
  }
  // What is known of each organisation; of ties, which have no name, all.
  void roster() {
    const std::string rows = "organisations." + std::string(io::roster_key.rows);
    FieldText field = field_text("organisations", io::roster_key.rows);
    field.meaning = "A member by name, and what is known of it.";
    for (const Member& member : scenario_.organisations.roster)
      add(rows, toml_key(member.name), io::member_text(scenario_, member), field);
    std::vector<std::string> ties;
    for (const std::string& row : io::tie_rows(scenario_)) ties.push_back(io::toml_string(row));
    if (!ties.empty())
      add("organisations", std::string(io::ties_key.rows), io::toml_list(ties), field_text("organisations", io::ties_key.rows));
  }
  void shares(const std::string& path, const Role& role) {
    for (std::size_t i = 0; i < sectors; ++i) {
      add(path, std::string("share.") + sector_names[i], io::real_text(role.share[i]), field_text("roles", "share"));
    }
  }
  void travel() {
    const std::size_t n = scenario_.regions.size();
    for (std::size_t i = 0; i < n; ++i) {
      std::vector<std::string> row;
      for (std::size_t j = 0; j < n; ++j) row.push_back(io::real_text(scenario_.travel[i * n + j]));
      add("travel.hours", toml_key(scenario_.regions[i].name), io::toml_list(row), field_text("travel", "hours"));
    }
  }
  void intervention(std::size_t index) {
    const Intervention& intervention = scenario_.interventions[index];
    const std::vector<std::pair<std::string, std::string>> parts{
        {"set", io::toml_string(intervention.set)},
        {"value", io::new_value_text(scenario_, intervention)},
        {"from", io::month_text(scenario_.calendar, intervention.from)},
        {"until", io::month_text(scenario_.calendar, intervention.until)},
        {"ramp", std::to_string(intervention.ramp)}};
    std::string text;
    for (const auto& [key, value] : parts) text += fmt::format("{}{} = {}", text.empty() ? "{ " : ", ", key, value);
    add("interventions", std::to_string(index + 1), text + " }", changed_field(intervention));
    values_.back().parts = parts;
  }
  std::vector<ResolvedValue> take() { return std::move(values_); }

 private:
  static const FieldText& changed_field(const Intervention& intervention) {
    const auto row = static_cast<std::size_t>(intervention.field);
    switch (intervention.target) {
      case Target::levers: return field_text("levers", fields<Levers>()[row].name);
      case Target::environment: return field_text("environment", fields<Environment>()[row].name);
      case Target::hub: return field_text("hubs", fields<Hub>()[row].name);
      case Target::region: return field_text("regions", fields<Region>()[row].name);
      case Target::role: return field_text("roles", fields<Role>()[row].name);
      default: return field_text("series", fields<Series>()[row].name);
    }
  }
  void add(const std::string& table, std::string key, std::string value, const FieldText& field) {
    values_.push_back({table, std::move(key), std::move(value), field});
  }

  const Scenario& scenario_;
  std::vector<ResolvedValue> values_;
};

// "hubs" of "hubs.Chicago".
std::string list_of(const std::string& table) { return table.substr(0, table.find('.')); }

using Values = std::vector<ResolvedValue>;

// The paths with quotes as the program writes them; as given if it is not well formed.
std::string canonical(const std::string& path) {
  std::string problem, text;
  const auto names = io::split_path(path, problem);
  if (!names) return path;
  for (const std::string& name : *names) text += (text.empty() ? "" : ".") + toml_key(name);
  return text;
}

bool begins_with_path(const std::string& path, const std::string& front) {
  return path.starts_with(front) && (path.size() == front.size() || path[front.size()] == '.');
}

// Every path and every beginning of one.
std::vector<std::string> all_paths(const Values& values) {
  std::set<std::string> paths;
  for (const ResolvedValue& value : values) {
    paths.insert(value.path());
    if (!value.table.empty()) paths.insert({value.table, list_of(value.table)});
  }
  return {paths.begin(), paths.end()};
}

}  // namespace

std::vector<ResolvedValue> resolved_values(const Scenario& scenario) {
  Lister lister(scenario);
  lister.table("", scenario);
  lister.table("calendar", scenario.calendar);
  lister.members();
  lister.table("organisations", scenario.organisations);
  lister.roster();
  lister.list("regions", scenario.regions);
  lister.travel();
  lister.list("roles", scenario.roles, [&](const std::string& path, const Role& role) { lister.shares(path, role); });
  lister.list("hubs", scenario.hubs);
  lister.list("kinds", scenario.kinds);
  lister.list("series", scenario.series);
  lister.table("levers", scenario.levers);
  lister.table("environment", scenario.environment);
  lister.table("structure", scenario.structure);
  lister.table("parameters", scenario.parameters);
  lister.table("costs", scenario.costs);
  lister.table("survey", scenario.survey);
  for (std::size_t i = 0; i < scenario.interventions.size(); ++i) lister.intervention(i);
  return lister.take();
}

std::string keep_paths(Values& values, std::span<const std::string> paths) {
  if (paths.empty()) return "";
  std::vector<std::string> fronts;
  for (const std::string& path : paths) {
    fronts.push_back(canonical(path));
    const bool any = std::any_of(values.begin(), values.end(),
                                 [&](const ResolvedValue& v) { return begins_with_path(v.path(), fronts.back()); });
    if (any) continue;
    const std::string near = nearest(fronts.back(), all_paths(values));
    return fmt::format("the scenario has no value '{}'; {}", visible(path, Lines::one),
                       near.empty() ? "name a table, an item or a key, as hubs, hubs.Chicago or parameters.tie_prob"
                                    : "did you mean '" + near + "'?");
  }
  std::erase_if(values, [&](const ResolvedValue& value) {
    return std::none_of(fronts.begin(), fronts.end(),
                        [&](const std::string& front) { return begins_with_path(value.path(), front); });
  });
  return "";
}

std::string origin_text(const ResolvedValue& value, const Origins& origins) {
  const auto found = origins.find(value.path());
  if (found == origins.end()) return "default " + value.field.source;
  return found->second.line > 0 ? found->second.file + ":" + std::to_string(found->second.line) : "--set";
}

std::string_view table_meaning(std::string_view table) {
  static const std::map<std::string_view, std::string_view> meanings{
      {"calendar", "The months that are simulated."},
      {"organisations", "How many organisations there are and when they enrol."},
      {"regions", "Regions in which organisations sit."},
      {"travel", "How far apart the regions are."},
      {"roles", "Service domains, their share of each sector and their mean viewpoint."},
      {"hubs", "Coordinating units: where they sit, whom they serve, how they are staffed."},
      {"kinds", "Kinds of events; meeting, outreach and training are those that outcomes and survey name."},
      {"series", "Events that are planned: of which kind, by which hub, for whom, how often."},
      {"levers", "What a coordinator can turn on beside events."},
      {"environment", "What the coalition meets: politics, funds, cases."},
      {"structure", "Rival rules for how organisations decide and change."},
      {"parameters", "Parameters of the submodels; defaults hold, name what differs."},
      {"costs", "Prices, for the outcomes on costs."},
      {"survey", "The simulated survey."},
      {"interventions", "Changes of levers, environment, hubs, series, or the recruitment of regions and roles during the run."},
  };
  const auto found = meanings.find(table);
  return found == meanings.end() ? std::string_view() : found->second;
}

}  // namespace coalis
