// Replicates of one scenario: how they are asked, from options and what was read to a checked question, or to everything that is
// wrong.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "coalis/inference/evidence.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/questions/drawn_sets.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/survey_beside.hpp"

namespace coalis {

// What a file keeps of each run; each has what those before it have.
enum class KeptOfRun { outcomes, trajectories, standard, detailed, all };
inline const std::vector<std::string> kept_of_run_names{"outcomes", "trajectories", "standard", "detailed", "all"};

// As they are given; messages name them as the command line does.
struct RunOptions {
  std::string scenario;               // file
  std::vector<std::string> set;       // "path=value"
  std::vector<std::string> with;      // policy options, one on top of the other (io/scenario/policy_option.hpp)
  std::vector<std::string> outcomes;  // by name, or what stands before a kind
  bool all = false;                   // outcomes of a run
  std::string parameters;             // file of parameter sets, "" none
  std::string record = "standard";    // one of kept_of_run_names
  std::uint32_t replicates = 200;
  std::uint64_t seed = 1;
};

struct RunQuestion {
  Scenario scenario;
  std::vector<EvidenceItem> evidence;  // that the scenario names
  OwnItems own;                        // of that evidence
  EvidenceBase base;                   // what the parameters were fitted to
  std::uint64_t seed = 1;
  std::size_t replicates = 0;
  std::vector<std::size_t> outcomes;  // to be shown, of all_outcome_quantities()
  KeptOfRun kept = KeptOfRun::standard;
  std::string parameters;                      // file of parameter sets as it was named, "" none
  std::optional<DrawnSets> sets;               // drawn by weight as in a comparison, so that runs of one scenario agree
  std::map<std::int32_t, Scenario> scenarios;  // with each set that is drawn

  const Scenario& of(std::uint32_t replicate) const { return sets ? scenarios.at(sets->of_replicate.at(replicate)) : scenario; }
  bool further() const;                       // whether outcomes are asked for that are computed only then
  Recording recording(bool into_file) const;  // without the sources of such outcomes
};

// What the options name, as it was read, and what only a reader of scenarios can do.
struct RunInput {
  Scenario scenario;
  std::vector<EvidenceItem> evidence;
  std::optional<DrawnSets> sets;  // none drawn yet
  std::function<Asked<Scenario>(const Scenario&, const ParameterSets&, const ParameterSet&)> with_parameters;
  // Called before sets are drawn, a number a replicate: may throw if the question does not fit this machine.
  std::function<void(const RunQuestion&)> before_drawing = nullptr;
};

Asked<RunQuestion> ask(const RunOptions& options, RunInput input);

}  // namespace coalis
