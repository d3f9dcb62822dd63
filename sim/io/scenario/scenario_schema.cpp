// See scenario_schema.hpp. Tables by their field rows; what has no row (members, shares, hours, the value of an intervention) by
// hand.
#include "coalis/io/scenario/scenario_schema.hpp"

#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <vector>

#include "coalis/io/scenario/resolved.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "scenario_merge.hpp"

namespace coalis {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* month_pattern = "^[0-9]{4}-(0[1-9]|1[0-2])$";
constexpr const char* first_month_pattern = "^[1-9][0-9]{3}-(0[1-9]|1[0-2])$";

Json bounded(const char* type, const Bounds& bounds) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto number = [&](double value) -> Json { return Json::parse(number_text(value)); };
  Json schema{{"type", type}};
  if (bounds.min > -infinity) schema[bounds.open_min ? "exclusiveMinimum" : "minimum"] = number(bounds.min);
  if (bounds.max < infinity) schema[bounds.open_max ? "exclusiveMaximum" : "maximum"] = number(bounds.max);
  return schema;
}

Json name_schema() { return {{"type", "string"}, {"minLength", 1}}; }

Json month_schema() {
  return {{"anyOf", Json::array({{{"type", "string"}, {"pattern", month_pattern}}, {{"type", "integer"}, {"minimum", 0}}})}};
}

// What the value of a row may be.
template <class T>
Json type_schema(const Field<T>& row) {
  switch (row.refers) {
    case Refers::nothing: break;
    case Refers::region:
    case Refers::hub:
    case Refers::kind: return name_schema();
    case Refers::regions: return {{"type", "array"}, {"items", name_schema()}, {"uniqueItems", true}};
    case Refers::month: return month_schema();
    default: {
      Json names = Json::array();
      for (const auto name : choices(row.refers)) names.push_back(name);
      return {{"enum", names}};
    }
  }
  if (std::holds_alternative<double T::*>(row.member)) return bounded("number", row.bounds);
  if (std::holds_alternative<int T::*>(row.member)) return bounded("integer", row.bounds);
  if (std::holds_alternative<bool T::*>(row.member)) return {{"type", "boolean"}};
  return row.required ? name_schema() : Json{{"type", "string"}};
}

template <class T>
Json row_schema(const Field<T>& row) {
  Json schema = type_schema(row);
  std::string text(row.meaning);
  if (!row.unit.empty()) text += fmt::format(" Unit: {}.", row.unit);
  if (!row.initial.empty()) text += fmt::format(" Default: {} ({}).", row.initial, source_name(row.source));
  if (const auto supported = supported_text(row.supported); !supported.empty()) text += " Supported: " + supported + ".";
  schema["description"] = text;
  if (!row.initial.empty()) schema["default"] = Json::parse(row.initial);
  return schema;
}

Json object(std::string_view description) {
  Json schema{{"type", "object"}};
  if (!description.empty()) schema["description"] = description;
  schema["additionalProperties"] = false;
  schema["properties"] = Json::object();
  return schema;
}

// The keys that a table must have, if it is not put on top of an included one.
template <class T>
Json required_of(const std::vector<const char*>& special = {}) {
  Json keys = Json::array();
  for (const char* key : special) keys.push_back(key);
  for (const auto& row : fields<T>()) {
    if (row.required) keys.push_back(row.name);
  }
  return keys;
}

template <class T>
Json table_schema(std::string_view name) {
  Json schema = object(table_meaning(name));
  for (const auto& row : fields<T>()) schema["properties"][row.name] = row_schema(row);
  return schema;
}

template <class T>
Json list_schema(std::string_view name) {
  Json item = table_schema<T>("");
  item["required"] = Json::array({"name"});  // what else it needs: complete_lists()
  Json schema{{"type", "array"}, {"description", table_meaning(name)}, {"items", item}};
  return schema;
}

Json sectors_schema(const Json& value, std::string_view description) {
  Json schema = object(description);
  for (const char* sector : sector_names) schema["properties"][sector] = value;
  return schema;
}

Json hours_schema() {
  const Json row{{"type", "array"}, {"items", bounded("number", travel_bounds)}};
  return {{"type", "array"},
          {"items", row},
          {"description",
           "Hours one way between the regions' seats: a list for each region, in the order of the regions; symmetric. Unit: h."}};
}

// The paths that an intervention may change, and for each key the values that it may take.
class Interventions {
 public:
  Json schema() {
    add<Levers>("levers", false, {});
    add<Environment>("environment", false, {});
    add<Hub>("hubs", true, {"name"});
    add<Series>("series", true, {"name", "kind", "phase"});
    add<Region>("regions", true, {"name", "share"});
    add<Role>("roles", true, {"name", "viewpoint"});
    Json list = list_schema<Intervention>("interventions");
    Json& item = list["items"];
    item["required"] = required_of<Intervention>();
    item["properties"]["set"]["anyOf"] = paths_;
    item["properties"]["value"] = {{"description", "The new value, as the key takes it."}};
    item["required"].push_back("value");
    item["allOf"] = values_;
    return list;
  }

 private:
  // `named`: table.name.key, else table.key; `fixed` keys cannot change.
  template <class T>
  void add(const char* table, bool named, const std::vector<std::string_view>& fixed) {
    for (const auto& row : fields<T>()) {
      if (std::find(fixed.begin(), fixed.end(), row.name) != fixed.end()) continue;
      const std::string pattern = fmt::format("^[\"']?{}[\"']?\\.{}[\"']?{}[\"']?$", table, named ? ".+\\." : "", row.name);
      paths_.push_back({{"pattern", pattern}});
      values_.push_back({{"if", {{"properties", {{"set", {{"pattern", pattern}}}}}}},
                         {"then", {{"properties", {{"value", type_schema(row)}}}}}});
    }
  }

  Json paths_ = Json::array(), values_ = Json::array();
};

// The keys of an entry that is not put on top of an included one of its name.
std::vector<std::pair<std::string, Json>> complete_lists() {
  return {{"regions", required_of<Region>()},
          {"roles", required_of<Role>({"share"})},
          {"hubs", required_of<Hub>()},
          {"series", required_of<Series>()}};
}

// Where entries are whole: without an include that is merged by name, and in a list that is begun anew.
Json whole_entries() {
  Json rules = Json::array(), all;
  for (const auto& [list, keys] : complete_lists()) {
    Json whole;
    whole["properties"][list]["items"]["required"] = keys;
    all["properties"][list] = whole["properties"][list];
    Json replaced{{"required", {"replace"}}};
    replaced["properties"]["replace"] = {{"type", "array"}, {"contains", {{"const", list}}}};
    rules.push_back({{"if", replaced}, {"then", whole}});
  }
  Json by_name{{"required", {"include"}}};
  by_name["properties"]["version"]["not"] = {{"const", oldest_scenario_version}};
  all["properties"]["remove"] = false;
  all["properties"]["replace"] = false;
  rules.push_back({{"if", {{"not", by_name}}}, {"then", all}});
  return rules;
}

// What must be there without an `include` that may bring it.
Json complete_schema() {
  Json schema{{"required", {"calendar", "organisations", "regions", "travel", "roles", "environment"}}};
  Json& properties = schema["properties"];
  properties["regions"]["minItems"] = 1;
  properties["roles"]["minItems"] = 1;
  properties["calendar"]["required"] = required_of<Calendar>();
  properties["organisations"]["required"] = required_of<Organisations>();
  for (const char* key : {"members", "file", "rows"}) properties["organisations"]["anyOf"].push_back({{"required", {key}}});
  properties["travel"]["required"] = {"hours"};
  properties["kinds"]["additionalProperties"]["required"] = required_of<Kind>();
  properties["environment"]["required"] = required_of<Environment>();
  return schema;
}

void add_tables(Json& properties) {
  properties["calendar"] = table_schema<Calendar>("calendar");
  properties["calendar"]["properties"]["start"]["pattern"] = first_month_pattern;
  properties["organisations"] = table_schema<Organisations>("organisations");
  properties["organisations"]["properties"]["members"] =
      sectors_schema(bounded("integer", members_bounds), "Members by sector; a sector left out has 0. Unit: organisation.");
  for (const FieldText& text : field_texts()) {
    if (text.table != "organisations" || properties["organisations"]["properties"].contains(text.key)) continue;
    Json& key = properties["organisations"]["properties"][text.key];
    key = text.type == "path" ? Json{{"type", "string"}} : Json{{"type", "array"}, {"items", {{"type", "string"}}}};
    key["description"] = text.meaning;
  }
  properties["regions"] = list_schema<Region>("regions");
  properties["regions"]["maxItems"] = max_regions;
  properties["travel"] = object(table_meaning("travel"));
  properties["travel"]["properties"]["hours"] = hours_schema();
  properties["roles"] = list_schema<Role>("roles");
  properties["roles"]["maxItems"] = max_roles;
  properties["roles"]["items"]["properties"]["share"] =
      sectors_schema(bounded("number", share_bounds),
                     "Share of each sector; a sector's shares add up to 1 over the roles; a sector left out has 0.");
  properties["hubs"] = list_schema<Hub>("hubs");
  properties["hubs"]["maxItems"] = max_hubs;
  properties["kinds"] = {{"type", "object"}, {"description", table_meaning("kinds")}, {"additionalProperties", false}};
  properties["kinds"]["patternProperties"]["^"] = table_schema<Kind>("");
  properties["series"] = list_schema<Series>("series");
  properties["levers"] = table_schema<Levers>("levers");
  properties["environment"] = table_schema<Environment>("environment");
  properties["structure"] = table_schema<Structure>("structure");
  properties["parameters"] = table_schema<Parameters>("parameters");
  properties["costs"] = table_schema<Costs>("costs");
  properties["survey"] = table_schema<SurveyPlan>("survey");
  properties["interventions"] = Interventions().schema();
}

// What a file does to the lists that it includes.
void add_removals(Json& properties) {
  Json names{{"type", "array"}, {"items", name_schema()}, {"uniqueItems", true}};
  properties["remove"] = object("Entries of the included file that are taken away, by name.");
  Json replaced = Json::array();
  for (const std::string& list : io::named_lists()) {
    properties["remove"]["properties"][list] = names;
    replaced.push_back(list);
  }
  properties["remove"]["properties"]["kinds"] = names;
  replaced.push_back("interventions");
  properties["replace"] = {{"type", "array"},
                           {"items", {{"enum", replaced}}},
                           {"description", "Lists that are begun anew instead of being merged with the included ones by name."}};
}

}  // namespace

std::string scenario_schema() {
  Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", "Coalis scenario"},
              {"description", "A coalition as `coalis run` takes it. Printed by `coalis schema`."},
              {"type", "object"},
              {"additionalProperties", false},
              {"required", {"format", "version"}}};
  Json& properties = schema["properties"];
  properties["format"] = {{"const", "scenario"}, {"description", "What the file is."}};
  properties["version"] = {{"enum", {oldest_scenario_version, scenario_format_version}},
                           {"description", "Version of the format; since 2 lists are merged with included ones by name."}};
  Json paths{{"type", "array"}, {"items", name_schema()}, {"minItems", 1}, {"uniqueItems", true}};
  properties["include"] = {{"anyOf", {name_schema(), paths}},
                           {"description",
                            "A scenario file on top of which this one is put, relative to it, or several (since version 2; later "
                            "ones on top); tables are "
                            "merged key by key, lists by name."}};
  for (const auto& row : fields<Scenario>()) properties[row.name] = row_schema(row);
  add_removals(properties);
  add_tables(properties);
  schema["allOf"] = whole_entries();
  schema["if"] = {{"not", {{"required", {"include"}}}}};
  schema["then"] = complete_schema();
  return schema.dump(2) + "\n";
}

}  // namespace coalis
