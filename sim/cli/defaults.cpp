// coalis defaults: every key of a scenario with default, unit, range, source and meaning.
#include <memory>

#include "coalis/report/words/defaults_text.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "terminal.hpp"

namespace coalis::cli {

void add_defaults(CLI::App& program, int& status) {
  struct Options {
    bool toml = false, markdown = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("defaults", "Print every key of a scenario: default, unit, values, source, meaning");
  auto* toml = command->add_flag("--toml", options->toml, "As TOML");
  command->add_flag("--markdown", options->markdown, "As the tables of docs/formats/scenario.md")->excludes(toml);
  command->footer("Examples:\n  coalis defaults\n  coalis defaults --toml > template.toml\n\nExit code: 0.");
  command->callback([options, &status] {
    if (options->toml || options->markdown)
      print_answer("{}", options->toml ? defaults_toml() : defaults_markdown());
    else
      print_list(defaults_text());
    status = success;
  });
}

}  // namespace coalis::cli
