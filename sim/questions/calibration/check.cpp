#include "coalis/questions/calibration/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "coalis/inference/distance.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/questions/fitted.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/statistics/resampling.hpp"
#include "coalis/statistics/weighted.hpp"

namespace coalis {
namespace {

constexpr std::size_t prior_sample = 4000, runs_elsewhere = 500;

double point_deviance(const CalibrationModel& model, std::span<const SurveyPair> posterior) {
  double sum = 0;
  for (const ComparedItem& item : model.fit_items()) {
    std::vector<std::int32_t> pooled(item.counts.size(), 0);
    for (const SurveyPair& pair : posterior) {
      const auto cells = item.cells_of(pair.survey);
      for (std::size_t k = 0; k < cells.size(); ++k) pooled[k] += cells[k];
    }
    sum += item.deviance(item.counts, pooled);
  }
  return sum;
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

// Whether a sampler can have drawn the value.
bool can_draw(const Prior& prior, double x) {
  if (!within(prior.limits, x)) return false;
  if (prior.kind == PriorKind::uniform) return prior.a <= x && x <= prior.b;
  return prior.kind == PriorKind::normal || (x >= 0 && (prior.kind == PriorKind::lognormal || x <= 1));
}

std::size_t outcome(std::string_view name) {
  const auto& all = outcome_quantities();
  return static_cast<std::size_t>(std::find_if(all.begin(), all.end(), [&](const Quantity& q) { return q.name == name; }) -
                                  all.begin());
}

// A check holds the sets against the evidence that chose them: whether they are of this calibration. Sets made by hand say
// nothing.
std::optional<Diagnostic> of_another(const CalibrationModel& model, const ParameterSets& sets) {
  const FittedSets& fitted = sets.fitted;
  const auto wrong = [&](const std::string& problem) {
    return option_problem(sets.file, problem, "calibrate again, or check it with the calibration that made it");
  };
  if (!fitted.coalition.empty() && fitted.coalition != coalition_key(model.calibration().scenario))
    return wrong(fmt::format("was fitted to another coalition, {}", fitted.scenario));
  if (const std::string here = to_string(model.calibration().scenario.structure);
      !fitted.structure.empty() && fitted.structure != here)
    return wrong(fmt::format("was fitted under the structure '{}', and the calibration is of '{}'", fitted.structure, here));
  if (fitted.figures.empty() || fitted.figures.size() != fitted.items.size()) return std::nullopt;
  for (const ComparedItem& item : model.fit_items()) {
    const auto at = std::find(fitted.items.begin(), fitted.items.end(), item.id);
    if (at == fitted.items.end())
      return wrong(fmt::format("was not fitted to '{}', which the evidence has for the fit", item.id));
    if (const std::string& then = fitted.figures[static_cast<std::size_t>(at - fitted.items.begin())]; then != figures_text(item))
      return wrong(
          fmt::format("was fitted to other figures of '{}' ({}) than the evidence has ({})", item.id, then, figures_text(item)));
  }
  if (fitted.items.size() != model.fit_items().size()) return wrong("was fitted to items that the evidence has not for the fit");
  return std::nullopt;
}

}  // namespace

std::vector<Diagnostic> option_problems(const CheckOptions& options) {
  const CoverageSettings& coverage = options.coverage;
  if (coverage.table == 0 || coverage.table >= coverage.nearest) return {};
  return {option_problem(fmt::format("--table {}", coverage.table),
                         fmt::format("each posterior is the {} nearest runs", coverage.nearest),
                         "ask for many more, or for 0: no coverage")};
}

Asked<PosteriorQuestion> ask_check(const CalibrationModel& model, const CheckOptions& options, const ParameterSets& sets,
                                   std::string hash, std::optional<Elsewhere> elsewhere) {
  if (!sets.ok()) return {std::nullopt, sets.diagnostics};
  if (auto wrong = of_another(model, sets)) return {std::nullopt, {*std::move(wrong)}};
  std::vector<std::size_t> columns;
  std::vector<const UncertainParameter*> parameters;
  for (const auto* list : {&model.calibration().fitted, &model.calibration().nuisance}) {
    for (const UncertainParameter& parameter : *list) {
      const std::string& path = parameter.paths.front().text();
      const auto found = std::find(sets.paths.begin(), sets.paths.end(), path);
      if (found == sets.paths.end())
        return {std::nullopt,
                {option_problem(sets.file, fmt::format("has no column '{}', which the calibration file has", path),
                                "calibrate again")}};
      columns.push_back(static_cast<std::size_t>(found - sets.paths.begin()));
      parameters.push_back(&parameter);
    }
  }
  WeightedDraws draws;
  for (const ParameterSet& set : sets.sets) {
    std::vector<double> values;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::size_t column = columns[i];
      const auto value = finite_number(set.values[column]);
      if (!value)
        return {std::nullopt,
                {{sets.file, set.line, 0, false, fmt::format("'{}' of {} is no number", set.values[column], sets.paths[column]),
                  "write a finite number in decimals, or calibrate again"}}};
      if (const Prior& prior = parameters[i]->prior; !can_draw(prior, *value))
        return {std::nullopt,
                {{sets.file, set.line, 0, false,
                  fmt::format("{} = {} cannot come from its prior, {}", sets.paths[column], set.values[column], to_string(prior)),
                  "the file is damaged or of another calibration; calibrate again"}}};
      values.push_back(*value);
    }
    draws.values.push_back(std::move(values));
    draws.weights.push_back(set.weight);
  }
  return {PosteriorQuestion{model, options.posterior, std::move(hash), std::move(draws), options.coverage, std::move(elsewhere)},
          {}};
}

WeightedDraws prior_of(const PosteriorQuestion& question) {
  const CalibrationModel& model = question.model;
  return {prior_draws(model.abc_model(), model.calibration().sampler.seed, 0, prior_sample),
          std::vector<double>(prior_sample, 1.0)};
}

PosteriorCheck posterior_check(const PosteriorQuestion& question, const WeightedDraws& prior, std::span<const SurveyPair> before,
                               std::span<const SurveyPair> after) {
  const CalibrationModel& model = question.model;
  const CalibrationProblem& problem = model.calibration();
  PosteriorCheck check;
  check.calibration = problem.name;
  check.engagement = choices(Refers::engagement)[static_cast<std::size_t>(problem.scenario.structure.engagement)];
  check.posterior = question.posterior;
  check.posterior_hash = question.posterior_hash;
  check.made_by = this_program();
  check.draws = question.draws.values.size();
  check.effective_size = effective_size_of(question.draws.weights);
  check.degrees_of_freedom = model.degrees_of_freedom();
  check.total = check_total(model.fit_items(), after);
  check.point_deviance = point_deviance(model, after);
  check.directions = directions(prior, question.draws, problem.fitted.size());
  const auto gone = contraction(prior, question.draws, problem.fitted.size());
  for (std::size_t p = 0; p < gone.size(); ++p)
    check.parameters.push_back({problem.fitted[p].paths.front().text(), gone[p], problem.fitted[p].also()});
  for (const auto& items : {model.fit_items(), model.other_items()})
    for (const ComparedItem& item : items) check.items.push_back(check_item(item, before, after));
  for (const RoughItem& item : model.rough()) check.rough.push_back(check_rough(item, before, after));
  return check;
}

ElsewhereRuns::ElsewhereRuns(const PosteriorQuestion& question) : question_(question) {
  const CalibrationProblem& problem = question.model.calibration();
  std::size_t next = 0;
  for (const auto* list : {&problem.fitted, &problem.nuisance}) {
    for (const UncertainParameter& parameter : *list) {
      for (const ParameterPath& one : parameter.paths) {
        if (one.text().starts_with("series.")) continue;
        try {
          shared_.emplace_back(next, ParameterPath(question.elsewhere->scenario, one.text()));
        } catch (const std::invalid_argument&) {
          continue;  // a kind that this coalition has not
        }
      }
      ++next;
    }
  }
  const auto counts = systematic_resampling(question.draws.weights, static_cast<std::int64_t>(runs_elsewhere), 1);
  for (std::size_t i = 0; i < counts.size(); ++i) chosen_.insert(chosen_.end(), static_cast<std::size_t>(counts[i]), i);
  sums_.scenario = question.elsewhere->name;
}

Scenario ElsewhereRuns::scenario(std::size_t run) const {
  Scenario scenario = question_.elsewhere->scenario;
  scenario.structure.engagement = question_.model.calibration().scenario.structure.engagement;
  for (const auto& [value, parameter] : shared_) parameter.set(scenario, question_.draws.values[chosen_[run]][value]);
  return scenario;
}

void ElsewhereRuns::add(const RunRecord& record) {
  const double e = record.outcomes[outcome("progress")], s = record.outcomes[outcome("service_effectiveness")];
  if (std::isnan(e) || std::isnan(s)) return;
  ++sums_.runs;
  sums_.accomplished += e;
  sums_.effective += s;
  sums_.share += e > s;
}

ElsewhereCheck ElsewhereRuns::check() const {
  ElsewhereCheck check = sums_;
  for (double* mean : {&check.accomplished, &check.effective, &check.share}) *mean /= static_cast<double>(check.runs);
  return check;
}

bool alike(const PosteriorCheck& a, const PosteriorCheck& b) {
  const auto same = [](const auto& x, const auto& y, auto equal) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), equal);
  };
  const auto same_name = [](const auto& x, const auto& y) { return x.name == y.name; };
  return same(a.items, b.items,
              [&](const ItemCheck& x, const ItemCheck& y) {
                return x.id == y.id && x.use == y.use && x.n == y.n && same(x.categories, y.categories, same_name);
              }) &&
         same(a.parameters, b.parameters, [](const auto& x, const auto& y) { return x.path == y.path; });
}

}  // namespace coalis
