// The page of a study whose runs are done.
#pragma once

#include <optional>
#include <string>

#include "coalis/questions/study/points.hpp"
#include "coalis/report/pages/study_page.hpp"

namespace coalis::cli {

// Nothing (which has been said on standard error) if the study is wrong. Throws FileError, also if a point has no run yet.
// command: makes the page.
std::optional<report::StudyPage> study_page(const StudyOptions& options, const std::string& command);

}  // namespace coalis::cli
