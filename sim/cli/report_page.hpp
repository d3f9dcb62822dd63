// From a comparison file to the plain data of its report.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/report/pages/comparison_page.hpp"

namespace coalis::cli {

struct ReportWishes {
  std::filesystem::path file;
  std::string headline = "engaged";
  std::string title, question;  // "": made from the scenarios
  std::filesystem::path fit;    // answer of calibrate --check, "" for none
  std::string command;          // that makes the page, for its provenance
};

// Throws ResultError: the file lacks something, or its scenarios cannot be read by this program.
report::ComparisonPage comparison_page(const ComparisonFile& file, const ReportWishes& wishes);

// " --parameters 'mixture.csv'", without folders, so that a page does not depend on where it is made.
std::string parameters_options(const std::vector<std::string>& files);

// "22 November 2026": of SOURCE_DATE_EPOCH if that is set, else of the file. Throws ResultError for a SOURCE_DATE_EPOCH that is
// no number.
std::string page_date(const std::string& file_date);

}  // namespace coalis::cli
