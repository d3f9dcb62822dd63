// Extremes are valid: every state variable stays in its range (model.md section 2) and every outcome in its own, whatever the
// scenario within the bounds of the field rows.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "coalis/model/fields.hpp"
#include "support/seven.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

constexpr double slack = 2e-6;  // of single precision
bool between(double low, double x, double high) { return low - slack <= x && x <= high + slack; }

double outcome(const RunRecord& record, std::string_view name) {
  const auto& list = outcome_quantities();
  const auto at = std::find_if(list.begin(), list.end(), [=](const Quantity& q) { return q.name == name; });
  return record.outcomes.at(static_cast<std::size_t>(at - list.begin()));
}

// Shares lie within 0 and 1, or are missing; the rest is finite and at least 0, or missing.
template <class Rows>
void expect_quantities(const std::vector<Quantity>& quantities, const Rows& rows) {
  const std::size_t stride = rows.size() / quantities.size();
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const Quantity& q = quantities[k / stride];
    const double x = rows[k];
    if (std::isnan(x)) continue;
    const double low = q.name == "viewpoint" || q.name == "viewpoint_anchor" ? -1 : 0;
    if (!(q.unit == "1" ? between(low, x, q.name == "grant_factor" || q.name == "tie_strength" ? 20 : 1)
                        : x >= 0 && std::isfinite(x))) {
      ADD_FAILURE() << q.name << " is " << x;
      return;
    }
  }
}

template <class Rows>
void expect_none_missing(const char* what, const Rows& rows) {
  EXPECT_TRUE(std::none_of(rows.begin(), rows.end(), [](float x) { return std::isnan(x); })) << what;
}

RunRecord expect_valid(const Scenario& s, std::uint32_t replicate = 0) {
  const RunRecord record = run_once(s, replicate);
  expect_quantities(outcome_quantities(), record.outcomes);
  expect_quantities(trajectory_quantities(), record.trajectories);
  expect_quantities(region_trajectory_quantities(), record.region_trajectories);
  expect_quantities(final_float_quantities(), record.final_float);
  expect_quantities(organisation_trajectory_quantities(), record.organisation_trajectories);
  expect_none_missing("final state", record.final_float);
  expect_none_missing("organisations", record.organisation_trajectories);
  for (const Tie& tie : record.ties) {
    EXPECT_TRUE(between(0, tie.strength, 1)) << tie.strength;
    EXPECT_TRUE(tie.partner >= 0 && tie.partner < s.organisations.count() && tie.partner != tie.owner);
  }
  for (const char* name : {"goal_attainment", "strife", "coordination_cost", "planned_cost"})
    EXPECT_FALSE(std::isnan(outcome(record, name)));
  EXPECT_LE(record.ties.size(), static_cast<std::size_t>(s.organisations.count() * s.parameters.slots));
  return record;
}

void all_structures(Scenario s) {
  for (int engagement = 0; engagement < 3; ++engagement)
    for (int decision = 0; decision < 3; ++decision)
      for (int influence = 0; influence < 4; ++influence) {
        s.structure = {engagement, decision, influence};
        SCOPED_TRACE(std::to_string(engagement) + std::to_string(decision) + std::to_string(influence));
        expect_valid(s);
      }
}

TEST(Extremes, NoEvents) {
  Scenario s = stage_scenario();
  for (Series& series : s.series) series.per_year = 0;
  const RunRecord record = expect_valid(s);
  EXPECT_EQ(outcome(record, "events_held.meeting"), 0);
  EXPECT_EQ(outcome(record, "never_attended"), 1);
  EXPECT_TRUE(std::isnan(outcome(record, "participation.meeting")));
  EXPECT_TRUE(std::isnan(outcome(record, "conflict")));
  s.series.clear();
  s.kinds.clear();
  expect_valid(s);
}

TEST(Extremes, FewOrganisations) {
  for (const int count : {1, 2, 3, 15, 16, 17, 33}) {
    Scenario s = stage_scenario();
    s.organisations.members = {0, count, 0};
    all_structures(s);
    s.organisations.nonmembers = 1;
    expect_valid(s);
  }
}

TEST(Extremes, ARegionWithoutOrganisations) {
  Scenario s = stage_scenario();
  s.regions[stage::west].share = 0;
  s.regions[stage::east].share += .36;
  all_structures(s);
}

TEST(Extremes, AHubForEachOfSixtyRegions) {
  Scenario s = stage_scenario();
  s.regions.clear();
  s.hubs.clear();
  s.travel.assign(3600, 2.0);
  for (int region = 0; region < max_regions; ++region) {
    s.regions.push_back({"region " + std::to_string(region), 1.0 / max_regions});
    s.hubs.push_back({"hub " + std::to_string(region), region, {region}, .1, .2, region % 2});
  }
  all_structures(s);
  // All serve all: organisations share them.
  for (Hub& hub : s.hubs)
    for (int region = 0; region < max_regions; ++region)
      if (region != hub.seat) hub.serves.push_back(region);
  expect_valid(s);
}

TEST(Extremes, WithoutStaffOrHubs) {
  Scenario s = stage_scenario();
  for (Hub& hub : s.hubs) hub.fte = 0;
  all_structures(s);
  for (Hub& hub : s.hubs) hub.serves.clear();
  const RunRecord record = expect_valid(s);
  EXPECT_EQ(outcome(record, "events_held.outreach"), 0);
  s.hubs.clear();
  s.series.clear();
  expect_valid(s);
}

TEST(Extremes, NobodyEnrolledMeansAreMissing) {
  Scenario s = stage_scenario();
  s.organisations.founding_share = 0;
  s.organisations.entry_window = 1000;
  s.organisations.members = {3, 0, 0};
  s.levers.recruitment = 0;
  const RunRecord record = expect_valid(s);
  ASSERT_EQ(std::count(record.final_integer.begin() + 18, record.final_integer.begin() + 21, 0), 3);  // all still non-members
  for (const char* name :
       {"never_attended", "engaged", "enrolled", "dormant", "withdrawn", "commitment", "leadership", "progress", "awareness",
        "inside_collaboration", "outside_collaboration", "hours_given", "attended_per_member.meeting", "regional_gap"})
    EXPECT_TRUE(std::isnan(outcome(record, name))) << name;
  EXPECT_EQ(outcome(record, "member_cost"), 0);
}

TEST(Extremes, OneSlotManyEventsOneMonth) {
  Scenario s = stage_scenario();
  s.parameters.slots = 1;
  all_structures(s);
  s.calendar.months = 14;
  for (Series& series : s.series) {
    series.until = 14;
    series.per_year = 365;
  }
  all_structures(s);
  s.calendar.months = 1;
  for (Series& series : s.series) series.until = 1;
  all_structures(s);
  s.calendar.months = 12;  // no grant round, one whole year
  expect_valid(s);
}

// A row's bound; bounds without an end, and those that would only cost time, are clipped.
double clipped(const Bounds& bounds, bool upper) {
  return upper ? std::min(bounds.max - (bounds.open_max ? 1e-3 : 0), 200.0)
               : std::max(bounds.min + (bounds.open_min ? 1e-3 : 0), -50.0);
}

// Values within a row's bounds, often at one.
class Random {
 public:
  explicit Random(unsigned seed) : rng_(seed) {}
  double unit() { return static_cast<double>(rng_()) * 0x1p-32; }
  int below(int n) { return static_cast<int>(rng_() % static_cast<unsigned>(n)); }

  double within(const Bounds& bounds) {
    const double low = clipped(bounds, false), high = clipped(bounds, true), lot = unit();
    return lot < .1 ? low : lot < .2 ? high : low + (high - low) * (lot < .6 ? unit() : unit() * unit() * unit());
  }

  template <class T>
  void fill(T& table) {
    for (const auto& field : fields<T>())
      std::visit(
          [&](auto member) {
            using Value = std::remove_cvref_t<decltype(table.*member)>;
            if (field.refers != Refers::nothing) return;
            if constexpr (std::is_same_v<Value, double>) table.*member = within(field.bounds);
            if constexpr (std::is_same_v<Value, int>)
              table.*member = static_cast<int>(std::clamp(within(field.bounds), 0.0, 12.0));
            if constexpr (std::is_same_v<Value, bool>) table.*member = below(2) == 1;
          },
          field.member);
  }

 private:
  std::mt19937 rng_;
};

// What two parameters must be together (the reader checks it).
void reconcile(Parameters& p) {
  p.free_rider_share = std::min(p.free_rider_share, 1 - p.conditional_share);
  p.referral_tie = std::clamp(p.referral_tie, -p.referral_0, 1 - p.referral_0);
  p.outside_referral = std::clamp(p.outside_referral, -p.referral_0, 1 - p.referral_0);
  p.awareness_mission = std::clamp(p.awareness_mission, .001 - p.awareness_0, .999 - p.awareness_0);
  p.commitment_mission = std::clamp(p.commitment_mission, -2 * p.commitment_base, 2 * (1 - p.commitment_base));
}

Scenario random_scenario(unsigned seed) {
  Random random(seed);
  Scenario s = stage_scenario();
  random.fill(s.parameters);
  reconcile(s.parameters);
  random.fill(s.levers);
  s.levers.recruitment = std::min(s.levers.recruitment, 1 / std::max(s.parameters.recruit_rate, 1e-6));
  random.fill(s.environment);
  for (Hub& hub : s.hubs) random.fill(hub);
  for (Kind& kind : s.kinds) random.fill(kind);
  for (Series& series : s.series) random.fill(series);
  s.organisations.nonmembers = random.below(2) * random.below(40);
  s.organisations.founding_share = random.unit();
  s.organisations.entry_window = 1 + random.below(60);
  s.structure = {random.below(3), random.below(3), random.below(4)};
  s.hubs[static_cast<std::size_t>(random.below(4))].convenor = static_cast<int>(Convenor::members);
  return s;
}

// All parameters at their lower or at their upper bounds.
TEST(Extremes, ParametersAtTheirBounds) {
  for (const bool upper : {false, true}) {
    Scenario s = stage_scenario();
    for (const auto& field : fields<Parameters>()) {
      const double bound = clipped(field.bounds, upper);
      if (const auto* real = std::get_if<double Parameters::*>(&field.member)) s.parameters.*(*real) = bound;
      if (const auto* whole = std::get_if<int Parameters::*>(&field.member))
        s.parameters.*(*whole) = static_cast<int>(std::clamp(bound, 0.0, 12.0));
    }
    reconcile(s.parameters);
    s.levers.recruitment = 1;
    all_structures(s);
  }
}

TEST(Extremes, RandomScenariosStayInRange) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    expect_valid(random_scenario(seed), seed);
  }
}

}  // namespace
}  // namespace coalis::test
