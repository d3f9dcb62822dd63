// coalis verify of a comparison: are the outcomes of its paired runs those that this machine computes?
#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/counted.hpp"
#include "coalis/tasks/rerun_comparison.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "terminal.hpp"
#include "verify.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

int tell(const VerifyOptions& options, const ComparisonFile& file, const RerunComparison& found) {
  constexpr std::size_t listed = 20;
  if (found.different.empty()) {
    print_text(fmt::format(
        "{}: reproduced. {} of its {} {} rerun under all {}, and all outcomes and figures of the survey are the recorded ones. "
        "What is computed from them (differences over time, quantiles, structures, variances) was not computed again.\n",
        options.result, found.compared, counted(file.replicates, "replicate"), found.compared == 1 ? "was" : "were",
        counted(file.scenarios.size(), "scenario")));
    return success;
  }
  print_list(fmt::format("{}: NOT reproduced. {} from the recorded figures in {} rerun:\n", options.result,
                         counted(found.different.size(), "difference"), counted(found.compared, "replicate")));
  for (std::size_t i = 0; i < std::min(listed, found.different.size()); ++i)
    print_list(fmt::format("  {}\n", found.different[i]));
  if (found.different.size() > listed) print_list(fmt::format("  and {} more\n", found.different.size() - listed));
  return failure;
}

}  // namespace

int verify_comparison(const VerifyOptions& options, const CheckedPath& checked) try {
  const ComparisonFile file(checked);
  if (!same_model(options, file.model_version, file.program_version, file.commit)) return file_error;
  const auto rows = chosen_rows(file.replicates, options.sample);
  const Interruption interruption;
  ProgressLine progress(rows.size(), !options.quiet);
  const RerunComparison found = rerun(file, options.result, rows, options.threads, watching(interruption, progress));
  if (found.compared < rows.size())
    print_message("Interrupted after {} of {}.\n", found.compared, counted(rows.size(), "replicate"));
  const int status = tell(options, file, found);
  return found.compared < rows.size() ? Interruption::exit_code() : status;
} catch (const ResultError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace coalis::cli
