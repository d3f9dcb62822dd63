#include "report_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ctime>
#include <map>

#include "coalis/core/quantile.hpp"
#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/scenario/resolved.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/questions/comparison/samples.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/level_trajectory.hpp"
#include "coalis/questions/run_key.hpp"
#include "coalis/questions/survey_beside.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/survey_words.hpp"
#include "coalis/statistics/paired_statistics.hpp"
#include "paired_sentences.hpp"
#include "report_charts.hpp"
#include "report_fit.hpp"

namespace coalis::cli {
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

// The mean difference at every month, as PairedSamples has it.
std::optional<int> half_month(const ComparisonFile& file, const std::string& name, std::size_t other, int months) {
  if (!level_trajectory(index_of(outcome_quantities(), name))) return std::nullopt;
  const std::size_t others = file.scenarios.size() - 1, width = static_cast<std::size_t>(months);
  const auto values = file.over_time("differences_over_time", name, width);
  const std::vector<float> zeros(width, 0.0f);
  MeanDifferences differences;
  for (std::size_t r = 0; r < file.replicates; ++r)
    differences.add(zeros, std::span(values).subspan((r * others + other) * width, width));
  std::vector<double> mean;
  for (std::size_t m = 0; m < width; ++m) mean.push_back(differences.mean(m));
  return month_of_half(mean, differences.half_width(width - 1));
}

report::Outcome outcome_of(const ComparisonFile& file, std::size_t index, int months) {
  report::Outcome outcome{outcome_quantities()[index].name, {}, {}, {}};
  const auto reference = file.values("outcomes", outcome.name, 0);
  for (std::size_t s = 0; s < file.scenarios.size(); ++s) {
    const auto values = file.values("outcomes", outcome.name, s);
    const Summary level = summarise(values);
    outcome.levels.push_back({level.mean, level.q10, level.q90});
    if (s == 0) continue;
    outcome.differences.push_back(
        plain_numbers(outcome.name, summarise_pairs(reference, values, file.matters[index]), file.matters[index]));
    outcome.half_month.push_back(half_month(file, outcome.name, s - 1, months));
  }
  return outcome;
}

bool is_whole_item(const std::string& path) {
  return path.starts_with("hubs.") || path.starts_with("series.") || path.starts_with("kinds.");
}

// "hubs.South" of "hubs.South.fte"; names may be quoted.
std::string item_of(const std::string& path) { return path.substr(0, path.rfind('.')); }

// A value as TOML, a number to four digits: the file has all of them.
std::string readable(const std::string& toml) {
  constexpr std::size_t long_number = 8;
  double value = 0;
  const char* end = toml.data() + toml.size();
  const auto [stop, error] = std::from_chars(toml.data(), end, value);
  return toml.size() > long_number && error == std::errc() && stop == end ? significant(value, 4) : toml;
}

// A hub, series or kind that only one of the two has is one line.
std::vector<report::Change> changes_between(const Scenario& reference, const Scenario& other,
                                            const std::array<std::string, 2>& labels) {
  std::vector<report::Change> changes;
  std::map<std::string, std::size_t> items;
  for (const Difference& d : differences(reference, other)) {
    if (d.path == "name" || d.path == "description") continue;
    if (!is_whole_item(d.path) || (d.a && d.b)) {
      changes.push_back({d.path, readable(d.a.value_or("-")), readable(d.b.value_or("-")), d.field.meaning});
      continue;
    }
    const auto [at, is_new] = items.try_emplace(item_of(d.path), changes.size());
    if (is_new)
      changes.push_back({at->first, d.a ? "" : "-", d.b ? "" : "-", fmt::format("Only in {}.", d.a ? labels[0] : labels[1])});
    std::string& side = d.a ? changes[at->second].reference : changes[at->second].other;
    side += fmt::format("{}{} {}", side.empty() ? "" : ", ", d.path.substr(d.path.rfind('.') + 1), readable(d.a ? *d.a : *d.b));
  }
  return changes;
}

std::vector<report::EvidenceRow> evidence_rows(const ComparisonFile& file, const EvidenceFile& evidence,
                                               const Scenario& reference, const std::vector<std::string>& seen) {
  std::vector<report::EvidenceRow> rows;
  for (const SurveyComparison& comparison : survey_comparisons()) {
    const EvidenceItem* item = item_beside(evidence.items, comparison);
    if (!item) continue;
    for (const SurveyLine& line : comparison.lines) {
      const Summary s = summarise(file.values("survey", line.figure, 0));
      rows.push_back({comparison.title, line.label, evidence_share(item, line.category),
                      fmt::format("{} ({})", percent(s.mean), percent_range(s)),
                      std::find(seen.begin(), seen.end(), item->id) != seen.end()});
    }
  }
  if (!file.has_own_items()) return rows;
  const OwnItems own(evidence.items, reference);
  for (std::size_t i = 0; i < own.items().size(); ++i) {
    const ComparedItem& item = own.items()[i];
    for (std::size_t k = 0; k < item.names.size(); ++k) {
      const Summary s = summarise(file.values("survey_items", fmt::format("item.{}.{}", i, k), 0));
      rows.push_back({own.title(i), item.names[k], observed_share(item, k),
                      fmt::format("{} ({})", percent(s.mean), percent_range(s)),
                      std::find(seen.begin(), seen.end(), item.id) != seen.end()});
    }
  }
  return rows;
}

// Files of an older program do not say; their runs had the scenarios' own parameters.
EvidenceBase base_of(const ComparisonFile::Compared& compared, const Scenario& scenario) {
  if (!compared.fit) return evidence_base(scenario);
  return {compared.fit->sites, compared.fit->basis, compared.fit->items};
}

std::vector<report::StructureRow> structure_rows(const ComparisonFile& file, std::size_t headline) {
  std::vector<report::StructureRow> rows;
  for (const ComparedStructure& s : file.structures())
    rows.push_back({s.structure, s.calibration, s.mean[headline], s.error[headline]});
  return rows;
}

std::vector<report::VarianceRow> variance_rows(const ComparisonFile& file, std::size_t headline) {
  std::vector<report::VarianceRow> rows;
  for (const ComparedVariance& v : file.variances()) {
    auto& row = rows.emplace_back(report::VarianceRow{v.calibration, v.structures, v.parameter_sets, {}});
    for (const ComparedParts& p : v.parts[headline])
      row.parts.push_back(
          {p.mean, p.chance, p.parameters, p.structure, p.sets_low, p.sets_high, p.sets_same_sign, p.parameter_noise});
  }
  return rows;
}

std::string in_words(const ComparisonFile& file, std::string_view between) {
  std::string text;
  for (const auto& s : file.scenarios) text += (text.empty() ? "" : std::string(between)) + s.title;
  return text;
}

}  // namespace

std::string parameters_options(const std::vector<std::string>& files) {
  std::string text;
  for (const std::string& file : files)
    text += fmt::format(" --parameters '{}'", std::filesystem::path(file).filename().string());
  return text;
}

namespace {

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

std::string page_date(const std::string& file_date) {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
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

report::ComparisonPage comparison_page(const ComparisonFile& file, const ReportWishes& wishes) {
  const auto scenarios = scenarios_of(file, wishes.file);
  const Calendar& calendar = scenarios.front().calendar;
  report::ComparisonPage page;
  page.headline = wishes.headline;
  page.start = calendar.start, page.months = calendar.months, page.replicates = file.replicates;
  page.date = page_date(file.provenance.date);
  page.title = wishes.title.empty() ? in_words(file, " or ") : wishes.title;
  page.question = wishes.question.empty()
                      ? fmt::format("What changes by {} if the coalition is run otherwise than \"{}\"?",
                                    month_name(calendar.start, calendar.months - 1), file.scenarios.front().title)
                      : wishes.question;
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    const auto& compared = file.scenarios[s];
    page.options.push_back({{compared.label, compared.title},
                            scenarios[s].description,
                            compared.planned_cost,
                            compared.budget,
                            to_string(combined_key(compared.text))});
    if (s == 0) continue;
    page.extrapolated.push_back(extrapolated_levers(scenarios.front(), scenarios[s]));
    page.changes.push_back(changes_between(scenarios.front(), scenarios[s], {file.scenarios.front().label, compared.label}));
  }
  for (std::size_t i = 0; i < outcome_quantities().size(); ++i) page.outcomes.push_back(outcome_of(file, i, calendar.months));
  EvidenceFile evidence;
  if (!file.evidence.empty()) evidence = parse_evidence(file.evidence, wishes.file.string() + ":/scenarios evidence");
  for (const Diagnostic& d : evidence.diagnostics)
    throw ResultError(to_string(d) + "; read the file with the Coalis that wrote it");
  for (std::size_t s = 0; s < scenarios.size(); ++s) page.evidence.push_back(base_of(file.scenarios[s], scenarios[s]));
  if (file.sets) page.included.parameter_sets = file.sets->used, page.parameter_file = file.sets->file;
  page.evidence_rows = evidence_rows(file, evidence, scenarios.front(), page.evidence.front().items);
  if (!wishes.fit.empty()) page.fit = read_fit(wishes.fit, file, wishes.file);
  const std::size_t headline = index_of(outcome_quantities(), wishes.headline);
  page.structures = structure_rows(file, headline);
  page.variances = variance_rows(file, headline);
  page.origin = {file.program_version,
                 file.commit,
                 file.model_version,
                 wishes.file.filename().string(),
                 sha1_of_file(wishes.file),
                 file.provenance.date,
                 file.provenance.compiler,
                 fmt::format("{} -o '{}'", file.provenance.command, wishes.file.filename().string()),
                 wishes.command,
                 file.seed};
  add_charts(page, file, scenarios, evidence);
  return page;
}

}  // namespace coalis::cli
