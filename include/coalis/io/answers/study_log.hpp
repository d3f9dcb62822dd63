// What happens to a study, as JSON, one object a line, for scripts.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "coalis/questions/study/points.hpp"

namespace coalis {

// What a log may be: a terminal or the like, a new or empty file, or one of these, none that the command reads or writes, and
// not `result`. Throws FileError.
void check_study_log(const std::filesystem::path& path, const std::filesystem::path& result);

class StudyLog {
 public:
  // path: appended to; "" for no log. runs: of the study, or of the part that is run. notice: told once if it cannot be written
  // any more. Study must outlive it. Throws FileError.
  StudyLog(const std::string& path, const StudyQuestion& study, std::size_t runs, std::function<void(const std::string&)> notice);

  void begin(std::size_t missing);
  void failed(std::size_t run, const std::string& cause);
  void batch(std::size_t runs, double seconds, std::size_t done);
  void end(int status, std::size_t done, std::size_t failed);
  bool complete() const { return complete_; }  // all has been written

 private:
  void event(std::string_view name, const nlohmann::ordered_json& more);

  const StudyQuestion& study_;
  std::size_t runs_;
  std::function<void(const std::string&)> notice_;
  std::ofstream file_;
  bool complete_ = true;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace coalis
