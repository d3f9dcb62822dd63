// See target.hpp.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "coalis/engine/simulate.hpp"
#include "coalis/model/fields.hpp"
#include "target.hpp"

namespace coalis::fuzz {
namespace {

constexpr double slack = 2e-6;     // of single precision
constexpr double most_work = 5e4;  // organisations times events and months, of a scenario that is run

double work(const Scenario& s) {
  double events = s.calendar.months;
  for (const Series& series : s.series) events += series.per_year / 12 * s.calendar.months;
  return (1.0 * s.organisations.count() + static_cast<double>(s.hubs.size() * s.regions.size())) * events;
}

// Shares lie within 0 and 1, or are missing; the rest is finite and at least 0, or missing.
template <class Rows>
void demand_range(const std::vector<Quantity>& quantities, const Rows& rows) {
  const std::size_t stride = quantities.empty() ? 1 : std::max<std::size_t>(1, rows.size() / quantities.size());
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const Quantity& q = quantities[k / stride];
    const double x = rows[k];
    if (std::isnan(x)) continue;
    const double low = q.name == "viewpoint" || q.name == "viewpoint_anchor" ? -1 : 0;
    const double high = q.name == "grant_factor" || q.name == "tie_strength" ? 20 : 1;
    const bool holds = q.unit == "1" ? low - slack <= x && x <= high + slack : x >= 0 && std::isfinite(x);
    demand(holds, "a quantity is out of its range", q.name + " = " + std::to_string(x));
  }
}

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

void demand_runs(const Scenario& scenario) {
  const auto plan = make_plan(scenario);
  Simulator simulator(plan, "portable");
  RunRecord all, none;
  Recording everything;
  everything.organisation_trajectories = true;
  simulator.run(1, 0, everything, all);
  simulator.run(1, 0, {false, false, false, false, false, false}, none);
  demand(all.hash == none.hash, "the hash depends on what is recorded");
  demand(std::equal(all.outcomes.begin(), all.outcomes.end(), none.outcomes.begin(), none.outcomes.end(), same_bits),
         "outcomes depend on what is recorded");
  demand_range(outcome_quantities(), all.outcomes);
  demand_range(trajectory_quantities(), all.trajectories);
  demand_range(region_trajectory_quantities(), all.region_trajectories);
  demand_range(final_float_quantities(), all.final_float);
  demand_range(organisation_trajectory_quantities(), all.organisation_trajectories);
  demand_range(survey_quantities(), all.survey);
  for (const Tie& tie : all.ties)
    demand(tie.partner >= 0 && tie.partner < scenario.organisations.count() && tie.partner != tie.owner, "a tie to nobody");
}

}  // namespace

void demand(bool holds, const char* what, std::string_view detail) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s %.*s\n", what, static_cast<int>(detail.size()), detail.data());
  std::abort();
}

void demand_diagnostics(std::span<const Diagnostic> diagnostics, bool ok) {
  bool error = false;
  for (const Diagnostic& d : diagnostics) {
    error = error || !d.warning;
    demand(!d.problem.empty(), "a diagnostic without a problem");
    demand(d.line >= 0 && d.column >= 0, "a diagnostic of no place");
    demand(!to_string(d).empty(), "a diagnostic without a text");
  }
  demand(ok != error, ok ? "accepted with an error" : "refused without an error");
}

void demand_scenario(const Scenario& scenario) {
  if (scenario.organisations.count() > 20'000 || scenario.regions.size() > 12) return;
  const std::string text = to_toml(scenario);
  const ScenarioFile again = parse_scenario(text, "again");
  demand(again.ok(), "a scenario's own text is refused", again.diagnostics.empty() ? "" : to_string(again.diagnostics.front()));
  demand(again.scenario == scenario, "a scenario's own text is another scenario");
  if (work(scenario) <= most_work) demand_runs(scenario);
}

}  // namespace coalis::fuzz
