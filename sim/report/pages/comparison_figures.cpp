#include "coalis/report/pages/comparison_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "coalis/core/month_text.hpp"
#include "coalis/core/shell_word.hpp"
#include "coalis/inference/distance.hpp"
#include "coalis/model/setting_words.hpp"
#include "coalis/questions/asked_month.hpp"
#include "coalis/questions/comparison/differences.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/fitted.hpp"
#include "coalis/questions/level_trajectory.hpp"
#include "coalis/questions/run_key.hpp"
#include "coalis/questions/survey_beside.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/short_sentences.hpp"
#include "coalis/report/words/survey_words.hpp"
#include "coalis/report/words/told_changes.hpp"
#include "coalis/report/words/value_words.hpp"
#include "coalis/statistics/paired_statistics.hpp"
#include "report/pages/comparison_charts.hpp"

namespace coalis::report {
namespace {

Outcome outcome_of(const KeptComparison& file, std::size_t index, int months, bool with_course) {
  Outcome outcome{outcome_quantities()[index].name, {}, {}, {}};
  const auto reference = file.values("outcomes", outcome.name, 0);
  for (std::size_t s = 0; s < file.scenarios.size(); ++s) {
    const auto values = file.values("outcomes", outcome.name, s);
    const Summary level = summarise(values);
    outcome.levels.push_back({level.mean, level.q10, level.q90});
    if (s == 0) continue;
    outcome.differences.push_back(
        plain_numbers(outcome.name, summarise_pairs(reference, values, file.matters[index]), file.matters[index]));
    if (with_course) outcome.courses.push_back(course_of(file, outcome.name, s - 1, months));
  }
  say_alike(outcome.differences);
  return outcome;
}

// Whether the fit has seen an item: by its name and, where the fit says them, its figures.
bool seen_by(const EvidenceBase& base, const EvidenceItem& item) {
  const auto found = std::find(base.items.begin(), base.items.end(), item.id);
  if (found == base.items.end() || base.figures.size() != base.items.size()) return found != base.items.end();
  std::vector<std::string> problems;
  const auto compared = compared_items({&item, 1}, "", problems);
  return compared.size() == 1 &&
         figures_text(compared.front()) == base.figures[static_cast<std::size_t>(found - base.items.begin())];
}

std::vector<EvidenceRow> evidence_rows(const KeptComparison& file, const std::vector<EvidenceItem>& evidence,
                                       const Scenario& reference, const EvidenceBase& base) {
  std::set<std::string> seen, other_figures;
  for (const EvidenceItem& item : evidence)
    if (seen_by(base, item))
      seen.insert(item.id);
    else if (std::find(base.items.begin(), base.items.end(), item.id) != base.items.end())
      other_figures.insert(item.id);
  std::vector<EvidenceRow> rows;
  for (const SurveyComparison& comparison : survey_comparisons()) {
    const EvidenceItem* item = item_beside(evidence, comparison);
    if (!item) continue;
    for (const SurveyLine& line : comparison.lines) {
      const Summary s = summarise(file.values("survey", line.figure, 0));
      rows.push_back({survey_title(item->id, comparison.item), line.label, evidence_share(item, line.category),
                      fmt::format("{} ({})", percent(s.mean), percent_range(s)), seen.contains(item->id),
                      other_figures.contains(item->id)});
    }
  }
  const OwnItems own(evidence, reference);
  for (std::size_t i = 0; i < own.items().size() && file.has_own_item(i); ++i) {
    const ComparedItem& item = own.items()[i];
    for (std::size_t k = 0; k < item.names.size(); ++k) {
      const Summary s = summarise(file.values("survey_items", fmt::format("item.{}.{}", i, k), 0));
      rows.push_back({own.title(i), item.names[k], observed_share(item, k),
                      fmt::format("{} ({})", percent(s.mean), percent_range(s)), seen.contains(item.id),
                      other_figures.contains(item.id)});
    }
  }
  return rows;
}

// Older programs kept none; their runs had the scenarios' own parameters.
EvidenceBase base_of(const KeptComparison::Compared& compared, const Scenario& scenario) {
  EvidenceBase base = compared.fit ? *compared.fit : evidence_base(scenario);
  base.basis = spoken(base.basis);
  return base;
}

std::vector<StructureRow> structure_rows(const KeptComparison& file, std::size_t headline) {
  std::vector<StructureRow> rows;
  for (const ComparedStructure& s : file.structures())
    rows.push_back({s.structure, s.calibration, s.mean[headline], s.error[headline]});
  return rows;
}

std::vector<VarianceRow> variance_rows(const KeptComparison& file, std::size_t headline) {
  std::vector<VarianceRow> rows;
  for (const ComparedVariance& v : file.variances()) {
    auto& row = rows.emplace_back(VarianceRow{v.calibration, v.structures, v.parameter_sets, {}});
    for (const ComparedParts& p : v.parts[headline])
      row.parts.push_back(
          {p.mean, p.chance, p.parameters, p.structure, p.sets_low, p.sets_high, p.sets_same_sign, p.parameter_noise});
  }
  return rows;
}

// By short names: what two have in common is no question.
std::string usual_question(const KeptComparison& file, const std::string& end, const std::string& from) {
  std::vector<std::string> names;
  for (const auto& s : file.scenarios) names.push_back(s.title);
  names = short_names(names);
  if (names.size() == 2 && names[0] != names[1])
    return fmt::format("What changes by {} with \"{}\"{} instead of \"{}\"?", end, names[1], from.empty() ? "" : from + ",",
                       names[0]);
  return fmt::format("What changes by {} if the coalition is run otherwise than \"{}\"?", end, names[0]);
}

std::string in_words(const KeptComparison& file, std::string_view between) {
  std::string text;
  for (const auto& s : file.scenarios) text += (text.empty() ? "" : std::string(between)) + s.title;
  return text;
}

}  // namespace

ComparisonPage comparison_page(const KeptComparison& kept, const ComparisonFigures& figures) {
  const auto& scenarios = figures.scenarios;
  const Calendar& calendar = scenarios.front().calendar;
  ComparisonPage page;
  page.headline = figures.headline;
  page.start = calendar.start, page.months = calendar.months, page.from = std::min(kept.from, calendar.months - 1),
  page.replicates = kept.replicates;
  page.date = figures.date;
  page.own_title = !figures.title.empty() || !figures.question.empty();
  page.title = figures.title.empty() ? in_words(kept, " or ") : figures.title;
  page.question = figures.question.empty() ? usual_question(kept, month_name(calendar.start, calendar.months - 1),
                                                            from_month_on(calendar.start, page.from))
                                           : figures.question;
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    const auto& compared = kept.scenarios[s];
    // One that it has of what it changes says what was.
    const bool own = s == 0 || scenarios[s].description != scenarios.front().description;
    page.options.push_back({{compared.label, compared.title, months_alike(scenarios.front(), scenarios[s])},
                            own ? scenarios[s].description : "",
                            compared.planned_cost,
                            spoken(compared.budget),
                            compared.undone,
                            to_string(combined_key(compared.text))});
    page.evidence.push_back(base_of(compared, scenarios[s]));
    if (s == 0) continue;
    for (std::string& lever : page.extrapolated.emplace_back(extrapolated_levers(scenarios.front(), scenarios[s])))
      lever = fmt::format("\"{}\"", setting_words(lever));
    page.changes.push_back(changes_in_words(figures.differences[s - 1], calendar));
    page.told.push_back(told_changes(figures.differences[s - 1], calendar));
  }
  for (std::size_t i = 0; i < kept.matters.size(); ++i)
    page.outcomes.push_back(outcome_of(kept, i, calendar.months, outcome_quantities()[i].name == figures.headline));
  if (kept.sets) page.included.parameter_sets = kept.sets->used, page.parameter_file = kept.sets->file;
  page.rivals_fitted = page.evidence.front().sites > 0 && default_coalition(scenarios.front());  // docs/twin-mechanisms.md
  page.evidence_rows = evidence_rows(kept, figures.evidence, scenarios.front(), page.evidence.front());
  page.fit = figures.fit;
  const std::size_t headline = index_of(outcome_quantities(), figures.headline);
  page.structures = structure_rows(kept, headline);
  page.variances = variance_rows(kept, headline);
  page.origin = {kept.program_version,     kept.commit,
                 kept.model_version,       figures.file,
                 figures.file_hash,        kept.provenance.date,
                 kept.provenance.compiler, fmt::format("{} -o {}", kept.provenance.command, shell_word(figures.file)),
                 figures.command,          kept.seed};
  add_charts(page, kept, scenarios);
  add_survey_chart(page, kept, scenarios, figures.evidence);
  return page;
}

}  // namespace coalis::report
