// From the tree of a scenario file to a Scenario, table by table.
#include <fmt/format.h>

#include <set>

#include "coalis/core/counted.hpp"
#include "coalis/core/names.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "origins.hpp"
#include "scenario_reading.hpp"
#include "scenario_roster.hpp"

namespace coalis {
namespace io {
namespace {

const std::vector<std::string> tables{"calendar",  "organisations", "regions", "travel", "roles",
                                      "hubs",      "kinds",         "series",  "levers", "environment",
                                      "structure", "parameters",    "costs",   "survey", "interventions"};

void read_top_level(Reading& reading) {
  set_defaults(reading.scenario);
  for (const Entry& entry : reading.root.entries) {
    if (const auto* row = find_row<Scenario>(entry.key)) {
      read_member(reading, *row, entry.node, reading.scenario);
    } else if (std::find(tables.begin(), tables.end(), entry.key) == tables.end()) {
      auto known = row_names<Scenario>();
      known.insert(known.end(), tables.begin(), tables.end());
      unknown_key(reading, entry, "the file", known);
    }
  }
}

// "'start', 'months'": the keys that a table must have.
template <class T>
std::string required_keys(const std::vector<std::string>& special) {
  std::string text;
  const auto append = [&](std::string_view key) { text += fmt::format("{}'{}'", text.empty() ? "" : ", ", key); };
  for (const std::string& key : special) append(key);
  for (const auto& row : fields<T>()) {
    if (row.required) append(row.name);
  }
  return text;
}

void missing_table(Reading& reading, std::string_view name, const std::string& keys) {
  reading.error(reading.file, fmt::format("the table [{}] is missing", name), fmt::format("add it, with {}", keys));
}

// A table of single values only; `special` keys are required too, and left to the caller.
template <class T>
void read_table(Reading& reading, std::string_view name, T& into, const std::vector<std::string>& special = {}) {
  set_defaults(into);
  const Entry* entry = reading.root.find(name);
  if (!entry && required_keys<T>(special) != "") return missing_table(reading, name, required_keys<T>(special));
  read_rows(reading, reading.table(name), entry ? entry->place : reading.file, fmt::format("[{}]", name), into, special);
}

// A list of named tables: each item by its rows over `initial`, then by `also(item, table, place, where)`.
template <class T, class Also>
void read_list(Reading& reading, std::string_view name, std::string_view item_name, T initial, std::vector<T>& into,
               const std::vector<std::string>& special, Also also) {
  set_defaults(initial);
  std::set<std::string> seen;
  for (const Node* node : reading.list(name, item_name)) {
    const Table& table = std::get<Table>(node->value);
    T item = initial;
    const Entry* named = table.find("name");
    const auto* text = named ? std::get_if<std::string>(&named->node.value) : nullptr;
    const std::string where = text ? fmt::format("{} '{}'", item_name, *text) : fmt::format("[[{}]]", name);
    read_rows(reading, &table, node->place, where, item, special);
    if (text && is_blank(*text))
      reading.error(named->node.place, fmt::format("the name of a {} is empty", item_name), "write a name");
    if (text && !seen.insert(*text).second) {
      reading.error(named->node.place, fmt::format("there are two {} '{}'", name, *text), "rename one of them");
    }
    also(item, table, node->place, where);
    into.push_back(std::move(item));
  }
}

// Stands for a value that could not be read, so that the sum that it enters is not reported too.
template <class Value>
constexpr Value unread = std::numeric_limits<Value>::has_quiet_NaN ? std::numeric_limits<Value>::quiet_NaN() : Value{};

// The values of the sectors in a table such as { nonprofit = 96, public = 17 }; a sector left out has 0.
template <class Value, class Read>
void read_sectors(Reading& reading, const Table& table, const Place& place, std::string_view where, std::string_view key,
                  std::array<Value, sectors>& into, Read read) {
  const std::vector<std::string> names(sector_names.begin(), sector_names.end());
  const Entry* entry = table.find(key);
  const auto* by_sector = entry ? std::get_if<Table>(&entry->node.value) : nullptr;
  if (!by_sector) into.fill(unread<Value>);
  if (!entry) {
    return reading.error(place, fmt::format("'{}' is missing in {}", key, where),
                         "add it: a table by sector, { nonprofit = ..., public = ..., for_profit = ... }");
  }
  if (!by_sector) {
    return reading.error(entry->node.place, fmt::format("{} takes a table by sector, not {}", key, type_name(entry->node)),
                         fmt::format("write {} = {{ nonprofit = ..., public = ..., for_profit = ... }}", key));
  }
  for (const Entry& sector : by_sector->entries) {
    const auto found = std::find(names.begin(), names.end(), sector.key);
    if (found == names.end()) {
      unknown_key(reading, sector, fmt::format("'{}' of {}", key, where), names);
    } else {
      const auto value = read(fmt::format("{}.{}", key, sector.key), sector.node);
      into[static_cast<std::size_t>(found - names.begin())] = value.value_or(unread<Value>);
    }
  }
}

void read_calendar(Reading& reading) {
  Calendar& calendar = reading.scenario.calendar;
  const std::size_t before = reading.diagnostics.size();
  read_table(reading, "calendar", calendar);
  if (reading.diagnostics.size() > before) return;
  const auto start = parse_date(calendar.start);
  reading.dated = start && *start >= 1000 * 12 && *start + calendar.months <= 10'000 * 12;
  if (!reading.dated) {
    reading.error(reading.place("calendar", "start"), fmt::format("start = \"{}\" is no month", calendar.start),
                  "write it as \"YYYY-MM\", between \"1000-01\" and the year 9999");
  }
}

void read_organisations(Reading& reading) {
  Organisations& organisations = reading.scenario.organisations;
  set_defaults(organisations);
  const Entry* entry = reading.root.find("organisations");
  if (!entry) return missing_table(reading, "organisations", required_keys<Organisations>({"members"}));
  const Table* table = reading.table("organisations");
  std::vector<std::string> also{"members"};
  for (const TableKey& key : {roster_key, ties_key}) also.insert(also.end(), {std::string(key.file), std::string(key.rows)});
  read_rows(reading, table, entry->place, "[organisations]", organisations, also);
  if (!table) return;
  reading.members_given = table->find("members") != nullptr;
  const Entry* rows = table->find(roster_key.rows);
  const auto* list = rows ? std::get_if<Array>(&rows->node.value) : nullptr;
  if (!reading.members_given && rows && !(list && list->empty())) return;  // the roster says how many there are
  read_sectors(reading, *table, entry->place, "[organisations]", "members", organisations.members,
               [&](const std::string& key, const Node& node) {
                 return read_integer(reading, key, node, members_bounds, "organisations");
               });
}

// Rows of numbers, as many as there are regions; its shape and symmetry are checked with the rest.
void read_travel(Reading& reading) {
  const Entry* entry = reading.root.find("travel");
  if (!entry) return missing_table(reading, "travel", "'hours'");
  const Table* table = reading.table("travel");
  if (!table) return;
  for (const Entry& other : table->entries) {
    if (other.key != "hours") unknown_key(reading, other, "[travel]", {"hours"});
  }
  const Entry* hours = table->find("hours");
  if (!hours) return reading.error(entry->place, "'hours' is missing in [travel]", "add it: one list of hours for each region");
  const std::size_t n = reading.scenario.regions.size();
  if (n == 0) return;  // which is an error of its own
  if (reading.merged.unfit_hours) return reading.diagnostics.push_back(*reading.merged.unfit_hours);
  const auto wrong = [&](const Node& node, std::string problem) {
    reading.error(node.place, std::move(problem), fmt::format("give {0} lists of {0} hours, in the order of the regions", n));
  };
  const auto* rows = std::get_if<Array>(&hours->node.value);
  if (!rows) return wrong(hours->node, fmt::format("hours takes a list of lists, not {}", type_name(hours->node)));
  if (rows->size() != n)
    wrong(hours->node, fmt::format("hours has {}, there {} {}", counted(rows->size(), "row"), are(n), counted(n, "region")));
  bool square = rows->size() == n;
  for (const Node& node : *rows) {
    const auto* row = std::get_if<Array>(&node.value);
    if (!row || row->size() != n) {
      wrong(node, row ? fmt::format("this row of hours has length {}, there are {} regions", row->size(), n)
                      : fmt::format("a row of hours is a list, not {}", type_name(node)));
      square = false;
      continue;
    }
    for (const Node& value : *row)
      reading.scenario.travel.push_back(read_number(reading, "hours", value, travel_bounds, "h").value_or(0));
  }
  if (!square) reading.scenario.travel.clear();
}

void read_kinds(Reading& reading) {
  const Table* table = reading.table("kinds");
  if (!table) return;
  for (const Entry& entry : table->entries) {
    Kind kind;
    set_defaults(kind);
    kind.name = entry.key;
    kind.event_cost = default_event_cost(kind.name);
    if (is_blank(kind.name)) reading.error(entry.place, "the name of a kind is empty", "write a name, as in [kinds.meeting]");
    if (const auto* rows = std::get_if<Table>(&entry.node.value)) {
      read_rows(reading, rows, entry.place, fmt::format("kind '{}'", entry.key), kind);
    } else {
      reading.error(entry.node.place, fmt::format("kind '{}' takes a table, not {}", entry.key, type_name(entry.node)),
                    fmt::format("begin it with [kinds.{}]", entry.key));
    }
    reading.scenario.kinds.push_back(std::move(kind));
  }
}

void read_regions(Reading& reading) {
  read_list(reading, "regions", "region", Region{"", unread<double>}, reading.scenario.regions, {}, [](auto&&...) {});
}

void read_roles(Reading& reading) {
  read_list(reading, "roles", "role", Role{}, reading.scenario.roles, {"share"},
            [&](Role& role, const Table& table, const Place& place, const std::string& where) {
              read_sectors(reading, table, place, where, "share", role.share, [&](const std::string& key, const Node& node) {
                return read_number(reading, key, node, share_bounds, "1");
              });
            });
}

void read_hubs(Reading& reading) {
  read_list(reading, "hubs", "hub", Hub{}, reading.scenario.hubs, {}, [](auto&&...) {});
}

void read_series(Reading& reading) {
  Series initial;
  initial.until = reading.scenario.calendar.months;
  read_list(reading, "series", "series", initial, reading.scenario.series, {},
            [&](const Series& series, const Table& table, const Place&, const std::string& where) {
              if (!reading.dated || series.until > series.from) return;
              const Entry* until = table.find("until");
              reading.error(until ? until->node.place : reading.file, fmt::format("{} ends before it begins", where),
                            "'until' is exclusive: give a month after 'from'");
            });
}

void read_survey(Reading& reading) {
  SurveyPlan& survey = reading.scenario.survey;
  read_table(reading, "survey", survey);
  if (survey.month < 0) survey.month = reading.scenario.calendar.months - 1;
}

// In the order in which values refer to each other.
void read_all(Reading& reading) {
  Scenario& scenario = reading.scenario;
  read_top_level(reading);
  read_calendar(reading);
  read_organisations(reading);
  read_regions(reading);
  read_travel(reading);
  read_roles(reading);
  read_roster(reading);
  read_hubs(reading);
  read_kinds(reading);
  read_series(reading);
  read_table(reading, "levers", scenario.levers);
  read_table(reading, "environment", scenario.environment);
  read_table(reading, "structure", scenario.structure);
  read_table(reading, "parameters", scenario.parameters);
  read_ties(reading);
  read_table(reading, "costs", scenario.costs);
  read_survey(reading);
  read_interventions(reading);
  check_scenario(reading);
}

// File by file as they first appear, then by line; what has no line comes first.
void sort(std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> files;
  for (const Diagnostic& d : diagnostics) {
    if (std::find(files.begin(), files.end(), d.file) == files.end()) files.push_back(d.file);
  }
  const auto rank = [&](const Diagnostic& d) {
    return std::tuple(std::find(files.begin(), files.end(), d.file) - files.begin(), d.line, d.column);
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return rank(a) < rank(b); });
}

// The evidence file, if the scenario names one and it is there.
std::filesystem::path find_evidence(Reading& reading, const std::filesystem::path& folder) {
  if (reading.scenario.evidence.empty()) return {};
  auto path = (folder / reading.scenario.evidence).lexically_normal();
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) return path;  // what is no file its reader says
  reading.warn(reading.root.find("evidence")->node.place, "there is no evidence file " + path.string(),
               "results are shown without evidence");
  return {};
}

// Of a file that somebody writes; what the program has kept may be of a scenario without a name.
void check_name(Reading& reading) {
  const Entry* name = reading.root.find("name");
  if (!name || !std::holds_alternative<std::string>(name->node.value)) return;
  if (is_blank(reading.scenario.name))
    reading.error(name->node.place, "the name of the scenario is blank", "write what people call it, or leave the key out");
  else if (const std::string problem = blank_problem(reading.scenario.name); !problem.empty())
    reading.error(name->node.place, fmt::format("the name of the scenario {}", problem),
                  "write plain spaces, between words only");
}

// `folder` is that of the scenario file, null for a text without one.
void read_tree(std::optional<Node> tree, Merged merged, const std::string& file, const std::filesystem::path* folder,
               std::span<const std::string> overrides, ScenarioFile& result) {
  if (tree) {
    refuse_overlaps(overrides, result.diagnostics);
    for (const std::string& text : overrides) apply_override(*tree, text, merged, result.diagnostics);
    Reading reading{result.scenario, result.diagnostics, std::get<Table>(tree->value), {file, 1, 1}};
    reading.merged = std::move(merged);
    read_all(reading);
    if (folder) check_name(reading);
    if (folder) check_names(reading);
    if (folder) result.evidence_path = find_evidence(reading, *folder);
    if (!result.evidence_path.empty()) FilesInUse::keep(result.evidence_path);
    result.origins = origins_of(reading.root, result.scenario);
    if (const Place& place = reading.roster_place; !reading.members_given && place.line > 0)
      for (const char* sector : sector_names)
        result.origins[fmt::format("organisations.members.{}", sector)] = {place.file, place.line, place.column};
    for (std::size_t i = 0; folder && i < reading.member_places.size(); ++i) {
      const Place& place = reading.member_places[i];
      result.origins[member_path(result.scenario.organisations.roster[i])] = {place.file, place.line, place.column};
    }
  }
  sort(result.diagnostics);
}

}  // namespace

ScenarioFile read_scenario_tree(Node tree, Merged merged, const std::string& name) {
  ScenarioFile result;
  read_tree(std::move(tree), std::move(merged), name, nullptr, {}, result);
  return result;
}

}  // namespace io

struct LoadedScenario::Tree {
  std::filesystem::path path;
  std::vector<Diagnostic> diagnostics = {};
  io::Merged merged = {};
  std::optional<io::Node> root = {};
};

LoadedScenario::LoadedScenario(const std::filesystem::path& path) {
  auto tree = std::make_shared<Tree>(Tree{path});
  tree->root = io::load_scenario_tree(path, tree->diagnostics, tree->merged);
  tree_ = std::move(tree);
}

ScenarioFile LoadedScenario::with(std::span<const std::string> overrides) const {
  ScenarioFile result;
  result.diagnostics = tree_->diagnostics;
  const auto folder = tree_->path.parent_path();
  io::read_tree(tree_->root, tree_->merged, tree_->path.string(), &folder, overrides, result);
  return result;
}

ScenarioFile read_scenario(const std::filesystem::path& path, std::span<const std::string> overrides) {
  return LoadedScenario(path).with(overrides);
}

ScenarioFile parse_scenario(std::string_view text, const std::string& name, std::span<const std::string> overrides) {
  ScenarioFile result;
  io::read_tree(io::load_scenario_text(text, name, result.diagnostics), {}, name, nullptr, overrides, result);
  return result;
}

}  // namespace coalis
