// The runs of a study that are missing, then its merged result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "coalis/core/provenance.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/questions/study/part.hpp"
#include "coalis/tasks/claims.hpp"
#include "coalis/tasks/missing_runs.hpp"
#include "coalis/tasks/study_prepare.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

// Runs of a study in one thread. Simulators are kept from run to run as long as they are small together; with parameter sets the
// last one alone, as runs of one point and set are numbered after each other.
class StudyRunner {
 public:
  // Both must outlive it. rule: decides who attends in the place of the scenarios' structures, null: nothing does.
  explicit StudyRunner(const StudyQuestion& study, AttendanceRule* rule = nullptr);
  // Throws TooLarge for a run that does not fit into memory.
  void run(std::size_t point, std::uint32_t replicate, RunRecord& record);
  void forget();

 private:
  void check_room(const Scenario& scenario) const;

  struct Kept {
    Scenario scenario;
    Simulator simulator;
  };
  const StudyQuestion& study_;
  AttendanceRule* rule_;
  Recording recording_;
  std::map<std::pair<std::size_t, std::uint32_t>, Kept> kept_;  // by point and draw
  long organisations_ = 0;
};

struct StudyWork {
  StudyPart part{};  // what is done and counted, in StudyDone, too
  int threads = 0;
  AttendanceRule* rule = nullptr;  // StudyRunner's; then in this thread
  Lessor* lessor = nullptr;        // who hands out runs, if several processes share them so; else claims do
  double lease_seconds = 5;
  bool stop_on_failure = true;
  std::function<void(std::size_t missing)> on_begin = nullptr;
  std::function<void(std::size_t run, const std::string& cause)> on_failure = nullptr;  // by its number in the study
  std::function<void(std::size_t runs, double seconds, std::size_t done)> on_batch = nullptr;
};

struct StudyDone {
  RunStanding runs;
  std::vector<FailedRun> failures;  // the first of them
};

// Does what is missing, trying again what failed. Throws TooLarge before the first run if the study does not fit, StoreError.
StudyDone run_study(const StudyQuestion& study, RunStore& store, Claims& claims, const StudyWork& work, const Watch& watch);

// How its runs, or those of a part, stand in the store.
RunStanding standing_of(const StudyQuestion& study, const RunStore& store, StudyPart part = {});

// Writes the merged result if the file is not that of this study already. One at a time: who comes later finds it done.
void merge_study(const PreparedStudy& prepared, const RunStore& store, Claims& claims, const std::filesystem::path& result,
                 const Provenance& provenance);

}  // namespace coalis
