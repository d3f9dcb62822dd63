// coalis new NAME: a commented scenario to begin with.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "coalis/core/characters.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/scenario/scenario_template.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct Options {
  std::string name, output;
};

// "ohio-coalition.toml" of "Ohio coalition": letters, digits and what is not ASCII are kept.
std::string file_name(const std::string& title) {
  std::string name;
  for (const char c : title) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (letter)
      name += c;
    else if (c >= 'A' && c <= 'Z')
      name += static_cast<char>(c - 'A' + 'a');
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (name.ends_with('-')) name.pop_back();
  return (name.empty() ? "scenario" : name) + ".toml";
}

int make_new(const Options& options) {
  if (const auto bad = bad_character(options.name, Lines::one)) {
    print_message("coalis new: the name has {}; write it in one line of characters that can be seen\n", bad->what);
    return bad_input;
  }
  if (options.name.find_first_not_of(' ') == options.name.npos) {
    print_message("coalis new: the name is blank; write one, as in coalis new 'Ohio coalition'\n");
    return bad_input;
  }
  const std::filesystem::path path = options.output.empty() ? file_name(options.name) : options.output;
  const bool schema = std::filesystem::exists(path.parent_path() / "scenario.schema.json");
  const std::string text = scenario_template(options.name, schema ? "./scenario.schema.json" : "");
  if (!parse_scenario(text, path.string()).ok()) {
    print_message("coalis new: the name cannot be that of a scenario\n");
    return bad_input;
  }
  try {
    write_new_file(path, text);
  } catch (const ResultError& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
  print_list(fmt::format("{0} written: change it, then coalis check '{0}' and coalis run '{0}'\n", path.string()));
  return success;
}

}  // namespace

void add_new(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
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
