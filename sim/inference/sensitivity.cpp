#include "coalis/inference/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "coalis/statistics/intervals.hpp"
#include "coalis/statistics/summary.hpp"

namespace coalis {
namespace {

std::size_t size_of(const std::optional<MorrisDesign>& design) { return design ? design->points.size() : 0; }

// Single factors, then the groups of several.
std::vector<Input> all_inputs(const SensitivityPlan& plan) {
  std::vector<Input> inputs = single_inputs(plan.names);
  if (!plan.groups) return inputs;
  for (Input& input : grouped_inputs(plan.names, plan.paths))
    if (input.factors.size() > 1) inputs.push_back(std::move(input));
  return inputs;
}

// Less the first of them, which changes no effect and no share: what does not vary by more than the grain is then exactly 0.
double centred(std::vector<double>& means, double grain) {
  const auto first = std::find_if(means.begin(), means.end(), [](double x) { return !std::isnan(x); });
  const double centre = first == means.end() ? std::numeric_limits<double>::quiet_NaN() : *first;
  const bool varies = std::any_of(means.begin(), means.end(), [&](double x) { return std::abs(x - centre) > grain; });
  for (double& mean : means) mean = varies || std::isnan(mean) ? mean - centre : 0;
  return centre;
}

// A point's mean over replicates; missing if one is.
std::vector<double> means_of(std::span<const double> values, std::size_t replicates) {
  std::vector<double> means;
  for (std::size_t first = 0; first < values.size(); first += replicates) {
    double sum = 0;
    for (const double value : values.subspan(first, replicates)) sum += value;
    means.push_back(sum / static_cast<double>(replicates));
  }
  return means;
}

}  // namespace

std::size_t SensitivityDesign::size() const {
  return size_of(screening) + size_of(group_screening) + (indices ? indices->cube.size() : 0);
}

const std::vector<double>& SensitivityDesign::point(std::size_t at) const {
  if (at < size_of(screening)) return screening->points[at];
  at -= size_of(screening);
  if (at < size_of(group_screening)) return group_screening->points[at];
  return indices->cube.at(at - size_of(group_screening));
}

SensitivityDesign sensitivity_design(const SensitivityPlan& plan) {
  const std::size_t factors = plan.names.size();
  SensitivityDesign design;
  const auto inputs = all_inputs(plan);
  if (plan.morris) {
    const auto [trajectories, levels] = *plan.morris;
    design.screening = morris_design(factors, single_inputs(plan.names), trajectories, levels, plan.seed);
    if (inputs.size() > factors)
      design.group_screening =
          morris_design(factors, grouped_inputs(plan.names, plan.paths), trajectories, levels, plan.seed + 1);
  }
  if (plan.sobol) design.indices = saltelli_design(factors, inputs, plan.sobol->points, plan.seed);
  return design;
}

std::size_t points_of(const SensitivityPlan& plan) {
  const std::size_t factors = plan.names.size(), inputs = all_inputs(plan).size();
  std::size_t points = plan.sobol ? plan.sobol->points * (2 + inputs) : 0;
  if (!plan.morris) return points;
  points += plan.morris->trajectories * (factors + 1);
  return inputs == factors ? points : points + plan.morris->trajectories * (grouped_inputs(plan.names, plan.paths).size() + 1);
}

SensitivityAnswer sensitivity_answer(const SensitivityPlan& plan, const SensitivityDesign& design, std::span<const double> values,
                                     std::size_t replicates, double grain) {
  if (grain == 0) grain = grain_of(values);
  std::vector<double> means = means_of(values, replicates);
  const double centre = centred(means, grain);
  const std::span<const double> all(means);
  SensitivityAnswer answer{};
  answer.varies = std::any_of(means.begin(), means.end(), [](double x) { return std::abs(x) > 0; });
  std::size_t from = 0;
  const auto screen = [&](const std::optional<MorrisDesign>& part, std::vector<MorrisEffect>& effects) {
    if (part) effects = morris_effects(*part, all.subspan(from, part->points.size()), plan.resamples, plan.seed);
    from += size_of(part);
  };
  screen(design.screening, answer.screening);
  screen(design.group_screening, answer.group_screening);
  // Points of A and B lie independently in the cube, those of trajectories and mixtures do not.
  const std::size_t first = design.indices ? from : 0;
  const std::size_t count = design.indices ? 2 * design.indices->points : size_of(design.screening);
  if (design.indices) {
    answer.indices = sobol_indices(*design.indices, all.subspan(from), plan.resamples, plan.seed);
    answer.indices->mean += centre;
    for (std::size_t f = 0; f < plan.names.size(); ++f) {
      const RangeEnds ends = range_ends(*design.indices, all.subspan(from), f);
      answer.ends.push_back({ends.low + centre, ends.high + centre});
    }
  }
  answer.seed = seed_share(values.subspan(first * replicates, count * replicates), replicates, grain);
  std::vector<double> present;
  std::copy_if(all.begin() + static_cast<std::ptrdiff_t>(first), all.begin() + static_cast<std::ptrdiff_t>(first + count),
               std::back_inserter(present), [](double value) { return !std::isnan(value); });
  const Summary summary = summarise(present);
  answer.mean = summary.mean + centre;
  answer.sd = summary.sd;
  answer.left_out = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](double v) { return std::isnan(v); }));
  return answer;
}

}  // namespace coalis
