#include "coalis/report/words/failed_runs.hpp"

#include <fmt/format.h>

#include "coalis/core/counted.hpp"

namespace coalis {

std::string failures_text(std::size_t failed, std::size_t runs, std::span<const FailedRun> first) {
  std::string text = fmt::format("{} of {} failed:\n", failed, counted(runs, "run"));
  for (const FailedRun& run : first) text += fmt::format("  replicate {} of {}: {}\n", run.replicate, run.of, run.cause);
  if (failed > first.size()) text += fmt::format("  and {} more\n", failed - first.size());
  return text;
}

}  // namespace coalis
