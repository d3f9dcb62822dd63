// Regression estimates of the value of partial information (Strong, Oakley and Brennan 2014), with predictions out of the fold.
#include "coalis/inference/information_value.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "matrices.hpp"

namespace coalis {
namespace {

using Values = Eigen::MatrixXd;

constexpr Eigen::Index folds = 10, fewest_sets = fewest_sets_to_learn_from;
// Of the number of sets; the last one predicts the mean alone.
constexpr std::array ridges{0.03, 0.3, 3.0, 1e12};

// Columns with mean 0 and standard deviation 1; what does not vary is 0.
Values unit_columns(std::span<const std::vector<double>> columns) {
  Values x(static_cast<Eigen::Index>(columns.front().size()), static_cast<Eigen::Index>(columns.size()));
  for (Eigen::Index c = 0; c < x.cols(); ++c) {
    for (Eigen::Index r = 0; r < x.rows(); ++r) x(r, c) = columns[static_cast<std::size_t>(c)][static_cast<std::size_t>(r)];
    x.col(c).array() -= x.col(c).mean();
    const double sd = std::sqrt(x.col(c).squaredNorm() / static_cast<double>(x.rows()));
    x.col(c) *= sd > 0 ? 1 / sd : 0;
  }
  return x;
}

std::vector<Eigen::Index> rows_where(Eigen::Index rows, bool inside, Eigen::Index fold) {
  std::vector<Eigen::Index> list;
  for (Eigen::Index r = 0; r < rows; ++r)
    if ((r % folds == fold) == inside) list.push_back(r);
  return list;
}

// Each row predicted by a ridge regression on the rows of the other folds.
Values predicted(const Values& x, const Values& y, double ridge) {
  Values result(y.rows(), y.cols());
  for (Eigen::Index fold = 0; fold < folds; ++fold) {
    const auto seen = rows_where(x.rows(), false, fold), left = rows_where(x.rows(), true, fold);
    Values of(static_cast<Eigen::Index>(seen.size()), x.cols()), to(static_cast<Eigen::Index>(seen.size()), y.cols());
    for (std::size_t r = 0; r < seen.size(); ++r) {
      of.row(static_cast<Eigen::Index>(r)) = x.row(seen[r]);
      to.row(static_cast<Eigen::Index>(r)) = y.row(seen[r]);
    }
    const Eigen::RowVectorXd x_mean = of.colwise().mean(), y_mean = to.colwise().mean();
    of.rowwise() -= x_mean;
    to.rowwise() -= y_mean;
    const Values squares = of.transpose() * of + ridge * Values::Identity(x.cols(), x.cols());
    const Values slopes = squares.llt().solve(of.transpose() * to);
    for (const Eigen::Index r : left) result.row(r) = y_mean + (x.row(r) - x_mean) * slopes;
  }
  return result;
}

}  // namespace

InformationValue information_value(std::span<const std::vector<double>> outcomes, std::size_t choice,
                                   std::span<const std::vector<double>> columns) {
  const auto sets = static_cast<Eigen::Index>(outcomes.front().size());
  if (sets < fewest_sets || outcomes.size() < 2 || columns.empty()) return {};
  Values y(sets, static_cast<Eigen::Index>(outcomes.size()));  // gains over the choice
  for (Eigen::Index o = 0; o < y.cols(); ++o)
    for (Eigen::Index s = 0; s < sets; ++s)
      y(s, o) =
          outcomes[static_cast<std::size_t>(o)][static_cast<std::size_t>(s)] - outcomes[choice][static_cast<std::size_t>(s)];
  const Values x = unit_columns(columns);
  Values best;
  double least = INFINITY;
  for (const double ridge : ridges) {
    Values tried = predicted(x, y, ridge * static_cast<double>(sets));
    if (const double error = (tried - y).squaredNorm(); error < least) least = error, best = std::move(tried);
  }
  if (best.size() == 0) return {};  // values are missing
  Eigen::VectorXd gains(sets);
  InformationValue result;
  for (Eigen::Index s = 0; s < sets; ++s) {
    Eigen::Index taken = static_cast<Eigen::Index>(choice);
    for (Eigen::Index o = 0; o < y.cols(); ++o)
      if (best(s, o) > best(s, taken)) taken = o;
    gains(s) = y(s, taken);
    if (taken != static_cast<Eigen::Index>(choice)) result.changes += 1 / static_cast<double>(sets);
  }
  const double mean = gains.mean();
  result.value = std::max(0.0, mean);
  result.se = std::sqrt((gains.array() - mean).square().sum() / static_cast<double>((sets - 1) * sets));
  return result;
}

}  // namespace coalis
