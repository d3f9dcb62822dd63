// Under other structures: does the answer hold where the model is built otherwise?
#include <fmt/format.h>

#include <cmath>

#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/value_words.hpp"
#include "coalis/statistics/intervals.hpp"
#include "comparison_sections.hpp"

namespace coalis::report {

std::string structures(const ComparisonPage& page) {
  if (page.structures.size() < 2)
    return html::paragraph(
        "Not examined. coalis compare --structures repeats the comparison under other rules of engagement, decision and "
        "influence.");
  const OutcomeWords words = words_of(page.headline);
  html::Table table{fmt::format("{}: average difference from {}, {}", words.title, page.options.front().option.label, words.unit),
                    {"Commitment", "Decision to attend", "Influence on views", "Fitted to the evidence"},
                    {}};
  for (std::size_t i = 1; i < page.options.size(); ++i) table.head.push_back(page.options[i].option.label);
  for (const StructureRow& s : page.structures) {
    auto& row = table.rows.emplace_back();
    for (const std::string& rule : rules_of(s.structure)) row.push_back(rule_words(rule));
    row.resize(3);
    if (&s == &page.structures.front()) row.front() += " (the scenarios' own rules)";
    row.push_back(s.calibration);
    for (std::size_t i = 0; i < s.mean.size(); ++i) {
      OutcomeDifference d{};
      d.outcome = page.headline, d.mean = s.mean[i], d.se = s.error[i], d.pairs = page.replicates;
      d.decimals = decimals_of(outcome(page, page.headline).differences[i]);
      const bool unclear = clear_sign(s.mean[i], half_width(s.error[i], page.replicates)) == 0;
      row.push_back(change_text(d) + (unclear && !std::isnan(s.mean[i]) ? ", not clear" : ""));
    }
  }
  std::string fitted, others;
  for (std::size_t i = 0; i < page.options.size(); ++i) {
    std::string& list = page.evidence[i].sites > 0 ? fitted : others;
    list += (list.empty() ? "" : ", ") + page.options[i].option.label;
  }
  const std::string not_all = fitted.empty() || others.empty()
                                  ? ""
                                  : fmt::format(" Calibrated is what was fitted for all options; {} {} not.", others,
                                                others.find(',') == std::string::npos ? "is" : "are");
  return html::paragraph(
             "Rules of engagement (is commitment a trait, earned, or both), of the decision to attend and of influence on views "
             "are "
             "poles of emphasis, not facts. The same comparison under others, with the same parameters:") +
         html::table(table) +
         html::paragraph(
             "Structures that are not fitted show what could be, not what is likely; they are never averaged with fitted ones. "
             "Not "
             "clear: the 95 % interval of the average includes 0." +
             not_all);
}

}  // namespace coalis::report
