// Evidence and fit: what the survey found beside what the simulated survey of the reference gives.
#include <fmt/format.h>

#include "coalis/report/words/fit_words.hpp"
#include "comparison_sections.hpp"

namespace coalis::report {
namespace {

std::string fit(const FitAndChecks& all) {
  const Fit& fit = all.fit;
  std::vector<std::string> sentences;
  for (const std::string& sentence : fit.not_explained) sentences.push_back(html::escaped(sentence));
  return html::paragraph(fmt::format("The parameter sets of these runs are those of {}: {} weighted sets (worth "
                                     "{:.0f} equal ones) for engagement {}. All "
                                     "fitted items together lie {} from the survey; surveys of the fitted "
                                     "model lie {} to {} from each other (9 "
                                     "in 10), p = {:.2f}. {}",
                                     fit.posterior, fit.draws, fit.effective, fit.engagement, distance_text(fit.distance, 1),
                                     distance_text(fit.usual.low, 1), distance_text(fit.usual.high, 1), fit.p, fit.verdict)) +
         (sentences.empty() ? "" : html::bullets(sentences)) + html::figures({chart::svg(all.checks)});
}

}  // namespace

std::string evidence(const ComparisonPage& page) {
  if (page.evidence_rows.empty())
    return html::paragraph("The scenarios name no evidence that the survey could be compared with.") +
           html::paragraph(fitted_sentence(page.evidence.front())) + (page.fit ? fit(*page.fit) : "");
  const std::string& label = page.options.front().option.label;
  html::Table table{
      fmt::format("The survey beside the simulated survey of {}: % of the answers, in brackets where 8 in 10 runs lie", label),
      {"Item", "Answer", "Survey", "Simulated", "Seen by the fit"},
      {}};
  for (const EvidenceRow& row : page.evidence_rows)
    table.rows.push_back({row.item, row.category, row.observed, row.simulated, row.seen ? "yes" : "no"});
  std::string text = html::paragraph(
      "The model is held against the survey by asking simulated members what the real ones were asked, with refusals, "
      "non-response and missing answers alike.");
  text += html::paragraph(fitted_sentence(page.evidence.front()));
  text += html::paragraph(page.evidence.front().sites > 0
                              ? "Items that the fit has seen agree for that reason, which is no proof; the others test it."
                              : "No item was seen by a fit: all of them test the model as it is.");
  if (page.attendance) text += html::figures({chart::svg(*page.attendance)});
  text += html::table(table);
  if (page.fit) text += fit(*page.fit);
  return text;
}

}  // namespace coalis::report
