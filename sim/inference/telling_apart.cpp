#include "coalis/inference/telling_apart.hpp"

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "coalis/core/double_math.hpp"
#include "matrices.hpp"

namespace coalis {
namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();
constexpr double shrinkage = 0.1, least_spread = 1e-9;

using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;

// Every case as a vector, missing features filled, in units of the spread over all cases.
std::vector<std::vector<Vector>> standardised(std::span<const std::vector<Features>> samples) {
  const std::size_t features = samples.front().front().size();
  std::vector<std::vector<Vector>> result;
  for (const auto& cases : samples) result.emplace_back(cases.size(), Vector(static_cast<Eigen::Index>(features)));
  for (std::size_t f = 0; f < features; ++f) {
    double sum = 0, squares = 0, count = 0;
    for (const auto& cases : samples)
      for (const Features& one : cases)
        if (!std::isnan(one[f])) sum += one[f], squares += one[f] * one[f], ++count;
    const double mean = count > 0 ? sum / count : 0;
    const double spread = count > 0 ? std::sqrt(std::max(squares / count - mean * mean, least_spread)) : 1;
    for (std::size_t c = 0; c < samples.size(); ++c)
      for (std::size_t i = 0; i < samples[c].size(); ++i) {
        const double value = samples[c][i][f];
        result[c][i][static_cast<Eigen::Index>(f)] = std::isnan(value) ? 0 : (value - mean) / spread;
      }
  }
  return result;
}

// A Gaussian class; log density up to a constant.
class Gaussian {
 public:
  Gaussian(Vector mean, const Matrix& covariance) : mean_(std::move(mean)), factor_(covariance) {
    const Matrix lower = factor_.matrixL();
    for (Eigen::Index i = 0; i < lower.rows(); ++i) log_determinant_ += 2 * log_double(lower(i, i));
  }
  double log_density(const Vector& x) const {
    const Vector off = factor_.matrixL().solve(x - mean_);
    return -0.5 * (off.squaredNorm() + log_determinant_);
  }

 private:
  Vector mean_;
  Eigen::LLT<Matrix> factor_;
  double log_determinant_ = 0;
};

// Classes from the cases of one parity.
std::vector<Gaussian> train(const std::vector<std::vector<Vector>>& samples, std::size_t parity) {
  const auto size = samples.front().front().size();
  std::vector<Vector> means;
  std::vector<Matrix> covariances;
  Matrix pooled = Matrix::Zero(size, size);
  for (const auto& cases : samples) {
    Vector mean = Vector::Zero(size);
    double count = 0;
    for (std::size_t i = parity; i < cases.size(); i += 2) mean += cases[i], ++count;
    if (count < 2 * static_cast<double>(size) + 2) throw std::invalid_argument("too few cases for so many features");
    mean /= count;
    Matrix covariance = Matrix::Zero(size, size);
    for (std::size_t i = parity; i < cases.size(); i += 2) covariance += (cases[i] - mean) * (cases[i] - mean).transpose();
    covariance /= count - 1;
    pooled += covariance / static_cast<double>(samples.size());
    means.push_back(std::move(mean));
    covariances.push_back(std::move(covariance));
  }
  std::vector<Gaussian> classes;
  const Matrix ridge = 1e-6 * Matrix::Identity(size, size);  // a feature that never varies
  for (std::size_t c = 0; c < samples.size(); ++c)
    classes.emplace_back(means[c], (1 - shrinkage) * covariances[c] + shrinkage * pooled + ridge);
  return classes;
}

std::size_t most_likely(const std::vector<Gaussian>& classes, std::span<const Vector* const> cases) {
  std::size_t best = 0;
  double highest = -std::numeric_limits<double>::infinity();
  for (std::size_t c = 0; c < classes.size(); ++c) {
    double sum = 0;
    for (const Vector* one : cases) sum += classes[c].log_density(*one);
    if (sum > highest) highest = sum, best = c;
  }
  return best;
}

// Means, spreads and correlation of two figures over organisations.
struct Moments {
  double mean_x = 0, mean_y = 0, sd_x = 0, sd_y = 0, correlation = no_value;
};
Moments moments(const std::vector<double>& x, const std::vector<double>& y) {
  const auto n = static_cast<double>(x.size());
  if (x.empty()) return {no_value, no_value, no_value, no_value, no_value};
  Moments m;
  for (std::size_t i = 0; i < x.size(); ++i) m.mean_x += x[i] / n, m.mean_y += y[i] / n;
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - m.mean_x) * (x[i] - m.mean_x);
    yy += (y[i] - m.mean_y) * (y[i] - m.mean_y);
    xy += (x[i] - m.mean_x) * (y[i] - m.mean_y);
  }
  m.sd_x = std::sqrt(xx / n);
  m.sd_y = std::sqrt(yy / n);
  if (xx > 0 && yy > 0) m.correlation = xy / std::sqrt(xx * yy);
  return m;
}

std::size_t trajectory_named(std::string_view name) {
  const auto& quantities = organisation_trajectory_quantities();
  return static_cast<std::size_t>(
      std::find_if(quantities.begin(), quantities.end(), [&](const Quantity& q) { return q.name == name; }) - quantities.begin());
}

// A trajectory by organisation: [quantity][month][organisation].
class Trajectory {
 public:
  Trajectory(const RunRecord& record, std::string_view name, int organisations)
      : organisations_(static_cast<std::size_t>(organisations)) {
    const std::size_t each = record.organisation_trajectories.size() / organisation_trajectory_quantities().size();
    values_ = std::span(record.organisation_trajectories).subspan(trajectory_named(name) * each, each);
  }
  float operator()(int month, int organisation) const {
    return values_[static_cast<std::size_t>(month) * organisations_ + static_cast<std::size_t>(organisation)];
  }

 private:
  std::size_t organisations_;
  std::span<const float> values_;
};

}  // namespace

Discrimination discriminate(std::span<const std::vector<Features>> samples, std::size_t coalitions) {
  if (samples.size() < 2) throw std::invalid_argument("one candidate cannot be told apart");
  if (samples.front().empty()) throw std::invalid_argument("too few cases for so many features");
  const auto vectors = standardised(samples);
  const std::size_t candidates = samples.size();
  Discrimination result{0, 0, std::vector<std::vector<double>>(candidates, std::vector<double>(candidates, 0.0))};
  double cases = 0;
  std::vector<double> of_candidate(candidates, 0.0);
  for (std::size_t parity = 0; parity < 2; ++parity) {
    const auto classes = train(vectors, parity);
    for (std::size_t c = 0; c < candidates; ++c) {
      std::vector<const Vector*> together;
      for (std::size_t i = 1 - parity; i < vectors[c].size(); i += 2) {
        together.push_back(&vectors[c][i]);
        if (together.size() < coalitions) continue;
        ++result.confusion[c][most_likely(classes, together)];
        ++of_candidate[c];
        together.clear();
      }
    }
  }
  for (std::size_t c = 0; c < candidates; ++c) {
    if (!(of_candidate[c] > 0)) throw std::invalid_argument("too few cases for so many coalitions");
    for (double& share : result.confusion[c]) share /= of_candidate[c];
    result.error += (1 - result.confusion[c][c]) / static_cast<double>(candidates);
    cases += of_candidate[c];
  }
  result.se = std::sqrt(result.error * (1 - result.error) / cases);
  return result;
}

std::vector<int> panel(const RunRecord& record, int organisations, int month, std::uint64_t seed) {
  const Trajectory status(record, "status", organisations);
  std::vector<int> members;
  for (int i = 0; i < organisations; ++i)
    if (status(month - 1, i) == 1 || status(month - 1, i) == 2) members.push_back(i);
  boost::random::mt19937_64 engine(seed * 1'000'003 + record.replicate);
  for (std::size_t i = members.size(); i > 1; --i)
    std::swap(members[i - 1], members[boost::random::uniform_int_distribution<std::size_t>(0, i - 1)(engine)]);
  return members;
}

Features attendance_features(const RunRecord& record, int organisations, std::span<const int> panel, Months before,
                             Months after) {
  const Trajectory attended(record, "attended", organisations);
  const auto share = [&](int organisation, Months months) {
    double sum = 0;
    for (int month = months.begin; month < months.end; ++month) sum += attended(month, organisation);
    return sum / (months.end - months.begin);
  };
  std::vector<double> x, y;
  double never = 0, change_never = 0, some = 0, change_some = 0;
  for (const int organisation : panel) {
    x.push_back(share(organisation, before));
    y.push_back(share(organisation, after));
    (x.back() > 0 ? some : never) += 1;
    (x.back() > 0 ? change_some : change_never) += y.back() - x.back();
  }
  const Moments m = moments(x, y);
  return {m.mean_x,
          m.mean_y,
          m.sd_x,
          m.sd_y,
          m.correlation,
          never > 0 ? change_never / never : no_value,
          some > 0 ? change_some / some : no_value};
}

Features survey_features(const RunRecord& first, const RunRecord& second, std::span<const int> panel) {
  const auto of = [](const RunRecord& record, int organisation) -> const Respondent* {
    const auto found = std::lower_bound(record.respondents.begin(), record.respondents.end(), organisation,
                                        [](const Respondent& r, int number) { return r.organisation < number; });
    return found == record.respondents.end() || found->organisation != organisation ? nullptr : &*found;
  };
  Features features;
  const auto compare = [&](std::int8_t Respondent::*item, bool with_correlation) {
    std::vector<double> x, y;
    for (const int organisation : panel) {
      const Respondent *a = of(first, organisation), *b = of(second, organisation);
      if (!a || !b || a->*item < 0 || b->*item < 0) continue;
      x.push_back(a->*item);
      y.push_back(b->*item);
    }
    const Moments m = moments(x, y);
    features.push_back(m.mean_y - m.mean_x);
    if (with_correlation) features.push_back(m.correlation);
  };
  compare(&Respondent::meetings, true);
  compare(&Respondent::leadership, true);
  compare(&Respondent::goal, true);
  compare(&Respondent::inside, false);
  return features;
}

}  // namespace coalis
