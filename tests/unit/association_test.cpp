// Outcomes that are computed only when asked for: association.* on a small made-up final state, and network.* of members alone.
#include <gtest/gtest.h>

#include <cmath>

#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "support/seven.hpp"

namespace coalis {
namespace {

// Eight organisations in two regions: six members, two that never were. One kind, meeting.
class Made : public testing::Test {
 protected:
  Made() {
    scenario.organisations.members = {6, 0, 0};
    scenario.organisations.nonmembers = 2;
    scenario.calendar.months = 10;
    scenario.kinds = {{"meeting", 0, false, 1, 0, 0, 0, 0}};
    scenario.parameters = test::seven_scenarios().front().scenario.parameters;
    scenario.parameters.contact_rate = .1;
    scenario.parameters.partners = 4;
    record.final_float.resize(final_float_quantities().size() * n);
    record.final_integer.resize(final_integer_quantities().size() * n);
    column("mission_alignment", {.9f, .9f, .9f, .1f, .1f, .1f, .9f, .1f});
    column("progress", {.5f, .5f, .1f, .5f, .1f, .1f, 0, 0});
    column("outside_collaboration", {0, 0, 0, 0, 0, .2f, .28f, .12f});
    integers("status", {1, 1, 2, 1, 2, 1, 0, 0});
    integers("serves_victims", {1, 1, 0, 1, 0, 0, 1, 1});
    integers("region", {0, 0, 0, 1, 1, 1, 0, 0});
    integers("sector", {0, 1, 0, 1, 0, 1, 0, 0});
    record.attended = {4, 3, 0, 1, 0, 0, 0, 0};
    record.ties = {{0, 1, .5f}, {1, 0, .3f}, {2, 3, .2f}, {3, 6, .4f}};
  }
  void column(std::string_view name, const std::vector<float>& values) {
    std::copy(values.begin(), values.end(),
              record.final_float.begin() + static_cast<std::ptrdiff_t>(index_of(final_float_quantities(), name) * n));
  }
  void integers(std::string_view name, const std::vector<std::int32_t>& values) {
    std::copy(values.begin(), values.end(),
              record.final_integer.begin() + static_cast<std::ptrdiff_t>(index_of(final_integer_quantities(), name) * n));
  }
  double association(std::string_view name) const {
    return association_outcomes(scenario, record)[index_of(association_quantities(), name)];
  }
  double network(std::string_view name) const { return network_outcomes(scenario, record)[index_of(network_quantities(), name)]; }

  static constexpr std::size_t n = 8;
  Scenario scenario;
  RunRecord record;
};

TEST_F(Made, MissionAndMeetings) {
  // Members' missions .9 .9 .9 .1 .1 .1, meetings 4 3 0 1 0 0: deviations +-.4 and from 4/3.
  const double xy = .4 * (4 + 3 + 0) - .4 * 1, xx = 6 * .16, yy = 26 - 64.0 / 6;
  EXPECT_NEAR(association("association.mission_correlation.meeting"), xy / std::sqrt(xx * yy), 1e-6);
  EXPECT_NEAR(association("association.mission_risk_difference.meeting"), 2.0 / 3 - 1.0 / 3, 1e-12);
  EXPECT_NEAR(association("association.mission_phi.meeting"), (2 * 2 - 1 * 1) / 9.0, 1e-12);
  EXPECT_TRUE(std::isnan(association("association.mission_phi.training")));
  EXPECT_EQ(association("association.mission_aligned"), .5);
}

TEST_F(Made, ServingAndProgress) {
  // Serving: 3 of 3 see progress, others 0 of 3. Within the classes: aligned 2 of 2 against 0 of 1, others 1 of 1 against 0 of 2.
  EXPECT_EQ(association("association.serving_progress"), 1);
  EXPECT_EQ(association("association.serving_experience"), 1);
  EXPECT_EQ(association("association.serving_selection"), 0);
  // Progress that goes by mission alone: no difference at equal mission, all of it selection.
  column("progress", {.5f, .5f, .5f, .1f, .1f, .1f, 0, 0});
  EXPECT_NEAR(association("association.serving_progress"), 2.0 / 3 - 1.0 / 3, 1e-12);
  EXPECT_NEAR(association("association.serving_experience"), 0, 1e-12);
  EXPECT_NEAR(association("association.serving_selection"), 1.0 / 3, 1e-12);
}

TEST_F(Made, MembersAndComparableOthers) {
  // Aligned: members all collaborate, so does the other. The rest: members 2 of 3 (one by a tie, one outside), the other does.
  EXPECT_NEAR(association("association.member_collaboration"), (3 * 0.0 + 3 * (2.0 / 3 - 1)) / 6, 1e-12);
  const double chance = (.28 + .12) / (.1 * (1.4 + .6));
  EXPECT_NEAR(association("association.per_chance_contact"), chance, 1e-6);
  const double strength = .5 + .3 + .2 + .4 + .2, chance_contacts = .1 * (3 * 1.4 + 3 * .6), event_contacts = 4 * 8 / 10.0;
  EXPECT_NEAR(association("association.per_event_contact"), (strength - chance * chance_contacts) / event_contacts, 1e-6);
}

TEST_F(Made, NetworkIsOfMembersAlone) {
  // Edges 0-1 and 2-3; the tie to the non-member is none.
  EXPECT_DOUBLE_EQ(network("network.density"), 2 / 15.0);
  EXPECT_EQ(network("network.components"), 4);
  EXPECT_DOUBLE_EQ(network("network.largest_component"), 2 / 6.0);
  EXPECT_EQ(network("network.cross_sector"), 1);
  EXPECT_EQ(network("network.cross_region"), .5);
  EXPECT_DOUBLE_EQ(network("network.modularity_region"), .5 - (9 + 1) / 16.0);
  EXPECT_DOUBLE_EQ(network("network.centralisation"), 2 / 20.0);
}

TEST_F(Made, WithoutMembersEverythingIsMissing) {
  integers("status", {0, 0, 0, 3, 3, 3, 0, 0});
  for (const double value : network_outcomes(scenario, record)) EXPECT_TRUE(std::isnan(value));
  EXPECT_TRUE(std::isnan(association("association.serving_progress")));
  EXPECT_TRUE(std::isnan(association("association.member_collaboration")));
}

// Asking for them changes no run: same hash, the same outcomes in front.
TEST(FurtherOutcomes, AreAppended) {
  for (const auto& named : test::seven_scenarios()) {
    const RunRecord plain = test::run_once(named.scenario, 1, test::outcomes_only);
    RunRecord more = test::run_once(named.scenario, 1, with_sources(test::outcomes_only));
    add_outcomes(named.scenario, more);
    ASSERT_EQ(more.outcomes.size(), all_outcome_quantities().size());
    EXPECT_EQ(more.hash, plain.hash);
    more.outcomes.resize(plain.outcomes.size());
    EXPECT_TRUE(test::same_bits(more.outcomes, plain.outcomes));
  }
}

}  // namespace
}  // namespace coalis
