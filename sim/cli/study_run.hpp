// coalis study run and extend.
#pragma once

#include <string>

#include "coalis/questions/study/part.hpp"
#include "coalis/questions/study/points.hpp"
#include "coalis/tasks/study_extend.hpp"

namespace coalis::cli {

struct StudyRunOptions {
  StudyOptions study;
  std::string output, json_log;
  StudyPart part{};
  int threads = 0;
  std::string on_error = "stop";
  bool force = false, quiet = false;
};

// Does what is missing, writes the merged result and prints the answer. Returns the exit code.
int study_run(const StudyRunOptions& options);
// Changes the study's file, then the same.
int study_extend(const StudyRunOptions& options, const StudyGrowth& growth);

}  // namespace coalis::cli
