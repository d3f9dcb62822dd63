// Does a posterior fit, what does it leave open, and are its intervals to be believed?
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "coalis/inference/calibration.hpp"

namespace coalis {

// Weighted values of the uncertain parameters: fitted, then nuisance.
struct WeightedDraws {
  std::vector<std::vector<double>> values;  // [draw][parameter]
  std::vector<double> weights;
};

// Two independent surveys of coalitions with the same parameters; the second plays the evidence.
struct SurveyPair {
  SurveyCounts survey, evidence;
};

// `count` pairs, parameters by systematic resampling of the draws; histories that did not happen are drawn again (at most 50
// times, then the pair is left out). Ends early if cancelled.
std::vector<SurveyPair> predictive_pairs(const CalibrationModel& model, const WeightedDraws& draws, std::size_t count,
                                         std::uint64_t seed, const Execution& execution);

struct ShareRange {
  double low, median, high;               // 5, 50 and 95 % of the simulated surveys
  double q025, q10, q25, q75, q90, q975;  // for charts
};
ShareRange range_of(std::vector<double> values);

// An item beside the evidence.
struct ItemCheck {
  struct Category {
    std::string name;
    double observed;  // share
    ShareRange prior, posterior;
    double p;    // two-sided, of a simulated share being as far from the posterior's median as the observed one
    int of = 0;  // whom the share is of, where each category has its own; 0: all n
  };
  struct Reading {
    std::string name;
    double p;
  };
  std::string id, measures, use;  // measures: the item of the survey
  int n, degrees_of_freedom;
  double design_effect;
  double distance;       // of the evidence from surveys of the posterior, mean
  ShareRange reference;  // the same of surveys of the posterior from each other
  double p;              // posterior predictive: share of pairs that lie as far apart as survey and evidence, or farther
  std::vector<Category> categories;
  std::vector<Reading> readings;  // p with another reading of the source
};

ItemCheck check_item(const ComparedItem& item, std::span<const SurveyPair> prior, std::span<const SurveyPair> posterior);

// An item of rough figures: no distance, only where surveys lie.
struct RoughCheck {
  struct Figure {
    std::string name;
    double least, most;  // what the source may mean
    ShareRange prior, posterior;
    double within;  // share of the posterior's surveys between the two
  };
  std::string id, measures, use;
  bool mean = false;
  std::vector<Figure> figures;
};
RoughCheck check_rough(const RoughItem& item, std::span<const SurveyPair> prior, std::span<const SurveyPair> posterior);

// All fitted items together.
struct TotalCheck {
  double distance;
  ShareRange reference;
  double p;
};
TotalCheck check_total(std::span<const ComparedItem> items, std::span<const SurveyPair> posterior);

// What the evidence says of the fitted parameters together: orthogonal combinations of parameters in units of their priors'
// standard deviations, and how much of the prior's variance is left along each. Ascending.
struct Direction {
  double variance_left;
  std::vector<double> loadings;  // [fitted parameter], of unit length; the largest is positive
};
std::vector<Direction> directions(const WeightedDraws& prior, const WeightedDraws& posterior, std::size_t fitted);

// Simulation-based calibration (Talts et al. 2018, arXiv:1804.06788) from one table of runs from the prior: pseudo-evidence from
// the prior, its posterior the nearest runs of the table, without and with local linear regression (Beaumont, Zhang, Balding
// 2002).
struct CoverageSettings {
  std::size_t table = 1'000'000;  // runs from the prior
  std::size_t truths = 200;       // pseudo-observations, not in the table
  std::size_t nearest = 1000;
  std::size_t bins = 10;
};
struct ParameterCoverage {
  struct Method {
    double coverage = 0;          // share of truths within the central 90 % interval
    double width = 0;             // of the interval, mean, in units of the prior's
    std::vector<int> ranks = {};  // histogram of the truth's rank
  };
  std::string path;
  Method nearest, regression;
};
struct CoverageCheck {
  CoverageSettings settings;
  std::size_t possible = 0;                   // of the runs of the table
  int band_low = 0, band_high = 0;            // of a bin of a rank histogram: 99 % for a right posterior
  std::vector<ParameterCoverage> parameters;  // fitted ones
};
// progress: with the number of runs done. Nothing in `parameters` if cancelled.
CoverageCheck check_coverage(const CalibrationModel& model, const CoverageSettings& settings, const Execution& execution);

}  // namespace coalis
