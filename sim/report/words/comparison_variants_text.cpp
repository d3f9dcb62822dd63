// Whether a comparison holds under other structures, and what it owes to chance, parameters and structure, for people.
#include <fmt/format.h>

#include <cmath>

#include "coalis/core/counted.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/comparison/variants.hpp"
#include "coalis/report/words/comparison_text.hpp"
#include "coalis/report/words/plain_text.hpp"

namespace coalis {
namespace {

// Of a part of the variance.
std::string deviation(double variance) { return std::isnan(variance) ? "-" : number(std::sqrt(variance)); }

}  // namespace

std::string variants_text(const ComparisonAnswer& answer) {
  if (!several_structures(answer)) return "";
  std::string text = fmt::format("\nUnder {} (own: {}, {})\n", counted(answer.question.structures.size() - 1, "other structure"),
                                 to_string(answer.question.structures.front().structure),
                                 to_string(answer.question.structures.front().calibration));
  text += "  structure\tcalibration";
  for (const std::size_t outcome : answer.question.outcomes) text += "\t" + all_outcome_quantities()[outcome].name;
  text += "\n";
  const auto row = [&](std::size_t structure, const PairedSamples& samples) {
    for (std::size_t i = 1; i < answer.question.scenarios.size(); ++i) {
      text += fmt::format("  {}: {}\t{}", answer.question.scenarios[i].label,
                          to_string(answer.question.structures[structure].structure),
                          to_string(answer.question.structures[structure].calibration));
      for (const std::size_t outcome : answer.question.outcomes)
        text += "\t" + signed_number(samples.difference(i, outcome).mean);
      text += "\n";
    }
  };
  row(0, answer.samples);
  for (const VariantRun& run : answer.variants) row(run.structure, run.samples);
  for (const Calibration calibration : calibrations) {
    for (std::size_t i = 1; i < answer.question.scenarios.size(); ++i) {
      for (const std::size_t outcome : answer.question.outcomes) {
        const Held h = held(answer, calibration, i, outcome);
        if (h.structures == 0) continue;
        text += fmt::format(
            "  {}, {}, structures {}: sign holds in {} of {}, is opposite in {}, unclear in {}; ranking holds in {}\n",
            answer.question.scenarios[i].label, all_outcome_quantities()[outcome].name, to_string(calibration), h.same,
            h.structures, h.opposite, h.unclear, h.ranking);
      }
    }
  }
  std::string fitted, others;
  for (const Contender& c : answer.question.scenarios) {
    std::string& list = c.base.sites > 0 ? fitted : others;
    list += (list.empty() ? "" : ", ") + c.label;
  }
  if (!fitted.empty() && !others.empty())
    text += fmt::format("  Calibrated is what was fitted for all scenarios: {} {} not.\n", others,
                        others.find(',') == std::string::npos ? "is" : "are");
  return text +
         "  A sign is unclear if the 95 % interval of that mean, or of the own structure's, includes 0. Structures are poles of "
         "emphasis.\n";
}

std::string variance_text(const ComparisonAnswer& answer) {
  if (!variance_examined(answer)) return "";
  std::string text = "\nWhat the differences of single replicates vary by (standard deviations; their squares add up)\n";
  if (answer.again)
    text += fmt::format("Over {}: every replicate was run twice with its set, so that luck and parameters can be told apart.\n",
                        counted(answer.question.parameter_sets(), "parameter set"));
  text += "  outcome\tmean\tchance\tparameters\tof noise\tstructure\tof\n";
  for (const Calibration calibration : calibrations) {
    const std::size_t count = structures_of(answer, calibration);
    if (count == 0) continue;
    for (std::size_t i = 1; i < answer.question.scenarios.size(); ++i) {
      for (const std::size_t outcome : answer.question.outcomes) {
        const ComparedParts p = parts_of(answer, calibration, i, outcome);
        text += fmt::format("  {}: {}\t{}\t{}\t{}\t{}\t{}\t{}, {}\n", answer.question.scenarios[i].label,
                            all_outcome_quantities()[outcome].name, signed_number(p.mean), deviation(p.chance),
                            deviation(p.parameters), deviation(p.parameter_noise), deviation(p.structure),
                            counted(count, "structure"), to_string(calibration));
      }
    }
  }
  if (answer.again)
    text += "  Of noise: how much parameters can seem to add by luck alone; parameters not above it may be luck.\n";
  return text + "  Law of total variance. Structures weigh the same within a line; lines are never averaged with each other.\n";
}

}  // namespace coalis
