// Evidence and fit: what the survey found beside what the simulated survey of the reference gives.
#include <fmt/format.h>

#include "comparison_sections.hpp"

namespace coalis::report {

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
  return text + html::table(table);
}

}  // namespace coalis::report
