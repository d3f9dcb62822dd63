// From a study and what it found to the plain data of its page.
#pragma once

#include "coalis/questions/study/findings.hpp"
#include "coalis/report/pages/study_page.hpp"

namespace coalis::report {

// All but the date, the study's file with its hash, and the commands. Every point has a run.
StudyPage study_page(const StudyQuestion& study, const PointSamples& samples, const StudyFindings& findings);

}  // namespace coalis::report
