// A study on many machines: --part and --no-locks, coalis study merge and script.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "coalis/questions/study/part.hpp"

namespace coalis::cli {

void add_part(CLI::App& command, StudyPart& part);
// The switch, and what it does: files are not locked from then on.
void add_no_locks(CLI::App& command);
// What was asked for with both: " --part 3/8 --no-locks".
std::string queue_options(StudyPart part);

void add_study_merge(CLI::App& study, int& status);
void add_study_script(CLI::App& study, int& status);

}  // namespace coalis::cli
