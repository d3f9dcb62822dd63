// Tables: the first byte says whether parameter sets or the points of a design.
#include <cmath>

#include "../target.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "sim/io/questions/study_reading.hpp"

namespace {

using namespace coalis;

void read_sets(std::string_view text) {
  static const Scenario scenario = parse_scenario(fuzz::small_scenario, "small.toml").scenario;
  ParameterSets sets = parse_parameter_sets(text, "sets.csv");
  fuzz::demand_diagnostics(sets.diagnostics, sets.ok());
  if (!sets.ok()) return;
  double weights = 0;
  for (const ParameterSet& set : sets.sets) {
    fuzz::demand(set.values.size() == sets.paths.size(), "a set without a value for each path");
    weights += set.weight;
  }
  fuzz::demand(std::isfinite(weights) && weights > 0, "weights without a sum");
  leave_out_plans(sets);
  for (std::size_t i = 0; i < std::min<std::size_t>(2, sets.sets.size()); ++i) {
    const ScenarioFile file = with_parameters(scenario, sets, sets.sets[i]);
    fuzz::demand_diagnostics(file.diagnostics, file.ok());
    if (file.ok() && i == 0) fuzz::demand_scenario(file.scenario);
  }
}

void read_points(std::string_view text) {
  DesignPlan design;
  design.kind = DesignKind::table;
  std::vector<Diagnostic> diagnostics;
  io::read_design_table(std::string(text), "points.csv", design, diagnostics);
  fuzz::demand_diagnostics(diagnostics, diagnostics.empty());
  if (!diagnostics.empty()) return;
  fuzz::demand(!design.rows.empty(), "a design without a point");
  for (const DesignPoint& point : make_design(design))
    fuzz::demand(point.size() == design.factors.size(), "a point without a value for each factor");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = fuzz::text_of(data + 1, size - 1);
  if (data[0] % 2 == 1)
    read_sets(text);
  else
    read_points(text);
  return 0;
}
