// The program: its commands, help and exit codes.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <new>
#include <string>

#include "coalis/ensemble/column_store.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/build_info.hpp"
#include "coalis/model/simulate.hpp"
#include "commands.hpp"

namespace {

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
  130  interrupted by Ctrl-C (143: SIGTERM); what was finished is kept)";

std::string command_named(const CLI::App& program) {
  const auto commands = program.get_subcommands();
  return commands.empty() ? "" : commands.front()->get_name();
}

}  // namespace

int main(int argc, char** argv) {
  using namespace coalis;
  CLI::App program(description, "coalis");
  program.footer(footer);
  program.require_subcommand(1);
  const BuildInfo& build = build_info();
  program.set_version_flag(
      "--version", fmt::format("coalis {} (model {}, {}, {})", build.version, model_version, build.commit, build.compiler));
  int status = cli::success;
  cli::add_run(program, status);
  cli::add_compare(program, status);
  cli::add_check(program, status);
  cli::add_defaults(program, status);
  cli::add_schedule(program, status);
  cli::add_verify(program, status);
  cli::add_explain(program, status);
  cli::add_diff(program, status);
  cli::add_schema(program, status);
  cli::add_new(program, status);
  cli::add_export(program, status);
  cli::add_story(program, status);
  cli::add_report(program, status);
  cli::add_study(program, status);
  cli::add_plan(program, status);
  cli::add_sensitivity(program, status);
  cli::add_distinguish(program, status);
  cli::add_calibrate(program, status);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? cli::success : cli::bad_input;
  } catch (const coalis::TooLarge& error) {
    fmt::print(stderr, "coalis {}: {}; nothing was run\n", command_named(program), error.what());
    return cli::file_error;
  } catch (const std::bad_alloc&) {
    fmt::print(
        stderr,
        "coalis {}: the memory did not suffice: {} are free now ({}); take fewer --threads, organisations or replicates, or "
        "allow more memory. Files appear whole or not at all\n",
        command_named(program), bytes_text(free_memory().bytes), free_memory().limit);
    return cli::file_error;
  } catch (const std::exception& error) {
    fmt::print(stderr, "coalis: {}\n", error.what());
    return cli::failure;
  }
  if (const std::string trouble = temporary_file_trouble(); !trouble.empty()) fmt::print(stderr, "Note: {}.\n", trouble);
  return status;
}
