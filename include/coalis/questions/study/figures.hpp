// Figures of a study's answer: what the runs of a design say about a question. A figure names an outcome and design points;
// everything is paired: replicate r of every point shares all draws. docs/decisions/0009-answers.md says why.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/statistics/paired_statistics.hpp"
#include "coalis/statistics/variance_parts.hpp"

namespace coalis {

// A design point for figures: the scenario, then a value a factor, as texts. These are its dimensions.
using Coordinates = std::vector<std::string>;

struct Coordinate {
  std::size_t dimension;  // 0 the scenario, 1 + f the factor f
  std::string value;
};
// Points with these coordinates; over what is not named, figures average.
using Selection = std::vector<Coordinate>;

// What a figure is, and the verdicts that it can come to, in the order of a text's alternatives:
//   level       an outcome at points                                 (none)
//   difference  `at` minus `from`                                    higher, lower, no clear difference; see FigureValue::small
//   crossing    where along a dimension the difference turns round   lower to higher, higher to lower, higher, lower, never clear
//   peak        the value of a dimension with the best outcome       then less; no clear loss beyond; no clear gain to it, then
//   less; none best        which value of a dimension is best                   one, several that cannot be told apart, all: none
//   stands out half_month  when half of the final difference is reached         found, there is none
enum class FigureKind { level, difference, crossing, peak, best, half_month };
inline constexpr std::array<std::string_view, 6> figure_names{"level", "difference", "crossing", "peak", "best", "half_month"};
inline constexpr std::array<std::size_t, 6> figure_verdicts{0, 3, 5, 4, 3, 2};

struct Figure {
  std::string name;
  FigureKind kind = FigureKind::level;
  std::size_t outcome = 0;
  Selection at, from;               // from: what differs from `at`
  std::size_t along = 0;            // dimension of crossing, peak and best
  bool lowest = false;              // peak, best: less is better
  double fraction = 0;              // crossing: of the difference at the first value, that the difference is compared with
  std::optional<double> matters{};  // the difference that matters; the outcome's without
  bool percent = false;             // shown in percent
  bool assumed = false;             // its sign is written into the model
  int line = 0, column = 0;         // in the study file
};

// A study's answer as its file asks for it.
struct AnswerPlan {
  std::string text;  // report/words/answer_text.hpp; "" without an answer
  std::vector<Figure> figures;
  std::optional<std::size_t> structures{};  // dimension over whose values all figures are repeated, side by side
  int line = 0, column = 0;                 // of the text in the study file
};

// The runs of a design. Missing runs are missing values.
struct DesignRuns {
  std::vector<Coordinates> points;
  std::vector<Samples> outcomes;  // [point], a row a replicate
  int months = 0;
  std::size_t together = 1;  // replicates after each other that share a parameter set; 1: there are no sets
  // [quantity][month] of a run, empty if it is missing; only for half_month.
  std::function<std::vector<float>(std::size_t point, std::size_t replicate)> trajectories;
};

struct FigureValue {
  std::size_t verdict = 0;
  bool small = false;                       // a clear difference, but smaller than what matters
  std::optional<Summary> level;             // of a level
  std::optional<PairedSummary> difference;  // of a difference; of a peak: the peak minus the last value
  std::vector<std::string> values;     // crossing: the two tested values about it, or all where it is clear; peak: it; best: them
  std::optional<int> month;            // half_month: 0 is the first month
  std::optional<SharedParts> parts{};  // of the level or the difference, where replicates share parameter sets
};

// What is wrong with a figure in this design: a selection without points, points without a partner, no numbers along a dimension;
// "" if nothing.
std::string figure_problem(const Figure& figure, const std::vector<Coordinates>& points);

// The difference that matters of a figure.
double matters_of(const Figure& figure);

// The figure, given one more selection: "" of figure_problem is required.
FigureValue evaluate(const Figure& figure, const DesignRuns& runs);

// The figure at one value of a dimension.
Figure narrowed(Figure figure, const Coordinate& coordinate);

// The values of a dimension, in the order in which points have them.
std::vector<std::string> values_along(const std::vector<Coordinates>& points, std::size_t dimension);

}  // namespace coalis
