// The page on posteriors: how well each fits the evidence, what the evidence has taught, whether intervals are to be believed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "coalis/report/charts/charts.hpp"

namespace coalis::report {

// Of one posterior (coalis calibrate --check).
struct Fit {
  std::string posterior, engagement;
  int draws = 0;
  double effective = 0;  // sample size
  double distance = 0;   // of all fitted items together
  int degrees_of_freedom = 0;
  chart::Range usual;                      // 90 % of the model's own surveys from each other
  double p = 0;                            // posterior predictive
  std::string of;                          // what the items are of: "survey" (evidence_named())
  std::string verdict;                     // in a sentence (fit_words.hpp)
  std::vector<std::string> not_explained;  // a sentence an item
  std::vector<std::string> rough;          // a sentence a figure that the source gives roughly
  std::string weights, weights_alone;      // how much answers count, and the numbers of it alone (fit_words.hpp)
};

// Posteriors of the same parameters from the same evidence, side by side.
struct FitPage {
  std::string title;
  std::vector<Fit> fits;
  std::vector<chart::PredictiveChecks> checks;  // items in portions, those not used in the fit last
  chart::PredictiveChecks first;                // the items that lie outside of their ranges first, as many as there is room for
  chart::PredictiveChecks missed;               // all of these, where there is no room for all of them; else none
  chart::Profile contraction;
  std::optional<chart::Profile> coverage;    // if it was computed for all
  std::vector<chart::RankHistograms> ranks;  // a posterior each
  std::string program, commit, model, command;
};

std::string html(const FitPage& page);

}  // namespace coalis::report
