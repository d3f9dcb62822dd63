// coalis help and completion: what --help says, in other forms. Help of the program does not list the first.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "coalis/core/build_info.hpp"
#include "commands.hpp"
#include "described.hpp"
#include "man_page.hpp"
#include "print.hpp"
#include "shell_completion.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct HelpOptions {
  std::vector<std::string> command;
  bool man = false, list = false;
};

void help(const CLI::App& program, const HelpOptions& options) {
  std::string name = program.get_name();
  for (const std::string& word : options.command) name += " " + word;
  const DescribedCommand all = described(program);
  const auto commands = with_all_below(all);
  if (options.list)
    for (const DescribedCommand* command : commands) print_answer("{}\n", command->name);
  if (options.list) return;
  const auto found =
      std::find_if(commands.begin(), commands.end(), [&](const DescribedCommand* command) { return command->name == name; });
  if (found == commands.end())
    throw CLI::ValidationError("help", "there is no command '" + name + "'; coalis help --list names them");
  if (options.man) return print_answer("{}", man_page(**found, all, build_info().version));
  const CLI::App* at = &program;
  for (const std::string& word : options.command) at = at->get_subcommand(word);
  // Not App::help(), which goes on to the command that was given: to this one.
  print_list(at->get_formatter()->make_help(at, name, CLI::AppFormatMode::Normal));
}

}  // namespace

void add_help(CLI::App& program, int& status) {
  const auto options = std::make_shared<HelpOptions>();
  CLI::App* command = program.add_subcommand("help", "What a command does, as its --help says")->group("");
  command->add_option("COMMAND", options->command, "The command, study run");
  auto* list = command->add_flag("--list", options->list, "The names of all commands");
  command->add_flag("--man", options->man, "As a page for man")->excludes(list);
  command->callback([&program, options, &status] {
    help(program, *options);
    status = success;
  });
}

void add_completion(CLI::App& program, int& status) {
  const auto shell = std::make_shared<std::string>();
  CLI::App* command = program.add_subcommand("completion", "What a shell completes command lines by: bash, zsh or fish");
  command->add_option("SHELL", *shell, "The shell")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->footer("Examples:\n  source <(coalis completion bash)\n  coalis completion fish | source");
  command->callback([&program, shell, &status] {
    const DescribedCommand all = described(program);
    print_answer("{}", *shell == "bash" ? bash_completion(all) : *shell == "zsh" ? zsh_completion(all) : fish_completion(all));
    status = success;
  });
}

}  // namespace coalis::cli
