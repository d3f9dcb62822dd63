#include "coalis/statistics/resampling.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "coalis/core/philox.hpp"

namespace coalis {
namespace {

double total_weight(std::span<const double> weights) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (!(total > 0)) throw std::invalid_argument("resampling: weights above 0");
  return total;
}

// The uniform number of a resampling. No stream of the model's uses a replicate's number with this counter: its words are all
// ones.
double uniform_start(std::uint64_t seed) {
  constexpr std::uint32_t ones = 0xFFFFFFFF;
  const Words words = philox(ones, ones, ones, ones, static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32));
  return (words.w[0] + 0.5) * 0x1p-32;
}

// The binary digits of a number mirrored at the point: 1/2, 1/4, 3/4, 1/8, ... of 1, 2, 3, 4, ...
double radical_inverse(std::size_t number) {
  double inverse = 0;
  for (double digit = 0.5; number > 0; number >>= 1, digit /= 2) inverse += digit * static_cast<double>(number & 1);
  return inverse;
}

}  // namespace

std::vector<std::int64_t> systematic_resampling(std::span<const double> weights, std::int64_t draws, std::uint64_t seed) {
  const double total = total_weight(weights);
  if (draws < 1) throw std::invalid_argument("resampling: draws above 0");
  const double start = uniform_start(seed);
  std::vector<std::int64_t> counts(weights.size(), 0);
  std::size_t last = 0;  // with a weight
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (weights[i] > 0) last = i;
  double below = 0;
  std::int64_t drawn = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    below += weights[i] / total * static_cast<double>(draws);
    while (drawn < draws && (start + static_cast<double>(drawn) < below || i == last)) ++counts[i], ++drawn;
  }
  return counts;
}

std::vector<std::size_t> growing_resampling(std::span<const double> weights, std::size_t draws, std::uint64_t seed) {
  const double total = total_weight(weights), start = uniform_start(seed);
  std::vector<double> ends;  // of the share of every set with a weight, in 0..1
  std::vector<std::size_t> with_weight;
  double below = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!(weights[i] > 0)) continue;
    below += weights[i] / total;
    ends.push_back(below);
    with_weight.push_back(i);
  }
  std::vector<std::size_t> drawn;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    double place = start + radical_inverse(draw);
    if (place >= 1) place -= 1;
    const auto end = std::upper_bound(ends.begin(), ends.end() - 1, place);  // rounding may leave the last end below 1
    drawn.push_back(with_weight[static_cast<std::size_t>(end - ends.begin())]);
  }
  return drawn;
}

}  // namespace coalis
