// coalis export RESULT --csv DIR: a result file as tables.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>

#include "coalis/io/result_file.hpp"
#include "coalis/io/result_tables.hpp"
#include "commands.hpp"

namespace coalis::cli {
namespace {

struct Options {
  std::string result, folder;
  bool force = false;
};

int export_tables(const Options& options) {
  try {
    for (const ExportedTable& table : export_csv(options.result, options.folder, options.force)) {
      fmt::print("{:<32} {:>10} rows\n", table.file, table.rows);
    }
  } catch (const ResultError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return file_error;
  }
  return success;
}

}  // namespace

void add_export(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("export", "Write a result file as tables in CSV, with a data dictionary");
  command->add_option("RESULT", options->result, "Result file of `coalis run`")->required();
  command->add_option("--csv", options->folder, "Folder for the tables; made if need be")->required();
  command->add_flag("--force", options->force, "Replace the tables of an earlier export");
  command->footer(
      "Example:\n"
      "  coalis export illinois.h5 --csv illinois-tables\n"
      "Exit codes: 0 written, 2 the command line is wrong, 3 a table exists already or cannot be written, or the result cannot "
      "be read.");
  command->callback([options, &status] { status = export_tables(*options); });
}

}  // namespace coalis::cli
