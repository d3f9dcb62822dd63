#include "coalis/io/scenario/scenario_key.hpp"

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/version.hpp"

namespace coalis {

void forget_unread(Scenario& scenario) { scenario.name = scenario.description = scenario.evidence = ""; }

RunKey key_of(Scenario scenario, std::uint64_t seed) {
  forget_unread(scenario);
  return point_key(model_version, to_toml(scenario), seed);
}

}  // namespace coalis
