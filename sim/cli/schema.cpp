// coalis schema: the JSON Schema of scenario files.
#include <fmt/format.h>

#include "coalis/io/scenario/scenario_schema.hpp"
#include "commands.hpp"
#include "print.hpp"

namespace coalis::cli {

void add_schema(CLI::App& program, int& status) {
  CLI::App* command = program.add_subcommand("schema", "Print the JSON Schema of scenario files, for editors and validators");
  command->footer(
      "An editor that knows TOML schemas (Taplo, Even Better TOML) takes it from the first line of a scenario:\n"
      "  #:schema ./scenario.schema.json\n"
      "Example:\n"
      "  coalis schema > scenarios/scenario.schema.json\n"
      "Exit code: 0.");
  command->callback([&status] {
    print_answer("{}", scenario_schema());
    status = success;
  });
}

}  // namespace coalis::cli
