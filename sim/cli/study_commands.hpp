// The commands on studies, each in a file of its own; each returns the exit code.
#pragma once

#include <cstdint>
#include <string>

namespace coalis::cli {

struct StudyStatusOptions {
  std::string file;
  bool watch = false, json = false;
};
int study_status(const StudyStatusOptions& options);

struct StudyAnswerOptions {
  std::string file;
  std::uint32_t replicates = 0;  // 0: the study's
  bool json = false;
};
int study_answer(const StudyAnswerOptions& options);

struct PlanOptions {
  std::string file;
  int threads = 0;
  bool json = false;
};
int plan_study(const PlanOptions& options);

}  // namespace coalis::cli
