// Pages of checks that stand in files.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/report/pages/comparison_page.hpp"
#include "coalis/report/pages/fit_page.hpp"

namespace coalis {

// Both throw FileError: a file cannot be read, is no answer of `coalis calibrate --check`, of another version, or damaged.

// A check of another posterior than the one whose sets the runs have.
struct OtherFit : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The report's section on fit of a comparison. Throws OtherFit.
report::FitAndChecks read_fit(const std::filesystem::path& path, const ComparisonFile& file,
                              const std::filesystem::path& comparison);

// The page on one posterior or several (up to four). Also thrown: they are of other items or parameters than the first.
report::FitPage read_fit_page(const std::vector<std::string>& paths, const std::string& title, const std::string& command);

}  // namespace coalis
