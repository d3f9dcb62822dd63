// How a comparison is asked: from options and what was read to a checked question, or to everything that is wrong.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "coalis/inference/evidence.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/questions/comparison/comparison.hpp"
#include "coalis/questions/parameter_sets.hpp"

namespace coalis {

// As they are given; messages name them as the command line does.
struct ComparisonOptions {
  std::vector<std::string> scenarios;            // files; the first is the reference
  std::vector<std::string> set;                  // "path=value", of all scenarios
  std::vector<std::string> with;                 // options of the reference (policy_option.hpp), compared after the files
  std::vector<std::string> outcomes;             // by name, or what stands before a kind
  bool all = false;                              // outcomes of a run
  std::vector<std::string> matters, structures;  // "outcome=difference"; switches or their values
  std::string lever;                             // of equal budgets, "" none
  double budget = 0;                             // USD a year that all are to cost; 0: what the reference does
  std::string from_month;                        // until this month, from 0 or "YYYY-MM", all are the reference; "": 0
  double precision = 0;                          // 0: none
  std::string on;                                // outcome of the precision
  std::string parameters;                        // file of parameter sets, "" none
  int draws = 0;                 // so many sets drawn by weight first, which then weigh as often as they came up; 0: all
  std::uint32_t replicates = 0;  // 0: as usual
  std::uint64_t seed = 1;
};

// What the options name, as it was read, and what only a reader of scenarios can do.
struct ComparisonInput {
  std::vector<Scenario> scenarios;    // one a name of the options, then the reference with each of its policy options
  std::optional<ParameterSets> sets;  // without columns of what is planned
  std::string sets_hash;
  std::string evidence_text;  // of the reference, "" without
  std::vector<EvidenceItem> evidence;
  std::function<Asked<Scenario>(const Scenario&, const ParameterSets&, const ParameterSet&)> with_parameters;
  std::function<PolicyAndWorld(const Scenario& reference, const Scenario& other)> apart;
  // Called before sets are drawn, a number a replicate: may throw if the question does not fit this machine.
  std::function<void(const Comparison&)> before_drawing = nullptr;
};

Asked<Comparison> ask(const ComparisonOptions& options, const ComparisonInput& input);

}  // namespace coalis
