// Which combinations of parameters the evidence fixes, and which it leaves as they were.
#include <Eigen/Eigenvalues>

#include "coalis/inference/checks.hpp"
#include "coalis/statistics/weighted.hpp"
#include "matrices.hpp"

namespace coalis {
namespace {

std::vector<double> column(const WeightedDraws& draws, std::size_t parameter) {
  std::vector<double> values;
  for (const auto& draw : draws.values) values.push_back(draw[parameter]);
  return values;
}

}  // namespace

std::vector<Direction> directions(const WeightedDraws& prior, const WeightedDraws& posterior, std::size_t fitted) {
  const auto n = static_cast<Eigen::Index>(fitted);
  Eigen::MatrixXd centred(n, static_cast<Eigen::Index>(posterior.values.size()));
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto values = column(posterior, static_cast<std::size_t>(i));
    const double mean = weighted_mean(values, posterior.weights);
    const double unit_sd = weighted_sd(column(prior, static_cast<std::size_t>(i)), prior.weights);
    for (Eigen::Index j = 0; j < centred.cols(); ++j) centred(i, j) = (values[static_cast<std::size_t>(j)] - mean) / unit_sd;
  }
  Eigen::VectorXd weights = Eigen::Map<const Eigen::VectorXd>(posterior.weights.data(), centred.cols());
  weights /= weights.sum();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(centred * weights.asDiagonal() * centred.transpose());
  std::vector<Direction> result;
  for (Eigen::Index i = 0; i < n; ++i) {
    Eigen::VectorXd v = solver.eigenvectors().col(i);
    Eigen::Index largest = 0;
    v.cwiseAbs().maxCoeff(&largest);
    if (v[largest] < 0) v = -v;
    result.push_back({solver.eigenvalues()[i], {v.data(), v.data() + v.size()}});
  }
  return result;
}

}  // namespace coalis
