#include "coalis/questions/calibration/given.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "coalis/questions/structures.hpp"

namespace coalis {
namespace {

constexpr std::size_t not_given = std::string::npos;

// Of each parameter of the calibration the column of the sets.
std::vector<std::size_t> columns_of(const CalibrationModel& model, const ParameterSets& sets,
                                    std::vector<std::string>& from_prior) {
  std::vector<std::size_t> columns;
  for (const auto* list : {&model.calibration().fitted, &model.calibration().nuisance})
    for (const UncertainParameter& parameter : *list) {
      const std::string& path = parameter.paths.front().text();
      const auto found = std::find(sets.paths.begin(), sets.paths.end(), path);
      columns.push_back(found == sets.paths.end() ? not_given : static_cast<std::size_t>(found - sets.paths.begin()));
      if (found == sets.paths.end()) from_prior.push_back(path);
    }
  return columns;
}

}  // namespace

Asked<GivenPosterior> ask_given(const CalibrationModel& model, const ParameterSets& sets) {
  if (!sets.ok()) return {std::nullopt, sets.diagnostics};
  const auto wrong = [&](std::string problem, std::string advice) -> Asked<GivenPosterior> {
    return {std::nullopt, {option_problem(sets.file, std::move(problem), std::move(advice))}};
  };
  if (const std::string here = to_string(model.calibration().scenario.structure);
      !sets.fitted.structure.empty() && sets.fitted.structure != here)
    return wrong(fmt::format("was fitted under the structure '{}', and the calibration is of '{}'", sets.fitted.structure, here),
                 "name a posterior of that structure, or leave --from out");
  GivenPosterior given{std::filesystem::path(sets.file).filename().string(), {}, {}};
  const std::vector<std::size_t> columns = columns_of(model, sets, given.from_prior);
  if (given.from_prior.size() == columns.size())
    return wrong("has none of the parameters that the calibration has", "name the posterior of a fit, or leave --from out");
  given.draws.values = prior_draws(model.abc_model(), model.calibration().sampler.seed, 0, sets.sets.size());
  for (std::size_t i = 0; i < sets.sets.size(); ++i) {
    const ParameterSet& set = sets.sets[i];
    for (std::size_t p = 0; p < columns.size(); ++p) {
      if (columns[p] == not_given) continue;
      const auto value = finite_number(set.values[columns[p]]);
      if (!value)
        return {std::nullopt,
                {{sets.file, set.line, 0, false,
                  fmt::format("'{}' of {} is no number", set.values[columns[p]], sets.paths[columns[p]]),
                  "write a finite number in decimals, or name another posterior"}}};
      given.draws.values[i][p] = *value;
    }
    given.draws.weights.push_back(set.weight);
  }
  return {std::move(given), {}};
}

ReweightSettings reweight_settings(const CalibrationModel& model) {
  return {
      .runs_a_draw = 10, .tolerance = static_cast<double>(model.degrees_of_freedom()), .seed = model.calibration().sampler.seed};
}

bool suffices(const Reweighted& weighted) { return weighted.effective_size >= draws_that_suffice; }

AbcState state_of(const GivenPosterior& given, const Reweighted& weighted, const ReweightSettings& settings) {
  AbcState state;
  state.finished.push_back(
      {0, settings.tolerance, weighted.runs, static_cast<std::size_t>(weighted.near), weighted.effective_size});
  state.population = weighted.population;
  state.stopped = fmt::format("the draws of {} suffice, weighted anew by the evidence", given.file);
  return state;
}

}  // namespace coalis
