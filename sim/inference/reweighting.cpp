#include "coalis/inference/reweighting.hpp"

#include <algorithm>
#include <limits>

namespace coalis {
namespace {

bool within_priors(const AbcModel& model, const std::vector<double>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t fitted = model.fitted.size();
    const Prior& prior = i < fitted ? model.fitted[i] : model.nuisance[i - fitted];
    if (!(prior.density(values[i]) > 0)) return false;
  }
  return model.allowed(values);
}

}  // namespace

Reweighted reweighted(const AbcModel& model, const GivenDraws& given, const ReweightSettings& settings,
                      const Execution& execution) {
  std::vector<std::size_t> allowed;
  for (std::size_t i = 0; i < given.values.size(); ++i)
    if (given.weights[i] > 0 && within_priors(model, given.values[i])) allowed.push_back(i);
  Reweighted result;
  std::vector<Particle> all(given.values.size());  // weights: runs that are near enough
  const auto make_runner = [&]() -> Runner {
    return [&, simulate = model.make_simulate()](std::uint32_t number, RunRecord& record) {
      const std::size_t draw = allowed[number / settings.runs_a_draw];
      const auto run = static_cast<std::uint32_t>(draw * settings.runs_a_draw + number % settings.runs_a_draw);
      record.replicate = run;
      record.outcomes.assign(1, simulate(given.values[draw], run_stream(settings.seed, 0, run)));
    };
  };
  const auto sink = [&](const RunRecord& record) {
    ++result.runs;
    if (!(record.outcomes.front() <= settings.tolerance)) return;
    Particle& particle = all[record.replicate / settings.runs_a_draw];
    if (particle.weight == 0) particle.distance = record.outcomes.front(), particle.proposal = record.replicate;
    particle.weight += 1, ++result.near;
  };
  execute(replicate_range(0, allowed.size() * settings.runs_a_draw), make_runner, execution, sink);
  double sum = 0;
  for (const std::size_t i : allowed) sum += all[i].weight *= given.weights[i];
  for (const std::size_t i : allowed)
    if (all[i].weight > 0) {
      result.population.push_back(std::move(all[i]));
      result.population.back().values = given.values[i];
      result.population.back().weight /= sum;
    }
  if (!result.population.empty()) result.effective_size = effective_size(result.population);
  return result;
}

}  // namespace coalis
