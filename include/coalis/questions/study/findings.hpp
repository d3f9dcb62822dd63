// What a study found: its figures, under each structure; how its runs stand; what it would take.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "coalis/ensemble/resources.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/questions/study/figures.hpp"
#include "coalis/questions/study/points.hpp"
#include "coalis/statistics/summary.hpp"

namespace coalis {

// How far a structure is calibrated at its points: the best of them, at how many.
struct CalibratedAt {
  Calibration calibration = Calibration::not_calibrated;
  std::size_t points = 0, of = 0;
};

// What parameters were fitted to at points: at some of them, and why not at the others.
struct FittedAt {
  EvidenceBase base, other;  // of the first that is fitted, of the first that is not
  std::size_t points = 0, of = 0;
};

// The figures under one structure; all of them under "" without structures.
struct FoundUnder {
  std::string structure;
  CalibratedAt calibrated;
  std::vector<Figure> figures;
  std::vector<FigureValue> values;
};

// A cost that the runs of a scenario incurred beyond those of the first one, replicate by replicate, over all points.
struct CostIncurred {
  std::string scenario;  // as the study names it
  bool of_members = false;
  double mean = 0, half_width = 0;
};

struct StudyFindings {
  std::size_t replicates = 0;         // of which every point is done: those that are paired throughout
  std::vector<FoundUnder> columns{};  // none without an answer
  std::vector<CostIncurred> spent{};  // with equal budgets: equal planned costs are not equal costs
  std::vector<FittedAt> fitted{};     // [file]: what its parameter sets were fitted to
};

// `complete`: replicates of which every point is done. What sets were fitted to is left to who has read it.
StudyFindings findings_of(const StudyQuestion& study, const DesignRuns& runs, std::size_t complete);

// Points at which it is asked what stands behind them: all, or a thousand from all over a large design.
std::vector<std::size_t> points_examined(const StudyQuestion& study);

// What its figures vary by; none without parameter sets.
std::vector<FigureParts> figure_parts(const StudyQuestion& study, const StudyFindings& findings);

// Outcomes of the runs that are done, by point.
using PointSamples = std::vector<Samples>;
// Of the point that has fewest.
std::size_t fewest_runs(const PointSamples& samples);

// How far a study is.
struct StudyStanding {
  std::size_t done = 0, failed = 0, missing = 0;
  bool at_work = false;  // somebody
  double rate = 0;       // runs a second lately; 0 if that cannot be said
  PointSamples samples;
};

// What a study will take.
struct StudyForecast {
  Needs needs;
  Room room;
  std::size_t missing = 0;
  int threads = 1;              // of a process
  std::uint32_t processes = 1;  // parts at work at once
  std::size_t files = 0;        // shards that they write
  double seconds = 0;           // 0: it does not fit, so that no run was tried
  double core_hours() const { return seconds * threads * processes / 3600; }
  std::string problem;  // what does not fit and what to do; "" if all does
};

}  // namespace coalis
