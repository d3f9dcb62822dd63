// Evidence and fit: what the survey found beside what the simulated survey of the reference gives.
#include <fmt/format.h>

#include "comparison_sections.hpp"

namespace coalis::report {
namespace {

std::string fit(const FitAndChecks& all) {
  const Fit& fit = all.fit;
  const bool far = fit.p < .05;
  return html::paragraph(fmt::format("The parameters can be fitted to the survey: {} has {} weighted sets of them (worth {:.0f} "
                                     "equal ones) for engagement "
                                     "{}. All fitted items together lie {:.1f} from the survey; surveys of the fitted model lie "
                                     "{:.1f} to {:.1f} from each "
                                     "other (9 in 10), p = {:.2f}: {}.",
                                     fit.posterior, fit.draws, fit.effective, fit.engagement, fit.distance, fit.usual.low,
                                     fit.usual.high, fit.p,
                                     far ? "the model does not explain the survey" : "the survey could be one of its own")) +
         html::figures({chart::svg(all.checks)});
}

}  // namespace

std::string evidence(const ComparisonPage& page) {
  if (page.evidence_rows.empty())
    return html::paragraph("The scenarios name no evidence. Nothing here has been held against a real coalition.");
  const std::string& label = page.options.front().option.label;
  html::Table table{
      fmt::format("The survey beside the simulated survey of {}: % of the answers, in brackets where 8 in 10 runs lie", label),
      {"Item", "Answer", "Survey", "Simulated", "Use"},
      {}};
  for (const EvidenceRow& row : page.evidence_rows)
    table.rows.push_back({row.item, row.category, row.observed, row.simulated, row.use});
  std::string text = html::paragraph(
      "The model is held against the survey by asking simulated members what the real ones were asked, with refusals, "
      "non-response and missing "
      "answers alike. Items of use calibrate were seen by the fit, so that agreement there is no proof; items of use validate "
      "were not.");
  if (page.attendance) text += html::figures({chart::svg(*page.attendance)});
  text += html::table(table);
  if (page.fit) text += fit(*page.fit);
  return text;
}

}  // namespace coalis::report
