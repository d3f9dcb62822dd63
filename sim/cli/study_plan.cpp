// coalis plan: what a study will take, from two short trial runs, before anything starts.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "coalis/core/counted.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/model/simulate.hpp"
#include "commands.hpp"
#include "kept_runs.hpp"
#include "progress.hpp"
#include "study_commands.hpp"
#include "study_parameters.hpp"
#include "study_points.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct Trial {
  double work = 0;     // organisation-months
  double seconds = 0;  // of one run, the simulator being there
  double bytes = 0;    // of a simulator and its record
};

double work_of(const Scenario& scenario) {
  return static_cast<double>(std::max(1, scenario.organisations.count())) * std::max(1, scenario.calendar.months);
}

// Memory of this process in use, bytes.
double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double total = 0, resident = 0;
  file >> total >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double available_memory() {
  std::ifstream file("/proc/meminfo");
  for (std::string key, unit; file >> key;) {
    double kilobytes = 0;
    file >> kilobytes;
    std::getline(file, unit);
    if (key == "MemAvailable:") return kilobytes * 1024;
  }
  return 0;
}

// One run of a point. The first fills the memory, the second is timed.
Trial try_point(const PreparedStudy& study, std::size_t point) {
  const Scenario& scenario = study.points[point].resolved;
  const double before = resident_bytes();
  Simulator simulator(make_plan(scenario));
  RunRecord record;
  const Recording recording = recording_of(study.study().record);
  simulator.run(study.study().seed, 0, recording, record);
  const auto start = std::chrono::steady_clock::now();
  simulator.run(study.study().seed, 0, recording, record);
  const double seconds = seconds_since(start);
  return {work_of(scenario), seconds, std::max(resident_bytes() - before, 0.0)};
}

struct Forecast {
  double seconds, memory, disk;
  double memory_free, disk_free;
};

// Time is taken to be linear in organisation-months, through the trials of the smallest and the largest point.
Forecast forecast(const PreparedStudy& study, std::size_t missing, int threads) {
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
  Forecast f{};
  f.seconds = mean * static_cast<double>(missing) / threads;
  const double kept =
      static_cast<double>(study.unit_size() * static_cast<std::size_t>(threads)) * static_cast<double>(study.run_bytes(0));
  f.memory =
      resident_bytes() + threads * std::max(small.bytes, large.bytes) + 3 * kept + 120.0 * static_cast<double>(study.runs());
  f.disk = study.total_bytes(missing);
  f.memory_free = available_memory();
  std::error_code error;
  const auto folder = std::filesystem::absolute(study.store_folder()).parent_path();
  const auto space = std::filesystem::space(folder, error);
  f.disk_free = error ? 0 : static_cast<double>(space.available);
  return f;
}

std::string bytes_text(double bytes) {
  if (bytes >= 1e9) return fmt::format("{:.1f} GB", bytes / 1e9);
  return bytes >= 1e6 ? fmt::format("{:.1f} MB", bytes / 1e6) : fmt::format("{:.0f} kB", std::max(1.0, bytes / 1e3));
}

// What cannot fit, and what to do; "" if all can.
std::string refusal(const Forecast& f) {
  if (f.disk > f.disk_free) {
    return fmt::format("the disk cannot hold it: {} are needed, {} are free; make room, take fewer replicates, or record less",
                       bytes_text(f.disk), bytes_text(f.disk_free));
  }
  if (f.memory > f.memory_free) {
    return fmt::format("the memory cannot hold it: {} are needed, {} are free; take fewer --threads", bytes_text(f.memory),
                       bytes_text(f.memory_free));
  }
  return "";
}

}  // namespace

int plan_study(const PlanOptions& options) {
  auto study = prepare_study(options.file, options.parameters);
  if (!study || !check_parameters(*study)) return bad_input;
  try {
    RunStore store = study->open_store(Access::read);
    tell(store);
    std::size_t missing = study->runs();
    for (std::size_t run = 0; run < study->runs() && store.size() > 0; ++run) missing -= store.done(study->key_of(run));
    const int threads = thread_count(options.threads);
    const Forecast f = forecast(*study, missing, threads);
    const std::string problem = refusal(f);
    if (options.json) {
      const nlohmann::ordered_json json{{"points", study->points.size()},
                                        {"replicates", study->study().replicates},
                                        {"runs", study->runs()},
                                        {"missing", missing},
                                        {"parameters", parameters_json(*study)},
                                        {"threads", threads},
                                        {"seconds", f.seconds},
                                        {"memory", f.memory},
                                        {"disk", f.disk},
                                        {"fits", problem.empty()}};
      fmt::print("{}\n", json.dump(2));
    } else {
      std::string text =
          fmt::format("{}\n{}\n\n  runs    {} x {} = {}", study->study().name, study->study().question,
                      counted(study->points.size(), "point"), counted(study->study().replicates, "replicate"), study->runs());
      text += missing < study->runs() ? fmt::format(", of which {} {} missing\n", missing, are(missing)) : "\n";
      if (const std::string sets = parameters_text(*study); !sets.empty()) text += fmt::format("  sets    {}\n", sets);
      text += fmt::format("  time    about {} with {}\n", duration_text(f.seconds), counted(threads, "thread"));
      text += fmt::format("  memory  about {} of {} free\n  disk    {} of {} free\n", bytes_text(f.memory),
                          bytes_text(f.memory_free), bytes_text(f.disk), bytes_text(f.disk_free));
      print_answer(text);
    }
    if (problem.empty()) return success;
    fmt::print(stderr, "{}: {}\n", options.file, problem);
    return file_error;
  } catch (const std::runtime_error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return file_error;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "{}: the memory cannot hold one run of its largest point; take fewer organisations\n", options.file);
    return file_error;
  }
}

}  // namespace coalis::cli
