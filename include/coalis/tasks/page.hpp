// Pages that a layperson can read: asked, and made from what a comparison, a study, a sensitivity analysis or checks of fit have
// left.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "coalis/questions/asked.hpp"
#include "coalis/questions/study/points.hpp"
#include "coalis/tasks/fit_report.hpp"

namespace coalis {

// As they are given; messages name them as the command line does.
struct PageOptions {
  std::vector<std::string> results;     // files
  std::vector<std::string> parameters;  // of a study: its files of parameter sets
  std::string on = "engaged";           // outcome that the answer is about
  std::string title, question;          // "": as the page has them
  std::string fit;                      // file of checks, of a comparison; "" none
};

// What the first file is, whatever its name; by its name where that cannot be told.
enum class PageOf { comparison, study, sensitivity, fit, best };

// What is wrong with a text that is to stand on a page: what cannot be seen, lines, blanks alone.
std::optional<Diagnostic> problem_of_text(const std::string& option, const std::string& text);

// What stands in files is looked at when the page is made.
Asked<PageOf> ask(const PageOptions& options);

struct Page {
  std::string html;
  std::string answer;  // sentences; "" for a page that has none
};

// Of all but a study. command: makes the page; epoch: as page_date() takes it. Throws OtherFit, FileError.
Page make_page(PageOf of, const PageOptions& options, const std::string& command, const char* epoch);

// Of a study whose runs are done. Throws FileError, also if a point has no run yet.
Page study_page(const StudyQuestion& study, const PageOptions& options, const std::string& command, const char* epoch);

}  // namespace coalis
