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
  for (std::size_t i = 0; i < page.fans.size(); ++i) {
    svgs.push_back(chart::svg(page.fans[i]));
    svgs.push_back(chart::svg(page.dots[i]));
  }
  if (page.levels) svgs.push_back(chart::svg(*page.levels));
  for (const auto& tiles : page.regions) svgs.push_back(chart::svg(tiles));
  text += html::figures(svgs);
  std::vector<std::string> names;
  for (const Outcome& o : page.outcomes) names.push_back(o.name);
  return text + html::table(outcome_table(page, names, "Every outcome: averages, in brackets where 8 in 10 runs lie"));
}

}  // namespace coalis::report
