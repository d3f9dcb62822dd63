// coalis new NAME: a commented scenario to begin with.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "coalis/core/shell_word.hpp"
#include "coalis/io/scenario/scenario_template.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/tasks/new_scenario.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct NewArguments {
  std::string name, output;
};

int make_new(const NewArguments& options) try {
  const auto made = new_scenario(options.name, options.output);
  if (!print_problems("coalis new", made.problems)) return bad_input;
  write_new_file(made.question->path, made.question->text);
  print_list(fmt::format(
      "{0} written: change it, then\n"
      "  coalis check {1}    says all that is wrong\n"
      "  coalis run {1}    runs it\n"
      "With a survey of your own: an evidence file and a calibration file (docs/formats/evidence.md, calibration.md), then\n"
      "  coalis calibrate CALIBRATION -o posterior.csv    fits what is uncertain to it\n"
      "  coalis compare {1} OTHER --parameters posterior.csv    answers with what it leaves open\n",
      made.question->path.string(), shell_word(made.question->path.string())));
  return success;
} catch (const FileError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace

void add_new(CLI::App& program, int& status) {
  const auto options = std::make_shared<NewArguments>();
  CLI::App* command = program.add_subcommand("new", "Write a commented scenario to begin with");
  command->add_option("NAME", options->name, "Title of the scenario")->required();
  command->add_option("-o,--output", options->output, "File to write; without it named after the title, in the working folder");
  command->footer(
      "Examples:\n"
      "  coalis new 'Ohio coalition'\n"
      "  coalis new 'Ohio coalition' -o scenarios/ohio.toml\n"
      "Exit codes: 0 written, 2 the command line is wrong, 3 the file exists already or cannot be written.");
  command->callback([options, &status] { status = make_new(*options); });
}

}  // namespace coalis::cli
