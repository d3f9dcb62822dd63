// What the parameters of a run were fitted to, for the sentences: read off the scenario and the parameter sets, never off an
// evidence file that lies beside.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/parameter_sets.hpp"

namespace coalis {

// What stands behind the runs: what their parameters were fitted to. What results are compared with is no part of it.
struct EvidenceBase {
  int sites = 0;  // independent sites whose numbers they were fitted to, the coalition itself among them; 0: not fitted to it
  std::string basis =
      {};  // without sites why not, as "not fitted to this coalition: ..."; with one to what, as "3 items of FILE"
  // Of the evidence that the parameters were chosen by, by id: also where the rest differs from what they were fitted with.
  std::vector<std::string> items = {};
  std::vector<std::string> figures = {};  // of each, as figures_text() has them (inference/distance.hpp); none: not known
};

// Of a scenario with its own parameters.
EvidenceBase evidence_base(const Scenario& scenario);
// Of a scenario with the parameter sets of a file, which may say what they were fitted to. Columns of what is planned may have
// been taken out. with_first: the scenario with the first set, null if that cannot be. structure: what is run, none: that of
// with_first.
EvidenceBase evidence_base(const Scenario& scenario, const ParameterSets& sets, const Scenario* with_first,
                           const std::optional<Structure>& structure = {});

}  // namespace coalis
