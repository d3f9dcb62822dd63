// coalis explain SCENARIO: every resolved value and where it came from.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "coalis/io/scenario/resolved.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "scenario_input.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct Options {
  std::string scenario;
  std::vector<std::string> paths, overrides;
  bool json = false;
};

// Wide values and places push the columns behind them instead of widening them for all.
constexpr std::size_t widest_value = 24, widest_place = 40;

using Origins = decltype(ScenarioFile::origins);

// "illinois.toml:12", "--set" or "default E".
std::string origin_text(const ResolvedValue& value, const Origins& origins) {
  const auto found = origins.find(value.path());
  if (found == origins.end()) return "default " + value.field.source;
  return found->second.line > 0 ? fmt::format("{}:{}", found->second.file, found->second.line) : "--set";
}

std::string to_text(const std::vector<ResolvedValue>& values, const Origins& origins) {
  std::size_t key = 0, text = 0, unit = 0, place = 0;
  for (const ResolvedValue& value : values) {
    key = std::max(key, value.key.size());
    text = std::max(text, std::min(widest_value, value.value.size()));
    unit = std::max(unit, value.field.unit.size());
    place = std::max(place, std::min(widest_place, origin_text(value, origins).size()));
  }
  std::string table = "?", list;
  for (const ResolvedValue& value : values) {
    if (value.table != table)
      list += fmt::format("{}{}\n", table == "?" ? "" : "\n", value.table.empty() ? "top of the file" : value.table);
    table = value.table;
    list += fmt::format("  {:<{}}  {:<{}}  {:<{}}  {:<{}}  {}\n", value.key, key, value.value.empty() ? "-" : value.value, text,
                        value.field.unit, unit, origin_text(value, origins), place, value.field.meaning);
  }
  return list +
         "\nColumns: key, value, unit, origin, meaning. Origin: file and line, --set, or default; of a default E is evidence,\n"
         "C calibrated jointly, A assumption.\n";
}

nlohmann::ordered_json origin_json(const ResolvedValue& value, const Origins& origins) {
  const auto found = origins.find(value.path());
  if (found == origins.end()) return {{"from", "default"}, {"source", value.field.source}};
  if (found->second.line == 0) return {{"from", "--set"}, {"text", found->second.file}};
  return {{"from", "file"}, {"file", found->second.file}, {"line", found->second.line}, {"column", found->second.column}};
}

nlohmann::ordered_json to_json(const std::vector<ResolvedValue>& values, const Origins& origins) {
  auto list = nlohmann::ordered_json::array();
  for (const ResolvedValue& value : values) {
    nlohmann::ordered_json item{{"path", value.path()}};
    if (value.parts.empty()) item["value"] = value.value.empty() ? nlohmann::ordered_json() : value_to_json(value.value);
    for (const auto& [key, part] : value.parts) item["value"][key] = value_to_json(part);
    item["unit"] = value.field.unit;
    item["origin"] = origin_json(value, origins);
    item["meaning"] = value.field.meaning;
    list.push_back(std::move(item));
  }
  return list;
}

int explain(const Options& options) {
  const auto file = read_and_report(options.scenario, options.overrides);
  if (!file) return bad_input;
  auto values = resolved_values(file->scenario);
  if (const std::string problem = keep_paths(values, options.paths); !problem.empty()) {
    print_message("{}: {}\n", options.scenario, problem);
    return bad_input;
  }
  if (options.json)
    print_answer("{}\n", to_json(values, file->origins).dump(2));
  else
    print_list(to_text(values, file->origins));
  return success;
}

}  // namespace

void add_explain(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("explain", "Print every resolved value of a scenario and where it came from");
  command->add_option("SCENARIO", options->scenario, "Scenario file (TOML)")->required();
  command->add_option("PATH", options->paths,
                      "Only these: a table, an item or a key, as hubs, hubs.Chicago, parameters.tie_prob");
  command->add_option("--set", options->overrides, "Change a value first: path=value")->take_all()->allow_extra_args(false);
  command->add_flag("--json", options->json, "Print as JSON");
  command->footer(
      "Examples:\n"
      "  coalis explain scenarios/illinois.toml\n"
      "  coalis explain scenarios/illinois.toml parameters.tie_prob 'series.\"Outreach Day\"' --set levers.information=0\n"
      "Exit codes: 0 done, 2 the command line or the scenario is wrong.");
  command->callback([options, &status] { status = explain(*options); });
}

}  // namespace coalis::cli
