// A study as commands take it: read, what is wrong said.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "coalis/tasks/study_prepare.hpp"

namespace coalis::cli {

// The study file and its parameter sets, and --replicates, of a command.
void add_study_file(CLI::App& command, StudyOptions& study);
void add_study_replicates(CLI::App& command, StudyOptions& study);
inline constexpr const char* example_study = "scenarios/studies/leader-and-meetings.toml";

// Says what is wrong; nothing if that is an error. Throws TooLarge.
std::optional<PreparedStudy> prepare_and_report(const StudyOptions& options);
// The same, and every parameter set has been tried.
std::optional<PreparedStudy> prepare_to_run(const StudyOptions& options);

}  // namespace coalis::cli
