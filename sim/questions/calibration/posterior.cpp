#include "coalis/questions/calibration/posterior.hpp"

#include <numeric>
#include <utility>

#include "coalis/statistics/weighted.hpp"

namespace coalis {
namespace {

constexpr std::size_t drawn_of_prior = 4000;

std::vector<FittedParameter> fitted_parameters(const CalibrationModel& model, const AbcState& state) {
  const CalibrationProblem& c = model.calibration();
  const auto prior = prior_draws(model.abc_model(), c.sampler.seed, 0, drawn_of_prior);
  const std::vector<double> equal(drawn_of_prior, 1.0);
  std::vector<double> weights;
  for (const Particle& p : state.population) weights.push_back(p.weight);
  std::vector<FittedParameter> parameters;
  std::size_t next = 0;
  for (const auto* list : {&c.fitted, &c.nuisance}) {
    for (const UncertainParameter& parameter : *list) {
      std::vector<double> before, after;
      for (const auto& draw : prior) before.push_back(draw[next]);
      for (const Particle& p : state.population) after.push_back(p.values[next]);
      const double ratio = weighted_sd(after, weights) / weighted_sd(before, equal);
      parameters.push_back({parameter.paths.front().text(), to_string(parameter.prior), parameter.source,
                            weighted_quantile(before, equal, .05), weighted_quantile(before, equal, .95),
                            weighted_quantile(after, weights, .05), weighted_quantile(after, weights, .5),
                            weighted_quantile(after, weights, .95), 1 - ratio * ratio, parameter.also()});
      ++next;
    }
  }
  return parameters;
}

std::uint64_t runs_of(const AbcState& state) {
  std::uint64_t runs = state.current.proposals;
  for (const GenerationSummary& g : state.finished) runs += g.proposals;
  return runs;
}

std::vector<ItemWeight> weights_of(const CalibrationModel& model) {
  std::vector<ItemWeight> items;
  for (const ComparedItem& item : model.fit_items())
    items.push_back({item.id, std::accumulate(item.counts.begin(), item.counts.end(), 0), item.design_effect, item.measures});
  return items;
}

}  // namespace

std::uint64_t runs_given_up(const PosteriorAnswer& answer) {
  std::uint64_t finished = 0;
  for (const GenerationSummary& g : answer.generations) finished += g.proposals;
  return answer.runs - finished;
}

PosteriorAnswer posterior_answer(const CalibrationModel& model, const AbcState& state, std::filesystem::path file) {
  return {.calibration = model.calibration().name,
          .file = std::move(file),
          .made_by = this_program(),
          .draws = state.population.size(),
          .effective_size = state.finished.back().effective_size,
          .runs = runs_of(state),
          .degrees_of_freedom = model.degrees_of_freedom(),
          .stopped = state.stopped,
          .generations = state.finished,
          .parameters = fitted_parameters(model, state),
          .items = weights_of(model)};
}

}  // namespace coalis
