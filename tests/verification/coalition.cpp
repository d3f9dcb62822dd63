#include "verification/coalition.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "coalis/engine/simulate.hpp"
#include "coalis/model/fields.hpp"

namespace coalis::test {
namespace {

std::size_t place(const std::vector<Quantity>& quantities, std::string_view name) {
  const auto at = std::find_if(quantities.begin(), quantities.end(), [&](const Quantity& q) { return q.name == name; });
  if (at == quantities.end()) throw std::invalid_argument("no quantity '" + std::string(name) + "'");
  return static_cast<std::size_t>(at - quantities.begin());
}

template <class T>
std::span<const T> row(const std::vector<T>& table, std::size_t number, int size) {
  return std::span(table).subspan(number * static_cast<std::size_t>(size), static_cast<std::size_t>(size));
}

}  // namespace

Scenario plain_coalition(int members, int months) {
  Scenario s;
  set_defaults(s.organisations);
  set_defaults(s.levers);
  set_defaults(s.environment);
  set_defaults(s.structure);
  set_defaults(s.parameters);
  set_defaults(s.costs);
  s.calendar = {"2005-06", months};
  s.organisations.members = {members, 0, 0};
  s.regions = {{"Seat", 1}};
  s.travel = {0.5};
  s.roles = {{"health", {0.5, 0.5, 0.5}, 0}, {"legal", {0.5, 0.5, 0.5}, 0}};
  s.hubs = {{.name = "Hub", .seat = 0, .serves = {0}, .fte = 0.5}};
  for (const char* name : {"meeting", "outreach", "training"}) s.kinds.push_back({.name = name, .always_held = true});
  s.parameters.dormant_commitment = 0;
  return s;
}

Series& add_series(Scenario& scenario, int kind, double per_year) {
  Series series;
  set_defaults(series);
  series.name = "series " + std::to_string(scenario.series.size());
  series.kind = kind;
  series.hub = 0;
  series.audience = static_cast<int>(Audience::hub);
  series.per_year = per_year;
  series.hours = 1;
  series.until = scenario.calendar.months;
  return scenario.series.emplace_back(series);
}

void for_replicates(const Scenario& scenario, std::uint64_t seed, int count, const std::function<void(const RunRecord&)>& visit) {
  Simulator simulator(make_plan(scenario));
  RunRecord record;
  for (int replicate = 0; replicate < count; ++replicate) {
    simulator.run(seed, static_cast<std::uint32_t>(replicate), full, record);
    visit(record);
  }
}

RunRecord run(const Scenario& scenario, std::uint64_t seed) {
  RunRecord record;
  Simulator(make_plan(scenario)).run(seed, 0, full, record);
  return record;
}

double outcome(const RunRecord& record, std::string_view name) { return record.outcomes[place(outcome_quantities(), name)]; }
double survey_figure(const RunRecord& record, std::string_view name) { return record.survey[place(survey_quantities(), name)]; }

std::span<const float> final_state(const RunRecord& record, const Scenario& scenario, std::string_view name) {
  return row(record.final_float, place(final_float_quantities(), name), scenario.organisations.count());
}

std::span<const std::int32_t> final_number(const RunRecord& record, const Scenario& scenario, std::string_view name) {
  return row(record.final_integer, place(final_integer_quantities(), name), scenario.organisations.count());
}

std::span<const std::int32_t> attended(const RunRecord& record, const Scenario& scenario, int kind) {
  return row(record.attended, static_cast<std::size_t>(kind), scenario.organisations.count());
}

std::span<const float> state_in(const RunRecord& record, const Scenario& scenario, std::string_view name, int month) {
  const std::size_t quantity = place(organisation_trajectory_quantities(), name), months = scenario.calendar.months;
  return row(record.organisation_trajectories, quantity * months + static_cast<std::size_t>(month),
             scenario.organisations.count());
}

std::span<const float> trajectory(const RunRecord& record, const Scenario& scenario, std::string_view name) {
  return row(record.trajectories, place(trajectory_quantities(), name), scenario.calendar.months);
}

void Mean::add(double value) {
  ++count_;
  const double off = value - mean_;
  mean_ += off / count_;
  squares_ += off * (value - mean_);
}

}  // namespace coalis::test
