// Carrying out a sensitivity analysis: its points checked, how long they will take, and doing what a store does not have yet.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "coalis/io/questions/sensitivity_file.hpp"
#include "coalis/io/store/run_store.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/questions/sensitivity/sensitivity.hpp"
#include "coalis/report/words/failed_runs.hpp"
#include "coalis/tasks/lessor.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

struct PreparedSensitivity {
  SensitivityQuestion question;
  std::vector<LoadedScenario> scenarios;
  std::filesystem::path store_folder;  // STUDY.runs
  std::vector<RunKey> keys = {};       // [place]: of its runs
  double work = 1;                     // organisation-months of the largest run
  double run_memory = 0;               // bytes of the largest simulator and its record

  RunName name_of(std::size_t run) const { return {keys[question.place_of(run)], question.replicate_of(run)}; }
  // A scenario at a point; errors are in its diagnostics.
  ScenarioFile scenario(std::size_t place) const;
  // "illinois.toml with parameters.tie_prob = 0.2, ..."
  std::string describe(std::size_t run) const;
};

// The question alone, whose points are not tried. Problems are those of its scenarios.
Asked<SensitivityQuestion> question_of(const SensitivityFile& file);

// Tries every point on every scenario and names its runs. `path`: of the study's file, as given.
Asked<PreparedSensitivity> prepare_sensitivity(const std::filesystem::path& path, SensitivityFile file, const Watch& watch = {});

// Throws TooLarge if the runs do not fit into memory, or so many of them onto the disk.
void check_room(const PreparedSensitivity& prepared, std::size_t missing, int threads);

// Seconds that all runs will take, from a trial of the first point.
double forecast_seconds(const PreparedSensitivity& prepared, int threads);

// The store of the study's runs, which holds the design beside them. Throws FileError: it holds runs of another design and
// `restart` is false, or another process is at work on what is to be begun again.
std::unique_ptr<RunStore> open_sensitivity_store(const PreparedSensitivity& prepared, bool restart);

struct SensitivityRun {
  std::optional<SensitivityValues> values;  // nothing if not all runs are done: one failed, or it was cancelled
  std::size_t failed = 0, count = 0;        // runs; in all
  std::vector<FailedRun> failures;          // the first of them
  std::string kept;                         // "120 of 400 runs are kept in STUDY.runs; the same command goes on"
};
struct SensitivityWork {
  int threads = 0;
  bool quiet = false;  // no notice that it goes on
  Sharing sharing{};
};
// Does the runs that the store does not have, and keeps them. Throws FileError, which says what is kept, and TooLarge.
SensitivityRun run_sensitivity(const PreparedSensitivity& prepared, RunStore& store, const SensitivityWork& work,
                               const Watch& watch);
// What a process does that does not lead: what it is given, and nothing else. Throws FileError.
void share_sensitivity(const PreparedSensitivity& prepared, Lessor& lessor, int threads, const Watch& watch);

}  // namespace coalis
