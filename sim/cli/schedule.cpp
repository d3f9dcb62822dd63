// coalis schedule: the processes of a month in their order, from the list that runs them.
#include <fmt/format.h>

#include "coalis/model/simulate.hpp"
#include "commands.hpp"
#include "print.hpp"

namespace coalis::cli {

void add_schedule(CLI::App& program, int& status) {
  CLI::App* command = program.add_subcommand("schedule", "Print the order of the processes of a month");
  command->footer("Example:\n  coalis schedule\n\nExit code: 0.");
  command->callback([&status] {
    for (const ProcessName& process : schedule())
      print_answer("{:>3}  {:<26}  {}\n", process.number, process.name, process.summary);
    status = success;
  });
}

}  // namespace coalis::cli
