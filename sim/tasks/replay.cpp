#include "coalis/tasks/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/hdf5/result_parameters.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/tables/network_files.hpp"
#include "coalis/io/tables/wave_files.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/asked_month.hpp"
#include "coalis/report/words/outcome_words.hpp"

namespace coalis {
namespace {

using Of = ReplayError::Of;

Replay replay_of_result(const std::string& file, std::uint32_t replicate) {
  ResultFile result;
  try {
    result = open_result(file);
  } catch (const ResultError& error) {
    throw ReplayError(error.what(), Of::file);
  }
  if (result.model_version != model_version)
    throw ReplayError(
        fmt::format("{}: made with model version {}, this program has {}: its runs cannot be replayed; use Coalis {}", file,
                    result.model_version, model_version, result.program_version),
        Of::file);
  const auto found = std::find(result.replicates.begin(), result.replicates.end(), replicate);
  if (found == result.replicates.end())
    throw ReplayError(fmt::format("--replicate {}: {} has {}, numbered from 0; choose one of them", replicate, file,
                                  counted(result.replicates.size(), "replicate")),
                      Of::question);
  const ScenarioFile scenario = parse_scenario(result.scenario_text, file + " (scenario)");
  if (!scenario.ok()) throw ReplayError(to_string(scenario.diagnostics.front()), Of::file);
  const auto row = static_cast<std::size_t>(found - result.replicates.begin());
  try {
    return {scenario_of_row(result, scenario.scenario, row), result.seed, replicate, result.hashes[row]};
  } catch (const ResultError& error) {
    throw ReplayError(fmt::format("{}: {}", file, error.what()), Of::file);
  }
}

Recording ties_alone(bool by_month) {
  Recording recording = with_sources({false, false, false, false, false});
  recording.organisation_trajectories = by_month;
  return recording;
}

// The end of a month is the end of a run that ends there: what comes later changes nothing before.
Scenario until_the_end_of(int month, Scenario scenario) {
  scenario.calendar.months = month + 1;
  return scenario;
}

// Throws TooLarge. Of waves the run keeps every organisation of every month.
void require_room_until(int month, const Replay& replay, bool waves) {
  const Scenario scenario = until_the_end_of(month, replay.scenario);
  require_room(ensemble_needs({&scenario, 1}, ties_alone(waves), 1, 1));
}

RunRecord record_at(const Replay& replay, int month) {
  RunRecord record;
  Simulator(make_plan(until_the_end_of(month, replay.scenario))).run(replay.seed, replay.replicate, ties_alone(false), record);
  return record;
}

// Only a run to the end has the recorded hash.
void require_reproduced(const Replay& replay, const std::string& file, int month, const RunRecord& record) {
  if (!replay.hash || month + 1 < replay.scenario.calendar.months || record.hash == *replay.hash) return;
  throw ReplayError(fmt::format("{}: replicate {} was not reproduced; see coalis verify", file, replay.replicate), Of::run);
}

int month_of(const Replay& replay, const NetworkFiles& wanted) {
  const Calendar& calendar = replay.scenario.calendar;
  return wanted.month.empty() ? calendar.months - 1 : month_named(calendar, "--month", wanted.month);
}

std::vector<std::filesystem::path> outputs_of(const NetworkFiles& wanted) {
  std::vector<std::filesystem::path> outputs;
  if (!wanted.edges.empty()) outputs = {wanted.edges, node_list_path(wanted.edges)};
  if (!wanted.graphml.empty()) outputs.emplace_back(wanted.graphml);
  return outputs;
}

std::vector<int> months_of(const Replay& replay, const WaveFiles& wanted) {
  std::vector<int> months;
  for (const std::string& text : wanted.months) {
    months.push_back(month_named(replay.scenario.calendar, "--waves", text));
    if (months.size() > 1 && months[months.size() - 2] >= months.back())
      throw ReplayError(fmt::format("--waves {}: comes before or with the wave before it; name months in their order", text),
                        Of::question);
  }
  if (months.empty()) throw ReplayError("months: names none; name one or more, as in 2007-01,2007-04", Of::question);
  return months;
}

}  // namespace

Asked<Replay> open_replay(const ReplayOptions& options) {
  const std::string& file = options.file;
  const FileIdentity found = looks_like(file);
  const bool scenario_named = found.is.empty() && file.ends_with(".toml");
  if (found.family == FileFamily::toml || scenario_named) {
    ScenarioFile scenario = read_scenario(file, options.set);
    if (!scenario.ok()) return {std::nullopt, std::move(scenario.diagnostics)};
    return {Replay{std::move(scenario.scenario), options.seed.value_or(1), options.replicate, std::nullopt},
            std::move(scenario.diagnostics)};
  }
  if (!found.is.empty() && found.family != FileFamily::hdf5)  // of HDF5 the reader says it
    throw ReplayError(fmt::format("{}: {}", file, another_kind_text(found, "a result of coalis run or a scenario")), Of::file);
  if (options.seed || !options.set.empty())
    throw ReplayError(fmt::format("{}: a result file has its own seed and scenario; leave out --seed and --set", file),
                      Of::question);
  return {replay_of_result(file, options.replicate), {}};
}

int month_named(const Calendar& calendar, const std::string& option, const std::string& text) {
  const auto month = asked_month(calendar, option, text);
  if (const auto* problem = std::get_if<Diagnostic>(&month)) throw ReplayError(to_string(*problem), Of::question);
  return std::get<int>(month);
}

std::vector<std::filesystem::path> check_export(const Replay& replay, const NetworkFiles& network, const WaveFiles& waves) {
  const int month = month_of(replay, network);
  std::vector<std::filesystem::path> outputs = outputs_of(network);
  if (!outputs.empty()) require_room_until(month, replay, false);
  if (!waves.folder.empty()) {
    const std::vector<int> months = months_of(replay, waves);
    require_room_until(months.back(), replay, true);
    make_output_folder(waves.folder);
    for (auto& file : wave_files(waves.folder, months.size())) outputs.push_back(std::move(file));
  }
  check_outputs(outputs, network.overwrite);
  return outputs;
}

std::vector<WrittenNetwork> export_network(const Replay& replay, const std::string& file, const NetworkFiles& wanted) {
  const Scenario& scenario = replay.scenario;
  const int month = month_of(replay, wanted);
  check_outputs(outputs_of(wanted), wanted.overwrite);
  const RunRecord record = record_at(replay, month);
  require_reproduced(replay, file, month, record);
  const auto nodes = static_cast<std::size_t>(scenario.organisations.count());
  std::vector<WrittenNetwork> written;
  if (!wanted.graphml.empty())
    written.push_back(
        {wanted.graphml, nodes,
         write_graphml(wanted.graphml, wanted.overwrite, scenario, record, {replay.seed, replay.replicate, month})});
  if (!wanted.edges.empty())
    written.push_back({fmt::format("{}, {}", wanted.edges, node_list_path(wanted.edges).string()), nodes,
                       write_edge_list(wanted.edges, wanted.overwrite, scenario, record)});
  return written;
}

std::vector<std::size_t> export_waves(const Replay& replay, const std::string& file, const WaveFiles& wanted) {
  const std::vector<int> months = months_of(replay, wanted);
  require_room_until(months.back(), replay, true);
  check_wave_files(wanted.folder, months.size(), wanted.overwrite);
  const Waves waves = make_waves(replay.scenario, replay.seed, replay.replicate, months);
  require_reproduced(replay, file, months.back(), waves.last);
  write_waves(wanted.folder, wanted.overwrite, replay.scenario, waves, {replay.seed, replay.replicate, months.back()});
  std::vector<std::size_t> ties;
  for (const Wave& wave : waves.waves) ties.push_back(wave.ties.size());
  return ties;
}

}  // namespace coalis
