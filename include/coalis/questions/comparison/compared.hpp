// A comparison as it is kept: what stands beside the runs, and what reports ask of what was kept.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/provenance.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/parameter_sets.hpp"

namespace coalis {

struct ComparedScenario {
  std::string label;  // "A", "B", ...; the first is the reference
  Scenario scenario;
  std::string budget;  // what equal budget did to it, in a sentence; "" for nothing
  EvidenceBase fit;
  std::string undone{};  // that this takes away what it changes, in sentences; "" for nothing
};

// Figures of ComparedParts by name, in their order: the dimension `part` of /variance.
inline constexpr std::array<std::string_view, 8> compared_part_names{
    "mean", "chance", "parameters", "structure", "parameter_noise", "sets_low", "sets_high", "sets_same_sign"};

// Differences from the reference under one structure, over the same replicates.
struct ComparedStructure {
  std::string structure, calibration;            // as to_string() has them (questions/structures.hpp)
  std::vector<std::vector<double>> mean, error;  // [outcome][scenario but the reference]; NaN is missing
};

// What the differences of single replicates from the reference vary by, over the structures of one calibration and the parameter
// sets (the law of total variance, questions/structures.hpp). Figures of one outcome and scenario; NaN where there is nothing to
// vary.
struct ComparedParts {
  double mean, chance, parameters, structure, parameter_noise;
  // Under one structure, the scenarios' own where it is among several; NaN else and where parameters are not above their noise.
  double sets_low, sets_high;  // where the mean differences of the middle 80 % of the sets lie, by weight
  double sets_same_sign;       // weight of the sets whose mean difference has the sign of that structure's
};
struct ComparedVariance {
  std::string calibration;  // as to_string() has it
  std::size_t structures = 1, parameter_sets = 0;
  std::vector<std::vector<ComparedParts>> parts;  // [outcome][scenario but the reference]
};

// The parameter sets that the replicates have, one each.
struct ComparedSets {
  std::string file, hash;                      // its name without folders, SHA-1
  std::vector<std::int32_t> lines;             // of each set of the file
  std::vector<double> weights;                 // of the same
  std::vector<std::int32_t> set_of_replicate;  // from 0; may be longer than the replicates that come
  std::size_t used = 0;                        // different ones; of a file that was read
  ParameterSets values{};                      // what the sets set; no paths if an older program has kept them
};

struct ComparisonInfo {
  std::uint64_t seed = 0;
  std::size_t replicates = 1;  // expected, for the layout of storage; more or fewer may come
  Provenance provenance;
  std::vector<double> matters;  // differences that matter, one an outcome; empty: the outcomes' own
  std::string evidence;         // text of the reference's evidence file, "" without
  std::optional<ComparedSets> sets{};
  std::vector<Quantity> own_items{};  // shares of answers to items of the evidence in categories of their own
  int from = 0;                       // the month in which options begin
};

// What the runs of a comparison must record to be kept.
inline constexpr Recording comparison_recording{.trajectories = true, .organisations = false, .ties = false, .survey = true};

// A comparison that was kept. Its arrays are had when they are asked for.
struct KeptComparison {
  struct Compared {
    std::string label, title, text;   // text: the resolved scenario, TOML
    double planned_cost = 0;          // of the months from `from` on
    std::string budget;               // what equal budget did, "" for nothing
    std::optional<EvidenceBase> fit;  // none if an older program has kept it
    std::string undone{};             // that the budget takes away what it changes, in sentences; "" for nothing
  };
  std::string program_version, model_version, commit, evidence;
  std::uint64_t seed = 0;
  std::size_t replicates = 0;
  int from = 0;                     // the month in which options begin
  std::vector<Compared> scenarios;  // the reference first
  std::vector<double> matters;      // [outcome], as in outcome_quantities(); files of older programs lack the last ones
  Provenance provenance;
  std::optional<ComparedSets> sets;  // of the replicates; none: the scenarios' own parameters

  virtual ~KeptComparison() = default;
  // values[replicate] of "outcomes", "survey" or "survey_items"; NaN is missing.
  virtual std::vector<double> values(const std::string& group, const std::string& name, std::size_t scenario) const = 0;
  // The whole of a variable over so many months, row-major in the order of the group's dimensions (docs/formats/comparison.md).
  virtual std::vector<float> over_time(const std::string& group, const std::string& name, std::size_t months) const = 0;
  // Group survey_items, figures item.ITEM.CATEGORY; older programs kept fewer of the same order.
  virtual bool has_own_item(std::size_t item) const = 0;
  virtual std::vector<std::string> regions() const = 0;  // of the groups by region
  // The outcome's mean differences under each structure; empty if no others were run.
  virtual std::vector<ComparedStructure> structures() const = 0;
  // What the differences vary by; empty if neither structures nor parameter sets were run, or by an older program.
  virtual std::vector<ComparedVariance> variances() const = 0;
};

}  // namespace coalis
