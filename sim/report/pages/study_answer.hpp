// What a study says in sentences that its file has not: which option has most, and on how many figures rival rules agree.
#pragma once

#include <string>

#include "coalis/questions/study/findings.hpp"
#include "study_points.hpp"

namespace coalis::report {

// "72 organisations in 100 engaged with one full post in Chicago, the most of 9; 39 with 0.35 of a post, the least." "" without
// values.
std::string generated_answer(const PointNames& names, const PointSamples& samples, std::size_t outcome);
// Whether runs can tell the best from the others; "" where they are not paired or there are none.
std::string told_apart(const PointNames& names, const PointSamples& samples, std::size_t outcome);
// "Rival rules of the model agree on 4 of 5 figures of the answer."; "" of one structure.
std::string agreement_in_short(const StudyFindings& findings);

}  // namespace coalis::report
