// coalis plan: what a study will take, from two short trial runs, before anything starts.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/tasks/missing_runs.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "study_commands.hpp"
#include "study_parameters.hpp"
#include "study_points.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

// Points that are looked at; of larger designs a sample of them stands for all.
constexpr std::size_t most_points = 1000;

struct Trial {
  double work = 0;     // organisation-months
  double seconds = 0;  // of one run, the simulator being there
};

// One run of a point. The first fills the memory, the second is timed.
Trial try_point(const PreparedStudy& study, std::size_t point) {
  const Scenario& scenario = study.points[point].resolved;
  Simulator simulator(make_plan(scenario));
  RunRecord record;
  const Recording recording = recording_of(study.study().record);
  simulator.run(study.study().seed, 0, recording, record);
  const auto start = std::chrono::steady_clock::now();
  simulator.run(study.study().seed, 0, recording, record);
  return {work_of(scenario), seconds_since(start)};
}

// Seconds of a run, the mean over the points: linear in organisation-months, through trials of the smallest and the largest.
double mean_seconds(const PreparedStudy& study) {
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
std::size_t missing_runs(const PreparedStudy& study, const RunStore& store) {
  if (study.designed > study.points.size()) return study.all_runs() - std::min(study.all_runs(), store.size());
  std::size_t missing = study.runs();
  for (std::size_t run = 0; run < study.runs() && store.size() > 0; ++run) missing -= store.done(study.key_of(run));
  return missing;
}

struct Forecast {
  Needs needs;
  Room room;
  std::size_t missing;
  double seconds;       // 0: it does not fit, so that no run was tried
  std::string problem;  // what does not fit and what to do; "" if all does
};

Forecast forecast(const PreparedStudy& study, std::size_t missing, int threads) {
  Forecast f{study.needs(missing, threads), {}, missing, 0, ""};
  f.room = room_for(f.needs);
  f.problem = too_large(f.needs, f.room);
  Needs one = f.needs;  // run
  one.threads = 1, one.replicates = 1, one.disk = 0;
  if (too_large(one, f.room).empty()) f.seconds = mean_seconds(study) * static_cast<double>(missing) / thread_count(threads);
  return f;
}

nlohmann::ordered_json to_json(const PreparedStudy& study, const Forecast& f, int threads) {
  return {{"points", study.designed},
          {"points_looked_at", study.points.size()},
          {"replicates", study.study().replicates},
          {"runs", study.all_runs()},
          {"missing", f.missing},
          {"parameters", parameters_json(study)},
          {"threads", threads},
          {"seconds", f.seconds > 0 ? nlohmann::ordered_json(f.seconds) : nlohmann::ordered_json()},
          {"memory", f.needs.all_memory()},
          {"disk", f.needs.all_disk()},
          {"fits", f.problem.empty()}};
}

std::string to_text(const PreparedStudy& study, const Forecast& f, int threads) {
  const std::size_t runs = study.all_runs();
  std::string text = fmt::format("{}\n{}\n\n  runs    {} x {} = {}", study.study().name, study.study().question,
                                 counted(study.designed, "point"), counted(study.study().replicates, "replicate"), runs);
  text += f.missing < runs ? fmt::format(", of which {} {} missing\n", f.missing, are(f.missing)) : "\n";
  if (study.designed > study.points.size())
    text += fmt::format("          {} of the points were looked at; coalis study run checks them all before it begins\n",
                        study.points.size());
  if (const std::string sets = parameters_text(study); !sets.empty()) text += fmt::format("  sets    {}\n", sets);
  if (f.seconds > 0) text += fmt::format("  time    about {} with {}\n", duration_text(f.seconds), counted(threads, "thread"));
  return text + fmt::format("  memory  about {} of {} free\n  disk    {} of {} free\n", bytes_text(f.needs.all_memory()),
                            bytes_text(f.room.memory.bytes), bytes_text(f.needs.all_disk()), bytes_text(f.room.disk));
}

}  // namespace

int plan_study(const PlanOptions& options) {
  auto study = prepare_study(options.file, options.parameters, 0, most_points);
  if (!study || !check_parameters(*study)) return bad_input;
  try {
    RunStore store = study->open_store(Access::read);
    tell(store, notices_alone());
    const int threads = thread_count(options.threads);
    const Forecast f = forecast(*study, missing_runs(*study, store), threads);
    if (options.json)
      print_answer("{}\n", to_json(*study, f, threads).dump(2));
    else
      print_text(to_text(*study, f, threads));
    if (f.problem.empty()) return success;
    print_message("{}: {}\n", options.file, f.problem);
    return file_error;
  } catch (const std::runtime_error& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
}

}  // namespace coalis::cli
