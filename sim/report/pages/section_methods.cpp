// Methods: the model in short, in the order of the ODD protocol, and what it assumes.
#include <fmt/format.h>

#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/report/words/assumed.hpp"
#include "comparison_sections.hpp"

namespace coalis::report {

std::string methods(const ComparisonPage& page) {
  std::string processes;
  for (const ProcessName& process : schedule())
    processes += html::element("li", html::escaped(fmt::format("{}: {}.", process.name, process.summary)));
  std::vector<std::string> assumed;
  for (const auto sentence : assumptions()) assumed.push_back(html::escaped(sentence));
  return html::heading(3, "The model in short (ODD)") +
         html::paragraph(
             "Purpose: how leadership, meetings, the form of coordination, information, training, facilitation and funds change "
             "the "
             "engagement of organisations in a policy coalition, and what can be concluded from the evidence.") +
         html::paragraph(
             "Entities: organisations (mission, capacity, views, commitment, ties), hubs that coordinate, series of events, the "
             "coalition. One step is one month. Regions are apart by hours of travel.") +
         html::paragraph("Each month, in this order:") + html::element("ol", processes) +
         html::paragraph(
             "Design: organisations decide whether to attend from mission, commitment, leadership as perceived, awareness, what "
             "others do, and cost. Attending changes commitment, views and ties. Chance is drawn anew in every run and shared by "
             "all options.") +
         html::paragraph(
             fmt::format("{} of each option. Differences are taken run by run; ranges are the middle 80 % of runs; counts carry "
                         "Wilson's 95 % interval. The full description is docs/model.md.",
                         counted(page.replicates, "run"))) +
         html::heading(3, "Assumed, not found") + html::bullets(assumed) + html::paragraph(beyond_assumptions());
}

}  // namespace coalis::report
