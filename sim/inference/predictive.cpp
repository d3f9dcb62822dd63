// Predictive checks: what surveys the priors and the posterior lead to, beside the evidence.
#include <algorithm>
#include <cmath>

#include "coalis/core/quantile.hpp"
#include "coalis/inference/checks.hpp"
#include "coalis/statistics/resampling.hpp"

namespace coalis {
namespace {

constexpr std::uint32_t most_histories = 50;
constexpr int predictive_generation = -1;  // streams that no generation of the sampler has

// Shares of a category; a rate of nobody is none, a share of no answers is 0.
std::vector<double> shares(const ComparedItem& item, std::size_t k, std::span<const SurveyPair> pairs) {
  std::vector<double> result;
  for (const SurveyPair& pair : pairs) {
    const double share = item.shares(item.cells_of(pair.survey))[k];
    if (!std::isnan(share))
      result.push_back(share);
    else if (!item.rates)
      result.push_back(0);
  }
  return result;
}

// Distances of surveys from counts given, and from the surveys that play the evidence.
struct Distances {
  std::vector<double> observed, reference;

  double p() const {
    double farther = 0;
    for (std::size_t i = 0; i < observed.size(); ++i) farther += reference[i] >= observed[i];
    return farther / static_cast<double>(observed.size());
  }
  double mean() const {
    double sum = 0;
    for (const double d : observed) sum += d;
    return sum / static_cast<double>(observed.size());
  }
};

Distances distances(const ComparedItem& item, std::span<const std::int32_t> counts, std::span<const SurveyPair> pairs) {
  Distances result;
  for (const SurveyPair& pair : pairs) {
    result.observed.push_back(item.distance(counts, pair.survey));
    result.reference.push_back(item.distance(item.cells_of(pair.evidence), pair.survey));
  }
  return result;
}

}  // namespace

ShareRange range_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::span<const double> sorted(values);
  const auto q = [&](double share) { return quantile(sorted, share); };
  return {q(.05), q(.5), q(.95), q(.025), q(.10), q(.25), q(.75), q(.90), q(.975)};
}

std::vector<SurveyPair> predictive_pairs(const CalibrationModel& model, const WeightedDraws& draws, std::size_t count,
                                         std::uint64_t seed, const Execution& execution) {
  const auto times = systematic_resampling(draws.weights, static_cast<std::int64_t>(count), seed);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < times.size(); ++i) chosen.insert(chosen.end(), static_cast<std::size_t>(times[i]), i);
  const std::uint64_t runs = run_stream(seed, predictive_generation, 0).seed;
  std::vector<SurveyPair> pairs;
  SurveyPair pair;
  // A record here: 1 and the answers of both surveys, or nothing.
  const auto make_runner = [&]() -> Runner {
    return [&, simulate = model.make_simulate()](std::uint32_t number, RunRecord& record) {
      record.outcomes.clear();
      std::uint32_t history = 2 * most_histories * number;
      for (int survey = 0; survey < 2; ++survey) {
        SimulatedSurvey result;
        std::uint32_t tries = 0;
        do result = simulate(draws.values[chosen[number]], {runs, history++});
        while (!result.possible && ++tries < most_histories);
        if (!result.possible) return record.outcomes.clear();
        record.outcomes.insert(record.outcomes.end(), result.counts.begin(), result.counts.end());
      }
    };
  };
  const auto sink = [&](const RunRecord& record) {
    if (record.outcomes.empty()) return;
    const auto half = record.outcomes.begin() + static_cast<std::ptrdiff_t>(model.questions().categories());
    pair.survey.assign(record.outcomes.begin(), half);
    pair.evidence.assign(half, record.outcomes.end());
    pairs.push_back(pair);
  };
  Execution resolved = execution;
  if (resolved.batch == 0) resolved.batch = 16;
  execute(replicate_range(0, chosen.size()), make_runner, resolved, sink);
  return pairs;
}

ItemCheck check_item(const ComparedItem& item, std::span<const SurveyPair> prior, std::span<const SurveyPair> posterior) {
  const Distances d = distances(item, item.counts, posterior);
  ItemCheck check{item.id,
                  item.measures,
                  item.use,
                  0,
                  item.degrees_of_freedom(),
                  item.design_effect,
                  d.mean(),
                  range_of(d.reference),
                  d.p(),
                  {},
                  {}};
  for (const auto count : item.counts) check.n += count;
  const auto observed = item.shares(item.counts);
  for (std::size_t k = 0; k < item.names.size(); ++k) {
    const auto after = shares(item, k, posterior);
    ItemCheck::Category category{item.names[k], observed[k], range_of(shares(item, k, prior)), range_of(after), 0};
    if (item.rates) category.of = item.counts[2 * k] + item.counts[2 * k + 1];
    const double gap = std::abs(category.observed - category.posterior.median);
    for (const double s : after)
      category.p += (std::abs(s - category.posterior.median) >= gap - 1e-12) / static_cast<double>(after.size());
    check.categories.push_back(std::move(category));
  }
  for (const EvidenceReading& reading : item.readings)
    check.readings.push_back({reading.name, distances(item, reading.counts, posterior).p()});
  return check;
}

TotalCheck check_total(std::span<const ComparedItem> items, std::span<const SurveyPair> posterior) {
  Distances total;
  total.observed.resize(posterior.size());
  total.reference.resize(posterior.size());
  for (const ComparedItem& item : items) {
    const Distances one = distances(item, item.counts, posterior);
    for (std::size_t i = 0; i < posterior.size(); ++i) {
      total.observed[i] += one.observed[i];
      total.reference[i] += one.reference[i];
    }
  }
  return {total.mean(), range_of(total.reference), total.p()};
}

}  // namespace coalis
