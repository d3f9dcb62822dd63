// coalis diff A B: the resolved values in which two scenarios differ.
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include "coalis/io/answers/scenario_json.hpp"
#include "coalis/report/words/scenario_text.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "scenario_input.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct DiffArguments {
  std::string a, b;
  bool exit_code = false, json = false;
};

// Of a scenario's evidence, which it names relative to its own folder.
std::filesystem::path evidence_file(const std::string& file, const std::string& evidence) {
  std::error_code error;
  const auto path = std::filesystem::path(file).parent_path() / evidence;
  auto known = std::filesystem::weakly_canonical(path, error);
  return error ? path : known;
}

int diff(const DiffArguments& options) {
  const auto a = read_and_report(options.a);
  auto b = read_and_report(options.b);
  if (!a || !b) return bad_input;
  // One file, named from two folders, is no difference.
  if (!a->scenario.evidence.empty() && !b->scenario.evidence.empty() &&
      evidence_file(options.a, a->scenario.evidence) == evidence_file(options.b, b->scenario.evidence))
    b->scenario.evidence = a->scenario.evidence;
  const auto list = differences(a->scenario, b->scenario);
  if (options.json)
    print_answer("{}", json_text(options.a, options.b, list));
  else
    print_list(differences_text(options.a, options.b, list));
  return options.exit_code && !list.empty() ? failure : success;
}

}  // namespace

void add_diff(CLI::App& program, int& status) {
  const auto options = std::make_shared<DiffArguments>();
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
