#include "coalis/tasks/study_plan.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "coalis/core/seconds.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/tasks/run_costs.hpp"
#include "coalis/tasks/study_run.hpp"
#include "coalis/tasks/study_store.hpp"

namespace coalis {
namespace {

struct Trial {
  double work = 0;     // organisation-months
  double seconds = 0;  // of one run, with its share of what is made ready for several
};

// Runs of a point as the study makes them. The first fills the memory, then one is timed: those that share a parameter set and
// are made ready together, or without sets one alone, its simulator being there.
Trial try_point(const StudyQuestion& study, std::size_t point) {
  StudyRunner runner(study);
  RunRecord record;
  runner.run(point, 0, record);
  const std::uint32_t shared = study.parameters.empty() ? 1 : std::min(replicates_a_set, study.study.replicates);
  if (!study.parameters.empty()) runner.forget();
  const auto start = std::chrono::steady_clock::now();
  for (std::uint32_t replicate = 0; replicate < shared; ++replicate) runner.run(point, replicate, record);
  return {work_of(study.points[point].resolved), seconds_since(start) / shared};
}

// Seconds of a run, the mean over the points: linear in organisation-months, through trials of the smallest and the largest.
double mean_seconds(const StudyQuestion& study) {
  const auto by_work = [](const StudyPoint& a, const StudyPoint& b) { return work_of(a.resolved) < work_of(b.resolved); };
  const auto [smallest, largest] = std::minmax_element(study.points.begin(), study.points.end(), by_work);
  const Trial small = try_point(study, static_cast<std::size_t>(smallest - study.points.begin()));
  const Trial large = try_point(study, static_cast<std::size_t>(largest - study.points.begin()));
  const double slope = large.work > small.work ? std::max(0.0, (large.seconds - small.seconds) / (large.work - small.work)) : 0;
  const double base = large.work > small.work ? small.seconds : (small.seconds + large.seconds) / 2;
  double mean = 0;
  for (const auto& point : study.points) {
    mean += (base + slope * (work_of(point.resolved) - small.work)) / static_cast<double>(study.points.size());
  }
  return mean;
}

// Runs that the store does not have; of a sample of points, as many as it has are taken to be of this study.
std::size_t missing_runs(const StudyQuestion& study, const RunStore& store) {
  if (study.designed > study.points.size()) return study.all_runs() - std::min(study.all_runs(), store.size());
  std::size_t missing = study.runs();
  for (std::size_t run = 0; run < study.runs() && store.size() > 0; ++run) missing -= store.done(study.name_of(run));
  return missing;
}

// Each process fills one shard after the other; the last of each may be smaller.
std::size_t shards_of(const StudyQuestion& study, const StudyForecast& f) {
  const std::size_t of_each = (f.missing + f.processes - 1) / f.processes;
  const double bytes = kept_bytes(study) * static_cast<double>(of_each);
  const auto files = static_cast<std::size_t>(std::ceil(bytes / static_cast<double>(shard_bytes)));
  return std::min(f.missing, files * f.processes);
}

}  // namespace

StudyForecast forecast(const StudyQuestion& study, const RunStore& store, int threads, std::uint32_t processes) {
  StudyForecast f;
  f.missing = missing_runs(study, store);
  f.threads = thread_count(threads);
  f.processes = processes;
  f.files = shards_of(study, f);
  f.needs = needs_of(study, f.missing, f.threads);
  f.room = room_for(f.needs);
  f.problem = too_large(f.needs, f.room);
  Needs one = f.needs;  // run
  one.threads = 1, one.replicates = 1, one.disk = 0;
  if (too_large(one, f.room).empty()) f.seconds = mean_seconds(study) * static_cast<double>(f.missing) / f.threads / f.processes;
  return f;
}

}  // namespace coalis
