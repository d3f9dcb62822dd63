#include "coalis/tasks/page.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <ctime>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <utility>

#include "coalis/core/characters.hpp"
#include "coalis/core/names.hpp"
#include "coalis/core/shell_word.hpp"
#include "coalis/io/answers/best_json.hpp"
#include "coalis/io/answers/sensitivity_json.hpp"
#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/questions/outcomes_named.hpp"
#include "coalis/report/pages/best_page.hpp"
#include "coalis/report/pages/sensitivity_figures.hpp"
#include "coalis/report/pages/study_figures.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/study_text.hpp"
#include "coalis/tasks/report.hpp"
#include "coalis/tasks/study_store.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

FileFamily family_of(const FileIdentity& found, const fs::path& file) {
  if (found.family != FileFamily::unknown || !found.is.empty()) return found.family;
  return file.extension() == ".toml" ? FileFamily::toml : file.extension() == ".json" ? FileFamily::json : FileFamily::unknown;
}

PageOf page_of(const PageOptions& options) {
  const FileIdentity found = looks_like(options.results.front());
  switch (family_of(found, options.results.front())) {
    case FileFamily::toml: return PageOf::study;
    case FileFamily::json:
      if (found.format == best_format) return PageOf::best;
      return options.results.size() == 1 && found.format == sensitivity_format ? PageOf::sensitivity : PageOf::fit;
    default: return PageOf::comparison;
  }
}

std::optional<Diagnostic> problem_of(PageOf of, const PageOptions& options) {
  if (of != PageOf::comparison && !options.fit.empty())
    return option_problem("", "--fit belongs to the page of a comparison", "leave it out for a study or a check");
  if (options.results.size() > 1 && of != PageOf::fit)
    return option_problem("", "several results make a page only if they are POSTERIOR.check.json", "name one");
  if (of != PageOf::study && !options.parameters.empty())
    return option_problem("", "--parameters belongs to the page of a study", "of a comparison give it to coalis compare");
  return std::nullopt;
}

Page comparison_page(const PageOptions& options, const std::string& command, const char* epoch) {
  const std::string& result = options.results.front();
  const ComparisonFile file(result);
  const std::string date = page_date(file.provenance.date, epoch);
  std::optional<report::FitAndChecks> fit;
  if (!options.fit.empty()) fit = read_fit(options.fit, file, result);
  const auto page =
      read_comparison_page(file, {result, options.on, options.title, options.question, std::move(fit), command, date});
  Page made{report::html(page), ""};
  for (std::size_t i = 1; i < page.options.size(); ++i) {
    const Sentences s = report::answer_of(page, i);
    made.answer += fmt::format("{}{}\n{}", made.answer.empty() ? "" : "\n", s.effect, s.likelihood);
  }
  return made;
}

Page sensitivity_page(const PageOptions& options, const std::string& command) {
  const std::string& result = options.results.front();
  const report::FindingsFile file{fs::path(result).filename().string(), sha1_of_file(result)};
  return {report::html(report::sensitivity_page(read_sensitivity_findings(result), file, options.title, command)), ""};
}

Page best_page(const PageOptions& options, const std::string& command) {
  const std::string& result = options.results.front();
  const report::BestFile file{fs::path(result).filename().string(), sha1_of_file(result), options.title, command};
  return {report::best_page(read_best_answer(result), file), ""};
}

// "YYYY-MM-DD", when the store last got a file.
std::string day_of_change(const fs::path& folder) {
  struct stat status {};
  std::tm day{};
  if (::stat(folder.c_str(), &status) != 0 || !::gmtime_r(&status.st_mtime, &day))
    throw FileError(folder.string() + ": cannot be read");
  return fmt::format("{:04}-{:02}-{:02}", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

}  // namespace

std::optional<Diagnostic> problem_of_text(const std::string& option, const std::string& text) {
  if (const auto bad = bad_character(text, Lines::one))
    return option_problem("", fmt::format("{} has {}", option, bad->what), "write it in one line of characters that can be seen");
  if (!text.empty() && is_blank(text)) return option_problem("", option + " is blank", "write it, or leave it out");
  return std::nullopt;
}

Asked<PageOf> ask(const PageOptions& options) {
  try {
    words_of(options.on);
  } catch (const std::out_of_range&) {
    return {std::nullopt, {option_problem("--on " + options.on, "there is no such outcome", outcome_advice(options.on))}};
  }
  for (const auto& [option, text] : {std::pair("--title", &options.title), std::pair("--question", &options.question)})
    if (auto problem = problem_of_text(option, *text)) return {std::nullopt, {*std::move(problem)}};
  const PageOf of = page_of(options);
  if (auto problem = problem_of(of, options)) return {std::nullopt, {*std::move(problem)}};
  return {of, {}};
}

Page make_page(PageOf of, const PageOptions& options, const std::string& command, const char* epoch) {
  if (of == PageOf::sensitivity) return sensitivity_page(options, command);
  if (of == PageOf::best) return best_page(options, command);
  if (of == PageOf::fit) return {report::html(read_fit_page(options.results, options.title, command)), ""};
  return comparison_page(options, command, epoch);
}

Page study_page(const StudyQuestion& study, const PageOptions& options, const std::string& command, const char* epoch) {
  const fs::path folder = store_folder(study);
  const std::string& path = study.file;
  if (!fs::exists(folder))
    throw FileError(fmt::format("{}: has no runs yet; do them with: {}", path, study_command(study, "run")));
  const RunStore store = open_store(study, Access::read);
  const PointSamples samples = read_samples(study, store, study.points.size());
  if (fewest_runs(samples) == 0)
    throw FileError(fmt::format("{}: not every point has a run yet; do them with: {}", path, study_command(study, "run")));
  report::StudyPage page = report::study_page(study, samples, read_findings(study, store));
  page.date = page_date(day_of_change(folder), epoch);
  page.file = fs::path(path).filename().string(), page.file_hash = sha1_of_file(path);
  page.commands =
      fmt::format("coalis study run {}{} && {}", shell_word(page.file), parameters_options(options.parameters), command);
  return {report::html(page), page.answer};
}

}  // namespace coalis
