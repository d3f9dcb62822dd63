// The bits of a run depend on scenario, seed and replicate only: not on threads, order, recording, instruction set or loop.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/model/shared_draws.hpp"
#include "support/seven.hpp"
#include "support/stage.hpp"
#include "support/support.hpp"

namespace coalis::test {
namespace {

std::vector<RunRecord> ensemble(const Scenario& scenario, const std::vector<std::uint32_t>& replicates,
                                const Execution& execution, const Recording& recording = everything) {
  std::vector<RunRecord> records;
  run_ensemble(scenario, 1, replicates, recording, execution, [&](const RunRecord& record) { records.push_back(record); });
  return records;
}

class SameBits : public testing::TestWithParam<int> {
 protected:
  const Scenario& scenario() const { return seven_scenarios()[static_cast<std::size_t>(GetParam())].scenario; }
};

TEST_P(SameBits, ForAnyNumberOfThreads) {
  const auto replicates = replicate_range(0, 10);
  const auto one = ensemble(scenario(), replicates, {.threads = 1});
  for (const int threads : {2, 3, 8}) {
    const auto many = ensemble(scenario(), replicates, {.threads = threads, .batch = 2});
    ASSERT_EQ(many.size(), one.size());
    for (std::size_t k = 0; k < one.size(); ++k)
      EXPECT_TRUE(same_record(one[k], many[k])) << threads << " threads, replicate " << k;
  }
}

TEST_P(SameBits, InReverseOrder) {
  auto replicates = replicate_range(0, 6);
  const auto forwards = ensemble(scenario(), replicates, {.threads = 1});
  std::reverse(replicates.begin(), replicates.end());
  const auto backwards = ensemble(scenario(), replicates, {.threads = 2, .batch = 3});
  for (std::size_t k = 0; k < replicates.size(); ++k)
    EXPECT_TRUE(same_record(forwards[k], backwards[replicates.size() - 1 - k])) << k;
}

TEST_P(SameBits, WhateverIsRecorded) {
  const RunRecord whole = run_once(scenario(), 3);
  for (int mask = 0; mask < 31; ++mask) {
    const Recording some{(mask & 1) != 0, (mask & 2) != 0, (mask & 4) != 0, (mask & 8) != 0, (mask & 16) != 0};
    const RunRecord part = run_once(scenario(), 3, some);
    EXPECT_EQ(part.hash, whole.hash) << mask;
    EXPECT_TRUE(same_bits(part.outcomes, whole.outcomes)) << mask;
    EXPECT_TRUE(part.trajectories.empty() != some.trajectories &&
                (part.trajectories.empty() || same_bits(part.trajectories, whole.trajectories)));
    EXPECT_TRUE(part.survey.empty() != some.survey && (part.survey.empty() || same_bits(part.survey, whole.survey)));
  }
}

TEST_P(SameBits, OnEveryInstructionSet) {
  for (const std::uint32_t replicate : {0u, 1u, 2u}) {
    const RunRecord portable = run_once(scenario(), replicate, everything, "portable");
    for (const auto set : instruction_sets())
      EXPECT_TRUE(same_record(portable, run_once(scenario(), replicate, everything, set))) << set;
  }
}

// Kernels in lanes have a part for what does not fill several vectors, tables one for small ones.
TEST(SameBitsOfAllSizes, OnEveryInstructionSet) {
  for (const int members : {1, 3, 16, 17, 33, 48, 70, 100, 127, 130, 145, 300, 520, 1'100}) {
    Scenario s = stage_scenario();
    s.organisations.members = {members - members / 3, members / 3, 0};
    s.organisations.nonmembers = members / 5;
    const RunRecord portable = run_once(s, 4, everything, "portable");
    for (const auto set : instruction_sets())
      EXPECT_TRUE(same_record(portable, run_once(s, 4, everything, set))) << set << members;
  }
}

TEST_P(SameBits, AcrossSeedsAndReplicatesDiffer) {
  const auto hash = [&](std::uint64_t seed, std::uint32_t replicate) {
    return run_once(scenario(), replicate, outcomes_only, "", seed).hash;
  };
  EXPECT_NE(hash(1, 0), hash(1, 1));
  EXPECT_NE(hash(1, 0), hash(2, 0));
  EXPECT_NE(hash(1, 0), hash(1ull << 32, 0));
  EXPECT_EQ(hash(7, 9), hash(7, 9));
}

INSTANTIATE_TEST_SUITE_P(Scenarios, SameBits, testing::Range(0, 7),
                         [](const auto& test) { return seven_scenarios()[static_cast<std::size_t>(test.param)].name; });

// Large enough for five chunks; three structures that take all branches of decision and influence.
// Policies that draw together are each as if alone, whatever the order of replicates; one has events where others have none.
TEST_P(SameBits, DrawnTogetherOrApart) {
  std::vector<Scenario> policies(4, scenario());
  policies[1].levers.information = .9;
  for (Series& series : policies[2].series) series.per_year *= 2.5;
  policies[3].environment.scarcity = .9;
  const auto draws = std::make_shared<SharedDraws>(padded(scenario().organisations.count()), scenario().calendar.months);
  std::vector<Simulator> together;
  for (const Scenario& policy : policies) {
    ASSERT_TRUE(same_draws(scenario(), policy));
    together.emplace_back(make_plan(policy));
    together.back().share(draws);
  }
  for (const std::uint32_t replicate : {5u, 0u, 5u, 6u})
    for (std::size_t k = 0; k < policies.size(); ++k) {
      RunRecord record;
      together[k].run(1, replicate, everything, record);
      EXPECT_TRUE(same_record(record, run_once(policies[k], replicate))) << "policy " << k << ", replicate " << replicate;
    }
}

TEST(SharedDraws, AreOfOnePopulationOnly) {
  const Scenario& baseline = seven_scenarios().front().scenario;
  for (int change = 0; change < 6; ++change) {
    Scenario other = baseline;
    if (change == 0) other.organisations.nonmembers += 1;
    if (change == 1) other.parameters.resource_sigma += .1;
    if (change == 2) other.regions.front().share += .01;
    if (change == 3) other.roles.front().viewpoint += .1;
    if (change == 4) other.structure.engagement = static_cast<int>(Engagement::reinforcement);
    if (change == 5) other.calendar.months += 1;
    EXPECT_FALSE(same_draws(baseline, other)) << change;
  }
  EXPECT_TRUE(same_draws(baseline, baseline));
}

TEST(ParallelLoop, GivesTheBitsOfTheSerialLoop) {
  for (int structure = 0; structure < 3; ++structure) {
    Scenario s = stage_scenario();
    s.organisations.members = {12'000, 5'000, 2'500};
    s.organisations.nonmembers = 500;
    s.calendar.months = 14;
    for (Series& series : s.series) series.until = 14;
    s.structure = {structure, structure, 3 - structure};
    const auto plan = make_plan(s);
    RunRecord serial, parallel;
    Simulator(plan).run(1, 0, everything, serial);
    Simulator(plan, "", tbb_loop()).run(1, 0, everything, parallel);
    EXPECT_TRUE(same_record(serial, parallel)) << structure;
  }
}

// Few large runs go in parallel inside.
TEST(ParallelLoop, IsChosenForFewLargeRuns) {
  Scenario s = stage_scenario();
  s.organisations.members = {12'000, 5'000, 3'000};
  s.calendar.months = 4;
  for (Series& series : s.series) series.until = 4;
  const auto one = ensemble(s, {5}, {.threads = 1}, outcomes_only), two = ensemble(s, {5}, {.threads = 2}, outcomes_only);
  EXPECT_EQ(one.at(0).hash, two.at(0).hash);
}

// A change of this file must be explained in CHANGELOG.md.
TEST(GoldenHashes, AreThoseOfTheFile) {
  const auto path = source_dir() / "tests/golden/hashes.txt";
  std::string text =
      "# Hashes of replicates 0 to 19 of the seven scenarios, seed 1, combined. A change means that results have changed:\n"
      "# explain it in CHANGELOG.md. Renewed by running this test with COALIS_RENEW_GOLDEN=1.\n";
  for (const NamedScenario& named : seven_scenarios()) {
    std::uint64_t combined = 0;
    for (const RunRecord& record : ensemble(named.scenario, replicate_range(0, 20), {}, outcomes_only))
      combined = (combined ^ record.hash) * 0x9e3779b97f4a7c15u;
    char line[32];
    std::snprintf(line, sizeof line, "%s %016llx\n", named.name.c_str(), static_cast<unsigned long long>(combined));
    text += line;
  }
  if (std::getenv("COALIS_RENEW_GOLDEN")) std::ofstream(path) << text;
  EXPECT_EQ(text, contents(path));
}

}  // namespace
}  // namespace coalis::test
