// The answer of a study from its store.
#include <limits>

#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/tasks/study_store.hpp"

namespace coalis {
namespace {

DesignRuns design_runs(const StudyQuestion& study, const RunStore& store, const Watch& watch) {
  DesignRuns runs;
  runs.points = coordinates_of(study);
  runs.months = study.points.front().resolved.calendar.months;
  const std::vector<double> none(outcomes_of(study.study.further()).size(), std::numeric_limits<double>::quiet_NaN());
  runs.together = study.together();
  runs.outcomes.assign(study.points.size(), Samples(none.size()));
  for (std::size_t point = 0; point < study.points.size(); ++point) {
    for (RunName run = study.name_of(point, 0); run.replicate < study.study.replicates && !watch.cancelled(); ++run.replicate)
      runs.outcomes[point].add(store.done(run) ? store.read(run).record.outcomes : none);
  }
  runs.trajectories = [&study, &store](std::size_t point, std::size_t replicate) {
    const RunName run = study.name_of(point, static_cast<std::uint32_t>(replicate));
    return store.done(run) ? store.read(run).record.trajectories : std::vector<float>{};
  };
  return runs;
}

std::size_t complete_replicates(const StudyQuestion& study, const RunStore& store, const Watch& watch) {
  std::vector<RunName> runs;
  for (std::size_t p = 0; p < study.points.size(); ++p) runs.push_back(study.name_of(p, 0));
  std::size_t complete = 0;
  for (std::uint32_t r = 0; r < study.study.replicates && !watch.cancelled(); ++r) {
    bool whole = true;
    for (std::size_t p = 0; p < runs.size() && whole; ++p) whole = store.done({runs[p].point, r});
    complete += whole;
  }
  return complete;
}

FittedAt fitted_at(const StudyQuestion& study, std::size_t file) {
  const ParameterSets& sets = study.parameters[file].sets;
  FittedAt at;
  for (const std::size_t point : points_examined(study)) {
    const StudyPoint& p = study.points[point];
    if (p.parameters != file) continue;
    const ScenarioFile with_first = with_parameters(p.resolved, sets, sets.sets.front(), p.left_out);
    const EvidenceBase base = evidence_base(p.resolved, sets, with_first.ok() ? &with_first.scenario : nullptr);
    ++at.of, at.points += base.sites > 0;
    EvidenceBase& first = base.sites > 0 ? at.base : at.other;
    if (first.basis.empty()) first = base;
  }
  return at;
}

}  // namespace

StudyFindings read_findings(const StudyQuestion& study, const RunStore& store, const Watch& watch) {
  const std::size_t complete = complete_replicates(study, store, watch);
  StudyFindings findings{.replicates = complete};
  if (!study.study.answer.figures.empty()) {
    const DesignRuns runs = design_runs(study, store, watch);
    if (watch.cancelled()) return findings;
    findings = findings_of(study, runs, complete);
  }
  findings.fitted = read_fitted(study);
  return findings;
}

std::vector<FittedAt> read_fitted(const StudyQuestion& study) {
  std::vector<FittedAt> fitted;
  for (std::size_t f = 0; f < study.parameters.size(); ++f) fitted.push_back(fitted_at(study, f));
  return fitted;
}

}  // namespace coalis
