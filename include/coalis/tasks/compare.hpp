// Carries out a comparison.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/record.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/questions/comparison/answer.hpp"
#include "coalis/questions/comparison/ask.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

// Reads what the options name, and asks. before_drawing: ComparisonInput's. Throws FileError for a file that cannot be read and
// has no diagnostics of its own.
Asked<Comparison> read_comparison(const ComparisonOptions& options, const Watch& watch,
                                  std::function<void(const Comparison&)> before_drawing = nullptr);
// The same of scenarios that have been read; the options have their names.
Asked<Comparison> read_comparison(const ComparisonOptions& options, std::vector<ScenarioFile> scenarios, const Watch& watch,
                                  std::function<void(const Comparison&)> before_drawing = nullptr);

// Takes what comes of a comparison while it is made, to keep it.
class ComparisonSink {
 public:
  virtual ~ComparisonSink() = default;
  // One replicate, a record a scenario, with trajectories, survey and answers to the comparison's own items.
  virtual void add(const Comparison& question, std::span<const RunRecord> records) = 0;
  // All that was asked, or what was finished before an interruption; not if nothing was.
  virtual void finish(const ComparisonAnswer& answer) = 0;
};

// Runs all replicates at once, or from look to look until the difference is precise enough; then the other structures, and with
// parameter sets every run once more. Cancelled, the answer has the replicates that are finished. rules: decide who attends in
// the place of the structures, one a scenario or null; then in this thread.
ComparisonAnswer compare(Comparison question, int threads, const Watch& watch, ComparisonSink* sink = nullptr,
                         const std::vector<AttendanceRule*>& rules = {});

}  // namespace coalis
