// Evidence and fit: what the survey found beside what the simulated survey of the reference gives.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "coalis/report/words/fit_words.hpp"
#include "coalis/report/words/value_words.hpp"
#include "comparison_sections.hpp"

namespace coalis::report {
namespace {

// "commitment is partly given, partly earned (mixture)"
std::string that_rule(const std::string& rule) {
  const std::string words = rule_words(rule);
  return words == rule ? rule : fmt::format("{} ({})", words, rule);
}

// Of many items several pictures beside each other: one alone would leave most of a sheet before it empty.
std::string pictures_of(const chart::PredictiveChecks& checks) {
  constexpr std::size_t most_rows = 11;
  const std::size_t count = checks.items.size(), pictures = std::max<std::size_t>(1, (count + most_rows - 1) / most_rows);
  std::vector<std::string> svgs;
  for (std::size_t k = 0; k < pictures; ++k) {
    chart::PredictiveChecks part = checks;
    const auto at = [&](std::size_t n) { return checks.items.begin() + static_cast<std::ptrdiff_t>(count * n / pictures); };
    part.items.assign(at(k), at(k + 1));
    if (k > 0) part.caption.id += fmt::format("-{}", k + 1), part.caption.title += ", continued";
    svgs.push_back(chart::svg(part));
  }
  return html::figures(svgs);
}

std::string fit(const FitAndChecks& all, bool own) {
  const Fit& fit = all.fit;
  // Not the own: of the survey of another coalition, under other rules, or of other figures than the evidence has now.
  const std::string whose = own ? "the survey" : fmt::format("the survey that {} was fitted to", fit.posterior);
  const std::string verdict =
      own ? fit.verdict : fmt::format("Of that survey, which says nothing of these options: {}", fit.verdict);
  std::vector<std::string> sentences;
  for (const std::string& sentence : fit.not_explained) sentences.push_back(html::escaped(sentence));
  return html::paragraph(fmt::format("The parameter sets of these runs are those of {}: {} weighted sets (worth "
                                     "{:.0f} equal ones) under the rule that {}. All "
                                     "fitted items together lie {} from {}; surveys of the fitted "
                                     "model lie {} to {} from each other (9 "
                                     "in 10), {}. {}",
                                     fit.posterior, fit.draws, fit.effective, that_rule(fit.engagement),
                                     distance_text(fit.distance, 1), whose, distance_text(fit.usual.low, 1),
                                     distance_text(fit.usual.high, 1), p_text(fit.p), verdict)) +
         (sentences.empty() ? "" : html::bullets(sentences)) + (fit.weights.empty() ? "" : html::paragraph(fit.weights)) +
         pictures_of(all.checks);
}

}  // namespace

std::string evidence(const ComparisonPage& page) {
  if (page.evidence_rows.empty())
    return html::paragraph("The scenarios name no evidence that the survey could be compared with.") +
           html::paragraph(fitted_sentence(page.evidence.front())) +
           (page.fit ? fit(*page.fit, page.evidence.front().sites > 0) : "");
  const std::string& label = page.options.front().option.label;
  html::Table table{
      fmt::format("The survey beside the simulated survey of {}: % of the answers, rounded; in brackets where 8 in 10 runs lie",
                  label),
      {"Item", "Answer", "Survey", "Simulated", "Seen by the fit"},
      {}};
  const bool fitted = page.evidence.front().sites > 0;
  bool seen = false, other_figures = false;
  for (const EvidenceRow& row : page.evidence_rows) {
    seen = seen || row.seen, other_figures = other_figures || row.other_figures;
    table.rows.push_back({row.item, row.category, row.observed, row.simulated,
                          !row.seen ? "no"
                          : fitted  ? "yes"
                                    : "yes, under other values"});
  }
  std::string text = html::paragraph(
      "The model is held against the survey by asking simulated members what the real ones were asked. How many refuse, do not "
      "answer or leave an item out is as it was in the survey of Illinois.");
  text += html::paragraph(fitted_sentence(page.evidence.front()));
  text += html::paragraph(
      !seen ? "No item was seen by a fit: all of them test the model as it is."
      : fitted
          ? "Where items that the fit has seen agree, they do for that reason, which is no proof; the others test it."
          : "The parameters were chosen by items that the fit has seen, under other values than these: where these items agree, "
            "that is no proof.");
  if (other_figures)
    text +=
        html::paragraph("Of some items the evidence gives other figures than the fit has seen: these test the model as it is.");
  if (page.attendance) text += html::figures({chart::svg(*page.attendance)});
  text += html::table(table);
  if (page.fit) text += fit(*page.fit, fitted && !other_figures);
  return text;
}

}  // namespace coalis::report
