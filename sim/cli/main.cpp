// The program: its commands, help and exit codes.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <new>
#include <sstream>
#include <string>
#include <vector>

#include "coalis/core/build_info.hpp"
#include "coalis/core/characters.hpp"
#include "coalis/core/diagnostic.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "coalis/statistics/column_store.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "program.hpp"
#include "signals.hpp"
#include "standard_output.hpp"
#include "terminal.hpp"

namespace {

using namespace coalis;

constexpr const char* description =
    "Coalis: how leadership, meetings, hubs, training and funds change the engagement of organisations in a policy coalition.";

constexpr const char* footer = R"(Examples:
  coalis run scenarios/illinois.toml -o baseline.h5
  coalis run scenarios/illinois.toml --set hubs.Chicago.fte=1 --set 'series."Outreach Day".per_year=2'
  coalis compare scenarios/illinois.toml scenarios/illinois-full-time-leader.toml
  coalis check scenarios/*.toml
  coalis verify baseline.h5
  coalis study run scenarios/studies/leader-and-meetings.toml

Exit codes:
  0    all went well
  1    a run failed, or a result was not reproduced
  2    the command line or a scenario is wrong; nothing was written
  3    a file exists already, cannot be read or written, or is not what it should be
  130  interrupted by Ctrl-C (143: SIGTERM, 129: SIGHUP); what was finished is kept)";

// A text that is empty is most likely a variable of the shell without a value; CLI11 would take it for 0, for no answer, or give
// the option what follows.
void refuse_empty(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view text = argv[i];
    const bool glued = text.starts_with("--") && text.ends_with("=") && text.find('=') == text.size() - 1;
    if (!text.empty() && !glued) continue;
    const std::string where = glued ? std::string(text) : i > 1 ? fmt::format("after '{}'", argv[i - 1]) : "at first";
    throw CLI::ValidationError("an empty text", where + "; give a value, or leave the option out");
  }
}

// A word that stands where a command belongs and is none.
void refuse_unknown_commands(const CLI::App& program, int argc, char** argv) {
  const CLI::App* at = &program;
  for (int i = 1; i < argc && argv[i][0] != '-'; ++i) {
    std::vector<std::string> known;
    for (const CLI::App* command : at->get_subcommands([](const CLI::App*) { return true; }))
      known.push_back(command->get_name());
    if (known.empty()) return;
    const std::string word = argv[i];
    if (std::find(known.begin(), known.end(), word) == known.end())
      throw CLI::ValidationError(fmt::format("there is no command '{}'", visible(word, Lines::one)), choose_advice(word, known));
    at = at->get_subcommand(word);
  }
}

// A switch is given or not: no `--force=false`.
void take_no_values(CLI::App& app) {
  for (CLI::Option* option : app.get_options())
    if (option->get_items_expected_max() == 0) option->disable_flag_override();
  for (CLI::App* command : app.get_subcommands({})) take_no_values(*command);
}

// What the environment says, for those who ask below.
void read_environment() {
  if (const char* name = std::getenv("COALIS_ISA")) use_instruction_set(name);
  for (const char* variable : {"TMPDIR", "TMP", "TEMP", "TEMPDIR"}) {
    const char* folder = std::getenv(variable);
    if (folder && *folder) return put_temporary_files(folder);  // set to nothing is not set
  }
}

std::string command_named(const CLI::App& program) {
  const auto commands = program.get_subcommands();
  return commands.empty() ? "" : commands.front()->get_name();
}

}  // namespace

namespace coalis::cli {
namespace {

// Help and version are answers, too; what is wrong with the command line is a message.
int tell(const CLI::App& program, const CLI::ParseError& error) {
  constexpr std::string_view valued = " was given a disallowed flag override";  // CLI11's words for --quiet=0
  const std::string_view what = error.what();
  if (what.ends_with(valued)) {
    print_message("--{}: takes no value; leave out what follows it, or the whole option\nRun with --help for more information.\n",
                  what.substr(0, what.size() - valued.size()));
    return bad_input;
  }
  std::ostringstream answer, message;
  const int code = program.exit(error, answer, message);
  print_list(answer.str());
  print_message("{}", message.str());
  return code == 0 ? success : bad_input;
}

// What no command has caught.
int run_program(CLI::App& program, int argc, char** argv, const int& status) try {
  refuse_empty(argc, argv);
  refuse_unknown_commands(program, argc, argv);
  program.parse(argc, argv);
  if (const std::string trouble = temporary_file_trouble(); !trouble.empty()) print_message("Note: {}.\n", trouble);
  return status;
} catch (const CLI::ParseError& error) {
  return tell(program, error);
} catch (const FileError& error) {
  print_message("coalis: {}\n", error.what());
  return file_error;
} catch (const std::filesystem::filesystem_error& error) {
  print_message("coalis: {}: {}; check the path and its permissions\n", error.path1().string(), error.code().message());
  return file_error;
} catch (const TooLarge& error) {
  print_message("coalis {}: {}; nothing was run\n", command_named(program), error.what());
  return file_error;
} catch (const std::bad_alloc&) {
  print_message(
      "coalis {}: the memory did not suffice: {} are free now ({}); take fewer --threads, organisations or replicates, or "
      "allow more memory. Files appear whole or not at all\n",
      command_named(program), bytes_text(free_memory().bytes), free_memory().limit);
  return file_error;
} catch (const std::exception& error) {
  print_message("coalis: {}\n", error.what());
  return failure;
}

}  // namespace
}  // namespace coalis::cli

int coalis::cli::program(int argc, char** argv) {
  cli::guard_standard_streams();
  cli::prepare_signals();
  read_environment();
  const FilesInUse files;
  CLI::App program(description, "coalis");
  program.footer(footer);
  program.require_subcommand(1);
  const BuildInfo& build = build_info();
  program.set_version_flag("--version", fmt::format("coalis {} (model {}, {}, {}, instructions {})", build.version, model_version,
                                                    build.commit, build.compiler, instruction_set_in_use()));
  int status = cli::success;
  cli::add_run(program, status);
  cli::add_compare(program, status);
  cli::add_best(program, status);
  cli::add_check(program, status);
  cli::add_defaults(program, status);
  cli::add_schedule(program, status);
  cli::add_verify(program, status);
  cli::add_explain(program, status);
  cli::add_diff(program, status);
  cli::add_options(program, status);
  cli::add_schema(program, status);
  cli::add_new(program, status);
  cli::add_export(program, status);
  cli::add_story(program, status);
  cli::add_report(program, status);
  cli::add_explore(program, status);
  cli::add_study(program, status);
  cli::add_plan(program, status);
  cli::add_sensitivity(program, status);
  cli::add_distinguish(program, status);
  cli::add_calibrate(program, status);
  cli::add_bundle(program, status);
  cli::add_import(program, status);
  cli::add_attendance(program, status);
  cli::add_forecast(program, status);
  cli::add_help(program, status);
  cli::add_completion(program, status);
  take_no_values(program);
  program.failure_message(
      [](const CLI::App* app, const CLI::Error& error) { return visible(CLI::FailureMessage::simple(app, error), Lines::many); });
  return cli::finish_standard_output(cli::run_program(program, argc, argv, status));
}
