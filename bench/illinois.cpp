#include <stdexcept>

#include "cases.hpp"
#include "coalis/io/scenario/scenario_file.hpp"

namespace coalis::bench {

const Scenario& illinois() {
  static const Scenario scenario = [] {
    ScenarioFile file = read_scenario(COALIS_SOURCE_DIR "/scenarios/illinois.toml");
    if (!file.ok()) throw std::runtime_error(to_string(file.diagnostics.front()));
    return file.scenario;
  }();
  return scenario;
}

}  // namespace coalis::bench
