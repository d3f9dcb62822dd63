// The charts of a report on a comparison, as data.
#pragma once

#include <vector>

#include "coalis/io/comparison_file.hpp"
#include "coalis/io/evidence_file.hpp"
#include "coalis/report/comparison_page.hpp"

namespace coalis::cli {

// Of the page's headline outcome, for every scenario but the reference; charts whose figures the file cannot have are left out.
void add_charts(report::ComparisonPage& page, const ComparisonFile& file, const std::vector<Scenario>& scenarios,
                const EvidenceFile& evidence);

}  // namespace coalis::cli
