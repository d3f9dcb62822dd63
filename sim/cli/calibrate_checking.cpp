// Doing the checks of a posterior, one after the other.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <stdexcept>

#include "calibrate_check.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/statistics/resampling.hpp"
#include "coalis/statistics/weighted.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "scenario_input.hpp"

namespace coalis::cli {
namespace {

constexpr std::size_t pairs = 2000, prior_sample = 4000, runs_elsewhere = 500;

// The values of a column; nothing, and a message, if it is not there.
std::optional<std::size_t> column_of(const ParameterSets& sets, const std::string& path) {
  const auto found = std::find(sets.paths.begin(), sets.paths.end(), path);
  if (found != sets.paths.end()) return static_cast<std::size_t>(found - sets.paths.begin());
  print_message("{}: has no column '{}', which the calibration file has; calibrate again\n", sets.file, path);
  return std::nullopt;
}

// The posterior in the order of the calibration's parameters.
std::optional<WeightedDraws> read_draws(const CalibrationModel& model, const ParameterSets& sets) {
  for (const auto& d : sets.diagnostics) print_message("{}\n", to_string(d));
  if (!sets.ok()) return std::nullopt;
  std::vector<std::size_t> columns;
  for (const auto* list : {&model.calibration().fitted, &model.calibration().nuisance}) {
    for (const UncertainParameter& parameter : *list) {
      const auto column = column_of(sets, parameter.paths.front().text());
      if (!column) return std::nullopt;
      columns.push_back(*column);
    }
  }
  WeightedDraws draws;
  for (const ParameterSet& set : sets.sets) {
    std::vector<double> values;
    for (const std::size_t column : columns) {
      const auto value = finite_number(set.values[column]);
      if (!value) {
        print_message("{}:{}: error: '{}' of {} is no number; write a finite number in decimals, or calibrate again\n", sets.file,
                      set.line, set.values[column], sets.paths[column]);
        return std::nullopt;
      }
      values.push_back(*value);
    }
    draws.values.push_back(std::move(values));
    draws.weights.push_back(set.weight);
  }
  return draws;
}

double point_deviance(const CalibrationModel& model, std::span<const SurveyPair> posterior) {
  double sum = 0;
  for (const ComparedItem& item : model.fit_items()) {
    std::vector<std::int32_t> pooled(item.counts.size(), 0);
    for (const SurveyPair& pair : posterior) {
      const auto cells = item.cells_of(pair.survey);
      for (std::size_t k = 0; k < cells.size(); ++k) pooled[k] += cells[k];
    }
    sum += homogeneity_deviance(item.counts, pooled);
  }
  return sum;
}

// Values of the posterior for whatever the other scenario has, but for what is planned there.
std::optional<ElsewhereCheck> check_elsewhere(const CalibrationModel& model, const WeightedDraws& draws, const std::string& path,
                                              const Execution& execution) {
  const auto file = read_and_report(path);
  if (!file) return std::nullopt;
  std::vector<std::pair<std::size_t, ParameterPath>> shared;
  std::size_t next = 0;
  for (const auto* list : {&model.calibration().fitted, &model.calibration().nuisance}) {
    for (const UncertainParameter& parameter : *list) {
      for (const ParameterPath& one : parameter.paths) {
        if (one.text().starts_with("series.")) continue;
        try {
          shared.emplace_back(next, ParameterPath(file->scenario, one.text()));
        } catch (const std::invalid_argument&) {
          continue;  // a kind that this coalition has not
        }
      }
      ++next;
    }
  }
  const auto counts = systematic_resampling(draws.weights, static_cast<std::int64_t>(runs_elsewhere), 1);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < counts.size(); ++i) chosen.insert(chosen.end(), static_cast<std::size_t>(counts[i]), i);
  const auto outcome = [](std::string_view name) {
    const auto& all = outcome_quantities();
    return static_cast<std::size_t>(std::find_if(all.begin(), all.end(), [&](const Quantity& q) { return q.name == name; }) -
                                    all.begin());
  };
  const std::size_t progress = outcome("progress"), effective = outcome("service_effectiveness");
  const auto make_runner = [&]() -> Runner {
    return [&, scenario = file->scenario](std::uint32_t number, RunRecord& record) mutable {
      scenario.structure.engagement = model.calibration().scenario.structure.engagement;
      for (const auto& [value, parameter] : shared) parameter.set(scenario, draws.values[chosen[number]][value]);
      Simulator(make_plan(scenario)).run(model.calibration().sampler.seed, number, {false, false, false, false, false}, record);
    };
  };
  ElsewhereCheck check{std::filesystem::path(path).filename().string(), 0, 0, 0, 0};
  execute(replicate_range(0, chosen.size()), make_runner, execution, [&](const RunRecord& record) {
    const double e = record.outcomes[progress], s = record.outcomes[effective];
    if (std::isnan(e) || std::isnan(s)) return;
    ++check.runs;
    check.accomplished += e;
    check.effective += s;
    check.share += e > s;
  });
  for (double* mean : {&check.accomplished, &check.effective, &check.share}) *mean /= static_cast<double>(check.runs);
  return check;
}

double effective_size_of(const std::vector<double>& weights) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  return sum * sum / std::inner_product(weights.begin(), weights.end(), weights.begin(), 0.0);
}

std::vector<double> contraction(const WeightedDraws& prior, const WeightedDraws& posterior, std::size_t fitted) {
  std::vector<double> gone;
  for (std::size_t p = 0; p < fitted; ++p) {
    const auto sd = [&](const WeightedDraws& draws) {
      std::vector<double> values;
      for (const auto& draw : draws.values) values.push_back(draw[p]);
      return weighted_sd(values, draws.weights);
    };
    const double ratio = sd(posterior) / sd(prior);
    gone.push_back(1 - ratio * ratio);
  }
  return gone;
}

}  // namespace

std::optional<PosteriorCheck> check_posterior(const CalibrationModel& model, const CheckOptions& options) {
  const auto posterior = read_draws(model, read_parameter_sets(options.posterior));
  if (!posterior) return std::nullopt;
  const std::uint64_t seed = model.calibration().sampler.seed;
  const std::size_t fitted = model.calibration().fitted.size();
  const WeightedDraws prior{prior_draws(model.abc_model(), seed, 0, prior_sample), std::vector<double>(prior_sample, 1.0)};
  const Interruption interruption;
  Execution execution{.threads = options.threads, .cancel = &interruption.requested()};

  const auto before = predictive_pairs(model, prior, pairs, seed + 1, execution);
  const auto after = predictive_pairs(model, *posterior, pairs, seed, execution);
  if (interruption.requested()) return std::nullopt;
  PosteriorCheck check{model,
                       options.posterior,
                       posterior->values.size(),
                       effective_size_of(posterior->weights),
                       {},
                       check_total(model.fit_items(), after),
                       point_deviance(model, after),
                       directions(prior, *posterior, fitted),
                       {},
                       contraction(prior, *posterior, fitted),
                       {},
                       {}};
  for (const auto& items : {model.fit_items(), model.other_items()})
    for (const ComparedItem& item : items) check.items.push_back(check_item(item, before, after));
  for (const UncertainParameter& parameter : model.calibration().fitted)
    check.parameters.push_back(parameter.paths.front().text());
  if (!options.elsewhere.empty()) {
    check.elsewhere = check_elsewhere(model, *posterior, options.elsewhere, execution);
    if (!check.elsewhere) return std::nullopt;
  }
  if (options.coverage.table > 0) {
    ProgressLine progress(options.coverage.table, !options.quiet, "runs from the prior");
    execution.progress = [&](std::size_t done) { progress.show(done); };
    check.coverage = check_coverage(model, options.coverage, execution);
    if (interruption.requested()) return std::nullopt;
    if (check.coverage->parameters.empty()) {
      print_message("Coverage is left out: {} of {} runs from the prior are possible histories, {} are needed; raise --table\n",
                    check.coverage->possible, options.coverage.table, options.coverage.nearest);
      check.coverage.reset();
    }
  }
  return check;
}

}  // namespace coalis::cli
