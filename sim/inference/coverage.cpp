// Simulation-based calibration from one shared table.
#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <numeric>

#include "coalis/core/double_math.hpp"
#include "coalis/inference/checks.hpp"
#include "coalis/statistics/weighted.hpp"
#include "matrices.hpp"

namespace coalis {
namespace {

constexpr int table_generation = -2, truth_generation = -3;  // streams that no generation of the sampler has
constexpr double central = 0.9;

// Rows of possible runs: fitted values, answers by cell of every fitted item, one after the other.
struct Table {
  std::size_t parameters = 0, cells = 0;
  std::vector<float> values;
  std::vector<std::uint16_t> counts;

  std::size_t rows() const { return parameters == 0 ? 0 : values.size() / parameters; }
  std::span<const std::uint16_t> cells_of(std::size_t row) const { return std::span(counts).subspan(row * cells, cells); }
  double value(std::size_t row, std::size_t parameter) const { return static_cast<double>(values[row * parameters + parameter]); }
};

Table simulate_table(const CalibrationModel& model, int generation, std::size_t runs, const Execution& execution) {
  const AbcModel abc = model.abc_model();
  Table table;
  table.parameters = abc.fitted.size();
  for (const ComparedItem& item : model.fit_items()) table.cells += item.counts.size();
  const std::uint64_t seed = run_stream(model.calibration().sampler.seed, generation, 0).seed;
  // A record here: fitted values, then counts by cell; nothing for an impossible history.
  const auto make_runner = [&]() -> Runner {
    return [&, simulate = model.make_simulate()](std::uint32_t number, RunRecord& record) {
      const auto values = prior_draws(abc, seed, number, 1).front();
      const SimulatedSurvey result = simulate(values, {seed, number});
      record.outcomes.clear();
      if (!result.possible) return;
      record.outcomes.assign(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(table.parameters));
      for (const ComparedItem& item : model.fit_items())
        for (const auto count : item.cells_of(result.counts)) record.outcomes.push_back(count);
    };
  };
  const auto sink = [&](const RunRecord& record) {
    for (std::size_t i = 0; i < record.outcomes.size(); ++i) {
      if (i < table.parameters)
        table.values.push_back(static_cast<float>(record.outcomes[i]));
      else
        table.counts.push_back(static_cast<std::uint16_t>(std::min(record.outcomes[i], 65535.0)));
    }
  };
  Execution resolved = execution;
  if (resolved.batch == 0) resolved.batch = 16;
  execute(replicate_range(0, runs), make_runner, resolved, sink);
  return table;
}

double distance_of(const CalibrationModel& model, std::span<const std::uint16_t> a, std::span<const std::uint16_t> b) {
  std::array<std::int32_t, most_cells> x{}, y{};
  double sum = 0;
  std::size_t at = 0;
  for (const ComparedItem& item : model.fit_items()) {
    const std::size_t n = item.counts.size();
    std::copy_n(a.begin() + static_cast<std::ptrdiff_t>(at), n, x.begin());
    std::copy_n(b.begin() + static_cast<std::ptrdiff_t>(at), n, y.begin());
    sum += item.deviance(std::span(x).first(n), std::span(y).first(n)) / item.design_effect;
    at += n;
  }
  return sum;
}

// Shares of the answers, item by item, without each item's last cell, and rates; the first column is 1.
Eigen::VectorXd predictors(const CalibrationModel& model, std::span<const std::uint16_t> cells) {
  std::vector<double> row{1};
  std::size_t at = 0;
  for (const ComparedItem& item : model.fit_items()) {
    const auto own = cells.subspan(at, item.counts.size());
    const double sum = std::max(1, std::accumulate(own.begin(), own.end(), 0));
    for (std::size_t k = 0; k + 1 < own.size(); k += item.rates ? 2 : 1)
      row.push_back(own[k] / (item.rates ? std::max(1.0, static_cast<double>(own[k] + own[k + 1])) : sum));
    at += own.size();
  }
  return Eigen::Map<Eigen::VectorXd>(row.data(), static_cast<Eigen::Index>(row.size()));
}

// Regression keeps a parameter within its support by moving it on an unbounded scale.
double unbounded(const Prior& prior, double x) {
  constexpr double edge = 1e-6;
  if (prior.kind == PriorKind::lognormal) return log_double(x);
  if (prior.kind == PriorKind::normal) return x;
  const double low = prior.kind == PriorKind::uniform ? prior.a : 0, high = prior.kind == PriorKind::uniform ? prior.b : 1;
  const double u = std::clamp((x - low) / (high - low), edge, 1 - edge);
  return log_double(u / (1 - u));
}

// Where a truth lies among weighted draws: its rank and whether the central interval holds it.
struct Placed {
  double rank, low, high;
  bool covered(double truth) const { return truth >= low && truth <= high; }
};

Placed place(double truth, std::span<const double> draws, std::span<const double> weights) {
  double below = 0, total = 0;
  for (std::size_t i = 0; i < draws.size(); ++i) {
    total += weights[i];
    below += draws[i] < truth ? weights[i] : draws[i] == truth ? weights[i] / 2 : 0;
  }
  return {below / total, weighted_quantile(draws, weights, (1 - central) / 2),
          weighted_quantile(draws, weights, (1 + central) / 2)};
}

// The nearest rows to a pseudo-observation, and their draws corrected by local linear regression.
class Neighbours {
 public:
  Neighbours(const CalibrationModel& model, const Table& table, std::span<const std::uint16_t> observed, std::size_t count)
      : model_(model), table_(table) {
    std::vector<std::pair<double, std::uint32_t>> all(table.rows());
    for (std::size_t i = 0; i < all.size(); ++i)
      all[i] = {distance_of(model, observed, table.cells_of(i)), static_cast<std::uint32_t>(i)};
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(count, all.size()) - 1);
    std::nth_element(all.begin(), end, all.end());
    std::sort(all.begin(), end + 1);
    rows_.assign(all.begin(), end + 1);
    solve(observed);
  }

  std::vector<double> draws(std::size_t parameter) const {
    std::vector<double> values;
    for (const auto& [distance, row] : rows_) values.push_back(table_.value(row, parameter));
    return values;
  }
  std::vector<double> adjusted(std::size_t parameter) const {
    const Prior& prior = model_.calibration().fitted[parameter].prior;
    Eigen::VectorXd y(x_.rows());
    for (Eigen::Index i = 0; i < y.size(); ++i)
      y[i] = unbounded(prior, table_.value(rows_[static_cast<std::size_t>(i)].second, parameter));
    const Eigen::VectorXd slope = solver_.solve(x_.transpose() * weights_.asDiagonal() * y);
    const Eigen::VectorXd moved = y - x_ * slope;  // predictors are differences from the observed; the first is the level
    const Eigen::VectorXd result = moved.array() + slope[0];
    return {result.data(), result.data() + result.size()};
  }
  // Epanechnikov's kernel.
  std::vector<double> weights() const { return {weights_.data(), weights_.data() + weights_.size()}; }

 private:
  void solve(std::span<const std::uint16_t> observed) {
    const Eigen::VectorXd at = predictors(model_, observed);
    x_.resize(static_cast<Eigen::Index>(rows_.size()), at.size());
    weights_.resize(x_.rows());
    const double widest = rows_.back().first;
    for (Eigen::Index i = 0; i < x_.rows(); ++i) {
      const auto& [distance, row] = rows_[static_cast<std::size_t>(i)];
      x_.row(i) = predictors(model_, table_.cells_of(row)) - at;
      x_(i, 0) = 1;
      weights_[i] = std::max(1e-6, 1 - distance * distance / (widest * widest));
    }
    Eigen::MatrixXd normal = x_.transpose() * weights_.asDiagonal() * x_;
    normal.diagonal().array() += 1e-9 * normal.trace();
    solver_.compute(normal);
  }

  const CalibrationModel& model_;
  const Table& table_;
  std::vector<std::pair<double, std::uint32_t>> rows_;
  Eigen::MatrixXd x_;
  Eigen::VectorXd weights_;
  Eigen::LDLT<Eigen::MatrixXd> solver_;
};

void add(ParameterCoverage::Method& method, const Placed& placed, double truth, double prior_width, double truths,
         std::size_t bins) {
  method.coverage += placed.covered(truth) / truths;
  method.width += (placed.high - placed.low) / prior_width / truths;
  method.ranks.resize(bins);
  ++method.ranks[std::min(bins - 1, static_cast<std::size_t>(placed.rank * static_cast<double>(bins)))];
}

double width_of_prior(const CalibrationModel& model, const Table& table, std::size_t parameter, bool on_unbounded) {
  std::vector<double> values;
  for (std::size_t row = 0; row < std::min<std::size_t>(table.rows(), 20'000); ++row) {
    const double x = table.value(row, parameter);
    values.push_back(on_unbounded ? unbounded(model.calibration().fitted[parameter].prior, x) : x);
  }
  const std::vector<double> equal(values.size(), 1.0);
  return weighted_quantile(values, equal, (1 + central) / 2) - weighted_quantile(values, equal, (1 - central) / 2);
}

}  // namespace

CoverageCheck check_coverage(const CalibrationModel& model, const CoverageSettings& settings, const Execution& execution) {
  CoverageCheck check{settings, 0, 0, 0, {}};
  const Table table = simulate_table(model, table_generation, settings.table, execution);
  // More than are needed, since impossible histories are no evidence.
  const Table truths = simulate_table(model, truth_generation, 20 * settings.truths, execution);
  check.possible = table.rows();
  const auto cancelled = [&] { return execution.cancel && execution.cancel->load(); };
  if (cancelled() || table.rows() < settings.nearest || truths.rows() < settings.truths) return check;

  const auto& fitted = model.calibration().fitted;
  std::vector<std::array<double, 2>> prior_width;
  for (std::size_t p = 0; p < fitted.size(); ++p) {
    check.parameters.push_back({fitted[p].paths.front().text(), {}, {}});
    prior_width.push_back({width_of_prior(model, table, p, false), width_of_prior(model, table, p, true)});
  }
  // A record here: rank, low and high of both methods, parameter by parameter.
  const auto make_runner = [&]() -> Runner {
    return [&](std::uint32_t number, RunRecord& record) {
      const Neighbours near(model, table, truths.cells_of(number), settings.nearest);
      const std::vector<double> equal(settings.nearest, 1.0), weights = near.weights();
      record.replicate = number;
      record.outcomes.clear();
      for (std::size_t p = 0; p < fitted.size(); ++p) {
        const double truth = truths.value(number, p);
        for (const Placed& placed :
             {place(truth, near.draws(p), equal), place(unbounded(fitted[p].prior, truth), near.adjusted(p), weights)})
          record.outcomes.insert(record.outcomes.end(), {placed.rank, placed.low, placed.high});
      }
    };
  };
  const double count = static_cast<double>(settings.truths);
  const auto sink = [&](const RunRecord& record) {
    for (std::size_t p = 0; p < fitted.size(); ++p) {
      const double truth = truths.value(record.replicate, p);
      const double* o = record.outcomes.data() + 6 * p;
      add(check.parameters[p].nearest, {o[0], o[1], o[2]}, truth, prior_width[p][0], count, settings.bins);
      add(check.parameters[p].regression, {o[3], o[4], o[5]}, unbounded(fitted[p].prior, truth), prior_width[p][1], count,
          settings.bins);
    }
  };
  Execution quiet = execution;
  quiet.progress = nullptr;
  quiet.batch = 1;
  execute(replicate_range(0, settings.truths), make_runner, quiet, sink);
  if (cancelled()) check.parameters.clear();
  const boost::math::binomial bin(count, 1.0 / static_cast<double>(settings.bins));
  check.band_low = static_cast<int>(boost::math::quantile(bin, 0.005));
  check.band_high = static_cast<int>(boost::math::quantile(boost::math::complement(bin, 0.005)));
  return check;
}

}  // namespace coalis
