// coalis export: a result file as tables, or the tie network of one replicate for network programs.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/io/tables/result_tables.hpp"
#include "coalis/io/text/file_error.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "scenario_input.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

struct ExportArguments {
  ReplayOptions replay;
  NetworkFiles network;
  WaveFiles waves;
  std::string folder, months;
  std::uint64_t seed = 1;
};

void export_tables(const ExportArguments& options, std::span<const std::filesystem::path> others) {
  for (const ExportedTable& table : export_csv(options.replay.file, options.folder, options.network.overwrite, others)) {
    print_list(table.removed ? fmt::format("{:<32}    removed: it was of an earlier export\n", table.file)
                             : fmt::format("{:<32} {:>10} {}\n", table.file, table.rows, table.rows == 1 ? "row" : "rows"));
  }
}

WaveFiles waves_of(const ExportArguments& options) {
  WaveFiles wanted = options.waves;
  wanted.months = items_of(options.months), wanted.overwrite = options.network.overwrite;
  return wanted;
}

void print_waves(const Replay& replay, const ExportArguments& options) {
  const WaveFiles wanted = waves_of(options);
  const auto ties = export_waves(replay, options.replay.file, wanted);
  for (std::size_t k = 0; k < ties.size(); ++k)
    print_list(fmt::format("{}: wave {}, {}: {}\n", visible(wanted.folder, Lines::one), k + 1, wanted.months[k],
                           counted(ties[k], "tie")));
}

// Whatever is wrong with one of the outputs is said before the first is written.
int run(const ExportArguments& options) try {
  const bool network = !options.network.graphml.empty() || !options.network.edges.empty(), waves = !options.waves.folder.empty();
  if (options.folder.empty() && !network && !waves)
    throw ReplayError("say what to write: --csv DIR, --graphml FILE, --edges FILE or --siena DIR", ReplayError::Of::question);
  std::optional<Replay> replay;
  std::vector<std::filesystem::path> outputs;
  if (network || waves) {
    replay = replay_and_report(options.replay);
    if (!replay) return bad_input;
    outputs = check_export(*replay, options.network, waves_of(options));
  }
  if (!options.folder.empty()) export_tables(options, outputs);
  if (network)
    for (const auto& [files, organisations, ties] : export_network(*replay, options.replay.file, options.network))
      print_list(
          fmt::format("{}: {}, {}\n", visible(files, Lines::one), counted(organisations, "organisation"), counted(ties, "tie")));
  if (waves) print_waves(*replay, options);
  return success;
} catch (const ReplayError& error) {
  return tell("coalis export", error);
} catch (const FileError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

}  // namespace

void add_export(CLI::App& program, int& status) {
  const auto options = std::make_shared<ExportArguments>();
  CLI::App* command =
      program.add_subcommand("export", "Write a result file as tables, or a replicate's tie network for network programs");
  command
      ->add_option("RESULT", options->replay.file,
                   "Result file of `coalis run`, for --csv also a comparison or the merged result of a study; for a network also "
                   "a scenario "
                   "file (TOML)")
      ->required();
  command->add_option("--csv", options->folder, "Folder for tables of the whole file; made if need be");
  command->add_option("--graphml", options->network.graphml, "File for the tie network of one replicate, as GraphML");
  command->add_option("--edges", options->network.edges,
                      "File for its ties as an edge list (CSV); beside it, with -nodes, the organisations");
  auto* waves = command->add_option("--waves", options->months,
                                    "Months at whose ends the waves of --siena are, in their order, commas between them: "
                                    "\"YYYY-MM\" or from 0");
  auto* siena =
      command->add_option("--siena", options->waves.folder,
                          "Folder for the waves of one replicate as RSiena reads them: ties, attendance, commitment, who "
                          "joined and left; made if need be");
  waves->needs(siena);
  siena->needs(waves);
  add_whole(*command, "--replicate", options->replay.replicate, from<std::uint32_t>(0), "Replicate of the network or waves");
  auto* seed = add_whole(*command, "--seed", options->seed, {}, "Seed, of a scenario file (default 1)", false);
  command->add_option("--month", options->network.month,
                      "Month at whose end the network is, \"YYYY-MM\" or from 0; without it the last");
  command->add_option("--set", options->replay.set, "Change a value of a scenario file: path=value")->allow_extra_args(false);
  command->add_flag("--force", options->network.overwrite, "Replace existing files");
  command->footer(
      "Examples:\n"
      "  coalis export illinois.h5 --csv illinois-tables\n"
      "  coalis export illinois.h5 --graphml ties.graphml --replicate 3 --month 2007-06\n"
      "  coalis export scenarios/illinois.toml --seed 7 --edges ties.csv\n"
      "  coalis export illinois.h5 --waves 2006-06,2007-06,2008-06 --siena waves\n"
      "Exit codes: 0 written, 1 the replicate was not reproduced, 2 the command line or the scenario is wrong, 3 a file exists "
      "already "
      "or\ncannot be written, or the result cannot be read.");
  command->callback([options, seed, &status] {
    if (seed->count() > 0) options->replay.seed = options->seed;
    status = run(*options);
  });
}

}  // namespace coalis::cli
