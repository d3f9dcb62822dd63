// See answer.hpp. Averages over points are taken within a replicate, so that figures stay paired.
#include "coalis/questions/study/figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "coalis/network/outcomes.hpp"
#include "coalis/questions/level_trajectory.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/statistics/variance_parts.hpp"

namespace coalis {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

using Points = std::vector<std::size_t>;

bool has(const Coordinates& point, const Selection& selection) {
  return std::all_of(selection.begin(), selection.end(), [&](const Coordinate& c) { return point[c.dimension] == c.value; });
}

Points chosen(const std::vector<Coordinates>& points, const Selection& selection) {
  Points found;
  for (std::size_t p = 0; p < points.size(); ++p)
    if (has(points[p], selection)) found.push_back(p);
  return found;
}

// A point of `at` and the point that it is compared with: the same but for what `from` names. npos without.
struct Partners {
  Points at, from;
};

Partners partners(const Figure& figure, const std::vector<Coordinates>& points) {
  Partners result;
  for (const std::size_t p : chosen(points, figure.at)) {
    Coordinates wanted = points[p];
    for (const Coordinate& c : figure.from) wanted[c.dimension] = c.value;
    const auto found = std::find(points.begin(), points.end(), wanted);
    result.at.push_back(p);
    result.from.push_back(found == points.end() ? std::string::npos : static_cast<std::size_t>(found - points.begin()));
  }
  return result;
}

// Means over points by replicate; over pairs of points in which both have a value.
struct Columns {
  std::vector<double> at, from;
};

Columns columns(const Partners& points, std::size_t outcome, const DesignRuns& runs) {
  const std::size_t replicates = runs.outcomes.front().replicates();
  Columns result{std::vector<double>(replicates), std::vector<double>(replicates)};
  std::vector<double> pairs(replicates);
  for (std::size_t i = 0; i < points.at.size(); ++i) {
    const std::vector<double> at = runs.outcomes[points.at[i]].values(outcome),
                              from = runs.outcomes[points.from[i]].values(outcome);
    for (std::size_t r = 0; r < replicates; ++r) {
      if (std::isnan(at[r]) || std::isnan(from[r])) continue;
      result.at[r] += at[r], result.from[r] += from[r], ++pairs[r];
    }
  }
  for (std::size_t r = 0; r < replicates; ++r) {
    result.at[r] = pairs[r] > 0 ? result.at[r] / pairs[r] : missing;
    result.from[r] = pairs[r] > 0 ? result.from[r] / pairs[r] : missing;
  }
  return result;
}

std::vector<double> differences(const Columns& c) {
  std::vector<double> values;
  for (std::size_t r = 0; r < c.at.size(); ++r) values.push_back(c.at[r] - c.from[r]);
  return values;
}

// Of a mean over replicates that share parameter sets.
void share_draws(Summary& summary, std::span<const double> values, std::size_t together) {
  summary.se = shared_se(values, together);
  summary.draws = draws_with_values(values, together);
}

// Its standard error is that of replicates that share parameter sets, if they do.
PairedSummary summary_of(const Figure& figure, const Columns& c, const DesignRuns& runs) {
  PairedSummary summary = summarise_pairs(c.from, c.at, matters_of(figure));
  if (runs.together < 2) return summary;
  summary.se = shared_se(differences(c), runs.together);
  summary.draws = draws_with_values(differences(c), runs.together);
  share_draws(summary.other, c.at, runs.together);
  share_draws(summary.reference, c.from, runs.together);
  return summary;
}

PairedSummary difference_of(const Figure& figure, const DesignRuns& runs) {
  return summary_of(figure, columns(partners(figure, runs.points), figure.outcome, runs), runs);
}

// The same with what chance and parameters have in it.
FigureValue difference_with_parts(const Figure& figure, const DesignRuns& runs) {
  const Columns c = columns(partners(figure, runs.points), figure.outcome, runs);
  FigureValue result;
  result.difference = summary_of(figure, c, runs);
  if (runs.together > 1) result.parts = shared_parts(differences(c), runs.together);
  return result;
}

// at minus from, less a fraction of the same at the first value.
PairedSummary difference_beyond(const Figure& figure, const Columns& first, const DesignRuns& runs) {
  Columns c = columns(partners(figure, runs.points), figure.outcome, runs);
  for (std::size_t r = 0; r < c.at.size(); ++r) c.from[r] += figure.fraction * (first.at[r] - first.from[r]);
  return summary_of(figure, c, runs);
}

// Values of the dimension among the points that a figure chooses.
std::vector<std::string> values_chosen(const Figure& figure, const std::vector<Coordinates>& points) {
  std::vector<Coordinates> some;
  for (const std::size_t p : chosen(points, figure.at)) some.push_back(points[p]);
  return values_along(some, figure.along);
}

FigureValue crossing(const Figure& figure, const DesignRuns& runs) {
  const auto values = values_chosen(figure, runs.points);
  const Figure at_first = narrowed(figure, {figure.along, values.front()});
  const Columns first = columns(partners(at_first, runs.points), figure.outcome, runs);
  FigureValue result{.verdict = 4, .small = false, .level = {}, .difference = {}, .values = {}, .month = {}};
  int last = 0;
  // Of a difference that is not clear in the first place, there is no fraction.
  if (figure.fraction > 0 && clear_sign(summary_of(figure, first, runs), matters_of(figure)) == 0) return result;
  for (const std::string& value : values) {
    const Figure here = narrowed(figure, {figure.along, value});
    const PairedSummary d = figure.fraction > 0 ? difference_beyond(here, first, runs) : difference_of(here, runs);
    const int sign = clear_sign(d, figure.fraction > 0 ? 0 : matters_of(figure));
    if (sign == 0) continue;
    if (last * sign < 0) {
      result.verdict = sign > 0 ? 0 : 1;
      result.values = {result.values.back(), value};
      return result;
    }
    result.values.push_back(value);
    last = sign;
  }
  if (last != 0) result.verdict = last > 0 ? 2 : 3;
  return result;
}

// The values of the dimension at which the outcome has one in some run.
std::vector<std::string> values_with_outcome(const Figure& figure, const DesignRuns& runs) {
  auto values = values_chosen(figure, runs.points);
  std::erase_if(values, [&](const std::string& value) {
    Figure here = narrowed(figure, {figure.along, value});
    here.from = {};
    const auto outcome = columns(partners(here, runs.points), figure.outcome, runs).at;
    return std::all_of(outcome.begin(), outcome.end(), [](double v) { return std::isnan(v); });
  });
  return values;
}

// The outcome along a dimension: by value, the figure that compares it with another value of the same dimension.
PairedSummary between(const Figure& figure, const std::string& value, const std::string& other, const DesignRuns& runs) {
  Figure here = narrowed(figure, {figure.along, value});
  here.from = {{figure.along, other}};
  PairedSummary d = difference_of(here, runs);
  if (figure.lowest) d.mean = -d.mean;
  return d;
}

// The value whose mean is best; the first of equals.
std::size_t best_value(const Figure& figure, const std::vector<std::string>& values, const DesignRuns& runs) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < values.size(); ++i)
    if (between(figure, values[i], values[best], runs).mean > 0) best = i;
  return best;
}

FigureValue peak(const Figure& figure, const DesignRuns& runs) {
  const auto values = values_with_outcome(figure, runs);
  if (values.empty()) return {.verdict = 3, .small = false, .level = {}, .difference = {}, .values = {}, .month = {}};
  const std::size_t best = best_value(figure, values, runs);
  const auto beyond = [&](const std::string& other) {
    return clear_sign(between(figure, values[best], other, runs), matters_of(figure)) > 0;
  };
  const bool falls = beyond(values.back()), rises = beyond(values.front());
  Figure compared = narrowed(figure, {figure.along, values[best]});
  compared.from = {{figure.along, values.back()}};
  FigureValue result = difference_with_parts(compared, runs);
  result.verdict = rises && falls ? 0 : rises ? 1 : falls ? 2 : 3;
  result.values = {values[best]};
  return result;
}

FigureValue best(const Figure& figure, const DesignRuns& runs) {
  const auto values = values_with_outcome(figure, runs);
  if (values.empty()) return {.verdict = 2, .small = false, .level = {}, .difference = {}, .values = {}, .month = {}};
  const std::size_t first = best_value(figure, values, runs);
  FigureValue result{.verdict = 0, .small = false, .level = {}, .difference = {}, .values = {values[first]}, .month = {}};
  for (std::size_t i = 0; i < values.size(); ++i)
    if (i != first && clear_sign(between(figure, values[first], values[i], runs), matters_of(figure)) == 0)
      result.values.push_back(values[i]);
  result.verdict = result.values.size() == 1 ? 0 : result.values.size() == values.size() ? 2 : 1;
  return result;
}

FigureValue half_month(const Figure& figure, const DesignRuns& runs) {
  const auto trajectory = level_trajectory(figure.outcome).value();
  const Partners points = partners(figure, runs.points);
  const auto months = static_cast<std::size_t>(runs.months);
  const auto mean_of = [&](const Points& of, std::size_t replicate) {
    std::vector<float> mean(months, 0);
    for (const std::size_t p : of) {
      const auto all = runs.trajectories(p, replicate);
      for (std::size_t t = 0; t < months; ++t)
        mean[t] += all.empty() ? static_cast<float>(missing) : all[trajectory * months + t] / static_cast<float>(of.size());
    }
    return mean;
  };
  MeanDifferences differences, of_from, of_at;
  const std::vector<float> zeros(months, 0);
  std::vector<double> last;  // month's difference by replicate
  for (std::size_t r = 0; r < runs.outcomes.front().replicates(); ++r) {
    const auto from = mean_of(points.from, r), at = mean_of(points.at, r);
    differences.add(from, at);
    of_from.add(zeros, from), of_at.add(zeros, at);
    last.push_back(double(at.back()) - double(from.back()));
  }
  std::vector<double> mean;
  for (std::size_t t = 0; t < months; ++t) mean.push_back(differences.mean(t));
  FigureValue result;
  result.month =
      month_of_half(mean,
                    runs.together > 1 ? half_width(shared_se(last, runs.together), draws_with_values(last, runs.together))
                                      : differences.half_width(months - 1),
                    std::max(first_movement(of_from, 0, months), first_movement(of_at, 0, months)));
  result.verdict = result.month ? 0 : 1;
  return result;
}

bool uses_partners(FigureKind kind) {
  return kind == FigureKind::difference || kind == FigureKind::crossing || kind == FigureKind::half_month;
}

}  // namespace

double matters_of(const Figure& figure) {
  return figure.matters ? *figure.matters : all_outcome_quantities().at(figure.outcome).matters;
}

Figure narrowed(Figure figure, const Coordinate& coordinate) {
  std::erase_if(figure.at, [&](const Coordinate& c) { return c.dimension == coordinate.dimension; });
  figure.at.push_back(coordinate);
  return figure;
}

std::vector<std::string> values_along(const std::vector<Coordinates>& points, std::size_t dimension) {
  std::vector<std::string> values;
  for (const Coordinates& point : points)
    if (std::find(values.begin(), values.end(), point[dimension]) == values.end()) values.push_back(point[dimension]);
  return values;
}

std::string figure_problem(const Figure& figure, const std::vector<Coordinates>& points) {
  if (chosen(points, figure.at).empty()) return "no point of the design has all the values of 'at'";
  if (uses_partners(figure.kind)) {
    const Partners found = partners(figure, points);
    if (std::find(found.from.begin(), found.from.end(), std::string::npos) != found.from.end())
      return "the design has no point to compare with: one that differs from 'at' in 'from' alone";
    if (found.from == found.at) return "'from' is the same as 'at'";
  }
  const bool along = figure.kind == FigureKind::crossing || figure.kind == FigureKind::peak || figure.kind == FigureKind::best;
  if (!along) return "";
  const auto values = values_chosen(figure, points);
  if (values.size() < 2) return "there are no two values along it";
  for (const std::string& value : values) {
    Figure here = narrowed(figure, {figure.along, value});
    here.from = {{figure.along, values.front()}};
    const Partners found = partners(here, points);
    if (std::find(found.from.begin(), found.from.end(), std::string::npos) != found.from.end())
      return "the design does not combine every value of it with the rest";
  }
  return "";
}

FigureValue evaluate(const Figure& figure, const DesignRuns& runs) {
  switch (figure.kind) {
    case FigureKind::level: {
      Figure itself = figure;
      itself.from = {};
      FigureValue result;
      const auto values = columns(partners(itself, runs.points), figure.outcome, runs).at;
      result.level = summarise(values);
      if (runs.together == 1) return result;
      share_draws(*result.level, values, runs.together);
      result.parts = shared_parts(values, runs.together);
      return result;
    }
    case FigureKind::difference: {
      FigureValue result = difference_with_parts(figure, runs);
      const int sign = clear_sign(*result.difference);
      result.small = sign != 0 && clear_sign(*result.difference, matters_of(figure)) == 0;
      result.verdict = sign > 0 ? 0 : sign < 0 ? 1 : 2;
      return result;
    }
    case FigureKind::crossing: return crossing(figure, runs);
    case FigureKind::peak: return peak(figure, runs);
    case FigureKind::best: return best(figure, runs);
    case FigureKind::half_month: break;
  }
  return half_month(figure, runs);
}

}  // namespace coalis
