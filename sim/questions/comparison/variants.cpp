#include "coalis/questions/comparison/variants.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "coalis/core/quantile.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/statistics/summary.hpp"
#include "coalis/statistics/variance_parts.hpp"

namespace coalis {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// Scenarios by the mean level of an outcome, highest first; equal ones in their order.
std::vector<std::size_t> ranking(const PairedSamples& samples, std::size_t outcome) {
  std::vector<double> level;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < samples.scenarios(); ++i) {
    const double mean = summarise(samples.values(i, outcome)).mean;
    level.push_back(std::isnan(mean) ? -std::numeric_limits<double>::infinity() : mean);
    order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return level[a] > level[b]; });
  return order;
}

std::vector<double> differences(const PairedSamples& samples, std::size_t scenario, std::size_t outcome) {
  const auto reference = samples.values(0, outcome);
  auto values = samples.values(scenario, outcome);
  for (std::size_t r = 0; r < values.size(); ++r) values[r] -= reference[r];
  return values;
}

// The differences of a structure: one a replicate, or two that share a parameter set after each other.
struct StructureDifferences {
  std::size_t structure;
  std::vector<double> first, both;
};

std::vector<StructureDifferences> differences_of(const ComparisonAnswer& answer, Calibration calibration, std::size_t scenario,
                                                 std::size_t outcome) {
  std::vector<StructureDifferences> list;
  const auto add = [&](std::size_t structure, const PairedSamples& samples, const std::optional<PairedSamples>& again) {
    if (answer.question.structures[structure].calibration != calibration) return;
    auto& one = list.emplace_back(StructureDifferences{structure, differences(samples, scenario, outcome), {}});
    if (!again) return;
    const auto second = differences(*again, scenario, outcome);
    for (std::size_t r = 0; r < second.size(); ++r) one.both.push_back(one.first[r]), one.both.push_back(second[r]);
  };
  add(0, answer.samples, answer.again);
  for (const VariantRun& run : answer.variants) add(run.structure, run.samples, run.again);
  return list;
}

// How large the part of parameters may come out by luck alone, where sets do not differ (95 %).
double noise_of(double chance, std::size_t sets) {
  constexpr double together = 2;
  const auto n = static_cast<double>(sets);
  return n > 2 ? half_width(chance / together * std::sqrt(2 / (n - 1) + 2 / (n * (together - 1))), sets) : none;
}

// Where the mean differences of sets lie: the means of the two runs of each set, drawn in to the variance that sets have without
// what luck adds to so few runs. Where that variance may be luck alone, nothing can be said of single sets: drawn in, all of them
// would agree.
void add_sets(ComparedParts& parts, const std::vector<double>& both, double mean_of_all, double parameters, double noise) {
  std::vector<double> means;
  for (std::size_t i = 0; i + 1 < both.size(); i += 2)
    if (const double mean = (both[i] + both[i + 1]) / 2; !std::isnan(mean)) means.push_back(mean);
  const Summary of_means = summarise(means);
  if (means.size() < 3 || !(parameters > noise)) return;
  const double narrow = of_means.sd > 0 ? std::min(1.0, std::sqrt(parameters) / of_means.sd) : 0;
  std::vector<double> same;
  for (double& mean : means) {
    mean = mean_of_all + narrow * (mean - of_means.mean);
    same.push_back(mean * mean_of_all > 0 ? 1 : 0);
  }
  std::sort(means.begin(), means.end());
  parts.sets_low = quantile<double>(means, 0.1);
  parts.sets_high = quantile<double>(means, 0.9);
  if (mean_of_all != 0) parts.sets_same_sign = summarise(same).mean;
}

}  // namespace

std::size_t structures_of(const ComparisonAnswer& answer, Calibration calibration) {
  const auto& structures = answer.question.structures;
  return static_cast<std::size_t>(
      std::count_if(structures.begin(), structures.end(), [&](const StructureOf& s) { return s.calibration == calibration; }));
}

Held held(const ComparisonAnswer& answer, Calibration calibration, std::size_t scenario, std::size_t outcome) {
  const int own = clear_sign(answer.samples.difference(scenario, outcome));
  const auto order = ranking(answer.samples, outcome);
  Held result;
  for (const VariantRun& run : answer.variants) {
    if (answer.question.structures[run.structure].calibration != calibration) continue;
    const int sign = clear_sign(run.samples.difference(scenario, outcome));
    ++result.structures;
    ++(sign == 0 || own == 0 ? result.unclear : sign == own ? result.same : result.opposite);
    result.ranking += ranking(run.samples, outcome) == order;
  }
  return result;
}

ComparedParts parts_of(const ComparisonAnswer& answer, Calibration calibration, std::size_t scenario, std::size_t outcome) {
  const auto all = differences_of(answer, calibration, scenario, outcome);
  std::vector<Cell> cells;
  for (const StructureDifferences& d : all) cells.push_back({d.structure, 1, d.first});
  const VarianceParts p = variance_parts(cells);
  ComparedParts parts{p.mean, p.chance, none, none, none, none, none, none};
  if (structures_of(answer, calibration) > 1) parts.structure = p.structure;
  if (!answer.again) return parts;
  parts.chance = parts.parameters = 0;
  for (const StructureDifferences& d : all) {
    const SharedParts shared = shared_parts(d.both, 2);
    parts.chance += shared.chance / static_cast<double>(all.size());
    parts.parameters += shared.parameters / static_cast<double>(all.size());
  }
  parts.parameter_noise = noise_of(parts.chance, answer.samples.replicates());
  // Of one structure, the scenarios' own where it is among several.
  if (const StructureDifferences& one = all.front(); all.size() == 1 || one.structure == 0) {
    const SharedParts own = shared_parts(one.both, 2);
    add_sets(parts, one.both, summarise(one.first).mean, own.parameters, noise_of(own.chance, answer.samples.replicates()));
  }
  return parts;
}

std::vector<ComparedStructure> structures_compared(const ComparisonAnswer& answer) {
  std::vector<ComparedStructure> list;
  const auto add = [&](std::size_t structure, const PairedSamples& samples) {
    const StructureOf& of = answer.question.structures[structure];
    ComparedStructure& one =
        list.emplace_back(ComparedStructure{to_string(of.structure), std::string(to_string(of.calibration)), {}, {}});
    for (std::size_t q = 0; q < outcome_quantities().size(); ++q) {
      auto& mean = one.mean.emplace_back();
      auto& error = one.error.emplace_back();
      for (std::size_t i = 1; i < samples.scenarios(); ++i) {
        const PairedSummary s = samples.difference(i, q);
        mean.push_back(s.mean), error.push_back(s.se);
      }
    }
  };
  add(0, answer.samples);
  for (const VariantRun& run : answer.variants) add(run.structure, run.samples);
  return list;
}

std::vector<ComparedVariance> variances_of(const ComparisonAnswer& answer) {
  std::vector<ComparedVariance> list;
  if (!variance_examined(answer)) return list;
  for (const Calibration calibration : calibrations) {
    const std::size_t count = structures_of(answer, calibration);
    if (count == 0) continue;
    auto& one =
        list.emplace_back(ComparedVariance{std::string(to_string(calibration)), count, answer.question.parameter_sets(), {}});
    for (std::size_t outcome = 0; outcome < outcome_quantities().size(); ++outcome) {
      auto& parts = one.parts.emplace_back();
      for (std::size_t i = 1; i < answer.question.scenarios.size(); ++i)
        parts.push_back(parts_of(answer, calibration, i, outcome));
    }
  }
  return list;
}

}  // namespace coalis
