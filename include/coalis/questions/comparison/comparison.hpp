// A comparison as it is asked, everything resolved: which scenarios, which outcomes, how many replicates, with which parameter
// sets, under which structures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "coalis/core/shell_word.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/parameter_sets.hpp"
#include "coalis/questions/scenario_differences.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/questions/survey_beside.hpp"

namespace coalis {

// One of the scenarios that are compared.
struct Contender {
  std::string label;  // "A", "B", ...; the first is the reference
  std::string file;
  Scenario scenario;             // as run: overrides and equal budget applied
  double planned_cost = 0;       // USD a year of the months in which options are in force
  std::optional<Budget> budget;  // what equal budget did
  EvidenceBase base;             // what its parameters were fitted to
  PolicyAndWorld apart;          // from the reference
  std::string option{};          // of the reference that it is, as --with has it; "": a file of its own
  std::optional<double> left{};  // how much of what it changes in the lever the budget leaves (left_after_scaling)
  std::string instead{};         // another lever by which the budget can be met, "" if there is none; with `left` alone

  // As the command line names it: "A.toml", "A.toml --with '3 hubs'".
  std::string called() const { return option.empty() ? file : file + " --with " + shell_word(option); }
};

// Every replicate has one of the parameter sets of a file, the same in all scenarios, drawn by weight.
struct UsedSets {
  std::string file, hash;
  ParameterSets sets;                            // of the file, without what is planned
  std::vector<int> lines;                        // of each set of the file
  std::vector<double> weights;                   // the same, as they were drawn by
  std::vector<std::size_t> of_replicate;         // set of each replicate
  std::vector<std::vector<Scenario>> scenarios;  // different ones: [variant][scenario]
  std::vector<std::size_t> scenarios_of;         // variant of each replicate
};

// A half-width of the 95 % interval of an outcome's mean difference, at which the comparison is precise enough.
struct WantedPrecision {
  double half_width = 0;
  std::size_t outcome = 0;
};

struct StructureOf {
  Structure structure;
  Calibration calibration;
};

struct Comparison {
  std::vector<Contender> scenarios;
  std::uint64_t seed = 1;
  std::size_t replicates = 0;         // of each scenario; with a precision the most
  std::vector<std::size_t> outcomes;  // to be shown, of all_outcome_quantities()
  std::vector<double> matters;        // the differences that matter, one an outcome that runs have
  std::string lever;                  // scaled for equal budgets, "" none
  double budget = 0;                  // USD a year of all of them; 0: that of the reference
  int from = 0;                       // until this month all run as the reference is; costs are those of the months from it on
  std::optional<WantedPrecision> precision;
  std::vector<StructureOf> structures;  // the scenarios' own first
  std::vector<bool> switches;           // that the other structures set: engagement, decision, influence
  std::optional<UsedSets> sets;
  std::string evidence;  // text of the reference's evidence file, "" without
  OwnItems own;          // of that evidence

  std::size_t parameter_sets() const { return sets ? sets->scenarios.size() : 0; }  // that differ; 0: the scenarios' own
  // Every run is made again with other luck, which tells what sets differ by from what luck does.
  bool runs_again() const { return parameter_sets() > 1; }
  bool further() const;  // whether outcomes are asked for that are computed only then
  std::size_t runs() const { return replicates * structures.size() * (runs_again() ? 2 : 1); }  // at most, of each scenario
  std::vector<Scenario> own_scenarios() const;                                                  // with their own parameters
  // What is run under a structure: [variant][scenario], one variant or one a different parameter set.
  std::vector<std::vector<Scenario>> variants(std::size_t structure) const;
  Scenario under(Scenario scenario, const Structure& other) const;  // with what is switched
  std::size_t variant_of(std::uint32_t replicate) const { return sets ? sets->scenarios_of[replicate] : 0; }
};

}  // namespace coalis
