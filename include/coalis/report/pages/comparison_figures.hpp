// From a kept comparison to the plain data of its page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "coalis/inference/evidence.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/questions/comparison/compared.hpp"
#include "coalis/questions/scenario_differences.hpp"
#include "coalis/report/pages/comparison_page.hpp"

namespace coalis::report {

// What the page takes besides the comparison itself.
struct ComparisonFigures {
  std::string headline = "engaged";                  // outcome that the page is about
  std::string title, question;                       // "": made from the scenarios
  std::string date;                                  // "22 November 2026"
  std::string file, file_hash;                       // name without folders
  std::string command;                               // that makes the page
  std::vector<Scenario> scenarios;                   // of the comparison, read
  std::vector<std::vector<Difference>> differences;  // from the reference, one list an option but it
  std::vector<EvidenceItem> evidence;                // of the reference
  std::optional<FitAndChecks> fit;
};

// The page with its charts.
ComparisonPage comparison_page(const KeptComparison& kept, const ComparisonFigures& figures);

}  // namespace coalis::report
