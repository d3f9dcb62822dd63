// coalis verify of a merged result of a study.
#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/counted.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/tasks/study_verify.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "terminal.hpp"
#include "verify.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

int tell(const VerifyOptions& options, const StudyRuns& runs, const StudyVerified& verified) {
  const auto& [wanted, compared, unbuilt, different] = verified;
  constexpr std::size_t listed = 20;
  const auto done = static_cast<std::size_t>(std::count_if(runs.done.begin(), runs.done.end(), [](auto d) { return d != 0; }));
  if (different.empty())
    print_text(fmt::format("{}: reproduced. {} of its {} {} the recorded hash and outcomes.\n", options.result, compared,
                           counted(done, "run"), compared == 1 ? "was rerun and has" : "were rerun and all have"));
  else
    print_list(fmt::format("{}: NOT reproduced. {} from the recorded hashes and outcomes in {} rerun:\n", options.result,
                           counted(different.size(), "difference"), counted(compared, "run")));
  for (std::size_t i = 0; i < std::min(listed, different.size()); ++i) print_list(fmt::format("  {}\n", different[i]));
  if (different.size() > listed) print_list(fmt::format("  and {} more\n", different.size() - listed));
  if (unbuilt > 0)
    print_text(fmt::format(
        "{} of its {} could not be built again from the file alone and {} not rerun; coalis study run does {} anew.\n", unbuilt,
        counted(runs.points.size(), "point"), unbuilt == 1 ? "was" : "were", unbuilt == 1 ? "it" : "them"));
  return different.empty() ? success : failure;
}

}  // namespace

int verify_study(const VerifyOptions& options, const CheckedPath& checked) try {
  const StudyRuns runs = read_study_runs(checked);
  if (!same_model(options, runs.model_version, runs.program_version, runs.commit)) return file_error;
  const Interruption interruption;
  ProgressLine progress(runs.done.size(), !options.quiet, "runs");
  const StudyVerified verified = coalis::verify_study(runs, options.sample, options.threads, watching(interruption, progress));
  if (verified.wanted == 0) {
    print_message("{}: no point could be built again from the file alone; give the study to coalis study run in another folder\n",
                  options.result);
    return file_error;
  }
  const bool whole = verified.compared == verified.wanted;
  if (!whole) print_message("Interrupted after {} of {}.\n", verified.compared, counted(verified.wanted, "run"));
  const int status = tell(options, runs, verified);
  return whole ? status : Interruption::exit_code();
} catch (const FileError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace coalis::cli
