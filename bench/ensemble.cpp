// Many replicates of the baseline as `coalis run` makes them: on one thread and two, and with the result file written beside.
#include "coalis/ensemble/ensemble.hpp"

#include <filesystem>
#include <optional>

#include "cases.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"

namespace coalis::bench {
namespace {

struct Task {
  std::uint32_t replicates;
  Recording recording;
  int threads;
  bool write;
};

void run(benchmark::State& state, const Task& task) {
  const Scenario& scenario = illinois();
  const auto path = std::filesystem::temp_directory_path() / "coalis_bench.h5";
  const ResultInfo info{to_toml(scenario),     1, task.replicates, provenance("coalis_bench", task.threads), outcome_quantities(),
                        task.recording.regions};
  double size = 0;
  for (auto _ : state) {
    std::optional<ResultWriter> writer;
    if (task.write) writer.emplace(path, true, scenario, info, task.recording);
    run_ensemble(scenario, 1, replicate_range(0, task.replicates), task.recording, {.threads = task.threads},
                 [&](const RunRecord& record) {
                   if (writer) writer->append(record);
                 });
    if (writer) writer->finish(tbb_loop());
  }
  if (task.write) {
    size = static_cast<double>(std::filesystem::file_size(path));
    std::filesystem::remove(path);
  }
  state.counters["organisation_months"] =
      static_cast<double>(scenario.organisations.count()) * scenario.calendar.months * task.replicates;
  state.counters["replicates"] = task.replicates;
  state.counters["file_bytes"] = size;
}

// What `coalis run --record outcomes` keeps.
constexpr Recording recorded_outcomes{.trajectories = false, .organisations = false, .ties = false};

}  // namespace

void add_ensembles(const Sizes& sizes) {
  for (const int threads : {1, 2}) {
    const Task task{sizes.ensemble(), outcomes_only, threads, false};
    add("world", std::to_string(task.replicates) + " runs of Illinois", "best", threads,
        [=](benchmark::State& state) { run(state, task); });
  }
}

void add_writing(const Sizes& sizes) {
  const auto add_pair = [](const std::string& name, std::uint32_t replicates, const Recording& recording) {
    for (const bool write : {false, true}) {
      const Task task{replicates, recording, 2, write};
      add("writing", name + (write ? ", file" : ", none"), "best", 2, [=](benchmark::State& state) { run(state, task); });
    }
  };
  add_pair("outcomes", sizes.ensemble(), recorded_outcomes);
  add_pair("default", sizes.ensemble(), by_default);
  add_pair("everything", sizes.everything(), everything);
}

}  // namespace coalis::bench
