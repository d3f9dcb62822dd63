// Does the answer hold under other structures, and what does it owe to chance, parameters and structure?
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "coalis/core/counted.hpp"
#include "coalis/core/quantile.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/statistics/variance_parts.hpp"
#include "coalis/statistics/weighted.hpp"
#include "compare_answer.hpp"

namespace coalis::cli {
namespace {

using Json = nlohmann::ordered_json;

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

struct Held {
  std::size_t structures = 0;
  std::size_t same = 0, unclear = 0, opposite = 0;  // sign of the difference
  std::size_t ranking = 0;
};

// Over the other structures of one class, with the scenarios' own parameters.
Held held(const CompareAnswer& answer, Calibration calibration, std::size_t scenario, std::size_t outcome) {
  const int own = clear_sign(answer.samples.difference(scenario, outcome));
  const auto order = ranking(answer.samples, outcome);
  Held result;
  for (const VariantRun& run : answer.variants) {
    if (answer.structures[run.structure].calibration != calibration) continue;
    const int sign = clear_sign(run.samples.difference(scenario, outcome));
    ++result.structures;
    ++(sign == 0 || own == 0 ? result.unclear : sign == own ? result.same : result.opposite);
    result.ranking += ranking(run.samples, outcome) == order;
  }
  return result;
}

bool several_structures(const CompareAnswer& answer) { return answer.structures.size() > 1; }

std::size_t count_of(const CompareAnswer& answer, Calibration calibration) {
  return static_cast<std::size_t>(std::count_if(answer.structures.begin(), answer.structures.end(),
                                                [&](const StructureOf& s) { return s.calibration == calibration; }));
}

constexpr double none = std::numeric_limits<double>::quiet_NaN();

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

std::vector<StructureDifferences> differences_of(const CompareAnswer& answer, Calibration calibration, std::size_t scenario,
                                                 std::size_t outcome) {
  std::vector<StructureDifferences> list;
  const auto add = [&](std::size_t structure, const PairedSamples& samples, const std::optional<PairedSamples>& again) {
    if (answer.structures[structure].calibration != calibration) return;
    auto& one = list.emplace_back(StructureDifferences{structure, differences(samples, scenario, outcome), {}});
    if (!again) return;
    const auto second = differences(*again, scenario, outcome);
    for (std::size_t r = 0; r < second.size(); ++r) one.both.push_back(one.first[r]), one.both.push_back(second[r]);
  };
  add(0, answer.samples, answer.again);
  for (const VariantRun& run : answer.variants) add(run.structure, run.samples, run.again);
  return list;
}

// Where the mean differences of sets lie: the means of the two runs of each set, drawn in to the variance that sets have without
// what luck adds to so few runs.
void add_sets(ComparedParts& parts, const std::vector<double>& both) {
  std::vector<double> means;
  for (std::size_t i = 0; i + 1 < both.size(); i += 2)
    if (const double mean = (both[i] + both[i + 1]) / 2; !std::isnan(mean)) means.push_back(mean);
  const Summary of_means = summarise(means);
  if (means.size() < 3 || std::isnan(parts.parameters)) return;
  const double narrow = of_means.sd > 0 ? std::min(1.0, std::sqrt(parts.parameters) / of_means.sd) : 0;
  std::vector<double> same;
  for (double& mean : means) {
    mean = parts.mean + narrow * (mean - of_means.mean);
    same.push_back(mean * parts.mean > 0 ? 1 : 0);
  }
  std::sort(means.begin(), means.end());
  parts.sets_low = quantile<double>(means, 0.1);
  parts.sets_high = quantile<double>(means, 0.9);
  if (parts.mean != 0) parts.sets_same_sign = summarise(same).mean;
}

// How large the part of parameters may come out by luck alone, where sets do not differ (95 %).
double noise_of(double chance, std::size_t sets) {
  constexpr double together = 2;
  const auto n = static_cast<double>(sets);
  return n > 2 ? half_width(chance / together * std::sqrt(2 / (n - 1) + 2 / (n * (together - 1))), sets) : none;
}

// Structures of a class and what their runs, over parameter sets if there are any, owe to what.
ComparedParts parts_of(const CompareAnswer& answer, Calibration calibration, std::size_t scenario, std::size_t outcome) {
  const auto all = differences_of(answer, calibration, scenario, outcome);
  std::vector<Cell> cells;
  for (const StructureDifferences& d : all) cells.push_back({d.structure, 1, d.first});
  const VarianceParts p = variance_parts(cells);
  ComparedParts parts{p.mean, p.chance, none, none, none, none, none, none};
  if (count_of(answer, calibration) > 1) parts.structure = p.structure;
  if (!answer.again) return parts;
  parts.chance = parts.parameters = 0;
  for (const StructureDifferences& d : all) {
    const SharedParts shared = shared_parts(d.both, 2);
    parts.chance += shared.chance / static_cast<double>(all.size());
    parts.parameters += shared.parameters / static_cast<double>(all.size());
  }
  parts.parameter_noise = noise_of(parts.chance, answer.samples.replicates());
  if (all.size() == 1) add_sets(parts, all.front().both);
  return parts;
}

bool examined(const CompareAnswer& answer) { return answer.again || !answer.variants.empty(); }

// Of a part of the variance.
std::string deviation(double variance) { return std::isnan(variance) ? "-" : number(std::sqrt(variance)); }

Json figure_or_null(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

}  // namespace

std::string variants_text(const CompareAnswer& answer) {
  if (!several_structures(answer)) return "";
  std::string text =
      fmt::format("\nUnder {} (own: {}, {})\n", counted(answer.structures.size() - 1, "other structure"),
                  to_string(answer.structures.front().structure), to_string(answer.structures.front().calibration));
  text += "  structure\t\tcalibration";
  for (const std::size_t outcome : answer.outcomes) text += "\t" + all_outcome_quantities()[outcome].name;
  text += "\n";
  const auto row = [&](std::size_t structure, const PairedSamples& samples) {
    for (std::size_t i = 1; i < answer.scenarios.size(); ++i) {
      text += fmt::format("  {}\t{}\t{}", to_string(answer.structures[structure].structure), answer.scenarios[i].label,
                          to_string(answer.structures[structure].calibration));
      for (const std::size_t outcome : answer.outcomes) text += "\t" + signed_number(samples.difference(i, outcome).mean);
      text += "\n";
    }
  };
  row(0, answer.samples);
  for (const VariantRun& run : answer.variants) row(run.structure, run.samples);
  for (const Calibration calibration : calibrations) {
    for (std::size_t i = 1; i < answer.scenarios.size(); ++i) {
      for (const std::size_t outcome : answer.outcomes) {
        const Held h = held(answer, calibration, i, outcome);
        if (h.structures == 0) continue;
        text += fmt::format(
            "  {}, {}, structures {}: sign holds in {} of {}, is opposite in {}, unclear in {}; ranking holds in {}\n",
            answer.scenarios[i].label, all_outcome_quantities()[outcome].name, to_string(calibration), h.same, h.structures,
            h.opposite, h.unclear, h.ranking);
      }
    }
  }
  return text +
         "  A sign is unclear if the 95 % interval of that mean, or of the own structure's, includes 0. Structures are poles of "
         "emphasis.\n";
}

Json variants_json(const CompareAnswer& answer) {
  if (!several_structures(answer)) return nullptr;
  Json json{{"own", to_string(answer.structures.front().structure)}, {"variants", Json::array()}, {"holds", Json::object()}};
  const auto add = [&](std::size_t structure, const PairedSamples& samples) {
    Json one{{"structure", to_string(answer.structures[structure].structure)},
             {"calibration", to_string(answer.structures[structure].calibration)}};
    for (std::size_t i = 1; i < answer.scenarios.size(); ++i) {
      for (const std::size_t outcome : answer.outcomes) {
        const PairedSummary s = samples.difference(i, outcome);
        one["differences"][answer.scenarios[i].label][all_outcome_quantities()[outcome].name] = {
            {"difference", s.mean + 0.0}, {"se", s.se}, {"reference", s.reference.mean}, {"scenario", s.other.mean}};
      }
    }
    json["variants"].push_back(std::move(one));
  };
  add(0, answer.samples);
  for (const VariantRun& run : answer.variants) add(run.structure, run.samples);
  for (const Calibration calibration : calibrations) {
    for (std::size_t i = 1; i < answer.scenarios.size(); ++i) {
      for (const std::size_t outcome : answer.outcomes) {
        const Held h = held(answer, calibration, i, outcome);
        if (h.structures == 0) continue;
        json["holds"][std::string(to_string(calibration))][answer.scenarios[i].label][all_outcome_quantities()[outcome].name] = {
            {"structures", h.structures},
            {"same_sign", h.same},
            {"opposite_sign", h.opposite},
            {"unclear", h.unclear},
            {"same_ranking", h.ranking}};
      }
    }
  }
  return json;
}

std::string variance_text(const CompareAnswer& answer) {
  if (!examined(answer)) return "";
  std::string text = "\nWhat the differences of single replicates vary by (standard deviations; their squares add up)\n";
  if (answer.again)
    text += fmt::format("Over {}: every replicate was run twice with its set, so that luck and parameters can be told apart.\n",
                        counted(answer.parameter_sets(), "parameter set"));
  text += "  outcome\t\tmean\tchance\tparameters\tof noise\tstructure\tof\n";
  for (const Calibration calibration : calibrations) {
    const std::size_t count = count_of(answer, calibration);
    if (count == 0) continue;
    for (std::size_t i = 1; i < answer.scenarios.size(); ++i) {
      for (const std::size_t outcome : answer.outcomes) {
        const ComparedParts p = parts_of(answer, calibration, i, outcome);
        text += fmt::format("  {}\t{}\t{}\t{}\t{}\t{}\t{}\t{}, {}\n", all_outcome_quantities()[outcome].name,
                            answer.scenarios[i].label, signed_number(p.mean), deviation(p.chance), deviation(p.parameters),
                            deviation(p.parameter_noise), deviation(p.structure), counted(count, "structure"),
                            to_string(calibration));
      }
    }
  }
  if (answer.again)
    text += "  Of noise: how much parameters can seem to add by luck alone; parameters not above it may be luck.\n";
  return text + "  Law of total variance. Structures weigh the same within a line; lines are never averaged with each other.\n";
}

Json variance_json(const CompareAnswer& answer) {
  if (!examined(answer)) return nullptr;
  Json list = Json::array();
  for (const Calibration calibration : calibrations) {
    const std::size_t count = count_of(answer, calibration);
    if (count == 0) continue;
    Json one{{"calibration", to_string(calibration)}, {"structures", count}, {"parameter_sets", answer.parameter_sets()}};
    for (std::size_t i = 1; i < answer.scenarios.size(); ++i) {
      for (const std::size_t outcome : answer.outcomes) {
        const ComparedParts p = parts_of(answer, calibration, i, outcome);
        Json parts{{"difference", p.mean + 0.0},
                   {"chance", p.chance},
                   {"parameters", figure_or_null(p.parameters)},
                   {"structure", figure_or_null(p.structure)}};
        if (answer.again)
          parts.update({{"parameter_noise", p.parameter_noise},
                        {"sets80", {figure_or_null(p.sets_low), figure_or_null(p.sets_high)}},
                        {"sets_same_sign", figure_or_null(p.sets_same_sign)}});
        one["variances"][answer.scenarios[i].label][all_outcome_quantities()[outcome].name] = std::move(parts);
      }
    }
    list.push_back(std::move(one));
  }
  return list;
}

std::vector<ComparedVariance> variances_of(const CompareAnswer& answer) {
  std::vector<ComparedVariance> list;
  if (!examined(answer)) return list;
  for (const Calibration calibration : calibrations) {
    const std::size_t count = count_of(answer, calibration);
    if (count == 0) continue;
    auto& one = list.emplace_back(ComparedVariance{std::string(to_string(calibration)), count, answer.parameter_sets(), {}});
    for (std::size_t outcome = 0; outcome < outcome_quantities().size(); ++outcome) {
      auto& parts = one.parts.emplace_back();
      for (std::size_t i = 1; i < answer.scenarios.size(); ++i) parts.push_back(parts_of(answer, calibration, i, outcome));
    }
  }
  return list;
}

}  // namespace coalis::cli
