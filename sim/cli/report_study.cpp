#include "report_study.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>

#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/report/pages/study_figures.hpp"
#include "coalis/tasks/report.hpp"
#include "coalis/tasks/study_store.hpp"
#include "study_input.hpp"

namespace coalis::cli {
namespace {

// "YYYY-MM-DD", when the store last got a file.
std::string day_of_change(const std::filesystem::path& folder) {
  struct stat status {};
  std::tm day{};
  if (::stat(folder.c_str(), &status) != 0 || !::gmtime_r(&status.st_mtime, &day))
    throw FileError(folder.string() + ": cannot be read");
  return fmt::format("{:04}-{:02}-{:02}", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

}  // namespace

std::optional<report::StudyPage> study_page(const StudyOptions& options, const std::string& command) {
  const auto prepared = prepare_and_report(options);
  if (!prepared) return std::nullopt;
  const StudyQuestion& study = prepared->question;
  const std::filesystem::path folder = store_folder(study);
  const std::string& path = study.file;
  if (!std::filesystem::exists(folder))
    throw FileError(fmt::format("{}: has no runs yet; do them with: {}", path, study_command(study, "run")));
  const RunStore store = open_store(study, Access::read);
  const PointSamples samples = read_samples(study, store, study.points.size());
  if (fewest_runs(samples) == 0)
    throw FileError(fmt::format("{}: not every point has a run yet; do them with: {}", path, study_command(study, "run")));
  report::StudyPage page = report::study_page(study, samples, read_findings(study, store));
  page.date = page_date(day_of_change(folder), std::getenv("SOURCE_DATE_EPOCH"));
  page.file = std::filesystem::path(path).filename().string(), page.file_hash = sha1_of_file(path);
  page.commands = fmt::format("coalis study run '{}'{} && {}", page.file, parameters_options(options.parameters), command);
  return page;
}

}  // namespace coalis::cli
