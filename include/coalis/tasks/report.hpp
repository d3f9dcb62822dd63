// Reads what pages are made of.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/report/pages/comparison_page.hpp"

namespace coalis {

struct ComparisonPageWishes {
  std::filesystem::path file;  // of the comparison
  std::string headline = "engaged";
  std::string title, question;              // "": made from the scenarios
  std::optional<report::FitAndChecks> fit;  // of the posterior whose sets the runs have
  std::string command;                      // that makes the page, for its provenance
  std::string date;                         // of the page (page_date)
};

// Throws FileError: the file lacks something, or its scenarios cannot be read by this program.
report::ComparisonPage read_comparison_page(const ComparisonFile& file, const ComparisonPageWishes& wishes);

// " --parameters 'mixture.csv'", without folders, so that a page does not depend on where it is made.
std::string parameters_options(const std::vector<std::string>& files);

// "22 November 2026": of `epoch`, the value of SOURCE_DATE_EPOCH, if that is set, else of the file. Throws FileError for one that
// is no number.
std::string page_date(const std::string& file_date, const char* epoch);

}  // namespace coalis
