// --part of study commands: which part of a study a process does, as told or as its queue has numbered it.
#pragma once

#include <string>

#include "coalis/questions/study/part.hpp"

namespace coalis::cli {

// "3/8"; "auto", by the array and rank that the environment names; "auto/8", by their number among so many. Throws
// CLI::ValidationError.
StudyPart study_part(const std::string& text);

}  // namespace coalis::cli
