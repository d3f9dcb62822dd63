// From a study and its store to the plain data of its report.
#pragma once

#include <string>

#include "coalis/report/study_page.hpp"
#include "study_points.hpp"

namespace coalis::cli {

// Nothing (which has been said on standard error) if the study is wrong or no replicate is done. Throws ResultError, StoreError.
std::optional<report::StudyPage> study_page(const std::string& path, const std::string& command);

}  // namespace coalis::cli
