// What was compared: the scenarios, and what each sets otherwise than the reference.
#include <fmt/format.h>

#include "coalis/core/counted.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "comparison_sections.hpp"

namespace coalis::report {

std::string scenarios(const ComparisonPage& page) {
  std::string text = html::paragraph(
      fmt::format("Every option is run for {}, {}, with the same organisations, regions, funds and parameters but for what the "
                  "tables below say.",
                  counted(page.months, "month"), span_of_months(page.start, page.months)));
  for (const Compared& c : page.options)
    if (!c.budget.empty()) text += html::paragraph(c.budget);
  const std::string& reference = page.options.front().option.label;
  for (std::size_t i = 1; i < page.options.size(); ++i) {
    const std::string& label = page.options[i].option.label;
    const auto& changes = page.changes[i - 1];
    if (changes.empty()) {
      text += html::paragraph(fmt::format("{} and {} are the same.", label, reference));
      continue;
    }
    html::Table table{fmt::format("What {} sets otherwise than {}", label, reference), {"What", reference, label}, {}};
    for (const SettingChange& c : changes) table.rows.push_back({c.what, c.reference, c.other});
    text += html::table(table);
  }
  return text;
}

}  // namespace coalis::report
