// The page on a sensitivity analysis: for each outcome, which parameters it hangs on, as pictures and as numbers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "coalis/report/charts/charts.hpp"
#include "coalis/report/pages/html.hpp"

namespace coalis::report {

struct SensitivityPage {
  // An outcome of a scenario, or of their difference.
  struct Target {
    std::string id, title, summary;           // summary: mean, deviation, what chance has in it; or that it does not vary
    std::vector<chart::Importance> shares;    // Sobol' indices of factors, of groups
    std::optional<chart::Tornado> ends;       // means in the lowest and highest fifth of each range
    std::vector<chart::Importance> screened;  // mu* of factors, of groups
    std::vector<html::Table> tables;
    std::string warning;  // indices that cannot be as estimated; ""
  };
  std::string title, question;
  std::vector<std::string> scenarios;  // "A: ..."
  html::Table moved;                   // what was moved, and its keys
  std::string answer;                  // what the first target hangs on most, in at most 25 words
  std::vector<std::string> sure;       // how sure, as short
  std::string definition;              // of the first target's outcome
  std::string picture;                 // SVG: the strongest inputs of the first target; "" if nothing varies
  std::vector<Target> targets;
  std::size_t points = 0, replicates = 0;
  std::string program, commit, model, file, file_hash, command;
};

std::string html(const SensitivityPage& page);

}  // namespace coalis::report
