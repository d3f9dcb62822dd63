// The charts of a report on a comparison, as data.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "coalis/inference/evidence.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/questions/comparison/compared.hpp"
#include "coalis/report/pages/comparison_page.hpp"

namespace coalis::report {

// Of the page's headline outcome, for every scenario but the reference; charts whose figures the file cannot have are left out.
void add_charts(ComparisonPage& page, const KeptComparison& file, const std::vector<Scenario>& scenarios);

// Attendance as the survey found it; nothing without evidence of it. Apart, for the explorer's module has no use for it.
void add_survey_chart(ComparisonPage& page, const KeptComparison& file, const std::vector<Scenario>& scenarios,
                      std::span<const EvidenceItem> evidence);

// How the mean difference of an outcome from the reference comes about, from that at every month, as PairedSamples has it. other:
// from 0.
Course course_of(const KeptComparison& file, const std::string& name, std::size_t other, int months);

}  // namespace coalis::report
