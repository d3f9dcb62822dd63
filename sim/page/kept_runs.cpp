#include "kept_runs.hpp"

#include <cmath>
#include <stdexcept>

#include "coalis/model/version.hpp"
#include "coalis/report/words/comparison_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/statistics/quantiles.hpp"

namespace coalis::page {
namespace {

constexpr std::array quantile_probabilities{0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};  // of a comparison's file

using Curve = std::vector<float>;  // one a month

// Quantiles over runs, [probability][month].
void append_quantiles(std::vector<float>& to, const std::vector<Curve>& runs, std::size_t months) {
  const std::size_t begin = to.size();
  to.resize(begin + quantile_probabilities.size() * months);
  std::vector<float> values;
  for (std::size_t month = 0; month < months; ++month) {
    values.clear();
    for (const Curve& run : runs)
      if (!std::isnan(run[month])) values.push_back(run[month]);
    std::array<double, quantile_probabilities.size()> quantiles{};
    quantiles_of<float>(values, quantile_probabilities, quantiles);
    for (std::size_t k = 0; k < quantiles.size(); ++k) to[begin + k * months + month] = static_cast<float>(quantiles[k]);
  }
}

Curve part(const std::vector<float>& values, std::size_t row, std::size_t months) {
  const auto first = values.begin() + static_cast<std::ptrdiff_t>(row * months);
  return {first, first + static_cast<std::ptrdiff_t>(months)};
}

Curve difference(Curve other, const Curve& reference) {
  for (std::size_t month = 0; month < other.size(); ++month) other[month] -= reference[month];
  return other;
}

}  // namespace

KeptRuns::KeptRuns(const ComparisonAnswer& answer, std::span<const Pair> pairs, const std::string& program) : pairs_(pairs) {
  program_version = program, model_version = coalis::model_version, seed = answer.question.seed, replicates = pairs.size();
  for (const Contender& c : answer.question.scenarios)
    scenarios.push_back({c.label, c.scenario.name, "", c.planned_cost, budget_sentence(answer.question, c), c.base,
                         undone_by_budget(answer.question, c)});
  matters = answer.question.matters;
  if (answer.question.sets) {
    sets.emplace();
    sets->file = answer.question.sets->file, sets->used = answer.question.parameter_sets();
  }
  for (const Region& region : answer.reference().regions) regions_.push_back(region.name);
}

std::vector<double> KeptRuns::values(const std::string& group, const std::string& name, std::size_t scenario) const {
  if (group != "outcomes") throw std::out_of_range("no group " + group);
  const std::size_t index = index_of(outcome_quantities(), name);
  std::vector<double> result;
  for (const Pair& pair : pairs_) result.push_back(pair[scenario].outcomes[index]);
  return result;
}

std::vector<float> KeptRuns::over_time(const std::string& group, const std::string& name, std::size_t months) const {
  std::vector<float> result;
  const auto append = [&](const Curve& curve) { result.insert(result.end(), curve.begin(), curve.end()); };
  if (group == "difference_quantiles_by_region") {
    const std::size_t row = index_of(region_trajectory_quantities(), name) * regions_.size();
    for (std::size_t region = 0; region < regions_.size(); ++region) {
      std::vector<Curve> runs;
      for (const Pair& p : pairs_)
        runs.push_back(difference(part(p[1].region_trajectories, row + region, months),
                                  part(p[0].region_trajectories, row + region, months)));
      append_quantiles(result, runs, months);
    }
    return result;
  }
  const std::size_t row = index_of(trajectory_quantities(), name);
  const auto level = [&](const Pair& p, std::size_t scenario) { return part(p[scenario].trajectories, row, months); };
  if (group == "levels_over_time") {
    for (const Pair& p : pairs_) append(level(p, 0)), append(level(p, 1));
  } else if (group == "differences_over_time") {
    for (const Pair& p : pairs_) append(difference(level(p, 1), level(p, 0)));
  } else if (group == "difference_quantiles_over_time") {
    std::vector<Curve> runs;
    for (const Pair& p : pairs_) runs.push_back(difference(level(p, 1), level(p, 0)));
    append_quantiles(result, runs, months);
  } else if (group == "level_quantiles_over_time") {
    for (const std::size_t scenario : {0u, 1u}) {
      std::vector<Curve> runs;
      for (const Pair& p : pairs_) runs.push_back(level(p, scenario));
      append_quantiles(result, runs, months);
    }
  } else {
    throw std::out_of_range("no group " + group);
  }
  return result;
}

}  // namespace coalis::page
