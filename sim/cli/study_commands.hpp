// The commands on studies, each in a file of its own; each returns the exit code.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace coalis::cli {

struct StudyStatusOptions {
  std::string file;
  std::vector<std::string> parameters;  // files of parameter sets; empty: the study's; so below
  bool watch = false, json = false;
};
int study_status(const StudyStatusOptions& options);

struct StudyAnswerOptions {
  std::string file;
  std::vector<std::string> parameters;
  std::uint32_t replicates = 0;  // 0: the study's
  bool json = false;
};
int study_answer(const StudyAnswerOptions& options);

struct PlanOptions {
  std::string file;
  std::vector<std::string> parameters;
  int threads = 0;
  bool json = false;
};
int plan_study(const PlanOptions& options);

}  // namespace coalis::cli
