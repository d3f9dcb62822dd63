// Doing the runs of a study that are missing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace coalis::cli {

struct StudyRunOptions {
  std::string file, output, json_log;
  std::vector<std::string> parameters;  // files of parameter sets; empty: the study's
  int threads = 0;
  std::uint32_t replicates = 0;  // 0: the study's
  std::string on_error = "stop";
  bool force = false, quiet = false;
};

// Does what is missing, then writes the merged result. Returns the exit code.
int run_study(const StudyRunOptions& options);

}  // namespace coalis::cli
