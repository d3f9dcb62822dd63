// coalis options SCENARIO: what the coalition could do otherwise, what that changes and costs.
#include "coalis/tasks/options.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "coalis/io/answers/options_json.hpp"
#include "coalis/report/words/options_text.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "scenario_input.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct OptionsArguments {
  std::string scenario;
  std::vector<std::string> overrides;
  bool json = false, keys = false;
};

int list_all(const OptionsArguments& options) {
  auto file = read_and_report(options.scenario, options.overrides);
  if (!file) return bad_input;
  const ListedOptions listed = list_options(options.scenario, std::move(file->scenario));
  if (options.json)
    print_answer("{}", json_text(listed));
  else
    print_text(to_text(listed, options.keys));
  return success;
}

}  // namespace

void add_options(CLI::App& program, int& status) {
  const auto options = std::make_shared<OptionsArguments>();
  CLI::App* command =
      program.add_subcommand("options", "List what a coalition could do otherwise, what that changes and costs a year");
  command->add_option("SCENARIO", options->scenario, "Scenario file (TOML)")->required();
  command->add_option("--set", options->overrides, "Change a value first: path=value")->take_all()->allow_extra_args(false);
  auto* keys = command->add_flag("--keys", options->keys, "The keys of what changes, not words");
  command->add_flag("--json", options->json, "Print as JSON (docs/formats/options.md)")->excludes(keys);
  command->footer(
      "Examples:\n"
      "  coalis options scenarios/template-statewide.toml\n"
      "  coalis compare scenarios/template-statewide.toml --with 'full-time leader' --with '2 hubs'\n"
      "Exit codes: 0 done, 2 the command line or the scenario is wrong.");
  command->callback([options, &status] { status = list_all(*options); });
}

}  // namespace coalis::cli
