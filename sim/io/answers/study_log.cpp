#include "coalis/io/answers/study_log.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "coalis/core/seconds.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/io/text/whole_file.hpp"

namespace coalis {
namespace {

constexpr std::string_view line_begins = "{\"event\":";

}  // namespace

void check_study_log(const std::filesystem::path& path, const std::filesystem::path& result) {
  std::error_code ignored;
  if (path.empty() || std::filesystem::is_character_file(path, ignored)) return;
  const std::array outputs{result, path};
  check_outputs(outputs, true);
  if (!std::filesystem::exists(path, ignored)) return;
  if (const std::string begun = bytes_of_file(path, 0, line_begins.size()); !begun.empty() && begun != line_begins)
    throw FileError(path.string() + ": is no log of coalis study run, and would be written to; choose another with --json-log");
}

StudyLog::StudyLog(const std::string& path, const StudyQuestion& study, std::size_t runs,
                   std::function<void(const std::string&)> notice)
    : study_(study), runs_(runs), notice_(std::move(notice)) {
  if (path.empty()) return;
  file_.open(path, std::ios::app);
  if (!file_) throw FileError(path + ": the log cannot be written; choose another with --json-log");
}

void StudyLog::event(std::string_view name, const nlohmann::ordered_json& more) {
  if (!file_.is_open()) return;
  nlohmann::ordered_json line{{"event", name}, {"seconds", seconds_since(start_)}};
  line.update(more);
  file_ << line.dump() << std::endl;
  if (!file_ && std::exchange(complete_, false)) notice_("The log cannot be written: it is not complete.");
}

void StudyLog::begin(std::size_t missing) {
  event("begin", {{"study", study_.study.name}, {"runs", runs_}, {"missing", missing}});
}

void StudyLog::failed(std::size_t run, const std::string& cause) {
  event("failed", {{"point", study_.point_of(run)}, {"replicate", study_.replicate_of(run)}, {"cause", cause}});
}

void StudyLog::batch(std::size_t runs, double seconds, std::size_t done) {
  event("batch", {{"runs", runs}, {"done", done}, {"of", runs_}, {"batch_seconds", seconds}});
}

void StudyLog::end(int status, std::size_t done, std::size_t failed) {
  event("end", {{"status", status}, {"done", done}, {"failed", failed}, {"of", runs_}});
}

}  // namespace coalis
