// coalis diff A B: the resolved values in which two scenarios differ.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <system_error>
#include <vector>

#include "coalis/core/counted.hpp"
#include "coalis/io/scenario/resolved.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "scenario_input.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct Options {
  std::string a, b;
  bool exit_code = false, json = false;
};

constexpr std::size_t widest_value = 24;  // wider ones push the columns behind them

std::string shown(const std::optional<std::string>& value) { return !value ? "absent" : value->empty() ? "-" : *value; }

std::string to_text(const Options& options, const std::vector<Difference>& list) {
  if (list.empty()) return "no differences\n";
  std::size_t path = 0, a = 1, b = 1, unit = 0;
  for (const Difference& difference : list) {
    path = std::max(path, difference.path.size());
    a = std::max(a, std::min(widest_value, shown(difference.a).size()));
    b = std::max(b, std::min(widest_value, shown(difference.b).size()));
    unit = std::max(unit, difference.field.unit.size());
  }
  std::string text = fmt::format("A: {}\nB: {}\n\n", options.a, options.b);
  text += fmt::format("{:<{}}  {:<{}}  {:<{}}  {:<{}}  {}\n", "value", path, "A", a, "B", b, "unit",
                      std::max<std::size_t>(4, unit), "meaning");
  for (const Difference& difference : list) {
    text += fmt::format("{:<{}}  {:<{}}  {:<{}}  {:<{}}  {}\n", difference.path, path, shown(difference.a), a,
                        shown(difference.b), b, difference.field.unit, std::max<std::size_t>(4, unit), difference.field.meaning);
  }
  return text + "\n" + counted(list.size(), "difference") + "\n";
}

nlohmann::ordered_json value_json(const std::optional<std::string>& value) {
  return value && !value->empty() ? value_to_json(*value) : nlohmann::ordered_json();
}

nlohmann::ordered_json to_json(const Options& options, const std::vector<Difference>& list) {
  nlohmann::ordered_json answer{{"a", options.a}, {"b", options.b}, {"differences", nlohmann::ordered_json::array()}};
  for (const Difference& difference : list) {
    answer["differences"].push_back({{"path", difference.path},
                                     {"a", value_json(difference.a)},
                                     {"b", value_json(difference.b)},
                                     {"unit", difference.field.unit},
                                     {"meaning", difference.field.meaning}});
  }
  return answer;
}

// Of a scenario's evidence, which it names relative to its own folder.
std::filesystem::path evidence_file(const std::string& file, const std::string& evidence) {
  std::error_code error;
  const auto path = std::filesystem::path(file).parent_path() / evidence;
  auto known = std::filesystem::weakly_canonical(path, error);
  return error ? path : known;
}

int diff(const Options& options) {
  const auto a = read_and_report(options.a);
  auto b = read_and_report(options.b);
  if (!a || !b) return bad_input;
  // One file, named from two folders, is no difference.
  if (!a->scenario.evidence.empty() && !b->scenario.evidence.empty() &&
      evidence_file(options.a, a->scenario.evidence) == evidence_file(options.b, b->scenario.evidence))
    b->scenario.evidence = a->scenario.evidence;
  const auto list = differences(a->scenario, b->scenario);
  if (options.json)
    print_answer("{}\n", to_json(options, list).dump(2));
  else
    print_list(to_text(options, list));
  return options.exit_code && !list.empty() ? failure : success;
}

}  // namespace

void add_diff(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("diff", "Print the resolved values in which two scenarios differ");
  command->add_option("A", options->a, "Scenario file (TOML)")->required();
  command->add_option("B", options->b, "Scenario file (TOML)")->required();
  command->add_flag("--exit-code", options->exit_code, "Exit with 1 if they differ");
  command->add_flag("--json", options->json, "Print as JSON");
  command->footer(
      "Examples:\n"
      "  coalis diff scenarios/illinois.toml mine.toml\n"
      "  coalis diff --exit-code before.toml after.toml > /dev/null || echo changed\n"
      "Exit codes: 0 done, 1 they differ (with --exit-code), 2 the command line or a scenario is wrong.");
  command->callback([options, &status] { status = diff(*options); });
}

}  // namespace coalis::cli
