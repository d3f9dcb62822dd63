// See study_answer.hpp.
#include "study_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "coalis/core/counted.hpp"
#include "coalis/model/outcome_rows.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/answer_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/short_sentences.hpp"
#include "coalis/statistics/paired_statistics.hpp"

namespace coalis::report {
namespace {

struct Ends {
  std::size_t best = 0, worst = 0;
  double at_best = 0, at_worst = 0;
};

// The points of the first world: rules and what else nobody chooses are no options to be best among.
std::vector<std::size_t> options_of(const PointNames& names, const PointSamples& samples) {
  std::vector<std::size_t> points;
  for (std::size_t p = 0; p < samples.size(); ++p)
    if (names.world(p) == names.world(0)) points.push_back(p);
  if (points.size() > 1) return points;
  points.clear();
  for (std::size_t p = 0; p < samples.size(); ++p) points.push_back(p);
  return points;
}

std::optional<Ends> ends_of(const std::vector<std::size_t>& points, const PointSamples& samples, std::size_t outcome) {
  const bool less = words_of(all_outcome_quantities()[outcome].name).better == Better::less;
  std::optional<Ends> ends;
  for (const std::size_t p : points) {
    const double mean = samples[p].summary(outcome).mean;
    if (std::isnan(mean)) continue;
    if (!ends) ends = Ends{p, p, mean, mean};
    if (less ? mean < ends->at_best : mean > ends->at_best) ends->best = p, ends->at_best = mean;
    if (less ? mean > ends->at_worst : mean < ends->at_worst) ends->worst = p, ends->at_worst = mean;
  }
  return ends;
}

}  // namespace

std::string generated_answer(const PointNames& names, const PointSamples& samples, std::size_t outcome) {
  const OutcomeWords& words = words_of(all_outcome_quantities()[outcome].name);
  const auto points = options_of(names, samples);
  const auto ends = ends_of(points, samples, outcome);
  const auto called = [&](std::size_t p) { return points.size() == samples.size() ? names.name(p) : names.option(p); };
  if (!ends) return fmt::format("{} has no value at any point.", words.title);
  const std::string best = amount(words, ends->at_best), worst = amount(words, ends->at_worst);
  if (samples.size() == 1) return fmt::format("{} {}, on average.", best, words.measure);
  if (best == worst)
    return fmt::format("All {} have about the same: {} {}.", counted(points.size(), "option"), best, words.measure);
  const bool less = words.better == Better::less;
  const char *first = less ? "least" : "most", *last = less ? "most" : "least";
  const std::string of = fmt::format("the {} of {}", first, points.size());
  const std::string with = called(ends->best), without = called(ends->worst);
  return fullest({fmt::format("{} {} with {}, {}; {} with {}, the {}.", best, words.measure, with, of, worst, without, last),
                  fmt::format("{} {} with {}, {}; the {} is {}.", best, words.measure, with, of, last, worst),
                  fmt::format("{}, {}: {} with {}, {}.", words.title, words.unit, best, with, of),
                  fmt::format("{}: {} at most, {} at least.", words.title, less ? worst : best, less ? best : worst)});
}

std::string told_apart(const PointNames& names, const PointSamples& samples, std::size_t outcome) {
  const auto points = options_of(names, samples);
  const auto ends = ends_of(points, samples, outcome);
  if (!ends || points.size() < 2) return "";
  const std::vector<double> of_best = samples[ends->best].values(outcome);
  std::size_t alike = 0;
  for (const std::size_t p : points) {
    if (p == ends->best) continue;
    const std::vector<double> other = samples[p].values(outcome);
    if (other.size() != of_best.size()) return "";
    alike += clear_sign(summarise_pairs(of_best, other, 0)) == 0;
  }
  if (alike == 0) return "These runs tell what stands first from all others.";
  return fmt::format("These runs cannot tell what stands first from {}. That is not the same as no effect.",
                     counted(alike, "other option"));
}

std::string agreement_in_short(const StudyFindings& findings) {
  if (findings.columns.size() < 2) return "";
  std::size_t compared = 0, agreed = 0;
  const auto& first = findings.columns.front();
  for (std::size_t f = 0; f < first.figures.size(); ++f) {
    if (first.figures[f].kind == FigureKind::level) continue;
    ++compared;
    const auto verdict = [&](const FoundUnder& column) {
      const FigureKind kind = column.figures[f].kind;
      auto values = kind == FigureKind::best || kind == FigureKind::peak ? column.values[f].values : std::vector<std::string>{};
      std::sort(values.begin(), values.end());
      return std::pair(values.empty() ? verdict_text(column.figures[f], column.values[f]) : "", values);
    };
    agreed += std::all_of(findings.columns.begin(), findings.columns.end(),
                          [&](const FoundUnder& column) { return verdict(column) == verdict(first); });
  }
  if (compared == 0) return "";
  return fmt::format("Rival rules of the model agree on {} of the {} that say which way.", agreed, counted(compared, "figure"));
}

}  // namespace coalis::report
