#include "coalis/ensemble/variants.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "coalis/core/philox.hpp"
#include "coalis/ensemble/fitted.hpp"
#include "coalis/ensemble/paired.hpp"
#include "coalis/model/fields.hpp"

namespace coalis {
namespace {

constexpr std::array switches{Refers::engagement, Refers::decision, Refers::influence};
constexpr std::array<std::string_view, 3> switch_names{"engagement", "decision", "influence"};

// The values listed of each switch, in the order of the enumeration.
std::array<std::vector<int>, 3> values_listed(std::span<const std::string> names) {
  std::array<std::vector<bool>, 3> listed;
  for (std::size_t s = 0; s < switches.size(); ++s) listed[s].resize(choices(switches[s]).size());
  for (const std::string& name : names) {
    bool known = false;
    for (std::size_t s = 0; s < switches.size(); ++s) {
      const auto values = choices(switches[s]);
      for (std::size_t v = 0; v < values.size(); ++v) {
        if (name != "all" && name != switch_names[s] && name != values[v]) continue;
        listed[s][v] = known = true;
      }
    }
    if (known) continue;
    std::string advice = "all, engagement, decision, influence";
    for (const auto refers : switches)
      for (const auto value : choices(refers)) advice += ", " + std::string(value);
    throw VariantError("'" + name + "' is no structure; choose among " + advice);
  }
  std::array<std::vector<int>, 3> values;
  for (std::size_t s = 0; s < switches.size(); ++s)
    for (std::size_t v = 0; v < listed[s].size(); ++v)
      if (listed[s][v]) values[s].push_back(static_cast<int>(v));
  return values;
}

struct Moments {
  double n = 0, mean = 0, variance = 0;  // variance: divided by n
};

Moments moments(std::span<const double> values) {
  Moments m;
  for (const double x : values) {
    if (std::isnan(x)) continue;
    m.mean += x;
    ++m.n;
  }
  if (m.n == 0) return m;
  m.mean /= m.n;
  for (const double x : values)
    if (!std::isnan(x)) m.variance += (x - m.mean) * (x - m.mean) / m.n;
  return m;
}

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

// Sums over draws for an analysis of variance; a draw can be taken out again.
struct DrawSums {
  double draws = 0, replicates = 0, squares = 0;         // number of draws and replicates, squares of a draw's replicates
  double total = 0, of_means = 0, inside = 0, free = 0;  // sums of values; squares of means times replicates; within draws

  DrawSums& add(const Moments& m, double sign) {
    draws += sign, replicates += sign * m.n, squares += sign * m.n * m.n;
    total += sign * m.n * m.mean, of_means += sign * m.n * m.mean * m.mean;
    inside += sign * m.n * m.variance, free += sign * (m.n - 1);
    return *this;
  }
  double chance() const { return inside / free; }
  // Unbiased, so that it may be below 0.
  double parameters() const {
    const double between = (of_means - total * total / replicates) / (draws - 1);
    return (between - chance()) / ((replicates - squares / replicates) / (draws - 1));
  }
  double share() const { return parameters() / (chance() + parameters()); }
};

// The draws with a value, of values less their mean, so that sums of squares keep their digits; less the first one before that,
// so that what does not vary gives zeros.
std::vector<Moments> draws_of(std::span<const double> values, std::size_t together) {
  std::vector<Moments> draws;
  const auto first = std::find_if(values.begin(), values.end(), [](double x) { return !std::isnan(x); });
  if (first == values.end()) return draws;
  std::vector<double> from_first(values.begin(), values.end());
  for (double& x : from_first) x -= *first;
  const double centre = moments(from_first).mean;
  const std::span<const double> all(from_first);
  for (std::size_t i = 0; i < all.size(); i += together) {
    Moments m = moments(all.subspan(i, std::min(together, all.size() - i)));
    m.mean -= centre;
    if (m.n > 0) draws.push_back(m);
  }
  return draws;
}

}  // namespace

std::string_view to_string(Calibration calibration) {
  switch (calibration) {
    case Calibration::calibrated: return "calibrated";
    case Calibration::shift_only: return "shift only";
    default: return "not calibrated";
  }
}

Calibration calibration_of(const Scenario& scenario) {
  const DefaultFit fit = default_fit(scenario);
  if (fit.fitted == Fitted::here) return Calibration::calibrated;
  if (fit.changed != std::vector<std::string>{"structure.decision"}) return Calibration::not_calibrated;
  Scenario own = scenario;
  own.structure.decision = static_cast<int>(Decision::benefit_cost);
  return default_fit(own).fitted == Fitted::here ? Calibration::shift_only : Calibration::not_calibrated;
}

Calibration calibration_of(Scenario scenario, const Structure& structure) {
  scenario.structure = structure;
  return calibration_of(scenario);
}

std::string to_string(const Structure& structure) {
  const auto name = [](Refers refers, int value) { return std::string(choices(refers)[static_cast<std::size_t>(value)]); };
  return name(Refers::engagement, structure.engagement) + ", " + name(Refers::decision, structure.decision) + ", " +
         name(Refers::influence, structure.influence);
}

std::vector<Structure> structure_variants(const Structure& own, std::span<const std::string> names) {
  auto values = values_listed(names);
  const std::array owns{own.engagement, own.decision, own.influence};
  for (std::size_t s = 0; s < values.size(); ++s)
    if (values[s].empty()) values[s] = {owns[s]};
  std::vector<Structure> variants;
  for (const int engagement : values[0])
    for (const int decision : values[1])
      for (const int influence : values[2])
        if (const Structure variant{engagement, decision, influence}; variant != own) variants.push_back(variant);
  return variants;
}

std::vector<bool> switches_set(std::span<const std::string> names) {
  const auto values = values_listed(names);
  return {!values[0].empty(), !values[1].empty(), !values[2].empty()};
}

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

VarianceParts variance_parts(std::span<const Cell> cells) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  struct Entry {
    double weight;
    Moments m;
  };
  std::map<std::size_t, std::vector<Entry>> structures;
  for (const Cell& cell : cells)
    if (const Moments m = moments(cell.differences); m.n > 0 && cell.weight > 0)
      structures[cell.structure].push_back({cell.weight, m});
  if (structures.empty()) return {missing, missing, missing, missing, missing};

  VarianceParts parts{0, 0, 0, 0, 0};
  const double share = 1.0 / static_cast<double>(structures.size());
  std::vector<double> means;
  for (const auto& [structure, entries] : structures) {
    double total = 0, mean = 0;
    for (const Entry& e : entries) total += e.weight;
    for (const Entry& e : entries) mean += e.weight / total * e.m.mean;
    for (const Entry& e : entries) {
      const double weight = share * e.weight / total;
      parts.chance += weight * e.m.variance;
      parts.parameters += weight * (e.m.mean - mean) * (e.m.mean - mean);
      if (entries.size() > 1) parts.parameter_noise += weight * e.m.variance / e.m.n;
    }
    means.push_back(mean);
    parts.mean += share * mean;
  }
  for (const double mean : means) parts.structure += share * (mean - parts.mean) * (mean - parts.mean);
  return parts;
}

SharedParts shared_parts(std::span<const double> values, std::size_t together) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  const auto draws = draws_of(values, together);
  DrawSums sums;
  for (const Moments& m : draws) sums.add(m, 1);
  if (draws.size() < 3 || sums.free <= 0) return {missing, missing, missing, missing, missing};
  SharedParts parts{sums.chance(), std::max(0.0, sums.parameters()), missing, missing, missing};
  if (!(parts.chance + parts.parameters > 0)) return parts;
  parts.share = parts.parameters / (parts.chance + parts.parameters);
  std::vector<double> without;
  for (const Moments& m : draws) without.push_back(DrawSums(sums).add(m, -1).share());
  const Moments spread = moments(without);
  const double half = half_width(std::sqrt(spread.variance * (spread.n - 1)), without.size());
  parts.share_low = std::clamp(sums.share() - half, 0.0, 1.0);
  parts.share_high = std::clamp(sums.share() + half, 0.0, 1.0);
  return parts;
}

std::size_t draws_with_values(std::span<const double> values, std::size_t together) { return draws_of(values, together).size(); }

double shared_se(std::span<const double> values, std::size_t together) {
  const auto draws = draws_of(values, together);
  double squares = 0, replicates = 0;
  for (const Moments& m : draws) squares += m.n * m.n * m.mean * m.mean, replicates += m.n;
  const auto n = static_cast<double>(draws.size());
  return n < 2 ? std::numeric_limits<double>::quiet_NaN() : std::sqrt(squares * n / (n - 1)) / replicates;
}

}  // namespace coalis
