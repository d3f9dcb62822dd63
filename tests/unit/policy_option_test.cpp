// Policy options: ready-made ones on any coalition, those that are written down, what they cost, and that they begin when they
// do.
#include "coalis/io/scenario/policy_option.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>

#include "coalis/engine/simulate.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/attendance_rule.hpp"
#include "coalis/model/outcome_rows.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/questions/policy/beginning.hpp"
#include "coalis/questions/policy/ready_made.hpp"
#include "coalis/report/words/options_text.hpp"
#include "coalis/tasks/compare.hpp"
#include "coalis/tasks/options.hpp"
#include "questions/policy/hubs.hpp"
#include "support/folder.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

Scenario read(const std::string& file, const std::vector<std::string>& overrides = {}) {
  const ScenarioFile scenario = read_scenario(test::source_dir() / "scenarios" / file, overrides);
  EXPECT_TRUE(scenario.ok()) << file;
  return scenario.scenario;
}

Scenario made(const Scenario& scenario, std::string_view name, int from = 0) {
  const auto with = with_ready_made(scenario, name, from);
  EXPECT_TRUE(with) << name << ": " << ready_made_problem(scenario, name);
  return with.value_or(scenario);
}

std::string reason(const Scenario& scenario, std::string_view name) {
  for (const ReadyMade& one : ready_made_options(scenario))
    if (one.option.name == name) return one.reason;
  return "not listed";
}

std::string problem_of(const Scenario& scenario, std::string_view text, int from = 0) {
  const auto with = option_of(scenario, text, from);
  EXPECT_FALSE(with.ok()) << text;
  return with.problems.empty() ? "" : to_string(with.problems.front());
}

double per_year_for(const Scenario& s, const std::string& series) {
  for (const Series& one : s.series)
    if (one.name == series) return one.per_year;
  return -1;
}

std::vector<std::string> names_of_series(const Scenario& s) {
  std::vector<std::string> names;
  for (const Series& one : s.series) names.push_back(one.name);
  return names;
}

TEST(PolicyOptions, HubsSitWhereOrganisationsTravelLeast) {
  const Scenario illinois = read("illinois.toml");
  EXPECT_EQ(hub_seats(illinois, 3), (std::vector{true, false, false, true, true, false}));
  EXPECT_EQ(hub_seats(illinois, 1), (std::vector{true, false, false, false, false, false}));
  EXPECT_EQ(hub_seats(illinois, 9), std::vector(6, true));
  // Against all choices of three that keep the centre.
  const auto way = [&](const std::vector<bool>& at) {
    double sum = 0;
    for (std::size_t r = 0; r < 6; ++r) {
      double least = 1e9;
      for (std::size_t seat = 0; seat < 6; ++seat)
        if (at[seat]) least = std::min(least, illinois.travel[r * 6 + seat]);
      sum += illinois.regions[r].share * least;
    }
    return sum;
  };
  for (std::size_t a = 1; a < 6; ++a)
    for (std::size_t b = 1; b < a; ++b) {
      std::vector<bool> at(6);
      at[0] = at[a] = at[b] = true;
      EXPECT_GE(way(at), way(hub_seats(illinois, 3)) - 1e-12);
    }
}

TEST(PolicyOptions, HubsLoseNothingOfTheCalendar) {
  const Scenario hubs = made(read("illinois-more-meetings.toml"), "3 hubs");
  ASSERT_EQ(hubs.hubs.size(), 3u);
  EXPECT_EQ(hubs.hubs[0].serves, (std::vector{0, 1}));
  EXPECT_EQ(hubs.hubs[1].serves, (std::vector{2, 3}));
  EXPECT_EQ(hubs.hubs[2].serves, (std::vector{4, 5}));
  for (const Hub& hub : hubs.hubs) EXPECT_DOUBLE_EQ(hub.fte, 0.35 / 3);
  const auto names = names_of_series(hubs);
  for (const char* name : {"Outreach Day", "trainings", "meetings of the first year, Chicago", "meetings, Central"})
    EXPECT_NE(std::find(names.begin(), names.end(), name), names.end()) << name;
  EXPECT_EQ(names.size(), 8u);
  // What an intervention says of the meetings it says of each hub's.
  EXPECT_EQ(std::count_if(hubs.interventions.begin(), hubs.interventions.end(),
                          [](const Intervention& i) { return std::get<double>(i.value) == 12; }),
            3);
  EXPECT_EQ(hubs.interventions.front().set, "series.\"meetings, Chicago\".per_year");
  const Scenario back = made(hubs, "1 hub");
  EXPECT_EQ(back.hubs.front().serves, (std::vector{0, 1, 2, 3, 4, 5}));
  EXPECT_DOUBLE_EQ(staff_of(back), 0.35);
}

TEST(PolicyOptions, MeetingsSideBySideAreSoManyInAll) {
  Scenario s = read("template-statewide.toml");
  s.series.push_back(s.series.front());
  s.series.back().name = "evenings", s.series.back().per_year = 3;
  const Scenario monthly = made(s, "monthly meetings");
  EXPECT_DOUBLE_EQ(per_year_for(monthly, "plenaries"), 8);
  EXPECT_DOUBLE_EQ(per_year_for(monthly, "evenings"), 4);
  EXPECT_DOUBLE_EQ(per_year_for(made(s, "4.5 meetings a year"), "plenaries"), 3);
  EXPECT_EQ(per_year_for(monthly, "trainings"), 2);
  EXPECT_EQ(made(read("illinois-more-meetings.toml"), "monthly meetings").series[1].per_year, 2);  // by intervention already
}

TEST(PolicyOptions, WhatIsSoAlreadyMakesNoSense) {
  EXPECT_EQ(reason(read("illinois.toml"), "full-time leader"), "");
  EXPECT_EQ(reason(read("illinois-full-time-leader.toml"), "full-time leader"), "it is so already");
  EXPECT_EQ(reason(read("southwestern-city.toml"), "monthly meetings"), "it is so already");
  EXPECT_EQ(reason(read("illinois-three-hubs.toml"), "3 hubs"), "it is so already");
  EXPECT_EQ(reason(read("illinois-three-hubs.toml"), "1 hub"), "");
  EXPECT_EQ(reason(read("citywide-core.toml"), "2 hubs"), "all organisations are in one region");
  EXPECT_EQ(reason(read("citywide-core.toml"), "common core"), "it is so already");
  EXPECT_EQ(reason(read("citywide-core.toml"), "twice the bulletins"), "it is so already");
  EXPECT_NE(reason(read("illinois.toml"), "recruitment"), "");
  EXPECT_EQ(reason(read("template-statewide.toml"), "recruitment"), "");
  EXPECT_EQ(made(read("illinois-full-time-leader.toml"), "full-time leader"), read("illinois-full-time-leader.toml"));
}

TEST(PolicyOptions, RecruitmentOfAPlaceComesOnTop) {
  const Scenario s = read("template-statewide.toml");  // 0.5 everywhere
  const Scenario north = made(s, "recruitment of North");
  EXPECT_EQ(north.levers.recruitment, 0.5);
  EXPECT_EQ(north.regions[1].recruitment, 3);
  EXPECT_EQ(north.regions[0].recruitment, 1);
  const Scenario alone = made(read("template-statewide.toml", {"levers.recruitment=0"}), "recruitment of legal");
  EXPECT_EQ(alone.levers.recruitment, 1);
  for (const Role& role : alone.roles) EXPECT_EQ(role.recruitment, role.name == "legal" ? 1 : 0) << role.name;
}

// Everything that is listed can be run, written down and read again, and changes nothing before it begins.
void expect_begins(const Scenario& scenario, int from) {
  const Recording recording{.trajectories = true, .regions = true, .organisations = false, .ties = false, .survey = false};
  const auto run = [&](const Scenario& s) {
    RunRecord record;
    Simulator(make_plan(s)).run(3, 1, recording, record);
    return record;
  };
  const RunRecord was = run(scenario);
  const auto months = static_cast<std::size_t>(scenario.calendar.months);
  for (const ReadyMade& one : ready_made_options(scenario)) {
    SCOPED_TRACE(one.option.name);
    if (!one.reason.empty()) continue;
    const auto effect = with_option(scenario, one.option, from);
    ASSERT_TRUE(effect.ok()) << to_string(effect.problems.front());
    EXPECT_FALSE(effect.question->differences.empty());
    const ScenarioFile again = parse_scenario(to_toml(effect.question->scenario), "again");
    ASSERT_TRUE(again.ok()) << to_string(again.diagnostics.front());
    EXPECT_EQ(again.scenario, effect.question->scenario);
    const RunRecord is = run(effect.question->scenario);
    for (std::size_t at = 0; at < was.trajectories.size(); ++at) {
      if (at % months >= static_cast<std::size_t>(from)) continue;
      ASSERT_EQ(std::bit_cast<std::uint32_t>(is.trajectories[at]), std::bit_cast<std::uint32_t>(was.trajectories[at]))
          << trajectory_quantities()[at / months].name << " in month " << at % months;
    }
    EXPECT_EQ(is.hash == was.hash, same_in_force(scenario, effect.question->scenario));  // it may be so already by then
  }
}

TEST(PolicyOptions, BeginWhenTheyDo) {
  for (const int from : {0, 1, 12}) expect_begins(read("template-statewide.toml"), from);
  for (const char* file : {"illinois-more-meetings.toml", "illinois-hubs-with-core.toml", "illinois-push.toml"})
    expect_begins(read(file), 16);
}

TEST(PolicyOptions, AtOnceOrOnTheWayTheLastMonthIsTheSame) {
  const Scenario s = read("illinois-hubs-with-core.toml");
  for (const ReadyMade& one : ready_made_options(s)) {
    if (!one.reason.empty()) continue;
    const auto at_once = make_plan(made(s, one.option.name)), later = make_plan(made(s, one.option.name, 20));
    const Policy &a = at_once->policy(42), &b = later->policy(42);
    EXPECT_EQ(a.levers, b.levers) << one.option.name;
    EXPECT_DOUBLE_EQ(planned_cost(at_once->scenario, 20), planned_cost(later->scenario, 20)) << one.option.name;
    EXPECT_EQ(a.active_hubs, b.active_hubs) << one.option.name;
  }
}

TEST(PolicyOptions, WhatIsPlannedAfterwardsStaysPlanned) {
  const Scenario before = read("illinois.toml");
  Scenario after = before;
  after.hubs[0].fte = 0.5;
  Scenario planned = before;
  planned.interventions = read("illinois-push.toml").interventions;
  after.interventions = planned.interventions;
  const auto begun = beginning_in(planned, after, 6);
  ASSERT_TRUE(begun.ok());
  const auto plan = make_plan(*begun.question);
  EXPECT_EQ(plan->policy(5).hubs[0].fte, 0.35);
  EXPECT_EQ(plan->policy(6).hubs[0].fte, 0.5);
  EXPECT_EQ(plan->policy(12).hubs[0].fte, 0.7);
  EXPECT_EQ(plan->policy(24).hubs[0].fte, 0.5);
  after.parameters.tie_prob *= 2;
  const auto refused = beginning_in(planned, after, 6);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems.front().problem, "parameters cannot change on the way");
}

TEST(PolicyOptions, AnOptionOverrulesWhatIsPlanned) {
  const Scenario push = read("illinois-push.toml");
  const auto with = option_of(push, "hubs.Chicago.fte=0.5");
  ASSERT_TRUE(with.ok());
  for (const int month : {0, 15, 42}) EXPECT_EQ(make_plan(with.question->scenario)->policy(month).hubs[0].fte, 0.5) << month;
}

TEST(PolicyOptions, AreReadAsNameAndChanges) {
  const auto read_option = [](std::string_view text) { return parse_policy_option(text).question.value(); };
  EXPECT_EQ(read_option("hubs.Office.fte=0.5"), (PolicyOption{"hubs.Office.fte=0.5", {"hubs.Office.fte=0.5"}}));
  EXPECT_EQ(read_option("half post:  hubs.Office.fte=0.5 ; monthly meetings"),
            (PolicyOption{"half post", {"hubs.Office.fte=0.5", "monthly meetings"}}));
  const PolicyOption quoted = read_option("series.\"Day: one; two\".hours=4; 2 hubs");
  EXPECT_EQ(quoted.changes, (std::vector<std::string>{"series.\"Day: one; two\".hours=4", "2 hubs"}));
  EXPECT_EQ(quoted.name, "series.\"Day: one; two\".hours=4; 2 hubs");
  for (const char* text :
       {"half post: hubs.Office.fte=0.5; monthly meetings", "2 hubs; staff 1", "\"a: b\": 2 hubs", "'\"x\"': 2 hubs"})
    EXPECT_EQ(to_string(read_option(text)), text);
  for (const char* text : {"a: ", ": 2 hubs", "2 hubs;", "2 hubs\n"}) EXPECT_FALSE(parse_policy_option(text).ok()) << text;
}

TEST(PolicyOptions, ChangesAreAppliedOneAfterTheOther) {
  const Scenario s = read("template-statewide.toml");
  const auto with = option_of(s, "two offices: 2 hubs; staff 1.5; monthly meetings; without trainings");
  ASSERT_TRUE(with.ok()) << to_string(with.problems.front());
  const Scenario& after = with.question->scenario;
  EXPECT_EQ(after.name, "two offices");
  ASSERT_EQ(after.hubs.size(), 2u);
  EXPECT_DOUBLE_EQ(after.hubs[0].fte, 0.75);
  EXPECT_EQ(names_of_series(after), (std::vector<std::string>{"Outreach Day", "plenaries, Office", "plenaries, Coast"}));
  EXPECT_EQ(after.series[1].per_year, 12);
  EXPECT_DOUBLE_EQ(with.question->cost_before, planned_cost(s));
  // Staff, bulletins, recruitment, 24 meetings, an Outreach Day.
  EXPECT_NEAR(with.question->cost, 1.5 * 75'000 + 5'000 + 0.5 * 5'000 + 24 * 300 + 2'000, 1e-6);
}

TEST(PolicyOptions, SayWhatIsWrongWithWhichChange) {
  const Scenario s = read("template-statewide.toml");
  EXPECT_EQ(problem_of(s, "half: hubs.Ofice.fte=0.5"),
            "--with hubs.Ofice.fte=0.5: error: hubs has nothing named 'Ofice'; did you mean 'Office'?");
  EXPECT_EQ(problem_of(s, "full time leader").substr(0, 74),
            "--with full time leader: 'full time leader' is no ready-made option here; ");
  EXPECT_NE(problem_of(s, "full time leader").find("did you mean 'full-time leader'?"), std::string::npos);
  EXPECT_NE(problem_of(s, "5 hubs").find("there are 4 regions, and at most one hub in each"), std::string::npos);
  EXPECT_NE(problem_of(s, "facilitation 2").find("facilitation takes 0..1"), std::string::npos);
  EXPECT_NE(problem_of(s, "without plenary").find("no series, hub or lever is called 'plenary'"), std::string::npos);
  EXPECT_NE(problem_of(s, "without Office").find("'Office' is the only hub"), std::string::npos);
  EXPECT_NE(problem_of(s, "hubs.Office.fte=-1").find("hubs.Office.fte=-1"), std::string::npos);
  EXPECT_NE(problem_of(s, "kinds.meeting.base=1", 6).find("kinds of events cannot change on the way"), std::string::npos);
}

TEST(PolicyOptions, OfAFileThatSaysWhatDiffers) {
  const test::Folder folder;
  const auto path = (folder / "cheaper.toml").string();
  const auto write = [&](const std::string& text) { folder.write("cheaper.toml", text); };
  write(
      "format = \"scenario\"\nversion = 2\nname = \"Cheaper\"\n[remove]\nseries = [\"trainings\"]\n[[hubs]]\nname = "
      "\"Office\"\nfte = 0.2\n");
  const Scenario s = read("template-statewide.toml");
  const auto with = option_of(s, path);
  ASSERT_TRUE(with.ok()) << to_string(with.problems.front());
  EXPECT_EQ(with.question->scenario.name, "Cheaper");
  EXPECT_EQ(with.question->scenario.hubs[0].fte, 0.2);
  EXPECT_EQ(with.question->scenario.evidence, s.evidence);
  EXPECT_EQ(names_of_series(with.question->scenario), (std::vector<std::string>{"plenaries", "Outreach Day"}));
  write("format = \"scenario\"\nversion = 2\n[[hubs]]\nname = \"Office\"\nfte = \"much\"\n");
  EXPECT_EQ(problem_of(s, path).substr(0, path.size() + 5), path + ":5:7:");
  write("format = \"scenario\"\nversion = 2\ninclude = \"template-statewide.toml\"\n");
  EXPECT_NE(problem_of(s, path).find("an option says only what differs"), std::string::npos);
}

TEST(PolicyOptions, WhatWasForAllStaysForAllWhenHubsAreSplit) {
  Scenario s = read("template-statewide.toml");
  for (Series& series : s.series) series.audience = static_cast<int>(Audience::hub);
  const Scenario split = made(s, "2 hubs");
  for (const Series& series : split.series)
    EXPECT_EQ(series.audience, static_cast<int>(series.name.starts_with("plenaries") ? Audience::hub : Audience::all))
        << series.name;
}

TEST(PolicyOptions, NamesMayHaveApostrophesAndQuotes) {
  const auto name_of = [](const char* text) {
    const auto option = parse_policy_option(text);
    return option.ok() ? option.question->name : to_string(option.problems.front());
  };
  EXPECT_EQ(name_of("it's ours: 2 hubs"), "it's ours");
  EXPECT_EQ(name_of("\"a: b\": 2 hubs"), "a: b");
  EXPECT_EQ(name_of("'half; post': 2 hubs"), "half; post");
  const auto no_blank = option_of(read("template-statewide.toml"), "x:2 hubs");
  ASSERT_FALSE(no_blank.ok());
  EXPECT_NE(to_string(no_blank.problems.front()).find("a name ends with a colon and a space, as in 'x: 2 hubs'"),
            std::string::npos);
}

TEST(PolicyOptions, WithoutAHubTheNearestServes) {
  const Scenario s = read("illinois-three-hubs.toml");
  const auto with = option_of(s, "without South");
  ASSERT_TRUE(with.ok()) << to_string(with.problems.front());
  const Scenario& after = with.question->scenario;
  EXPECT_EQ(after.hubs[1].serves, (std::vector{2, 3, 4, 5}));
  EXPECT_TRUE(after.hubs[2].serves.empty());
  EXPECT_DOUBLE_EQ(staff_of(after), 0.7);
  EXPECT_NEAR(with.question->cost - with.question->cost_before, -0.35 * 75'000 - 300 * (4 * 12 + 2 * 31) / 43.0, 1e-8);
}

TEST(PolicyOptions, AreListedInWordsWithTheirCost) {
  const ListedOptions list = list_options("t.toml", read("template-statewide.toml"));
  const std::string text = to_text(list);
  EXPECT_NE(text.find("  full-time leader\n    One coordinator works full-time. It costs 37,500 USD a year more.\n"
                      "    Paid coordination, full-time equivalents (Office): 1 instead of 0.5\n"),
            std::string::npos)
      << text;
  for (const char* key : {".fte", "per_year", "levers.", "hubs."}) EXPECT_EQ(text.find(key), std::string::npos) << key;
  EXPECT_NE(to_text(list, true).find("    hubs.Office.fte: 0.5 to 1.0\n"), std::string::npos);
}

ComparisonOptions comparison_of(const std::vector<std::string>& with) {
  ComparisonOptions options;
  options.scenarios = {(test::source_dir() / "scenarios/template-statewide.toml").string()};
  options.with = with, options.replicates = 4;
  return options;
}

std::string comparison_problem(const ComparisonOptions& options) {
  const auto asked = read_comparison(options, {});
  EXPECT_FALSE(asked.ok());
  return asked.problems.empty() ? "" : to_string(asked.problems.back());
}

TEST(PolicyOptions, AreComparedWithTheFirstScenario) {
  const auto asked = read_comparison(comparison_of({"half post: hubs.Office.fte=1", "2 hubs"}), {});
  ASSERT_TRUE(asked.ok()) << to_string(asked.problems.front());
  ASSERT_EQ(asked.question->scenarios.size(), 3u);
  EXPECT_EQ(asked.question->scenarios[1].scenario.name, "half post");
  EXPECT_EQ(asked.question->scenarios[1].option, "half post: hubs.Office.fte=1");
  EXPECT_EQ(asked.question->scenarios[2].scenario.name, "2 hubs");
  EXPECT_NE(comparison_problem(comparison_of({"a: 2 hubs", "A: 3 hubs"})).find("is called 'a', too"), std::string::npos);
  EXPECT_NE(comparison_problem(comparison_of({})).find("one scenario is nothing to compare"), std::string::npos);
}

TEST(PolicyOptions, OfOneBudgetAllCostIt) {
  ComparisonOptions options = comparison_of({"monthly meetings", "2 hubs"});
  options.budget = 60'000, options.lever = "fte";
  const auto asked = read_comparison(options, {});
  ASSERT_TRUE(asked.ok()) << to_string(asked.problems.front());
  for (const Contender& c : asked.question->scenarios) EXPECT_NEAR(c.planned_cost, 60'000, 1e-6) << c.label;
  options.budget = 5'000;
  EXPECT_NE(comparison_problem(options).find("cannot have a budget of 5000 USD a year: even without any staff it costs"),
            std::string::npos)
      << comparison_problem(options);
}

// Keeps its own books of who was invited and came in the last year.
struct Books final : AttendanceRule {
  int first;
  std::map<std::size_t, std::pair<int, int>> of;  // invited, came
  explicit Books(int from) : first(from) {}
  void decide(const AttendanceCall& call) override {
    for (std::size_t i = 0; i < call.comes.size(); ++i) {
      call.comes[i] = call.uniform[i] < 0.5f;
      if (call.month < first || !call.invited[i]) continue;
      ++of[i].first;
      of[i].second += call.comes[i];
    }
  }
};

TEST(PolicyOptions, EngagedSteadilyIsHalfOfTheInvitationsOfTheLastYear) {
  Scenario s = read("template-statewide.toml");
  s.parameters.withdrawal = 0, s.organisations.nonmembers = 0, s.organisations.founding_share = 1;
  Books books(s.calendar.months - 12);
  Simulator simulator(make_plan(s));
  simulator.attend_by(books);
  RunRecord record;
  simulator.run(1, 0, {}, record);
  double steadily = 0, engaged = 0;
  for (const auto& [i, counts] : books.of) steadily += 2 * counts.second >= counts.first, engaged += counts.second > 0;
  EXPECT_GT(steadily, 5);
  EXPECT_LT(steadily, engaged);
  EXPECT_DOUBLE_EQ(record.outcomes[outcome_place("engaged_steadily")], steadily / s.organisations.count());
  EXPECT_DOUBLE_EQ(record.outcomes[outcome_place("engaged")], engaged / s.organisations.count());
  EXPECT_DOUBLE_EQ(record.outcomes[outcome_place("hours_per_goal")],
                   record.outcomes[outcome_place("hours_given")] / record.outcomes[outcome_place("goal_attainment")]);
}

}  // namespace
}  // namespace coalis
