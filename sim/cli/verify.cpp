// coalis verify: does this machine reproduce the replicates of a result file, bit for bit?
#include "coalis/tasks/verify.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "coalis/report/words/verified_text.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

struct VerifyOptions {
  std::string result;
  std::size_t sample = 0;
  int threads = 0;
  bool quiet = false;
};

int verify(const VerifyOptions& options) try {
  const CheckedPath checked = check_content(options.result);
  const Interruption interruption;
  ProgressLine progress(0, !options.quiet, kind_of(checked) == Verified::Of::study ? "runs" : "replicates");
  const Verified verified = coalis::verify(checked, options.sample, options.threads, watching(interruption, progress));
  if (!verified.whole()) print_message("Interrupted after {} of {}.\n", verified.compared, wanted_text(verified));
  const VerifiedText said = verified_text(verified);
  if (!said.list.empty()) print_list(said.list);
  if (!said.text.empty()) print_text(said.text);
  if (!verified.whole()) return Interruption::exit_code();
  return verified.reproduced() ? success : failure;
} catch (const FileError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace

void add_verify(CLI::App& program, int& status) {
  const auto options = std::make_shared<VerifyOptions>();
  CLI::App* command = program.add_subcommand(
      "verify", "Rerun replicates of a result file and say whether this machine reproduces their hashes and numbers");
  command
      ->add_option("RESULT", options->result,
                   "Result file of `coalis run`, comparison of `coalis compare -o` or merged result of a study")
      ->required();
  add_whole(*command, "--sample", options->sample, {.least = 1}, "Rerun so many replicates, evenly spaced, instead of all",
            false);
  add_whole(*command, "--threads", options->threads, thread_range, "Threads, 0 for all");
  command->add_flag("--quiet", options->quiet, "No progress line");
  command->footer(
      "Examples:\n"
      "  coalis verify illinois.h5\n"
      "  coalis verify illinois.h5 --sample 20\n"
      "Exit codes: 0 all equal, 1 some differ, 3 the file cannot be read or compared, " +
      std::string(interruption_codes) + ".");
  command->callback([options, &status] { status = verify(*options); });
}

}  // namespace coalis::cli
