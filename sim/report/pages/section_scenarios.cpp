// What was compared: the scenarios, and what each sets otherwise than the reference.
#include <fmt/format.h>

#include "coalis/core/counted.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "comparison_sections.hpp"

namespace coalis::report {

std::string scenarios(const ComparisonPage& page) {
  std::string text = html::paragraph(fmt::format(
      "All options run from {} to {}, {}, with the same organisations, regions, funds and parameters but for what the "
      "tables below say.",
      month_name(page.start, 0), month_name(page.start, page.months - 1), counted(page.months, "month")));
  const std::string& reference = page.options.front().option.label;
  for (std::size_t i = 1; i < page.options.size(); ++i) {
    const std::string& label = page.options[i].option.label;
    const auto& changes = page.changes[i - 1];
    if (changes.empty()) {
      text += html::paragraph(fmt::format("{} and {} are the same.", label, reference));
      continue;
    }
    html::Table table{
        fmt::format("What {} sets otherwise than {}", label, reference), {"Value", reference, label, "Meaning"}, {}};
    for (const Change& c : changes) table.rows.push_back({c.value, c.reference, c.other, c.meaning});
    text += html::table(table);
  }
  return text;
}

}  // namespace coalis::report
