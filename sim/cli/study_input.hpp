// A study as commands take it: read, what is wrong said.
#pragma once

#include <optional>

#include "coalis/tasks/study_prepare.hpp"

namespace coalis::cli {

// Says what is wrong; nothing if that is an error. Throws TooLarge.
std::optional<PreparedStudy> prepare_and_report(const StudyOptions& options);
// The same, and every parameter set has been tried.
std::optional<PreparedStudy> prepare_to_run(const StudyOptions& options);

}  // namespace coalis::cli
