#include "coalis/tasks/report.hpp"

#include <fmt/format.h>

#include <charconv>
#include <ctime>

#include "coalis/core/month_text.hpp"
#include "coalis/core/shell_word.hpp"
#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/scenario/resolved.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/report/pages/comparison_figures.hpp"
#include "coalis/report/words/outcome_words.hpp"

namespace coalis {
namespace {

std::vector<Scenario> scenarios_of(const ComparisonFile& file, const std::filesystem::path& path) {
  std::vector<Scenario> scenarios;
  for (const auto& compared : file.scenarios) {
    ScenarioFile read = parse_scenario(compared.text, fmt::format("{}:/scenarios/{}", path.string(), compared.label));
    for (const Diagnostic& d : read.diagnostics)
      if (!d.warning) throw ResultError(to_string(d) + "; read the file with the Coalis that wrote it");
    scenarios.push_back(std::move(read.scenario));
    const Calendar &own = scenarios.back().calendar, &first = scenarios.front().calendar;
    if (own.months != first.months || own.start != first.start)
      throw ResultError(fmt::format("{}: damaged: /scenarios/{} has other months than the first; run the comparison again",
                                    path.string(), compared.label));
  }
  return scenarios;
}

// "2 November 2026" of "2026-11-02T...".
std::string date_in_words(const std::string& date) {
  const std::string_view form = "dddd-dd-dd";
  bool good = date.size() >= form.size();
  for (std::size_t i = 0; good && i < form.size(); ++i)
    good = form[i] == 'd' ? date[i] >= '0' && date[i] <= '9' : date[i] == form[i];
  const int month = good ? std::stoi(date.substr(5, 2)) : 0, day = good ? std::stoi(date.substr(8, 2)) : 0;
  if (month < 1 || month > 12 || day < 1 || day > 31)
    throw ResultError(fmt::format("the file's date is '{}': it is damaged; copy it again or make it again", date));
  return fmt::format("{} {}", day, month_name(date.substr(0, 7), 0));
}

}  // namespace

std::string parameters_options(const std::vector<std::string>& files) {
  std::string text;
  for (const std::string& file : files) text += " --parameters " + word_of_file(file);
  return text;
}

std::string page_date(const std::string& file_date, const char* epoch) {
  if (!epoch || !*epoch) return date_in_words(file_date);
  constexpr std::time_t year_10000 = 253'402'300'800;
  std::time_t seconds = 0;
  std::tm day{};
  const std::string_view text = epoch;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (wrong != std::errc() || end != text.data() + text.size() || seconds < 0 || seconds >= year_10000 ||
      !gmtime_r(&seconds, &day))
    throw ResultError(
        fmt::format("SOURCE_DATE_EPOCH is '{}'; set it to seconds since 1970, before the year 10000, or unset it", epoch));
  return fmt::format("{} {}", day.tm_mday, month_name(fmt::format("{:04}-{:02}", day.tm_year + 1900, day.tm_mon + 1), 0));
}

report::ComparisonPage read_comparison_page(const ComparisonFile& file, const ComparisonPageWishes& wishes) {
  report::ComparisonFigures figures;
  figures.scenarios = scenarios_of(file, wishes.file);
  figures.headline = wishes.headline, figures.title = wishes.title, figures.question = wishes.question;
  figures.date = wishes.date, figures.command = wishes.command, figures.fit = wishes.fit;
  for (std::size_t s = 1; s < figures.scenarios.size(); ++s)
    figures.differences.push_back(differences(figures.scenarios.front(), figures.scenarios[s]));
  EvidenceFile evidence;
  if (!file.evidence.empty()) evidence = parse_evidence(file.evidence, wishes.file.string() + ":/scenarios evidence");
  for (const Diagnostic& d : evidence.diagnostics)
    throw ResultError(to_string(d) + "; read the file with the Coalis that wrote it");
  figures.evidence = std::move(evidence.items);
  figures.file = wishes.file.filename().string(), figures.file_hash = sha1_of_file(wishes.file);
  return report::comparison_page(file, figures);
}

}  // namespace coalis
