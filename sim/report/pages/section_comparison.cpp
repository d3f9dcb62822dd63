// The comparison in full: charts of the headline outcome, every outcome in a table.
#include <fmt/format.h>

#include "comparison_sections.hpp"

namespace coalis::report {

std::string comparison(const ComparisonPage& page) {
  std::string text = html::paragraph(
      "Run r of every option shares all chance: the same organisations, the same luck. So a difference between two options is "
      "due to what "
      "they set otherwise. Ranges are over runs.");
  std::vector<std::string> svgs;
  for (const auto& fan : page.fans) svgs.push_back(chart::svg(fan));
  if (page.levels) svgs.push_back(chart::svg(*page.levels));
  for (const auto& tiles : page.regions) svgs.push_back(chart::svg(tiles));
  std::vector<std::string> names;
  for (const Outcome& o : page.outcomes) names.push_back(o.name);
  text += html::heading(3, "In the words of coalis compare");
  for (std::size_t i = 1; i < page.options.size(); ++i) {
    const Sentences s = answer_of(page, i);
    for (const std::string& sentence : {s.effect, s.likelihood, s.uncertainty, s.evidence, s.cost})
      text += html::paragraph(html::with_minus_signs(sentence));
    if (const std::string sentence = sets_sentence(page, i); !sentence.empty()) text += html::paragraph(sentence);
  }
  text += html::figures(svgs);
  return text + html::table(outcome_table(page, names, "Every outcome: averages, in brackets where 8 in 10 runs lie"));
}

}  // namespace coalis::report
