// What must not change a run: interventions of size zero, organisations, hubs, series and kinds that do nothing, the future.
#include <gtest/gtest.h>

#include <algorithm>

#include "coalis/model/fields.hpp"
#include "support/seven.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

// Interventions that set every field of a table (but names and the phase) to the value it has.
template <class T>
void add_zero_changes(std::vector<Intervention>& list, const T& table, int element, int from, int until, int ramp) {
  for (const auto& field : fields<T>())
    std::visit(
        [&](auto member) {
          using Value = std::remove_cvref_t<decltype(table.*member)>;
          if constexpr (!std::is_same_v<Value, std::string>) {
            if (field.name != "phase") list.push_back(change<T>(element, field.name, table.*member, from, until, ramp));
          }
        },
        field.member);
}

std::vector<Intervention> zero_changes(const Scenario& s, int from, int until, int ramp) {
  std::vector<Intervention> list;
  add_zero_changes(list, s.levers, 0, from, until, ramp);
  add_zero_changes(list, s.environment, 0, from, until, ramp);
  for (int h = 0; h < static_cast<int>(s.hubs.size()); ++h)
    add_zero_changes(list, s.hubs[static_cast<std::size_t>(h)], h, from, until, ramp);
  for (int k = 0; k < static_cast<int>(s.series.size()); ++k)
    add_zero_changes(list, s.series[static_cast<std::size_t>(k)], k, from, until, ramp);
  return list;
}

TEST(ZeroSizeInterventions, ChangeNothing) {
  for (const NamedScenario& named : seven_scenarios()) {
    Scenario base = named.scenario;
    base.interventions.clear();
    const RunRecord before = run_once(base);
    for (const auto& [from, until, ramp] : {std::tuple{0, 10'000, 1}, {5, 20, 1}, {5, 20, 7}, {12, 10'000, 100}}) {
      Scenario changed = base;
      changed.interventions = zero_changes(base, from, until, ramp);
      ASSERT_GT(changed.interventions.size(), 25u);
      EXPECT_TRUE(same_record(before, run_once(changed))) << named.name << " from " << from << " ramp " << ramp;
    }
  }
}

TEST(ZeroSizeInterventions, ChangeNothingOneByOne) {
  const Scenario base = stage_scenario();
  const std::uint64_t before = run_once(base, 0, outcomes_only).hash;
  for (const Intervention& one : zero_changes(base, 3, 30, 5)) {
    Scenario changed = base;
    changed.interventions = {one};
    EXPECT_EQ(run_once(changed, 0, outcomes_only).hash, before) << one.set;
  }
}

// Columns of the members, the first `members` of each row of n.
template <class T>
std::vector<T> of_members(const std::vector<T>& rows, std::size_t n, std::size_t members) {
  std::vector<T> kept;
  for (std::size_t row = 0; row + n <= rows.size(); row += n)
    kept.insert(kept.end(), rows.begin() + static_cast<std::ptrdiff_t>(row),
                rows.begin() + static_cast<std::ptrdiff_t>(row + members));
  return kept;
}

TEST(NonmembersAdded, LeaveMembersAttributes) {
  for (const NamedScenario& named : seven_scenarios()) {
    Scenario alone = named.scenario, crowd = named.scenario;
    alone.organisations.nonmembers = 0;
    crowd.organisations.nonmembers = 77;
    const auto members = static_cast<std::size_t>(alone.organisations.member_count());
    const RunRecord a = run_once(alone), b = run_once(crowd);
    for (const int column : {0, 1, 2})  // mission, capacity, anchor
      EXPECT_TRUE(std::equal(a.final_float.begin() + column * static_cast<int>(members),
                             a.final_float.begin() + (column + 1) * static_cast<int>(members),
                             b.final_float.begin() + column * static_cast<int>(members + 77)));
    for (int column = 0; column < 6; ++column)  // sector to entry
      EXPECT_TRUE(std::equal(a.final_integer.begin() + column * static_cast<int>(members),
                             a.final_integer.begin() + (column + 1) * static_cast<int>(members),
                             b.final_integer.begin() + column * static_cast<int>(members + 77)));
  }
}

// Nobody competes for funds or cases and chance contacts are with the field: non-members are not seen at all.
TEST(NonmembersAdded, LeaveMembersHistories) {
  for (const NamedScenario& named : seven_scenarios()) {
    Scenario alone = named.scenario;
    alone.organisations.nonmembers = 0;
    alone.levers.recruitment = alone.environment.scarcity = alone.environment.restricted = alone.environment.cases_per_month = 0;
    alone.parameters.field_size = 1e6;
    alone.interventions.clear();
    Scenario crowd = alone;
    crowd.organisations.nonmembers = 77;
    const auto members = static_cast<std::size_t>(alone.organisations.member_count());
    const RunRecord a = run_once(alone), b = run_once(crowd);
    EXPECT_EQ(a.final_integer, of_members(b.final_integer, members + 77, members)) << named.name;
    EXPECT_TRUE(same_bits(a.final_float, of_members(b.final_float, members + 77, members))) << named.name;
    EXPECT_TRUE(same_bits(a.organisation_trajectories, of_members(b.organisation_trajectories, members + 77, members)))
        << named.name;
    EXPECT_TRUE(same_bits(a.outcomes, b.outcomes)) << named.name;
    EXPECT_TRUE(same_bits(a.trajectories, b.trajectories)) << named.name;
  }
}

// Twice in every region and half in every role: weights of 1, by the way that weights take.
TEST(Recruitment, WeightsOfOneChangeNothing) {
  for (const NamedScenario& named : seven_scenarios()) {
    Scenario base = named.scenario;
    base.organisations.nonmembers = std::max(base.organisations.nonmembers, 60);
    base.levers.recruitment = 1;
    Scenario weighted = base;
    for (Region& region : weighted.regions) region.recruitment = 2;
    for (Role& role : weighted.roles) role.recruitment = .5;
    const RunRecord a = run_once(base), b = run_once(weighted);
    EXPECT_EQ(a.final_integer, b.final_integer) << named.name;
    EXPECT_TRUE(same_bits(a.final_float, b.final_float)) << named.name;
    EXPECT_TRUE(same_bits(a.organisation_trajectories, b.organisation_trajectories)) << named.name;
    for (std::size_t i = 0; i < a.outcomes.size(); ++i)  // costs are added up in another way
      if (a.outcomes[i] == a.outcomes[i]) {
        EXPECT_NEAR(a.outcomes[i], b.outcomes[i], 1e-9 * std::abs(a.outcomes[i])) << named.name;
      }
  }
}

// Of a role with weight 0 nobody is recruited, of the others some are.
TEST(Recruitment, GoesWhereItsWeightsSendIt) {
  Scenario s = seven_scenarios().front().scenario;
  s.organisations.nonmembers = 200;
  s.levers.recruitment = 10;
  s.roles[0].recruitment = 0;
  const RunRecord record = run_once(s);
  const auto n = static_cast<std::size_t>(s.organisations.count());
  const auto columns = [&](std::size_t i, std::size_t column) { return record.final_integer[column * n + i]; };
  int recruited = 0;
  for (std::size_t i = static_cast<std::size_t>(s.organisations.member_count()); i < n; ++i) {
    if (columns(i, 6) == 0) continue;
    EXPECT_NE(columns(i, 1), 0) << i;
    ++recruited;
  }
  EXPECT_GT(recruited, 10);
}

// In front of the others, so that all numbers shift: draws are keyed by names.
TEST(IdleParts, HubsKindsAndSeriesThatDoNothingChangeNoDraws) {
  for (const NamedScenario& named : seven_scenarios()) {
    const Scenario& base = named.scenario;
    Scenario more = base;
    more.hubs.insert(more.hubs.begin(), {"idle hub", 1, {}, 0, .5, 0});
    Kind idle = base.kinds[0];
    idle.name = "idle kind";
    more.kinds.insert(more.kinds.begin(), idle);
    Series silent = base.series[0];
    silent.name = "silent series";
    silent.audience = static_cast<int>(Audience::all);
    silent.per_year = 0;
    silent.from = 0;
    silent.until = base.calendar.months;
    more.series.insert(more.series.begin(), silent);
    for (std::size_t k = 0; k < more.series.size(); ++k) {
      more.series[k].kind += 1;
      more.series[k].hub += 1;
    }
    for (Intervention& intervention : more.interventions)
      intervention.element += intervention.target == Target::hub || intervention.target == Target::series;
    const RunRecord a = run_once(base), b = run_once(more);
    EXPECT_TRUE(same_bits(a.outcomes, b.outcomes)) << named.name;
    EXPECT_TRUE(same_bits(a.trajectories, b.trajectories)) << named.name;
    EXPECT_TRUE(same_bits(a.final_float, b.final_float)) << named.name;
    EXPECT_TRUE(same_bits(a.organisation_trajectories, b.organisation_trajectories)) << named.name;
    EXPECT_TRUE(same_bits(a.survey, b.survey)) << named.name;
  }
}

// The first `months` of each row of a's and b's months.
bool same_until(const std::vector<float>& a, std::size_t a_months, const std::vector<float>& b, std::size_t b_months,
                std::size_t months, std::size_t width = 1) {
  const std::size_t rows = a.size() / (a_months * width);
  if (rows == 0 || rows != b.size() / (b_months * width)) return false;
  for (std::size_t row = 0; row < rows; ++row)
    if (std::memcmp(&a[row * a_months * width], &b[row * b_months * width], months * width * sizeof(float)) != 0) return false;
  return true;
}

void expect_same_until(const Scenario& one, const Scenario& other, std::size_t months, const std::string& what) {
  const RunRecord a = run_once(one), b = run_once(other);
  const auto am = static_cast<std::size_t>(one.calendar.months), bm = static_cast<std::size_t>(other.calendar.months);
  const auto n = static_cast<std::size_t>(one.organisations.count());
  EXPECT_TRUE(same_until(a.trajectories, am, b.trajectories, bm, months)) << what;
  EXPECT_TRUE(same_until(a.region_trajectories, am, b.region_trajectories, bm, months)) << what;
  EXPECT_TRUE(same_until(a.organisation_trajectories, am, b.organisation_trajectories, bm, months, n)) << what;
  EXPECT_FALSE(same_until(a.organisation_trajectories, am, b.organisation_trajectories, bm, std::min(am, bm), n) && am == bm)
      << what;
}

TEST(TheFuture, DoesNotChangeThePast) {
  for (const NamedScenario& named : seven_scenarios()) {
    Scenario other = named.scenario;
    other.interventions.push_back(change<Levers>(0, "information", 4.0, 24));
    other.interventions.push_back(change<Hub>(0, "fte", 3.0, 24, 10'000, 6));
    other.interventions.push_back(change<Hub>(0, "serves", std::vector<int>{0, 1, 2}, 24));
    other.interventions.push_back(change<Series>(0, "per_year", 40.0, 24));
    other.interventions.push_back(change<Environment>(0, "cases_per_month", 500.0, 24));
    expect_same_until(named.scenario, other, 24, named.name);
  }
}

TEST(TheFuture, ALongerRunBeginsAlike) {
  for (const NamedScenario& named : seven_scenarios()) {
    Scenario longer = named.scenario;
    longer.calendar.months += 13;
    for (Series& series : longer.series)
      if (series.until == named.scenario.calendar.months) series.until = longer.calendar.months;
    for (Intervention& intervention : longer.interventions)
      if (intervention.until == named.scenario.calendar.months) intervention.until = longer.calendar.months;
    expect_same_until(named.scenario, longer, static_cast<std::size_t>(named.scenario.calendar.months), named.name);
  }
}

}  // namespace
}  // namespace coalis::test
