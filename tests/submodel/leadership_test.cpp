// Leadership (model.md section 3, process 2).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "coalis/submodels/submodels.hpp"
#include "support/stage.hpp"

namespace coalis::test {
namespace {

bool leaves(const World& w, int h) {
  const Words words = draw(w.stream, {Purpose::vacancy, hash_name(w.policy->hubs[h].name), static_cast<std::uint32_t>(w.month)});
  return share_of(words.w[0]) < w.plan.scenario.parameters.turnover;
}

struct Led {
  std::vector<int> span, vacancy;
  std::vector<double> staff, visibility, commitment;
};

// H: hubs that serve a region and have staff or are convened by members.
int hubs_at_work(const World& w) {
  return static_cast<int>(std::count_if(w.policy->hubs.begin(), w.policy->hubs.end(), [](const Hub& hub) {
    return !hub.serves.empty() && (hub.fte > 0 || hub.convenor == static_cast<int>(Convenor::members));
  }));
}

int enrolled_in_all(const World& w) { return static_cast<int>(std::count(w.status.begin(), w.status.begin() + w.n, enrolled)); }

// planned(h) and addressed(h)
std::pair<double, int> calendar_of(const World& w, int h, int span) {
  double planned = 0;
  int addressed = span;
  for (const Series& series : w.policy->series) {
    const bool now = series.from <= w.month && w.month < series.until && !w.policy->hubs[series.hub].serves.empty();
    if (series.hub != h || !now) continue;
    planned += series.per_year;
    if (series.per_year > 0 && series.audience == static_cast<int>(Audience::all)) addressed = enrolled_in_all(w);
  }
  return {planned, addressed};
}

Led led(const World& w) {
  const Parameters& p = w.plan.scenario.parameters;
  Led now;
  for (int h = 0; h < w.plan.hubs(); ++h) {
    const Hub& hub = w.policy->hubs[h];
    int span = 0;
    double commitment = 0;
    for (int i = 0; i < w.n; ++i)
      if (w.status[i] == enrolled && home_of(w, i) == h) {
        ++span;
        commitment += w.commitment[i];
      }
    const bool serves = !hub.serves.empty();
    const int vacancy = w.vacancy[h] > 0 ? w.vacancy[h] - 1 : serves && leaves(w, h) ? p.vacancy_months : 0;
    const double full = hub.fte * (1 - p.overhead * (1 - 1.0 / std::max(1, hubs_at_work(w))));
    const auto [planned, addressed] = calendar_of(w, h, span);
    const bool staffed = serves && full > 0 && vacancy == 0 && hub.convenor == static_cast<int>(Convenor::coordinator);
    const double f = staffed ? full * full / (full + p.event_fte * planned) : 0;
    const double attention = 1 - std::exp(-f * p.members_per_fte / std::max(1, addressed));
    now.span.push_back(span);
    now.vacancy.push_back(vacancy);
    now.staff.push_back(f);
    now.visibility.push_back(serves ? w.visibility[h] + p.visibility_rate * (attention - w.visibility[h]) : 0);
    now.commitment.push_back(span > 0 ? commitment / span : 0);
  }
  return now;
}

void expect_leads(Stage& stage) {
  World& w = stage.w;
  const Led expected = led(w);
  lead(w);
  for (int h = 0; h < w.plan.hubs(); ++h) {
    SCOPED_TRACE(w.policy->hubs[h].name);
    EXPECT_EQ(w.span[h], expected.span[h]);
    EXPECT_EQ(w.vacancy[h], expected.vacancy[h]);
    EXPECT_NEAR(w.staff[h], expected.staff[h], 1e-6);
    EXPECT_NEAR(w.visibility[h], expected.visibility[h], 2e-6);
    if (w.policy->hubs[h].convenor == static_cast<int>(Convenor::members)) {
      EXPECT_NEAR(w.span_commitment[h], expected.commitment[h], 1e-6);
    }
  }
  EXPECT_EQ(w.enrolled_count, enrolled_in_all(w));
  for (int i = 0; i < w.n; ++i) EXPECT_NEAR(w.exposure_at[w.place[i]], exposure_of(w, i), 2e-6) << "organisation " << i;
}

Scenario without_turnover() {
  Scenario s = stage_scenario();
  s.parameters.turnover = 0;
  return s;
}

TEST(Leadership, FollowsItsEquationsInEveryState) {
  for (unsigned state = 1; state <= 5; ++state) {
    Stage stage(without_turnover(), 5);
    vary(stage.w, state);
    expect_leads(stage);
  }
}

// Hubs are filled, in their last, second last month of vacancy.
TEST(Leadership, VacancyRunsDownWithoutADrawAndTheHubIsVacantWhileMonthsAreLeft) {
  Scenario s = stage_scenario();
  s.parameters.turnover = 1;
  Stage stage(s, 5);
  vary(stage.w);
  stage.w.vacancy = {1, 2, 3, 2};
  expect_leads(stage);
  EXPECT_EQ(stage.w.vacancy, (std::vector<int>{0, 1, 2, 1}));
  EXPECT_GT(stage.w.staff[stage::West], 0);
  EXPECT_EQ(stage.w.staff[stage::East], 0);
}

TEST(Leadership, EveryServingHubDrawsItsTurnoverMonthByMonth) {
  Scenario s = stage_scenario();
  s.parameters.turnover = .4;
  s.parameters.vacancy_months = 1;
  Stage stage(s);
  std::vector<int> left(4);
  for (int month = 0; month < 48; ++month) {
    open_month(stage.w, month);
    vary(stage.w, static_cast<unsigned>(month));
    expect_leads(stage);
    for (std::size_t h = 0; h < 4; ++h) left[h] += stage.w.vacancy[h];
  }
  for (std::size_t h = 0; h < 3; ++h) EXPECT_GT(left[h], 5) << h;
  EXPECT_EQ(left[stage::Idle], 0);
}

TEST(Leadership, OnlySeriesThatRunTakeStaffTimeAndAddressAll) {
  Scenario s = without_turnover();
  s.series[stage::outreach_day].from = 6;
  s.series[stage::all_meet].until = 6;
  for (const int month : {5, 6}) {
    Stage stage(s, month);
    vary(stage.w);
    expect_leads(stage);
  }
  // A series for all without events addresses nobody.
  s.series[stage::all_meet].per_year = 0;
  Stage stage(s, 5);
  vary(stage.w);
  expect_leads(stage);
}

TEST(Leadership, ASingleHubHasNoOverhead) {
  Scenario s = without_turnover();
  s.hubs[stage::East].fte = 0;
  s.hubs[stage::Circle].serves = {};
  Stage stage(s, 1);
  vary(stage.w);
  expect_leads(stage);
  EXPECT_NEAR(stage.w.staff[stage::West], .8 * .8 / (.8 + .015 * 24), 1e-6);
}

TEST(Leadership, NobodyEnrolledIsAddressedAsOne) {
  Stage stage(without_turnover(), 1);
  vary(stage.w);
  std::fill_n(stage.w.status.begin(), stage.w.n, dormant);
  recount(stage.w);
  expect_leads(stage);
}

TEST(Leadership, OnlineAccessTakesOutDistance) {
  Scenario s = without_turnover();
  s.levers.online_access = 1;
  Stage stage(s, 1);
  vary(stage.w);
  expect_leads(stage);
  for (int i = 0; i < stage.w.n; ++i)
    EXPECT_FLOAT_EQ(stage.w.exposure_at[stage.w.place[i]], home_of(stage.w, i) < 0 ? 0 : stage.w.visibility[home_of(stage.w, i)]);
}

TEST(Leadership, AHubThatCeasesToServeIsInvisibleAtOnce) {
  Stage stage(without_turnover(), 1);
  vary(stage.w);
  stage.w.visibility[stage::Idle] = .7f;
  stage.w.vacancy[stage::Idle] = 3;
  lead(stage.w);
  EXPECT_EQ(stage.w.visibility[stage::Idle], 0);
  EXPECT_EQ(stage.w.staff[stage::Idle], 0);
  EXPECT_EQ(stage.w.vacancy[stage::Idle], 2);
}

}  // namespace
}  // namespace coalis::test
