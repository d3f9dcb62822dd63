#include "scenario_input.hpp"

#include <utility>

#include "commands.hpp"
#include "print.hpp"

namespace coalis::cli {

std::optional<ScenarioFile> read_and_report(const std::string& path, std::span<const std::string> overrides) {
  ScenarioFile file = read_scenario(path, overrides);
  if (!print_problems("coalis", file.diagnostics)) return std::nullopt;
  return file;
}

std::optional<Replay> replay_and_report(const ReplayOptions& options) {
  auto asked = open_replay(options);
  print_problems("coalis", asked.problems);
  return std::move(asked.question);
}

int tell(std::string_view command, const ReplayError& error) {
  print_message("{}: {}\n", command, error.what());
  switch (error.of) {
    case ReplayError::Of::question: return bad_input;
    case ReplayError::Of::file: return file_error;
    case ReplayError::Of::run: break;
  }
  return failure;
}

}  // namespace coalis::cli
