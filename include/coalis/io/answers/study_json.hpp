// A study's answer, how far it is and what it will take, as JSON for other programs.
#pragma once

#include <string>

#include "coalis/questions/study/findings.hpp"

namespace coalis {

std::string json_text(const StudyQuestion& study, const StudyFindings& findings);
std::string json_text(const StudyQuestion& study, const StudyStanding& standing);
std::string json_text(const StudyQuestion& study, const StudyForecast& forecast);

}  // namespace coalis
