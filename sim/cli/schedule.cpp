// coalis schedule: the processes of a month in their order, from the list that runs them.
#include <fmt/format.h>

#include <string>

#include "coalis/engine/simulate.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "terminal.hpp"

namespace coalis::cli {

void add_schedule(CLI::App& program, int& status) {
  CLI::App* command = program.add_subcommand("schedule", "Print the order of the processes of a month");
  command->footer("Example:\n  coalis schedule\n\nExit code: 0.");
  command->callback([&status] {
    std::string text;
    for (const ProcessName& process : schedule())
      text += fmt::format("{:>3}  {:<26}  {}\n", process.number, process.name, process.summary);
    print_list(text);
    status = success;
  });
}

}  // namespace coalis::cli
