// From what an outcome hangs on to the plain data of its page.
#pragma once

#include <string>

#include "coalis/questions/sensitivity/sensitivity.hpp"
#include "coalis/report/pages/sensitivity_page.hpp"

namespace coalis::report {

// The file that the findings stand in.
struct FindingsFile {
  std::string name, hash;
};

// title: "" the study's name. Throws std::out_of_range: an outcome that this program does not have.
SensitivityPage sensitivity_page(const SensitivityFindings& findings, const FindingsFile& file, const std::string& title,
                                 const std::string& command);

}  // namespace coalis::report
