// coalis explore SCENARIO... -o page.html: the policy explorer of coalitions, one page that runs the model in a browser.
#include "coalis/tasks/explore.hpp"

#include <memory>
#include <string>

#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/output.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

struct Options {
  ExploreOptions page;
  std::string output;
  bool force = false;
};

int write_explorer(const Options& options) try {
  check_output_path(options.output, options.force);
  const auto asked = explore(options.page, notices_alone());
  if (!print_problems("coalis explore", asked.problems) || !asked.ok()) return bad_input;
  write_output(options.output, report::html(*asked.question), options.force);
  print_answer("{}\n", options.output);
  return success;
} catch (const FileError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace

void add_explore(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("explore", "Write a page on which the levers of a coalition can be moved");
  command->add_option("SCENARIO", options->page.scenarios, "Scenario files (TOML) that can be chosen on the page")->required();
  command->add_option("-o,--output", options->output, "Page to write (HTML)")->required();
  auto* parameters =
      command->add_option("--parameters", options->page.parameters,
                          "Parameter sets with weights (CSV, as a posterior of coalis calibrate), for the range that they give");
  add_whole(*command, "--draws", options->page.draws, from<int>(1), "So many of the parameter sets, drawn by their weights")
      ->needs(parameters);
  command
      ->add_option("--best", options->page.best,
                   "Answer of coalis best (JSON): what money buys, and options that can be set on the page")
      ->allow_extra_args(false);
  command->add_option("--study", options->page.studies, "Study file (TOML) whose options can be set on the page")
      ->allow_extra_args(false);
  command->add_option("--title", options->page.title, "Title of the page; default: the first scenario's name");
  add_whole(*command, "--threads", options->page.threads, thread_range, "Threads; 0: all");
  command->add_flag("--force", options->force, "Replace an existing page");
  command->footer(
      "Examples:\n"
      "  coalis explore scenarios/illinois.toml -o illinois.html\n"
      "  coalis explore scenarios/illinois.toml scenarios/illinois-three-hubs.toml --parameters scenarios/posterior/mixture.csv "
      "-o "
      "illinois.html\n"
      "  coalis best ours.toml --budget 60000 -o best.json && coalis explore ours.toml --best best.json -o ours.html\n"
      "The page is one file. A browser opens it without a network and runs the model itself, with the same bits as this "
      "program.\n"
      "Exit codes: 0 written, 2 the command line, a scenario, a parameter set or a study is wrong, or an answer of\n"
      "another coalition, 3 the page exists already or cannot be "
      "written,\n"
      "or a file cannot be read.");
  command->callback([options, &status] { status = write_explorer(*options); });
}

}  // namespace coalis::cli
