// The store of a study's runs: where it is, what it takes, what is in it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "coalis/ensemble/resources.hpp"
#include "coalis/io/store/run_store.hpp"
#include "coalis/questions/study/findings.hpp"
#include "coalis/questions/study/part.hpp"
#include "coalis/tasks/leases.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

// STUDY.runs, or STUDY.POSTERIOR.runs with a file of parameter sets that was given.
std::filesystem::path store_folder(const StudyQuestion& study);
// Of a copy of the study, of another machine: its folder of runs, or that of its study file.
std::filesystem::path store_folder_of_copy(const StudyQuestion& study, const std::filesystem::path& copy);
// Of the merged result: the same with .h5.
std::filesystem::path result_path(const StudyQuestion& study);
RunStore open_store(const StudyQuestion& study, Access access);
// For one part of it: runs of other parts may be unknown.
RunStore open_store(const StudyQuestion& study, Access access, StudyPart part);
RunStore open_store(const StudyQuestion& study, Access access, const std::filesystem::path& folder);

// Runs that are claimed together; depends on the study alone.
std::size_t unit_size(const StudyQuestion& study);
// Of runs that are handed out: replicates stay together, and a shard stays small enough to wait in memory.
LeaseSizes lease_sizes(const StudyQuestion& study, double seconds);
// What `missing` of its runs take; the points that are too large alone are left out if runs may fail.
Needs needs_of(const StudyQuestion& study, std::size_t missing, int threads, bool runs_may_fail = false);

// What the runs that are done say: the answer's figures; none of them, if it is cancelled. Throws StoreError.
StudyFindings read_findings(const StudyQuestion& study, const RunStore& store, const Watch& watch = {});
// What its parameter sets were fitted to, a file each.
std::vector<FittedAt> read_fitted(const StudyQuestion& study);
// Outcomes of the runs that are done, of the first so many points; of some of them, once it is cancelled. Throws StoreError.
PointSamples read_samples(const StudyQuestion& study, const RunStore& store, std::size_t points, const Watch& watch = {});

// How far a study is, kept up to date from look to look.
class StandingLook {
 public:
  // Both must outlive it.
  StandingLook(const StudyQuestion& study, RunStore& store);
  // Throws StoreError. Cancelled, the rest is left for the next look.
  const StudyStanding& look(const Watch& watch = {});

 private:
  double rate() const;

  const StudyQuestion& study_;
  RunStore& store_;
  StudyStanding standing_;
  std::vector<bool> counted_;  // [run]
};

}  // namespace coalis
