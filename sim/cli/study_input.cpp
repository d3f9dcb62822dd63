#include "study_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "coalis/io/text/file_error.hpp"
#include "numbers.hpp"
#include "print.hpp"

namespace coalis::cli {

void add_study_file(CLI::App& command, StudyOptions& study) {
  command.add_option("STUDY", study.file, "Study file (TOML)")->required();
  command
      .add_option("--parameters", study.parameters,
                  "Parameter sets (CSV, as a posterior of coalis calibrate): two replicates each, drawn by weight; one file for "
                  "each structure, may be repeated. Runs and result are then STUDY.FILE.runs and .h5")
      ->allow_extra_args(false);
}

void add_study_replicates(CLI::App& command, StudyOptions& study) {
  add_whole(command, "--replicates", study.replicates, from<std::uint32_t>(1),
            fmt::format("The first so many replicates instead of the study's number: a first look; at most {} runs", most_runs),
            false);
}

std::optional<PreparedStudy> prepare_and_report(const StudyOptions& options) try {
  auto prepared = prepare_study(options);
  print_problems("coalis study", prepared.problems);
  return std::move(prepared.question);
} catch (const FileError& wrong) {
  print_message("{}\n", wrong.what());
  return std::nullopt;
}

std::optional<PreparedStudy> prepare_to_run(const StudyOptions& options) {
  constexpr std::size_t most = 20;
  auto prepared = prepare_and_report(options);
  if (!prepared) return prepared;
  const auto problems = try_sets(prepared->question);
  if (problems.empty()) return prepared;
  print_problems("coalis study", std::span(problems).first(std::min(most, problems.size())));
  if (problems.size() > most) print_message("and {} more\n", problems.size() - most);
  return std::nullopt;
}

}  // namespace coalis::cli
