// The charts of a report on a comparison, as data.
#pragma once

#include <vector>

#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/report/pages/comparison_page.hpp"

namespace coalis::cli {

// Of the page's headline outcome, for every scenario but the reference; charts whose figures the file cannot have are left out.
void add_charts(report::ComparisonPage& page, const ComparisonFile& file, const std::vector<Scenario>& scenarios,
                const EvidenceFile& evidence);

}  // namespace coalis::cli
