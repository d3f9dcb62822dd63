// Where this comes from: exact commands, versions and hashes, so that anybody can make the page again.
#include <fmt/format.h>

#include "coalis/core/counted.hpp"
#include "comparison_sections.hpp"

namespace coalis::report {

std::string provenance(const ComparisonPage& page) {
  const Origin& o = page.origin;
  html::Table table{"What made the runs and this page",
                    {"", ""},
                    {{"Program", fmt::format("Coalis {}, commit {}, model version {}", o.program, o.commit, o.model)},
                     {"Compiler of the runs", o.compiler},
                     {"Seed and runs", fmt::format("seed {}, {} of each option", o.seed, counted(page.replicates, "run"))},
                     {"Result file", o.file},
                     {"SHA-1 of the result file", o.file_hash},
                     {"Runs made", o.date}}};
  table.head = {"What", "Value"};
  for (const Compared& c : page.options)
    table.rows.push_back({fmt::format("Scenario {}, key of its resolved text", c.option.label), c.hash});
  return html::paragraph("The same commands give the same numbers on any machine and any number of threads:") +
         html::element("p", html::element("code", html::escaped(o.command))) +
         html::element("p", html::element("code", html::escaped(o.report_command))) + html::table(table);
}

}  // namespace coalis::report
