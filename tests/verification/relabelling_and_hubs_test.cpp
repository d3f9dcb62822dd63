// What must not matter: the numbers of organisations, and how one region's organisations are shared between two equal hubs.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "coalis/engine/simulate.hpp"
#include "coalis/initialization/initialization.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/observation/observers.hpp"
#include "coalis/schedule/schedule.hpp"
#include "support/statistics.hpp"
#include "support/support.hpp"
#include "verification/coalition.hpp"

namespace coalis::test {
namespace {

Scenario scenario_of(const char* path) {
  const ScenarioFile file = read_scenario(source_dir() / path);
  EXPECT_TRUE(file.ok());
  return file.scenario;
}

// Statistics by organisation number whose expectation over replicates is 0 when numbers mean nothing: the trend along the
// numbers, the first and the last against the rest, and each of four neighbours that share a block of draws.
class Numbers {
 public:
  void add(std::span<const double> y) {
    const double n = static_cast<double>(y.size());
    double mean = 0, trend = 0;
    std::array<double, 4> sum{};
    for (const double value : y) mean += value / n;
    for (std::size_t i = 0; i < y.size(); ++i) {
      trend += (static_cast<double>(i) - (n - 1) / 2) * (y[i] - mean);
      sum[i % 4] += y[i] - mean;
    }
    contrasts_[0].add(trend);
    contrasts_[1].add(y.front() - mean);
    contrasts_[2].add(y.back() - mean);
    for (std::size_t k = 0; k < 4; ++k) contrasts_[3 + k].add(sum[k]);
  }
  // The smallest p-value of seven contrasts.
  double p_value() const {
    double least = 1;
    for (const Mean& contrast : contrasts_) least = std::min(least, normal_p_value(contrast.z(0)));
    return least;
  }

 private:
  std::array<Mean, 7> contrasts_;
};

template <class T>
std::vector<double> doubles(std::span<const T> values) {
  return {values.begin(), values.end()};
}

// Sums of tie strengths by owner and by partner.
std::vector<double> ties_by(const RunRecord& record, std::int32_t Tie::*end, int n) {
  std::vector<double> sum(static_cast<std::size_t>(n));
  for (const Tie& tie : record.ties) sum[static_cast<std::size_t>(tie.*end)] += tie.strength;
  return sum;
}

// Seven contrasts of nine variables at p > 1e-5: error rate 6e-4. Members only, as numbers tell them from non-members.
TEST(Relabelling, NumbersMeanNothing) {
  const Scenario s = scenario_of("scenarios/illinois.toml");
  std::map<std::string, Numbers> numbers;
  for_replicates(s, 461, 600, [&](const RunRecord& record) {
    for (const char* name : {"commitment", "viewpoint", "outside_collaboration", "grant_factor", "load", "progress"})
      numbers[name].add(doubles(final_state(record, s, name)));
    numbers["meetings"].add(doubles(attended(record, s, 0)));
    numbers["own ties"].add(ties_by(record, &Tie::owner, s.organisations.count()));
    numbers["ties to it"].add(ties_by(record, &Tie::partner, s.organisations.count()));
  });
  for (const auto& [name, statistics] : numbers) EXPECT_GT(statistics.p_value(), 1e-5) << name;
}

// Organisations change numbers after initialization, back to front.
void reverse(World& w) {
  const auto turn = [&](auto& column) { std::reverse(column.begin(), column.begin() + w.n); };
  for (Column<float>* column : {&w.mission, &w.capacity, &w.anchor, &w.commitment, &w.awareness, &w.outside, &w.viewpoint})
    turn(*column);
  for (Column<std::uint8_t>* column : {&w.sector, &w.role, &w.region}) turn(*column);
  for (Column<std::int32_t>* column : {&w.serves_victims, &w.type, &w.entry}) turn(*column);
  w.serving.clear();
  std::vector<std::vector<std::int32_t>> in(static_cast<std::size_t>(w.plan.regions()));
  for (int i = 0; i < w.n; ++i) {
    if (w.serves_victims[i]) w.serving.push_back(i);
    in[static_cast<std::size_t>(w.region[i])].push_back(i);
  }
  auto next = w.region_members.begin();
  for (const auto& members : in) next = std::copy(members.begin(), members.end(), next);
  for (int r = 0; r < w.plan.regions(); ++r)
    w.region_begin[r + 1] = w.region_begin[r] + static_cast<std::int32_t>(in[static_cast<std::size_t>(r)].size());
}

std::vector<double> outcomes_of(World& w, bool reversed) {
  const Recording nothing{false, false, false, false, false};
  RunRecord record;
  initialize(w);
  if (reversed) reverse(w);
  prepare_record(w, nothing, record);
  for (int month = 0; month < w.plan.months(); ++month) run_month(w, month);
  observe_end(w, nothing, record);
  return record.outcomes;
}

// The same people under other numbers: pairs of runs differ by nothing but chance. z-test of every outcome that varies, p > 1e-5:
// error rate 3e-4.
TEST(Relabelling, OtherNumbersGiveTheSameDistributions) {
  const Scenario s = scenario_of("tests/docking/data/d-hubs-with-core.toml");
  const auto plan = make_plan(s);
  World w(*plan, serial_loop());
  std::vector<Mean> difference(outcome_quantities().size());
  for (std::uint32_t replicate = 0; replicate < 150; ++replicate) {
    w.stream = {462, replicate};
    const std::vector<double> plain = outcomes_of(w, false), turned = outcomes_of(w, true);
    for (std::size_t k = 0; k < plain.size(); ++k)
      if (plain[k] == plain[k] && turned[k] == turned[k]) difference[k].add(turned[k] - plain[k]);
  }
  int varied = 0;
  for (std::size_t k = 0; k < difference.size(); ++k) {
    if (!(difference[k].variance() > 1e-12)) continue;
    ++varied;
    EXPECT_GT(normal_p_value(difference[k].z(0)), 1e-5) << outcome_quantities()[k].name;
  }
  EXPECT_GT(varied, 20);
}

// One region, monthly meetings and quarterly trainings; no hub differs from another in anything but its half of the members.
Scenario one_hub() {
  Scenario s = plain_coalition(80, 36);
  Parameters& p = s.parameters;
  p.overhead = p.event_fte = p.turnover = p.coherence_loss = 0;
  s.environment = {.support = 0.6, .scarcity = 0.4, .restricted = 0.5, .cases_per_month = 20};
  s.hubs[0].authority = 0.5;
  s.kinds[0].yield = 1;
  s.kinds[2].awareness_gain = 0.3;
  add_series(s, 0, 12);
  add_series(s, 2, 4);
  return s;
}

Scenario two_hubs() {
  Scenario s = one_hub();
  s.hubs[0].fte /= 2;
  s.hubs.push_back(s.hubs[0]);
  s.hubs[1].name = "Other";
  for (Series series : {s.series[0], s.series[1]}) {
    series.name += " of the other";
    series.hub = 1;
    s.series.push_back(series);
  }
  return s;
}

// Draws are keyed by the organisation, its kind of event and how many it was invited to, so that the two coalitions are even
// equal organisation by organisation but for rounding of sums; that says more than equal distributions do.
TEST(TwoHubs, GiveMembersTheOutcomesOfOne) {
  const Scenario one = one_hub(), two = two_hubs();
  for (std::uint64_t seed = 463; seed < 473; ++seed) {
    const RunRecord a = run(one, seed), b = run(two, seed);
    const auto home = final_number(b, two, "home_hub");
    EXPECT_EQ(std::count(home.begin(), home.end(), 1), 40);
    for (const int kind : {0, 2}) EXPECT_TRUE(std::ranges::equal(attended(a, one, kind), attended(b, two, kind)));
    for (const Quantity& q : final_float_quantities()) {
      const auto x = final_state(a, one, q.name), y = final_state(b, two, q.name);
      for (std::size_t i = 0; i < x.size(); ++i) ASSERT_NEAR(x[i], y[i], 1e-4) << q.name;
    }
    for (const char* name :
         {"engaged", "commitment", "leadership", "goal_attainment", "service_effectiveness", "hours_given", "never_attended"})
      EXPECT_NEAR(outcome(a, name), outcome(b, name), 1e-4) << name;
    for (const char* kind : {"events_held.meeting", "events_held.training"}) EXPECT_EQ(2 * outcome(a, kind), outcome(b, kind));
    const double staff = one.hubs[0].fte * one.costs.fte, information = one.costs.information;
    EXPECT_NEAR(2 * (outcome(a, "coordination_cost") - staff - information),
                outcome(b, "coordination_cost") - staff - information, 1e-6);
  }
}

// The conditions of the oracle are needed: overhead and staff time for events tell the two apart.
TEST(TwoHubs, DifferByOverheadAndStaffTime) {
  Scenario one = one_hub(), two = two_hubs();
  for (Scenario* s : {&one, &two}) s->parameters.overhead = 0.5;
  EXPECT_GT(outcome(run(one, 473), "leadership"), outcome(run(two, 473), "leadership") + 0.001);
  for (Scenario* s : {&one, &two}) {
    s->parameters.overhead = 0;
    s->parameters.event_fte = 0.015;
  }
  EXPECT_GT(outcome(run(one, 473), "leadership"), outcome(run(two, 473), "leadership") + 0.001);
}

}  // namespace
}  // namespace coalis::test
