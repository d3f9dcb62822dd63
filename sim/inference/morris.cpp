#include "coalis/inference/morris.hpp"

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace coalis {
namespace {

using Engine = boost::random::mt19937_64;

std::size_t below(Engine& engine, std::size_t end) {
  return boost::random::uniform_int_distribution<std::size_t>(0, end - 1)(engine);
}

std::vector<std::size_t> random_order(Engine& engine, std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[below(engine, i)]);
  return order;
}

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation(std::span<const double> values) {
  const double centre = mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - centre) * (value - centre);
  return values.size() < 2 ? std::numeric_limits<double>::quiet_NaN()
                           : std::sqrt(squares / static_cast<double>(values.size() - 1));
}

}  // namespace

MorrisDesign morris_design(std::size_t factors, std::vector<Input> inputs, std::size_t trajectories, std::size_t levels,
                           std::uint64_t seed) {
  MorrisDesign design{{}, {}, {}, std::move(inputs), trajectories, 0};
  const double grid = 1 / static_cast<double>(levels - 1);
  design.step = std::floor(0.5 * static_cast<double>(levels)) * grid;
  Engine engine(seed);
  for (std::size_t t = 0; t < trajectories; ++t) {
    std::vector<double> point(factors);
    std::vector<bool> up(factors);
    for (std::size_t f = 0; f < factors; ++f) {
      up[f] = below(engine, 2) == 0;
      const auto low = static_cast<double>(below(engine, levels / 2));  // from here it can go up by the step
      point[f] = low * grid + (up[f] ? 0 : design.step);
    }
    design.points.push_back(point);
    for (const std::size_t input : random_order(engine, design.inputs.size())) {
      for (const std::size_t f : design.inputs[input].factors) point[f] += up[f] ? design.step : -design.step;
      design.points.push_back(point);
      design.moved.push_back(input);
      design.up.push_back(up[design.inputs[input].factors.front()]);
    }
  }
  return design;
}

std::vector<MorrisEffect> morris_effects(const MorrisDesign& design, std::span<const double> values, std::size_t resamples,
                                         std::uint64_t seed) {
  const std::size_t inputs = design.inputs.size();
  std::vector<std::vector<double>> effects(inputs);
  for (std::size_t i = 0; i < design.moved.size(); ++i) {
    const std::size_t from = i / inputs * (inputs + 1) + i % inputs;
    const double effect = (values[from + 1] - values[from]) / design.step * (design.up[i] ? 1 : -1);
    if (!std::isnan(effect)) effects[design.moved[i]].push_back(effect);
  }
  std::vector<MorrisEffect> result;
  for (std::size_t i = 0; i < inputs; ++i) {
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    const auto& own = effects[i];
    const auto mu_star = bootstrap_interval(own.size(), resamples, seed, [&](std::span<const std::size_t> rows) {
      double sum = 0;
      for (const std::size_t row : rows) sum += std::abs(own[row]);
      return sum / static_cast<double>(rows.size());
    });
    const bool directed = design.inputs[i].factors.size() == 1 && !own.empty();
    result.push_back({mu_star, directed ? mean(own) : missing, directed ? deviation(own) : missing, own.size()});
  }
  return result;
}

}  // namespace coalis
