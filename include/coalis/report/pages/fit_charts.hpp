// From checks of posteriors to the plain data of pages.
#pragma once

#include <span>
#include <string>

#include "coalis/questions/calibration/check.hpp"
#include "coalis/report/pages/comparison_page.hpp"
#include "coalis/report/pages/fit_page.hpp"

namespace coalis::report {

// A check, and the file that it stands in.
struct NamedCheck {
  PosteriorCheck check;
  std::string file;
};

// The section on fit of a comparison's page.
FitAndChecks fit_and_checks(const NamedCheck& check);

// The page on one posterior or several (up to four) that are alike. title: "" the usual one.
FitPage fit_page(std::span<const NamedCheck> checks, const std::string& title, const std::string& command);

}  // namespace coalis::report
