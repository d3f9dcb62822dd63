// The answer of `coalis compare`: for people and as JSON.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/questions/comparison/samples.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/report/words/sentences.hpp"
#include "coalis/statistics/paired_statistics.hpp"

namespace coalis::cli {

struct Contender {
  std::string label;  // "A", "B", ...; the first is the reference
  std::string file;
  Scenario scenario;  // as run: overrides and equal budget applied
  double planned_cost;
  std::optional<Budget> budget;    // what --equal-budget did
  std::filesystem::path evidence;  // its file, "" without
  EvidenceBase base;               // what its parameters were fitted to
};

// The parameter sets of --parameters: every replicate has one, the same in all scenarios, drawn by weight.
struct UsedSets {
  std::string file, hash;
  std::vector<int> lines;                        // of each set of the file
  std::vector<double> weights;                   // the same, as they were drawn by
  std::vector<std::size_t> of_replicate;         // set of each replicate
  std::vector<std::vector<Scenario>> scenarios;  // different ones: [variant][scenario]
  std::vector<std::size_t> scenarios_of;         // variant of each replicate
};

struct PrecisionAnswer {
  double wanted;
  std::size_t outcome;
  bool reached;
  std::vector<double> half_widths;  // of every scenario but the reference; NaN if it cannot be said
  double needed;                    // replicates in all for all of them, NaN if it cannot be said
};

// The scenarios under a structure, with their own parameters or with the parameter sets of the replicates.
struct VariantRun {
  std::size_t structure;  // into CompareAnswer::structures
  PairedSamples samples;
  // With parameter sets: a second run of every replicate with its set and other luck. It tells what sets differ by from what luck
  // does; no other figure is made of it.
  std::optional<PairedSamples> again;
};

struct StructureOf {
  Structure structure;
  Calibration calibration;
};

struct CompareAnswer {
  std::vector<Contender> scenarios;
  std::uint64_t seed;
  std::size_t asked;                  // replicates
  std::vector<std::size_t> outcomes;  // to be shown
  PairedSamples samples;
  std::string lever;  // of --equal-budget, "" without
  std::optional<PrecisionAnswer> precision;
  std::vector<StructureOf> structures;  // the scenarios' own first; more with --structures
  std::optional<UsedSets> sets;         // of --parameters
  std::optional<PairedSamples> again;   // as VariantRun::again, of `samples`
  std::vector<VariantRun> variants;     // of the other structures
  std::optional<std::filesystem::path> file;
  std::string evidence_text;  // of the reference's file, "" without

  std::size_t parameter_sets() const { return sets ? sets->scenarios.size() : 0; }  // that differ; 0 without --parameters
  Included included() const { return {parameter_sets(), 1}; }                       // in the headline
};

std::string to_text(const CompareAnswer& answer);
nlohmann::ordered_json to_json(const CompareAnswer& answer);

// What must be known before any figure: differences in planned cost above 1 %, what equal budget did, levers outside their
// supported ranges. One sentence each, those on cost first.
std::vector<std::string> notices(const CompareAnswer& answer);

// What --equal-budget did to a scenario; "" without.
std::string budget_sentence(const CompareAnswer& answer, const Contender& other);

// The answer in sentences for one scenario (not the reference) and outcome.
Sentences sentences_of(const CompareAnswer& answer, std::size_t scenario, std::size_t outcome);

// "Every replicate has a parameter set of ...": "" without.
std::string sets_sentence(const CompareAnswer& answer);

// The parts on structures and parameters; "" and null without.
std::string variants_text(const CompareAnswer& answer);
nlohmann::ordered_json variants_json(const CompareAnswer& answer);
std::string variance_text(const CompareAnswer& answer);
std::vector<ComparedVariance> variances_of(const CompareAnswer& answer);  // of all outcomes, for the file
nlohmann::ordered_json variance_json(const CompareAnswer& answer);

}  // namespace coalis::cli
