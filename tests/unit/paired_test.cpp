// Statistics of paired differences, against brute force on random data.
#include "coalis/ensemble/paired.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/model/find_row.hpp"
#include "coalis/model/shared_draws.hpp"
#include "coalis/questions/comparison/differences.hpp"
#include "coalis/questions/comparison/samples.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/questions/level_trajectory.hpp"
#include "coalis/questions/policy/beginning.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/statistics/paired_statistics.hpp"
#include "coalis/statistics/resampling.hpp"
#include "coalis/statistics/variance_parts.hpp"
#include "support/seven.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<double> normals(std::size_t n, unsigned seed, double mean = 0) {
  std::mt19937 engine(seed);
  std::normal_distribution<double> draw(mean, 1);
  std::vector<double> values(n);
  for (double& x : values) x = draw(engine);
  return values;
}

double mean_of(const std::vector<double>& x) { return std::accumulate(x.begin(), x.end(), 0.0) / double(x.size()); }
double variance_of(const std::vector<double>& x) {
  double sum = 0;
  for (const double v : x) sum += (v - mean_of(x)) * (v - mean_of(x));
  return sum / double(x.size() - 1);
}
// Type 7 as Hyndman and Fan write it: between the floor(h)-th and the next of the ordered values, h = (n-1) p + 1.
double quantile_of(std::vector<double> x, double p) {
  std::sort(x.begin(), x.end());
  const double h = double(x.size() - 1) * p + 1;
  const auto j = static_cast<std::size_t>(h);
  return j >= x.size() ? x.back() : x[j - 1] + (h - double(j)) * (x[j] - x[j - 1]);
}

TEST(PairedSummary, AgreesWithBruteForce) {
  for (const std::size_t n : {2u, 3u, 10u, 101u, 1000u}) {
    const auto noise = normals(n, 1), a_own = normals(n, 2, 3), b_own = normals(n, 3, 3.4);
    std::vector<double> a, b, d;
    for (std::size_t i = 0; i < n; ++i) {
      a.push_back(a_own[i] * 0.3 + noise[i]);
      b.push_back(b_own[i] * 0.3 + noise[i]);
      d.push_back(b[i] - a[i]);
    }
    const double matters = 0.25;
    const PairedSummary s = summarise_pairs(a, b, matters);
    const double nd = double(n);
    EXPECT_NEAR(s.reference.mean, mean_of(a), 1e-12);
    EXPECT_NEAR(s.other.mean, mean_of(b), 1e-12);
    EXPECT_NEAR(s.mean, mean_of(d), 1e-12);
    EXPECT_NEAR(s.sd, std::sqrt(variance_of(d)), 1e-12);
    EXPECT_NEAR(s.se, std::sqrt(variance_of(d) / nd), 1e-12);
    EXPECT_NEAR(s.median, quantile_of(d, 0.5), 1e-12);
    EXPECT_NEAR(s.half.low, quantile_of(d, 0.25), 1e-12);
    EXPECT_NEAR(s.half.high, quantile_of(d, 0.75), 1e-12);
    EXPECT_NEAR(s.most.low, quantile_of(d, 0.1), 1e-12);
    EXPECT_NEAR(s.most.high, quantile_of(d, 0.9), 1e-12);
    EXPECT_NEAR(s.nearly_all.low, quantile_of(d, 0.025), 1e-12);
    EXPECT_NEAR(s.nearly_all.high, quantile_of(d, 0.975), 1e-12);
    const auto count = [&](auto f) { return double(std::count_if(d.begin(), d.end(), f)) / nd; };
    EXPECT_DOUBLE_EQ(s.above, count([&](double x) { return x > matters; }));
    EXPECT_DOUBLE_EQ(s.below, count([&](double x) { return x < -matters; }));
    EXPECT_NEAR(s.above + s.between + s.below, 1, 1e-12);
    EXPECT_NEAR(s.unpaired, mean_of(b) - mean_of(a), 1e-12);
    EXPECT_NEAR(s.unpaired_se, std::sqrt((variance_of(a) + variance_of(b)) / nd), 1e-12);
    EXPECT_NEAR(s.variance_reduction, (variance_of(a) + variance_of(b)) / variance_of(d), 1e-9 * s.variance_reduction);
    EXPECT_EQ(s.pairs, n);
    EXPECT_EQ(s.left_out, 0u);
  }
}

TEST(PairedSummary, DifferenceOnTheEdgeDoesNotExceedIt) {
  const std::vector<double> a{0, 0, 0, 0, 0}, b{0.5, -0.5, 0.75, -0.75, 1};
  const PairedSummary s = summarise_pairs(a, b, 0.5);
  EXPECT_DOUBLE_EQ(s.above, 0.4);
  EXPECT_DOUBLE_EQ(s.between, 0.4);
  EXPECT_DOUBLE_EQ(s.below, 0.2);
}

TEST(PairedSummary, EqualValuesGiveExactlyZero) {
  const auto a = normals(100, 4);
  const PairedSummary s = summarise_pairs(a, a, 0);
  for (const double x :
       {s.mean, s.se, s.sd, s.median, s.half.low, s.half.high, s.nearly_all.low, s.nearly_all.high, s.unpaired, s.above, s.below})
    EXPECT_EQ(x, 0);
  EXPECT_EQ(s.between, 1);
  EXPECT_TRUE(std::isnan(s.variance_reduction));
}

TEST(PairedSummary, EqualDifferencesDoNotVary) {
  const std::vector<double> a(7, 0.1), b(7, 0.1 + 1.0 / 3);
  const PairedSummary s = summarise_pairs(a, b, 0);
  EXPECT_EQ(s.mean, b[0] - a[0]);
  EXPECT_EQ(s.sd, 0);
  EXPECT_EQ(s.se, 0);
  EXPECT_TRUE(std::isnan(s.variance_reduction));
}

TEST(PairedSummary, SwappingMirrorsEveryFigureExactly) {
  auto a = normals(997, 5), b = normals(997, 6, 0.3);
  a[3] = b[10] = b[11] = missing;
  const PairedSummary s = summarise_pairs(a, b, 0.1), t = summarise_pairs(b, a, 0.1);
  EXPECT_EQ(s.mean, -t.mean);
  EXPECT_EQ(s.median, -t.median);
  EXPECT_EQ(s.se, t.se);
  EXPECT_EQ(s.sd, t.sd);
  for (const auto range : {&PairedSummary::half, &PairedSummary::most, &PairedSummary::nearly_all}) {
    EXPECT_EQ((s.*range).low, -(t.*range).high);
    EXPECT_EQ((s.*range).high, -(t.*range).low);
  }
  EXPECT_EQ(s.above, t.below);
  EXPECT_EQ(s.between, t.between);
  EXPECT_EQ(s.unpaired, -t.unpaired);
  EXPECT_EQ(s.unpaired_se, t.unpaired_se);
  EXPECT_EQ(s.variance_reduction, t.variance_reduction);
  EXPECT_EQ(s.left_out, t.left_out);
}

TEST(PairedSummary, PairsWithAMissingValueAreLeftOutAndCounted) {
  const std::vector<double> a{1, missing, 3, missing, 5}, b{2, 2, missing, missing, 8};
  const PairedSummary s = summarise_pairs(a, b, 0);
  EXPECT_EQ(s.pairs, 2u);
  EXPECT_EQ(s.left_out, 3u);
  EXPECT_DOUBLE_EQ(s.mean, 2);
  EXPECT_DOUBLE_EQ(s.reference.mean, 3);  // over 1, 3, 5
  EXPECT_EQ(s.reference.n, 3u);
  EXPECT_DOUBLE_EQ(s.unpaired, 1);  // 4 - 3
  const std::vector<double> none{missing, missing};
  const PairedSummary empty = summarise_pairs(none, none, 0);
  EXPECT_EQ(empty.pairs, 0u);
  EXPECT_TRUE(std::isnan(empty.mean) && std::isnan(empty.above) && std::isnan(empty.half.low) && std::isnan(empty.se));
}

TEST(Precision, LooksAreSixtyFourTimesAPowerOfTwo) {
  EXPECT_EQ(last_look(63), 0u);
  EXPECT_EQ(last_look(64), 64u);
  EXPECT_EQ(last_look(127), 64u);
  EXPECT_EQ(last_look(1000), 512u);
  EXPECT_EQ(last_look(65536), 65536u);
}

TEST(Precision, ReplicatesNeededGiveTheHalfWidth) {
  const double n = replicates_needed(0.2, 0.01);
  EXPECT_LE(half_width(0.2 / std::sqrt(n), static_cast<std::size_t>(n)), 0.01);
  EXPECT_GT(half_width(0.2 / std::sqrt(n - 1), static_cast<std::size_t>(n) - 1), 0.01);
  for (const double sd : {0.001, 0.01, 0.013, 0.02, 0.03, 0.05}) {  // few replicates, where the quantile moves fast
    const double few = replicates_needed(sd, 0.01);
    EXPECT_LE(half_width(sd / std::sqrt(few), static_cast<std::size_t>(few)), 0.01) << sd;
    if (few > 2) {
      EXPECT_GT(half_width(sd / std::sqrt(few - 1), static_cast<std::size_t>(few) - 1), 0.01) << sd;
    }
  }
}

TEST(MeanDifferences, AreThoseOfEveryElement) {
  std::mt19937 engine(7);
  std::normal_distribution<float> draw;
  MeanDifferences sums;
  std::vector<std::vector<double>> d(3);
  for (int r = 0; r < 50; ++r) {
    std::vector<float> a(3), b(3);
    for (std::size_t i = 0; i < 3; ++i) {
      a[i] = draw(engine);
      b[i] = i == 2 && r % 2 ? std::numeric_limits<float>::quiet_NaN() : draw(engine) + 1;
      if (!std::isnan(b[i])) d[i].push_back(double(b[i]) - double(a[i]));
    }
    sums.add(a, b);
  }
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(sums.mean(i), mean_of(d[i]), 1e-12);
    EXPECT_NEAR(sums.se(i), std::sqrt(variance_of(d[i]) / double(d[i].size())), 1e-12);
  }
}

TEST(MonthOfHalf, IsTheFirstFromWhichTheDifferenceStays) {
  const std::vector<double> there_and_back{0, 0.6, 0.2, 0.5, 0.7, 1};
  EXPECT_EQ(month_of_half(there_and_back, 0.1), 3);
  std::vector<double> mirrored = there_and_back;
  for (double& x : mirrored) x = -x;
  EXPECT_EQ(month_of_half(mirrored, 0.1), 3);
  EXPECT_EQ(month_of_half(there_and_back, 0.99), 5 - 2);
  EXPECT_EQ(month_of_half(there_and_back, 1), std::nullopt);  // its interval includes 0: noise
  EXPECT_EQ(month_of_half(there_and_back, missing), std::nullopt);
  EXPECT_EQ(month_of_half(std::vector<double>{1, 1, 0}, 0), std::nullopt);
  EXPECT_EQ(month_of_half(std::vector<double>{1, 1}, 0.1), 0);
  EXPECT_EQ(month_of_half(std::vector<double>{1, missing, 1}, 0.1), 2);
  EXPECT_EQ(month_of_half(std::vector<double>{9, 2, 1, 1}, 0.1, 1), 1);
}

TEST(MonthOfHalf, WaitsForSomethingToHappen) {
  MeanDifferences levels;  // elements 2 to 5: no event, one that is attended alike, then by luck
  const std::vector<float> zeros(6, 0);
  levels.add(zeros, std::vector<float>{5, 5, 0, 0, 1, 1});
  levels.add(zeros, std::vector<float>{7, 7, 0, 0, 1, 3});
  EXPECT_EQ(first_movement(levels, 2, 4), 2u);
  EXPECT_EQ(first_movement(levels, 4, 2), 1u);
  EXPECT_EQ(first_movement(levels, 0, 2), 0u);
  EXPECT_EQ(first_movement(levels, 2, 2), 0u);
}

TEST(LevelTrajectories, EndInTheirOutcome) {
  std::size_t levels = 0;
  for (const auto& [name, scenario] : test::seven_scenarios()) {
    const RunRecord record = test::run_once(scenario);
    const auto months = static_cast<std::size_t>(scenario.calendar.months);
    for (std::size_t i = 0; i < outcome_quantities().size(); ++i) {
      const auto trajectory = level_trajectory(i);
      if (!trajectory) continue;
      ++levels;
      const auto last = record.trajectories[(*trajectory + 1) * months - 1];
      if (std::isnan(record.outcomes[i]))
        EXPECT_TRUE(std::isnan(last)) << name << " " << outcome_quantities()[i].name;
      else
        EXPECT_FLOAT_EQ(last, static_cast<float>(record.outcomes[i])) << name << " " << outcome_quantities()[i].name;
    }
  }
  EXPECT_GT(levels, 7u * 10);
}

TEST(RunPaired, HandsOverWhatEveryScenarioAloneGives) {
  std::vector<Scenario> scenarios{test::seven_scenarios()[0].scenario, test::seven_scenarios()[1].scenario};
  const auto replicates = replicate_range(5, 7);
  for (const int threads : {1, 3}) {
    std::uint32_t next = 5;
    const Execution execution{.threads = threads};
    const auto done = run_paired(scenarios, 9, replicates, test::everything, execution, [&](std::span<const RunRecord> records) {
      ASSERT_EQ(records.size(), 2u);
      for (std::size_t i = 0; i < 2; ++i)
        EXPECT_TRUE(test::same_record(records[i], test::run_once(scenarios[i], next, test::everything, "", 9)));
      ++next;
    });
    EXPECT_EQ(done, 7u);
  }
}

template <class T>
Intervention from_month(int from, Target target, std::string_view key, double value, int element = 0) {
  const auto row = static_cast<int>(find_row<T>(key) - fields<T>().data());
  return {std::string(key), target, element, row, value, from, 1200, 1};
}

// Scenarios that are alike until some month share what was run until then, whatever is recorded; one that is not runs by itself.
TEST(RunPaired, APastThatIsSharedHasTheBitsOfWholeRuns) {
  const Scenario base = test::seven_scenarios()[0].scenario;
  std::vector<Scenario> scenarios(7, base);
  scenarios[1].interventions.push_back(from_month<Levers>(20, Target::levers, "facilitation", 1));
  scenarios[2].interventions.push_back(from_month<Hub>(12, Target::hub, "fte", 1));
  scenarios[3].interventions.push_back(from_month<Series>(30, Target::series, "per_year", 12, 1));
  scenarios[4].series.back().until = 24;
  scenarios[5].levers.facilitation = 1;  // from the start
  std::vector<int> alike;
  for (const Scenario& scenario : scenarios) alike.push_back(alike_until(*make_plan(base), *make_plan(scenario)));
  EXPECT_EQ(alike, (std::vector<int>{43, 20, 12, 30, 24, 0, 43}));
  const std::vector<std::uint32_t> replicates{3, 4, 5};
  for (const Recording& recording : {test::everything, test::outcomes_only})
    run_paired(scenarios, 9, replicates, recording, {.threads = 2}, [&](std::span<const RunRecord> records) {
      for (std::size_t i = 0; i < scenarios.size(); ++i)
        EXPECT_TRUE(test::same_record(records[i], test::run_once(scenarios[i], records[i].replicate, recording, "", 9))) << i;
    });
}

// What is said of it asks less than the same bits: what does nothing is nothing, however it is written.
TEST(Comparison, MonthsAlikeAreThoseInWhichTheSameIsInForce) {
  const Scenario base = test::seven_scenarios()[0].scenario;
  Scenario other = base;
  other.interventions.push_back(from_month<Levers>(20, Target::levers, "facilitation", 1));
  EXPECT_EQ(months_alike(base, other), 20);
  EXPECT_EQ(months_alike(other, base), 20);
  other.interventions.front().value = base.levers.facilitation;
  EXPECT_TRUE(same_in_force(base, other));
  EXPECT_EQ(months_alike(base, other), 0);  // never
  other.interventions.push_back(from_month<Hub>(30, Target::hub, "fte", 1));
  EXPECT_EQ(months_alike(base, other), 30);
  other.hubs.push_back(base.hubs.front());
  other.hubs.back().name = "later", other.hubs.back().serves.clear(), other.hubs.back().fte = 0;
  EXPECT_EQ(months_alike(base, other), 30);
  other.hubs.back().fte = 0.5;
  EXPECT_EQ(months_alike(base, other), 0);
  other = base;
  other.series.back().until = 24;
  EXPECT_EQ(months_alike(base, other), 24);
  other.parameters.tie_prob += 0.01;
  EXPECT_EQ(months_alike(base, other), 0);
}

TEST(RunPaired, OfAnotherShapeOrWorldNothingIsShared) {
  const Scenario base = test::seven_scenarios()[0].scenario;
  const auto alike = [&](const Scenario& other) { return alike_until(*make_plan(base), *make_plan(other)); };
  Scenario other = base;
  other.hubs.push_back(base.hubs.front());
  other.hubs.back().name = "another", other.hubs.back().serves.clear();
  EXPECT_EQ(alike(other), 0);
  other = base;
  other.parameters.tie_prob += 0.01;
  EXPECT_EQ(alike(other), 0);
  other = base;
  other.costs.fte += 1;
  EXPECT_EQ(alike(other), 0);
}

TEST(RunPaired, CancellationKeepsTheBeginning) {
  const std::vector<Scenario> scenarios(2, test::seven_scenarios()[0].scenario);
  std::atomic<bool> cancel{false};
  std::vector<std::uint32_t> seen;
  const Execution execution{.threads = 2, .batch = 2, .cancel = &cancel};
  const auto done =
      run_paired(scenarios, 1, replicate_range(0, 500), test::outcomes_only, execution, [&](std::span<const RunRecord> records) {
        seen.push_back(records.front().replicate);
        if (seen.size() == 20) cancel = true;
      });
  EXPECT_EQ(done, seen.size());
  EXPECT_GE(done, 20u);
  EXPECT_LT(done, 500u);
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], i);
}

// What an option changes in the very thing that is scaled is undone, wholly or in part, and the other way round is none of it.
TEST(EqualBudget, SaysWhatIsLeftOfAChange) {
  const Scenario base = test::seven_scenarios()[0].scenario;
  ASSERT_EQ(base.hubs.size(), 1u);
  Scenario option = base;
  option.hubs[0].fte = base.hubs[0].fte + 0.5;
  const auto left = [&](double money, const Scenario& reference_run) {
    const Budget budget = std::get<Budget>(equal_budget(option, money, "fte"));
    return left_after_scaling({base, reference_run}, {option, budget.scenario}, "fte", 0);
  };
  const double cost = planned_cost(base), all = planned_cost(option);
  EXPECT_EQ(left(cost, base), 0.0);
  EXPECT_EQ(left(cost, base), left(cost - 1000, base));
  EXPECT_NEAR(*left((cost + all) / 2, base), 0.5, 1e-9);
  EXPECT_FALSE(left(all, base));
  const Budget raised = std::get<Budget>(equal_budget(base, (cost + all) / 2, "fte"));
  EXPECT_NEAR(*left((cost + all) / 2, raised.scenario), 0, 1e-9);
  EXPECT_TRUE(raised.became.starts_with(", raised to ")) << raised.became;
  EXPECT_FALSE(left_after_scaling({base, base}, {option, option}, "per_year", 0));
}

TEST(EqualBudget, IsMetByEveryLeverOrRefused) {
  const Scenario base = test::seven_scenarios()[0].scenario;
  const double cost = planned_cost(base);
  for (const auto& lever : budget_levers()) {
    const auto budget = std::get<Budget>(equal_budget(base, cost + 700, lever));
    EXPECT_NEAR(planned_cost(budget.scenario), cost + 700, 1e-6) << lever;
    EXPECT_EQ(budget.cost_before, cost);
    EXPECT_FALSE(budget.changes.empty());
  }
  EXPECT_TRUE(std::get<Budget>(equal_budget(base, cost, "fte")).changes.empty());
  EXPECT_EQ(std::get<Budget>(equal_budget(base, cost, "fte")).scenario, base);
  EXPECT_TRUE(std::holds_alternative<BudgetError>(equal_budget(base, cost + 1e6, "facilitation")));  // above 1
  EXPECT_TRUE(std::holds_alternative<BudgetError>(equal_budget(base, 100, "per_year")));             // staff alone costs more
}

TEST(EqualBudget, ScalesInterventionsOnTheSameFieldAndRefusesThoseOnALever) {
  Scenario s = test::seven_scenarios()[0].scenario;
  const auto row = [](const auto& rows, std::string_view name) {
    int i = 0;
    while (rows[static_cast<std::size_t>(i)].name != name) ++i;
    return i;
  };
  s.interventions.push_back({"hubs.Chicago.fte", Target::hub, 0, row(fields<Hub>(), "fte"), 1.0, 10, 30, 6});
  const auto budget = std::get<Budget>(equal_budget(s, 0.8 * planned_cost(s), "fte"));
  EXPECT_NEAR(planned_cost(budget.scenario), 0.8 * planned_cost(s), 1e-6);
  EXPECT_NEAR(std::get<double>(budget.scenario.interventions.back().value) / 1.0, budget.scenario.hubs[0].fte / s.hubs[0].fte,
              1e-12);
  s.interventions.push_back({"levers.information", Target::levers, 0, row(fields<Levers>(), "information"), 2.0, 10, 30, 1});
  EXPECT_TRUE(std::holds_alternative<BudgetError>(equal_budget(s, planned_cost(s) + 100, "information")));
}

TEST(Structures, AreEveryCombinationOfWhatIsListedButTheOwn) {
  const auto count = [](std::vector<std::string> names) { return structure_variants(Structure{}, names).size(); };
  EXPECT_EQ(count({"engagement"}), 2u);
  EXPECT_EQ(count({"decision"}), 2u);
  EXPECT_EQ(count({"influence"}), 3u);
  EXPECT_EQ(count({"all"}), 35u);
  EXPECT_EQ(count({"mixture", "trait"}), 1u);
  EXPECT_EQ(count({"trait"}), 1u);
  EXPECT_EQ(count({"trait", "threshold"}), 1u);
  EXPECT_THROW(count({"traits"}), VariantError);
}

TEST(Structures, CalibratedIsTheBaselineOfTheFittedCoalitionAlone) {
  const auto read = [](const char* name) { return read_scenario(test::source_dir() / "scenarios" / name).scenario; };
  Scenario illinois = read("illinois.toml");
  EXPECT_EQ(calibration_of(illinois), Calibration::calibrated);
  EXPECT_EQ(calibration_of(read("illinois-three-hubs.toml")), Calibration::calibrated);  // another policy for the same coalition
  EXPECT_EQ(calibration_of(read("template-statewide.toml")), Calibration::not_calibrated);
  EXPECT_EQ(calibration_of(illinois, {.decision = static_cast<int>(Decision::threshold)}), Calibration::shift_only);
  EXPECT_EQ(calibration_of(illinois, {.engagement = static_cast<int>(Engagement::trait)}), Calibration::not_calibrated);
  EXPECT_EQ(calibration_of(illinois, {.influence = static_cast<int>(Influence::degroot)}), Calibration::not_calibrated);
  EXPECT_EQ(calibration_of(read("template-statewide.toml"), {.decision = static_cast<int>(Decision::threshold)}),
            Calibration::not_calibrated);
  illinois.parameters.tie_prob *= 1.01;
  EXPECT_EQ(calibration_of(illinois), Calibration::not_calibrated);
}

TEST(SystematicResampling, DrawsTheExpectedNumberRoundedUpOrDown) {
  const std::vector<double> weights{0.1, 2, 0, 0.37, 1.53};
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<double> sums(weights.size());
  constexpr int seeds = 400, draws = 13;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const auto counts = systematic_resampling(weights, draws, seed);
    EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), 0), draws);
    EXPECT_EQ(counts, systematic_resampling(weights, draws, seed));
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double expected = draws * weights[i] / total;
      EXPECT_GE(counts[i], std::floor(expected));
      EXPECT_LE(counts[i], std::ceil(expected));
      sums[i] += static_cast<double>(counts[i]);
    }
  }
  // A count has a standard deviation of at most 1/2, its mean over 400 seeds 1/40; fails by chance less than once in 10,000
  // times.
  for (std::size_t i = 0; i < weights.size(); ++i) EXPECT_NEAR(sums[i] / seeds, draws * weights[i] / total, 0.11);
}

TEST(GrowingResampling, FirstDrawsStayAndPowersOfTwoAreSystematic) {
  const std::vector<double> weights{0.1, 2, 0, 0.37, 1.53};
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto most = growing_resampling(weights, 1024, seed);
    for (const std::size_t draws : {1U, 3U, 16U, 17U, 512U}) {
      const auto first = growing_resampling(weights, draws, seed);
      ASSERT_TRUE(std::equal(first.begin(), first.end(), most.begin())) << seed;
    }
    for (std::size_t draws = 1; draws <= most.size(); draws *= 2)
      for (std::size_t i = 0; i < weights.size(); ++i) {
        const auto end = most.begin() + static_cast<std::ptrdiff_t>(draws);
        const auto count = static_cast<double>(std::count(most.begin(), end, i));
        const double expected = static_cast<double>(draws) * weights[i] / total;
        ASSERT_GE(count, std::floor(expected)) << seed << " " << draws << " " << i;
        ASSERT_LE(count, std::ceil(expected)) << seed << " " << draws << " " << i;
      }
  }
  // The first draw is that of the systematic rule with one draw.
  for (std::uint64_t seed = 0; seed < 50; ++seed)
    EXPECT_EQ(systematic_resampling(weights, 1, seed)[growing_resampling(weights, 1, seed).front()], 1);
  EXPECT_THROW(growing_resampling(std::vector<double>{0, 0}, 1, 1), std::invalid_argument);
}

// Draws with an effect of standard deviation `between` each, `together` values about it with standard deviation 1.
std::vector<double> nested(std::size_t draws, std::size_t together, double between, std::uint32_t seed) {
  const auto chance = normals(draws * together, seed), effects = normals(draws, seed + 1000);
  std::vector<double> values;
  for (std::size_t i = 0; i < chance.size(); ++i) values.push_back(5 + chance[i] + between * effects[i / together]);
  return values;
}

TEST(SharedParts, AreTheAnalysisOfVariance) {
  const std::vector<double> x{1, 3, 2, 2, 7, 5, 0, 4};  // means 2, 2, 6, 2; within 2, 0, 2, 8
  const SharedParts parts = shared_parts(x, 2);
  EXPECT_NEAR(parts.chance, 3, 1e-12);                  // 12 / 4
  EXPECT_NEAR(parts.parameters, (8 - 3) / 2.0, 1e-12);  // 2 * 12 / 3 = 8
  EXPECT_NEAR(parts.share, 2.5 / 5.5, 1e-12);
  EXPECT_NEAR(shared_se(x, 2), std::sqrt(4.0 / 4), 1e-12);  // means have the variance 4
  EXPECT_NEAR(shared_se(x, 1), summarise(x).se, 1e-12);
  // A missing value leaves its draw with one replicate: sizes 2, 1, 2, 2.
  std::vector<double> y = x;
  y[3] = missing;
  EXPECT_NEAR(shared_parts(y, 2).chance, 4, 1e-12);
  const double grand = 22 / 7.0, between = (2 * 4 + 1 * 4 + 2 * 36 + 2 * 4 - 7 * grand * grand) / 3;
  EXPECT_NEAR(shared_parts(y, 2).parameters, std::max(0.0, (between - 4) / ((7 - 13 / 7.0) / 3)), 1e-12);
  EXPECT_TRUE(std::isnan(shared_parts(std::vector<double>{1, 2, 3, 4}, 2).share));  // two draws
  EXPECT_TRUE(std::isnan(shared_parts(x, 1).chance));
  const std::vector<double> same(8, 37500.1);
  EXPECT_EQ(shared_se(same, 2), 0);
  EXPECT_EQ(shared_parts(same, 2).chance, 0);
  EXPECT_TRUE(std::isnan(shared_parts(same, 2).share));
}

TEST(SharedParts, AreUnbiasedAndTheIntervalCovers) {
  for (const double between : {0.0, 0.5, 1.5}) {
    const double variance = between * between, share = variance / (1 + variance);
    double chance = 0, covered = 0, errors = 0;
    constexpr int studies = 300;
    for (int i = 0; i < studies; ++i) {
      const auto x = nested(100, 2, between, static_cast<std::uint32_t>(2000 + 7 * i));
      const SharedParts parts = shared_parts(x, 2);
      chance += parts.chance / studies;
      covered += parts.share_low <= share && share <= parts.share_high;
      errors += std::abs(mean_of(x) - 5) <= half_width(shared_se(x, 2), draws_with_values(x, 2));
    }
    EXPECT_NEAR(chance, 1, 0.03);  // standard error .008
    // Of 300 nominal 95 % intervals: fewer than 270 by chance once in 3,000 times, if they cover.
    EXPECT_GE(covered, 270) << between;
    EXPECT_GE(errors, 270) << between;
  }
}

TEST(VarianceParts, AddUpToTheVarianceOfTheWhole) {
  const std::vector<std::vector<double>> d{normals(200, 11), normals(200, 12, 1), normals(200, 13, 3), normals(200, 14, 2)};
  const std::vector<Cell> cells{{0, 1, d[0]}, {0, 3, d[1]}, {1, 2, d[2]}, {1, 2, d[3]}};
  const std::vector<double> weight{0.125, 0.375, 0.25, 0.25};
  double mean = 0, square = 0;
  for (std::size_t i = 0; i < d.size(); ++i) {
    for (const double x : d[i]) {
      mean += weight[i] * x / 200;
      square += weight[i] * x * x / 200;
    }
  }
  const VarianceParts parts = variance_parts(cells);
  EXPECT_NEAR(parts.mean, mean, 1e-12);
  EXPECT_NEAR(parts.chance + parts.parameters + parts.structure, square - mean * mean, 1e-10);
  const double first = 0.25 * mean_of(d[0]) + 0.75 * mean_of(d[1]), second = 0.5 * (mean_of(d[2]) + mean_of(d[3]));
  EXPECT_NEAR(parts.structure, (first - second) * (first - second) / 4, 1e-12);
  EXPECT_NEAR(parts.chance, 1, 0.2);
}

TEST(VarianceParts, OfOneCellAreChanceAlone) {
  const auto d = normals(50, 21);
  const VarianceParts parts = variance_parts(std::vector<Cell>{{0, 1, d}});
  EXPECT_EQ(parts.parameters, 0);
  EXPECT_EQ(parts.structure, 0);
  EXPECT_NEAR(parts.chance, variance_of(d) * 49 / 50, 1e-12);
  const std::vector<double> none{missing};
  EXPECT_TRUE(std::isnan(variance_parts(std::vector<Cell>{{0, 1, none}}).mean));
}

TEST(Outcomes, EveryOneHasADifferenceThatMatters) {
  for (const Quantity& outcome : outcome_quantities()) EXPECT_GT(outcome.matters, 0) << outcome.name;
}

}  // namespace
}  // namespace coalis
