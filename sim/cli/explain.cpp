// coalis explain SCENARIO: every resolved value and where it came from.
#include <memory>
#include <string>
#include <vector>

#include "coalis/io/answers/scenario_json.hpp"
#include "coalis/report/words/scenario_text.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "scenario_input.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct ExplainArguments {
  std::string scenario;
  std::vector<std::string> paths, overrides;
  bool json = false;
};

int explain(const ExplainArguments& options) {
  const auto file = read_and_report(options.scenario, options.overrides);
  if (!file) return bad_input;
  auto values = resolved_values(file->scenario);
  if (const std::string problem = keep_paths(values, options.paths); !problem.empty()) {
    print_message("{}: {}\n", options.scenario, problem);
    return bad_input;
  }
  if (options.json) {
    print_answer("{}", json_text(values, file->origins));
    return success;
  }
  std::vector<ShownValue> shown;
  for (const ResolvedValue& v : values)
    shown.push_back({v.table, v.key, v.value, v.field.unit, origin_text(v, file->origins), v.field.meaning});
  print_list(values_text(shown));
  return success;
}

}  // namespace

void add_explain(CLI::App& program, int& status) {
  const auto options = std::make_shared<ExplainArguments>();
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
