// Carries out a run, and keeps it in a result file (docs/formats/result.md).
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/questions/run/answer.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

// Reads what the options name, and asks. before_drawing: RunInput's. Throws FileError for a file that cannot be read and has no
// diagnostics of its own.
Asked<RunQuestion> read_run(const RunOptions& options, std::function<void(const RunQuestion&)> before_drawing = nullptr);
// The same of a scenario and its evidence that have been read; the options have the scenario's name.
Asked<RunQuestion> read_run(const RunOptions& options, ScenarioFile scenario, EvidenceFile evidence, const Watch& watch,
                            std::function<void(const RunQuestion&)> before_drawing = nullptr);

// What a run takes, with `file` if it is not ""; throws TooLarge if it does not fit.
void require_room(const RunQuestion& question, int threads, const std::filesystem::path& file);

// Takes the replicates of a run while they are made, to keep them.
class RunSink {
 public:
  virtual ~RunSink() = default;
  virtual void add(const RunRecord& record) = 0;
  // All that was asked, or what was finished before an interruption; not if nothing was.
  virtual void finish(const RunAnswer& answer) = 0;
};

// Runs all replicates, each with its own parameter set if there are any. Cancelled, the answer has those that are finished.
// rule: decides who attends in the place of the scenario's structure, in this thread; of runs without parameter sets.
RunAnswer run(RunQuestion question, int threads, const Watch& watch, RunSink* sink = nullptr, AttendanceRule* rule = nullptr);

// Written beside `path` under a temporary name; it appears whole when the run is finished.
class RunKeeper final : public RunSink {
 public:
  // command: line that makes the file, for its provenance. Throws ResultError as ResultWriter does.
  RunKeeper(const std::filesystem::path& path, bool overwrite, const RunQuestion& question, const std::string& command,
            int threads);
  void add(const RunRecord& record) override { writer_.append(record); }
  void finish(const RunAnswer& answer) override;

 private:
  std::optional<DrawnSets> sets_;  // the writer looks at it
  ResultWriter writer_;
};

}  // namespace coalis
