// What the parameters of a run were fitted to, for the sentences: read off the scenario and the parameter sets, never off an
// evidence file that lies beside.
#pragma once

#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/report/words/sentences.hpp"

namespace coalis::cli {

// Of a scenario with its own parameters.
EvidenceBase evidence_base(const Scenario& scenario);
// Of a scenario with the parameter sets of a file, which may say what they were fitted to. Columns of what is planned may have
// been taken out.
EvidenceBase evidence_base(const Scenario& scenario, const ParameterSets& sets);

}  // namespace coalis::cli
