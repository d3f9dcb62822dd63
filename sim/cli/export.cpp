// coalis export: a result file as tables, or the tie network of one replicate for network programs.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/tables/network_files.hpp"
#include "coalis/io/tables/result_tables.hpp"
#include "coalis/io/tables/wave_files.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/network/outcomes.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "replay.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct Options {
  std::string result, folder, graphml, edges, month, waves, siena;
  std::vector<std::string> set;
  std::uint32_t replicate = 0;
  std::uint64_t seed = 1;
  bool force = false;
};

void export_tables(const Options& options) {
  for (const ExportedTable& table : export_csv(options.result, options.folder, options.force)) {
    print_list(fmt::format("{:<32} {:>10} {}\n", table.file, table.rows, table.rows == 1 ? "row" : "rows"));
  }
}

// The end of a month is the end of a run that ends there: what comes later changes nothing before.
RunRecord record_at(const Replay& replay, int month) {
  Scenario scenario = replay.scenario;
  scenario.calendar.months = month + 1;
  RunRecord record;
  Simulator(make_plan(scenario)).run(replay.seed, replay.replicate, with_sources({false, false, false, false, false}), record);
  return record;
}

// Only a run to the end has the recorded hash.
void check_reproduced(const Options& options, const Replay& replay, int month, const RunRecord& record) {
  if (!replay.hash || month + 1 < replay.scenario.calendar.months || record.hash == *replay.hash) return;
  throw ReplayError(fmt::format("{}: replicate {} was not reproduced; see coalis verify", options.result, replay.replicate),
                    failure);
}

void export_waves(const Options& options, std::optional<std::uint64_t> seed) {
  const Replay replay = open_replay(options.result, seed, options.replicate, options.set);
  std::vector<int> months;
  const auto names = items_of(options.waves);
  for (const std::string& text : names) {
    months.push_back(month_named(replay.scenario.calendar, "--waves", text));
    if (months.size() > 1 && months[months.size() - 2] >= months.back())
      throw ReplayError(fmt::format("--waves {}: comes before or with the wave before it; name months in their order", text),
                        bad_input);
  }
  check_wave_files(options.siena, months.size(), options.force);
  const Waves waves = make_waves(replay.scenario, replay.seed, replay.replicate, months);
  check_reproduced(options, replay, months.back(), waves.last);
  write_waves(options.siena, options.force, replay.scenario, waves, {replay.seed, replay.replicate, months.back()});
  for (std::size_t k = 0; k < months.size(); ++k)
    print_list(fmt::format("{}: wave {}, {}: {}\n", options.siena, k + 1, names[k], counted(waves.waves[k].ties.size(), "tie")));
}

void export_network(const Options& options, std::optional<std::uint64_t> seed) {
  const Replay replay = open_replay(options.result, seed, options.replicate, options.set);
  const int last = replay.scenario.calendar.months - 1;
  const int month = options.month.empty() ? last : month_named(replay.scenario.calendar, "--month", options.month);
  const auto edge_files = options.edges.empty()
                              ? std::vector<std::filesystem::path>{}
                              : std::vector<std::filesystem::path>{options.edges, node_list_path(options.edges)};
  auto outputs = edge_files;
  if (!options.graphml.empty()) outputs.emplace_back(options.graphml);
  check_outputs(outputs, options.force);
  const RunRecord record = record_at(replay, month);
  check_reproduced(options, replay, month, record);
  const int nodes = replay.scenario.organisations.count();
  const auto tell = [&](const std::string& files, std::size_t edges) {
    print_list(fmt::format("{}: {}, {}\n", files, counted(nodes, "organisation"), counted(edges, "tie")));
  };
  if (!options.graphml.empty())
    tell(options.graphml,
         write_graphml(options.graphml, options.force, replay.scenario, record, {replay.seed, replay.replicate, month}));
  if (!edge_files.empty())
    tell(fmt::format("{}, {}", edge_files[0].string(), edge_files[1].string()),
         write_edge_list(options.edges, options.force, replay.scenario, record));
}

int run(const Options& options, std::optional<std::uint64_t> seed) {
  try {
    if (options.folder.empty() && options.graphml.empty() && options.edges.empty() && options.siena.empty())
      throw ReplayError("say what to write: --csv DIR, --graphml FILE, --edges FILE or --siena DIR", bad_input);
    if (!options.folder.empty()) export_tables(options);
    if (!options.graphml.empty() || !options.edges.empty()) export_network(options, seed);
    if (!options.siena.empty()) export_waves(options, seed);
  } catch (const ReplayError& error) {
    if (*error.what()) print_message("coalis export: {}\n", error.what());
    return error.status;
  } catch (const ResultError& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
  return success;
}

}  // namespace

void add_export(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      program.add_subcommand("export", "Write a result file as tables, or a replicate's tie network for network programs");
  command
      ->add_option("RESULT", options->result,
                   "Result file of `coalis run`, for --csv also a comparison or the merged result of a study; for a network also "
                   "a scenario "
                   "file (TOML)")
      ->required();
  command->add_option("--csv", options->folder, "Folder for tables of the whole file; made if need be");
  command->add_option("--graphml", options->graphml, "File for the tie network of one replicate, as GraphML");
  command->add_option("--edges", options->edges,
                      "File for its ties as an edge list (CSV); beside it, with -nodes, the organisations");
  auto* waves = command->add_option("--waves", options->waves,
                                    "Months at whose ends the waves of --siena are, in their order, commas between them: "
                                    "\"YYYY-MM\" or from 0");
  auto* siena =
      command->add_option("--siena", options->siena,
                          "Folder for the waves of one replicate as RSiena reads them: ties, attendance, commitment, who "
                          "joined and left; made if need be");
  waves->needs(siena);
  siena->needs(waves);
  add_whole(*command, "--replicate", options->replicate, from<std::uint32_t>(0), "Replicate of the network or waves");
  auto* seed = add_whole(*command, "--seed", options->seed, {}, "Seed, of a scenario file (default 1)", false);
  command->add_option("--month", options->month, "Month at whose end the network is, \"YYYY-MM\" or from 0; without it the last");
  command->add_option("--set", options->set, "Change a value of a scenario file: path=value")->allow_extra_args(false);
  command->add_flag("--force", options->force, "Replace existing files");
  command->footer(
      "Examples:\n"
      "  coalis export illinois.h5 --csv illinois-tables\n"
      "  coalis export illinois.h5 --graphml ties.graphml --replicate 3 --month 2007-06\n"
      "  coalis export scenarios/illinois.toml --seed 7 --edges ties.csv\n"
      "  coalis export illinois.h5 --waves 2006-06,2007-06,2008-06 --siena waves\n"
      "Exit codes: 0 written, 1 the replicate was not reproduced, 2 the command line or the scenario is wrong, 3 a file exists "
      "already "
      "or\ncannot be written, or the result cannot be read.");
  command->callback(
      [options, seed, &status] { status = run(*options, seed->count() > 0 ? std::optional(options->seed) : std::nullopt); });
}

}  // namespace coalis::cli
