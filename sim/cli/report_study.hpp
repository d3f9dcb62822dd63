// From a study and its store to the plain data of its report.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "coalis/report/pages/study_page.hpp"
#include "study_points.hpp"

namespace coalis::cli {

// Nothing (which has been said on standard error) if the study is wrong or no replicate is done. Throws ResultError, StoreError.
// parameters: files of parameter sets of the command line, which go before the study's.
std::optional<report::StudyPage> study_page(const std::string& path, const std::vector<std::string>& parameters,
                                            const std::string& command);

}  // namespace coalis::cli
