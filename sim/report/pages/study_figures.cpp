#include "coalis/report/pages/study_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "coalis/core/build_info.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/core/letters.hpp"
#include "coalis/core/number_text.hpp"
#include "coalis/model/setting_words.hpp"
#include "coalis/model/version.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/study/shared_sets.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/sentences.hpp"
#include "coalis/report/words/short_sentences.hpp"
#include "coalis/report/words/study_text.hpp"
#include "questions/study/values.hpp"
#include "study_answer.hpp"

namespace coalis::report {
namespace {

constexpr std::size_t most_series = 4, most_options = 12, most_worlds = 6;

// "Engaged: fte 1 instead of fte 0.35" for "engaged: ...".
std::string titled(const Figure& figure, std::string meaning) {
  const std::string& outcome = all_outcome_quantities()[figure.outcome].name;
  const std::size_t at = meaning.find(outcome);
  if (at == meaning.npos) return meaning;
  const OutcomeWords& words = words_of(outcome);
  return meaning.replace(at, outcome.size(), at > 0 ? title_within(words) : std::string(words.title));
}

// A study, its points by name, and their runs.
struct Found {
  const StudyQuestion& question;
  const PointSamples& samples;
  const PointNames names;

  const Study& study() const { return question.study; }
  std::size_t points() const { return samples.size(); }
  Summary level(std::size_t point, std::size_t outcome) const { return samples[point].summary(outcome); }
};

html::Table points_table(const Found& found) {
  html::Table table{"Every point: averages, in brackets where 8 in 10 runs lie", {"Point"}, {}};
  const auto& quantities = all_outcome_quantities();
  for (const std::size_t outcome : found.study().outcomes) {
    const OutcomeWords& words = words_of(quantities[outcome].name);
    table.head.push_back(fmt::format("{}, {}", words.title, words.unit));
  }
  for (std::size_t p = 0; p < found.points(); ++p) {
    auto& row = table.rows.emplace_back(std::vector{found.names.name(p)});
    for (const std::size_t outcome : found.study().outcomes) {
      const OutcomeWords& words = words_of(quantities[outcome].name);
      const Summary s = found.level(p, outcome);
      const std::string mean = amount(words, s.mean), low = amount(words, s.q10), high = amount(words, s.q90);
      row.push_back(s.n == 0 ? "missing" : low == mean && high == mean ? mean : fmt::format("{} ({} to {})", mean, low, high));
    }
  }
  return table;
}

chart::Quantity quantity_of(std::size_t outcome) {
  const OutcomeWords& words = words_of(all_outcome_quantities()[outcome].name);
  return {std::string(words.title), std::string(words.unit), words.scale, words.decimals, std::string(words.more)};
}

std::string ranges_of(const StudyQuestion& study) {
  return study.together() > 1 ? "Ranges: chance and parameters" : "Ranges: chance alone";
}

chart::Caption caption_of(const Found& found, std::string id, std::string title, std::string subtitle) {
  return {std::move(id),
          std::move(title),
          std::move(subtitle),
          fmt::format("Coalis {}, {}", build_info().version, found.study().name),
          ranges_of(found.question),
          fewest_runs(found.samples),
          "runs of each point",
          found.study().seed};
}

// The first factor of numbers, a line for each setting of the others; nothing if there are too many lines.
std::optional<chart::DoseResponse> dose_of(const Found& found, std::size_t outcome) {
  const auto& factors = found.study().design.factors;
  for (std::size_t f = 0; f < factors.size(); ++f) {
    std::map<std::string, std::size_t> lines;  // the other coordinates, to a series
    chart::DoseResponse data;
    bool numbers = true;
    for (std::size_t p = 0; p < found.points() && numbers; ++p) {
      const auto dose = decimal_number(found.names.at(p)[f + 1]);
      numbers = dose.has_value();
      if (!numbers) break;
      // What tells the lines apart; what the values are of is said below the title.
      std::string rest = found.study().scenarios.size() > 1 ? found.names.scenario(p) : "";
      if (found.names.at(p)[0] != found.names.at(0)[0] && !found.study().equal_budget.empty())
        rest += ", " + budget_lever_words(found.study().equal_budget) + " scaled to equal planned cost";
      for (std::size_t other = 0; other < factors.size(); ++other)
        if (other != f) rest += (rest.empty() ? "" : ", ") + told_value_of(factors[other], found.names.at(p)[other + 1]);
      const auto [line, is_new] = lines.try_emplace(rest, data.series.size());
      if (is_new) data.series.push_back({{letter_of(data.series.size()), rest}, {}});
      const Summary s = found.level(p, outcome);
      data.series[line->second].points.push_back({*dose, s.mean, {s.q10, s.q90}});
    }
    if (!numbers || data.series.size() > most_series || data.series.front().points.size() < 2) continue;
    for (auto& series : data.series)
      std::sort(series.points.begin(), series.points.end(), [](const auto& a, const auto& b) { return a.dose < b.dose; });
    data.letters = false;  // these are of the options against their cost
    data.response = quantity_of(outcome);
    data.dose = {title_of(factors[f]), "", 1, 2, "more"};
    data.caption = caption_of(found, "dose", fmt::format("{} by {}", data.response.name, data.dose.name), "");
    return data;
  }
  return std::nullopt;
}

std::string definition_of(std::size_t outcome) { return definition(all_outcome_quantities()[outcome].name); }

chart::Frontier frontier_among(const Found& found, std::size_t outcome, const std::vector<std::size_t>& points) {
  const std::size_t cost = index_of(all_outcome_quantities(), "planned_cost");
  chart::Frontier data;
  for (const std::size_t p : points) {
    const Summary s = found.level(p, outcome);
    data.points.push_back(
        {{letter_of(data.points.size()), found.names.option(p)}, found.level(p, cost).mean, s.mean, {s.q10, s.q90}});
  }
  data.cost = quantity_of(cost), data.outcome = quantity_of(outcome);
  data.more_is_better = words_of(all_outcome_quantities()[outcome].name).better != Better::less;
  const std::string world = found.names.world(points.front());
  data.caption = caption_of(found, "frontier", fmt::format("{} against planned cost", data.outcome.name),
                            world.empty() ? "" : "Where it is: " + world);
  return data;
}

// One for each world: only what can be chosen is ranked. None where there is nothing to choose, or too much.
std::vector<chart::Frontier> frontiers_of(const Found& found, std::size_t outcome) {
  std::vector<chart::Frontier> frontiers;
  if (all_outcome_quantities()[outcome].name == "planned_cost") return frontiers;
  std::map<std::string, std::vector<std::size_t>> worlds;
  std::vector<std::string> order;
  for (std::size_t p = 0; p < found.points(); ++p) {
    auto& points = worlds[found.names.world(p)];
    if (points.empty()) order.push_back(found.names.world(p));
    points.push_back(p);
  }
  if (worlds.size() > most_worlds) return frontiers;
  for (const std::string& world : order) {
    const auto& points = worlds[world];
    if (points.size() < 2 || points.size() > most_options) continue;
    frontiers.push_back(frontier_among(found, outcome, points));
    if (worlds.size() > 1) frontiers.back().caption.id += fmt::format("-{}", frontiers.size());
  }
  return frontiers;
}

// Of the structure of the paragraph.
std::optional<chart::Importance> shares_of(const Found& found, const FoundUnder& column) {
  chart::Importance parts;
  for (std::size_t f = 0; f < column.figures.size(); ++f)
    if (const auto& p = column.values[f].parts; p && std::isfinite(p->share))
      parts.factors.push_back({column.figures[f].name, p->share, {p->share_low, p->share_high}, chart::missing, {}});
  if (parts.factors.empty()) return std::nullopt;
  parts.quantity = {"share of the variance of single runs", "%", 100, 0, "more"};
  parts.total_is = "due to parameters; the rest is luck";
  parts.caption = caption_of(found, "parts", "What single runs differ by: parameters or luck",
                             "Figures of the answer" + (column.structure.empty() ? "" : ", " + column.structure));
  parts.caption.interval = "";
  return parts;
}

void add_answer(StudyPage& page, const Found& found, const StudyFindings& findings) {
  const std::size_t first = found.study().outcomes.front();
  page.short_answer = generated_answer(found.names, found.samples, first);
  const std::string apart = told_apart(found.names, found.samples, first);
  if (findings.columns.empty()) {
    page.sure.push_back(apart);
    const auto& files = found.question.parameters;
    page.uncertainty = uncertainty_sentence({files.empty() ? 0 : sets_drawn(files.front()).size(), 1}) +
                       (files.empty() ? fmt::format(" Runs have their own {}.", spoken(own_parameters(found.question)))
                                      : fits_text(found.question, findings.fitted));
    return;
  }
  const StudyWords words(found.question, findings);
  page.answer = html::with_minus_signs(words.paragraph()), page.uncertainty = spoken(words.uncertainty());
  page.agreement = words.agreement(), page.spread = words.spread();
  // The file's own first sentence, if it can be read at a glance.
  if (const std::string_view own = first_sentence_of(page.answer); words_in(own) <= most_words)
    page.short_answer = own;
  else
    page.sure.push_back(apart);
  page.sure.push_back(agreement_in_short(findings));
  page.sure.push_back(fmt::format("Behind \u00B1 stands the error of an average over {}: 19 in 20 such intervals hold it.",
                                  counted(findings.replicates, "paired run")));
  for (const FoundUnder& column : findings.columns)
    for (std::size_t f = 0; f < column.figures.size(); ++f) {
      const Figure& figure = column.figures[f];
      const FigureValue& value = column.values[f];
      page.figures.push_back({figure.name, spoken(titled(figure, words.meaning(found.study().answer.figures[f]))),
                              column.structure, html::with_minus_signs(figure_text(figure, value, words.labels())),
                              verdict_text(figure, value), StudyWords::parts_text(value)});
    }
  page.parts = shares_of(found, findings.columns.front());
}

}  // namespace

StudyPage study_page(const StudyQuestion& study, const PointSamples& samples, const StudyFindings& findings) {
  const Found found{study, samples, PointNames(study)};
  StudyPage page;
  page.title = study.study.name, page.question = study.study.question;
  page.definition = definition_of(study.study.outcomes.front());
  page.evidence =
      evidence_line(findings.fitted.empty() || findings.fitted.front().points == 0 ? evidence_base(study.points.front().resolved)
                                                                                   : findings.fitted.front().base);
  for (const StudyParameters& file : study.parameters) page.parameters.push_back({file.name, file.hash});
  add_answer(page, found, findings);
  page.sure.push_back(study.together() > 1
                          ? "Ranges hold chance and uncertain parameters, not the rules of the model."
                          : "Ranges hold chance alone, neither uncertain parameters nor the rules of the model.");
  if (!found.names.world(0).empty())
    page.sure.push_back("Other rules of the model, or other places, stand in pictures and figures of their own.");
  page.replicates = fewest_runs(samples);
  page.points = points_table(found);
  const std::size_t first = study.study.outcomes.front();
  page.dose = dose_of(found, first);
  page.frontiers = frontiers_of(found, first);
  const BuildInfo& build = build_info();
  page.program = build.version, page.commit = build.commit, page.model = model_version, page.seed = study.study.seed;
  return page;
}

}  // namespace coalis::report
