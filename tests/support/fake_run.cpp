// See fake_run.hpp.
#include "support/fake_run.hpp"

#include <algorithm>
#include <limits>

namespace coalis::test {
namespace {

// A value in 0..1 that differs from place to place; scrambling by multiplication (Knuth) is random enough here.
double scramble(std::uint32_t replicate, std::size_t place) {
  return static_cast<double>((replicate * 2654435761u + static_cast<std::uint32_t>(place) * 40503u) % 10007u) / 10007.0;
}

template <class T>
void fill(std::vector<T>& values, std::size_t size, std::uint32_t replicate, double scale) {
  values.resize(size);
  for (std::size_t i = 0; i < size; ++i) values[i] = static_cast<T>(scale * scramble(replicate, i));
}

void fill_ties(const Scenario& scenario, std::uint32_t replicate, RunRecord& record) {
  const int n = scenario.organisations.count();
  record.ties.clear();
  for (int i = 0; i < static_cast<int>(replicate % 4); ++i) record.ties.push_back({i % n, (i + 1) % n, 0.25f});
  fill(record.region_ties, scenario.regions.size() * scenario.regions.size(), replicate, 2);
}

void fill_survey(const Scenario& scenario, std::uint32_t replicate, RunRecord& record) {
  const int n = scenario.organisations.count();
  fill(record.survey, survey_quantities().size(), replicate, 1);
  record.respondents.clear();
  for (int i = 0; i < n; i += 2) {
    const auto meetings = static_cast<std::int8_t>((static_cast<int>(replicate) + i) % 6 - 1);
    record.respondents.push_back({i, 0, meetings, 1, 0, 1, 2, -1, 1, 0});
  }
}

}  // namespace

Scenario small_scenario(int organisations) {
  Scenario scenario;
  scenario.name = "Småland, as it might be";
  scenario.calendar = {"2005-11", 14};
  scenario.organisations.members = {organisations, 0, 0};
  for (const char* name : {"North", "Old Town", "Ö"}) scenario.regions.push_back({name, 1.0 / 3});
  scenario.roles.push_back({"health", {1, 1, 1}, 0});
  for (const char* name : {"meeting", "training"}) scenario.kinds.push_back({.name = name});
  return scenario;
}

void fake_run(const Scenario& scenario, std::uint32_t replicate, const Recording& recording, RunRecord& record) {
  const auto months = static_cast<std::size_t>(scenario.calendar.months);
  const auto n = static_cast<std::size_t>(scenario.organisations.count());
  record.replicate = replicate;
  record.hash = 0x9E3779B97F4A7C15u * (replicate + 1ull);
  fill(record.outcomes, outcome_quantities().size(), replicate, 10);
  for (std::size_t q = 0; q < record.outcomes.size(); ++q)
    if (outcome_quantities()[q].unit == "1") record.outcomes[q] /= 10;  // as a run's: what no run has is not read
  if (replicate % 3 == 0) record.outcomes[1] = std::numeric_limits<double>::quiet_NaN();
  if (recording.trajectories) {
    fill(record.trajectories, trajectory_quantities().size() * months, replicate, 1);
    if (replicate % 3 == 0) record.trajectories[0] = std::numeric_limits<float>::quiet_NaN();
    fill(record.region_trajectories, region_trajectory_quantities().size() * scenario.regions.size() * months, replicate, 1);
  }
  if (recording.organisations) {
    fill(record.attended, scenario.kinds.size() * n, replicate, 25);
    fill(record.final_float, final_float_quantities().size() * n, replicate, 1);
    fill(record.final_integer, final_integer_quantities().size() * n, replicate, 3);
  }
  if (recording.ties) fill_ties(scenario, replicate, record);
  if (recording.survey) fill_survey(scenario, replicate, record);
  if (recording.organisation_trajectories) {
    fill(record.organisation_trajectories, organisation_trajectory_quantities().size() * months * n, replicate, 1);
  }
}

}  // namespace coalis::test
