// coalis bundle: a study as a folder to archive, which makes its results again.
#include "coalis/tasks/bundle.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <stdexcept>
#include <string>

#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/core/shell_word.hpp"
#include "coalis/ensemble/resources.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct BundleOptions {
  StudyOptions study;
  std::string folder;
};

int write_bundle(const BundleOptions& options) try {
  const auto made = bundle(options.study, options.folder);
  print_problems("coalis bundle", made.problems);
  if (!made.ok()) return bad_input;
  const auto& [folder, inputs, results, files, bytes] = *made.question;
  print_list(fmt::format("{}: {}, {} of results; {} in all, {}\nMakes its results again with: {}\n",
                         visible(folder.string(), Lines::one), counted(inputs, "input"), counted(results, "file"),
                         counted(files, "file"), bytes_text(static_cast<double>(bytes)),
                         shell_word((folder / "rerun").string())));
  return success;
} catch (const std::runtime_error& error) {  // FileError, StoreError
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace

void add_bundle(CLI::App& program, int& status) {
  const auto options = std::make_shared<BundleOptions>();
  CLI::App* command = program.add_subcommand("bundle", "Write a study as a folder to archive, which makes its results again");
  command->add_option("STUDY", options->study.file, "Study file (TOML) whose runs are done")->required();
  command->add_option("-o,--output", options->folder,
                      "Folder to write; without it the study's name (and that of --parameters) with .bundle");
  command
      ->add_option("--parameters", options->study.parameters, "Parameter sets that coalis study run was given; may be repeated")
      ->allow_extra_args(false);
  add_whole(*command, "--replicates", options->study.replicates, from<std::uint32_t>(1),
            "The first so many replicates instead of the study's number", false);
  command->footer(
      "It has the study with all that it reads, its runs as tables, its answer, the script rerun, hashes (SHA256SUMS), licence "
      "and citation.\n"
      "Equal studies give equal bytes.\n"
      "Examples:\n"
      "  coalis bundle scenarios/studies/meet-or-hire.toml -o meet-or-hire\n"
      "  meet-or-hire/rerun\n"
      "Exit codes: 0 written, 2 the command line, the study or a scenario is wrong, 3 runs are missing, the folder is not empty, "
      "or a file\ncannot be read or written.");
  command->callback([options, &status] { status = write_bundle(*options); });
}

}  // namespace coalis::cli
