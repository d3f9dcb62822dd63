// The charts of a report on a comparison, as data.
#pragma once

#include <span>
#include <vector>

#include "coalis/inference/evidence.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/questions/comparison/compared.hpp"
#include "coalis/report/pages/comparison_page.hpp"

namespace coalis::report {

// Of the page's headline outcome, for every scenario but the reference; charts whose figures the file cannot have are left out.
void add_charts(ComparisonPage& page, const KeptComparison& file, const std::vector<Scenario>& scenarios,
                std::span<const EvidenceItem> evidence);

}  // namespace coalis::report
