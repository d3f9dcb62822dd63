// The commands of the program, one file each. add_x puts the command into the program; when it has run, `status` is its exit
// code.
#pragma once

#include <CLI/CLI.hpp>

namespace coalis::cli {

// Exit codes of all commands; usage errors of the command line are bad_input too.
inline constexpr int success = 0;
inline constexpr int failure = 1;     // a run failed, or a result was not reproduced
inline constexpr int bad_input = 2;   // command line or scenario
inline constexpr int file_error = 3;  // a file exists already, cannot be read or written, or is not what it should be
// 128 + the signal: interrupted, what was finished is kept (signals.hpp).

void add_run(CLI::App& program, int& status);
void add_report(CLI::App& program, int& status);
void add_explore(CLI::App& program, int& status);
void add_compare(CLI::App& program, int& status);
void add_best(CLI::App& program, int& status);
void add_check(CLI::App& program, int& status);
void add_defaults(CLI::App& program, int& status);
void add_schedule(CLI::App& program, int& status);
void add_verify(CLI::App& program, int& status);
void add_explain(CLI::App& program, int& status);
void add_diff(CLI::App& program, int& status);
void add_options(CLI::App& program, int& status);
void add_schema(CLI::App& program, int& status);
void add_new(CLI::App& program, int& status);
void add_export(CLI::App& program, int& status);
void add_story(CLI::App& program, int& status);
void add_study(CLI::App& program, int& status);
void add_plan(CLI::App& program, int& status);
void add_sensitivity(CLI::App& program, int& status);
void add_distinguish(CLI::App& program, int& status);
void add_calibrate(CLI::App& program, int& status);
void add_bundle(CLI::App& program, int& status);
void add_import(CLI::App& program, int& status);
void add_help(CLI::App& program, int& status);
void add_completion(CLI::App& program, int& status);
void add_attendance(CLI::App& program, int& status);
void add_forecast(CLI::App& program, int& status);

}  // namespace coalis::cli
