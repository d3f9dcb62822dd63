// What to do with some money, asked and answered without the program and without a terminal.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>
#include <set>

#include "coalis/engine/simulate.hpp"
#include "coalis/inference/information_value.hpp"
#include "coalis/io/answers/best_json.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/report/pages/best_page.hpp"
#include "coalis/report/words/best_text.hpp"
#include "coalis/tasks/best.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

std::string file_of(const char* name) { return (test::source_dir() / "scenarios" / name).string(); }

BestOptions options() {
  BestOptions options;
  options.scenario = file_of("illinois.toml");
  options.budget = 60'000;
  options.points = 10;
  options.replicates = 20;
  return options;
}

// Shorter races: what is tested is not how sure the answer is.
BestQuestion asked(const BestOptions& options) {
  auto question = read_best(options, {});
  EXPECT_TRUE(question.ok()) << (question.problems.empty() ? "" : to_string(question.problems.back()));
  question.question->rule.race.first = 8, question.question->rule.race.most = 16, question.question->rule.races = 2;
  return *question.question;
}

std::string problem_of(const BestOptions& options) {
  const auto question = read_best(options, {});
  return question.ok() || question.problems.empty() ? "" : to_string(question.problems.back());
}

TEST(BestQuestion, SaysWhatIsWrongWithTheOptions) {
  auto wrong = options();
  wrong.aim = "engagd";
  EXPECT_EQ(problem_of(wrong), "--for engagd: there is no such outcome; did you mean 'engaged'? coalis defaults lists all");
  wrong.aim = "participation";
  EXPECT_EQ(problem_of(wrong), "--for participation: name one outcome, as in participation.meeting");
  wrong.aim = "events_held.meeting";
  EXPECT_EQ(problem_of(wrong),
            "--for events_held.meeting: is neither good nor bad by itself; name an outcome of which more or less is better, as "
            "engaged");
  wrong = options();
  wrong.guards = {"member_cost=much"};
  EXPECT_EQ(problem_of(wrong), "--guard member_cost=much: the harm must be a number, 0 or more");
  wrong.guards = {"engaged"};
  EXPECT_EQ(problem_of(wrong), "--guard engaged: is the aim already; leave it out");
  wrong.guards = {"member_cost=1", "member_cost=2"};
  EXPECT_EQ(problem_of(wrong), "--guard member_cost=2: member_cost is guarded already");
  wrong.guards = {"hours_per_goal"};
  wrong.from_month = "12";
  EXPECT_EQ(problem_of(wrong),
            "--guard hours_per_goal: is a ratio of the whole run, and --from-month asks for the time after it");
  wrong.guards.clear();
  wrong.aim = "member_cost";
  EXPECT_NE(problem_of(wrong).find("is an average of the whole run"), std::string::npos) << problem_of(wrong);
  wrong = options();
  wrong.budget = 1e12;
  EXPECT_EQ(problem_of(wrong), "--budget: takes an amount of USD a year above 0, up to 1e9");
  wrong = options();
  wrong.budget = 1000;
  EXPECT_TRUE(problem_of(wrong).starts_with("--budget 1000: ")) << problem_of(wrong);
  wrong = options();
  wrong.from_month = "43";
  EXPECT_TRUE(problem_of(wrong).starts_with("--from-month 43: ")) << problem_of(wrong);
  wrong = options();
  wrong.parameters = {file_of("posterior/trait.csv")};
  EXPECT_TRUE(problem_of(wrong).starts_with("--parameters: none was fitted under the structure of ")) << problem_of(wrong);
  wrong.parameters = {file_of("posterior/mixture.csv"), file_of("posterior/mixture.csv")};
  EXPECT_NE(problem_of(wrong).find("give one file for each structure"), std::string::npos) << problem_of(wrong);
}

TEST(BestQuestion, OptionsSpendTheMoneyAndNoMore) {
  const BestQuestion question = asked(options());
  EXPECT_EQ(question.amounts, (std::vector<double>{30'000, 45'000, 60'000, 70'000}));
  EXPECT_EQ(question.first.front().option.name, "as it is");
  std::set<std::string> names;
  double most = 0;
  for (std::size_t i = 1; i < question.first.size(); ++i) {
    const Possible& one = question.first[i];
    EXPECT_TRUE(names.insert(one.option.name + std::to_string(one.of.money)).second) << one.option.name;
    EXPECT_LE(one.cost, question.amounts[one.of.money]) << one.option.name;
    EXPECT_NEAR(one.cost, planned_cost(one.scenario), 1e-6);
    for (const Hub& hub : one.scenario.hubs) EXPECT_LE(hub.fte, 1 + 1e-12) << one.option.name;
    most = std::max(most, one.cost / question.amounts[one.of.money]);
  }
  EXPECT_GT(most, 0.98);  // what is left of a hundredth of a post
  EXPECT_GT(question.first.size(), 20u);
}

TEST(BestQuestion, NeighboursDifferInOneThing) {
  const BestQuestion question = asked(options());
  const Combination now{2, std::vector<std::size_t>(question.menu.choices.size(), 0)};
  for (const Combination& one : neighbours(question.menu, now, question.amounts.size())) {
    int changed = one.money != now.money;
    for (std::size_t c = 0; c < one.settings.size(); ++c) changed += one.settings[c] != now.settings[c];
    EXPECT_EQ(changed, 1);
  }
  std::vector<Possible> known = question.first;
  const std::vector<std::size_t> best{1, 2, 3};
  const auto costs = refine(question, known, best);
  EXPECT_GT(costs.size(), 10u);
  EXPECT_EQ(known.size(), question.first.size() + costs.size());
  EXPECT_TRUE(refine(question, known, best).empty());  // all tried already
}

// With another way of coordinating other things pay: each way is followed by itself, within the budget.
TEST(BestQuestion, LooksAroundOnEveryWayOfCoordinating) {
  const BestQuestion question = asked(options());
  std::vector<Possible> known = question.first;
  std::vector<std::size_t> order(known.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::set<std::vector<std::size_t>> ways, followed;
  for (const Possible& one : known)
    if (!one.of.settings.empty() && one.cost <= question.amounts[question.budget]) ways.insert(way_of(question.menu, one.of));
  EXPECT_GT(ways.size(), 3u);
  const auto costs = look_around(question, known, order);
  EXPECT_EQ(known.size(), question.first.size() + costs.size());
  for (std::size_t i = question.first.size(); i < known.size(); ++i) {
    EXPECT_LE(known[i].cost, question.amounts[question.budget]);
    EXPECT_EQ(known[i].of.money, question.budget);
    followed.insert(way_of(question.menu, known[i].of));
  }
  EXPECT_EQ(followed, ways);
}

TEST(BestQuestion, IsAnsweredAsAValueWhateverTheThreads) {
  BestOptions wanted = options();
  wanted.parameters = {file_of("posterior/mixture.csv"), file_of("posterior/trait.csv")};
  wanted.draws = 5;
  wanted.guards = {"goal_attainment"};
  const BestQuestion question = asked(wanted);
  EXPECT_EQ(question.structures.size(), 2u);
  EXPECT_EQ(question.counted().size(), 2u);
  const auto answer = find_best(question, 2, {});
  ASSERT_TRUE(answer);
  EXPECT_EQ(json_text(*answer), json_text(*find_best(question, 1, {})));
  double best = 0, in_sets = 0;
  for (const BestRow& row : answer->rows) {
    best += row.best, in_sets += std::isnan(row.best_in_sets) ? 0 : row.best_in_sets;
    EXPECT_GE(row.worst_regret, row.expected_regret - 1e-12);
    EXPECT_EQ(row.by_structure.size(), 2u);
  }
  EXPECT_NEAR(best, 1, 1e-9);
  EXPECT_NEAR(in_sets, 1, 1e-9);
  const BestStep& step = answer->step();
  EXPECT_EQ(step.money, 60'000);
  EXPECT_TRUE(std::count(step.set.begin(), step.set.end(), step.choice));
  EXPECT_LE(answer->choice().cost, 60'000);
  EXPECT_GT(answer->choice().gain.mean, 0.03);  // the money buys something
  EXPECT_LT(answer->runs, answer->runs_alike);
  for (const BestInformation& one : answer->information) EXPECT_EQ(one.about, "the model's structure");  // 5 sets are too few
}

TEST(BestQuestion, FiguresAreThoseOfTheRunsThemselves) {
  const BestQuestion question = asked(options());
  const auto answer = find_best(question, 2, {});
  ASSERT_TRUE(answer);
  // Fresh replicates follow those of two races.
  const std::uint32_t first = static_cast<std::uint32_t>(2 * question.rule.race.most);
  Simulator simulator(make_plan(question.scenario));
  RunRecord record;
  double sum = 0;
  for (std::uint32_t r = first; r < first + 20; ++r) {
    simulator.run(question.seed, r, {false, false, false, false, false, false}, record);
    sum += record.outcomes[question.aim] / 20;
  }
  EXPECT_NEAR(answer->rows.front().aim.mean, sum, 1e-12);
}

TEST(BestQuestion, WordsJsonAndPageSayTheSame) {
  const auto answer = find_best(asked(options()), 2, {});
  ASSERT_TRUE(answer);
  const std::string text = to_text(*answer), name = answer->choice().option.name;
  const auto sentences = best_sentences(*answer);
  EXPECT_NE(text.find(sentences[0] + "\n" + sentences[1] + "\n" + sentences[2] + "\n"), std::string::npos);
  EXPECT_NE(sentences[0].find(name), std::string::npos);
  EXPECT_NE(text.find("favours many events"), std::string::npos);
  const auto path = std::filesystem::temp_directory_path() / "coalis-best-question-test.json";
  std::ofstream(path) << json_text(*answer);
  const BestAnswer read = read_best_answer(path);
  EXPECT_EQ(json_text(read), json_text(*answer));
  EXPECT_EQ(to_text(read), text);
  const std::string page = report::best_page(read, {"best.json", "0", "", "coalis report best.json"});
  EXPECT_NE(page.find("<svg"), std::string::npos);
  EXPECT_NE(page.find("If you had less, or more"), std::string::npos);
  for (const std::string& said : {text, page})
    EXPECT_NE(said.find("Evidence: low confidence; the model was fitted to one cross-sectional survey of one coalition"),
              std::string::npos);
  std::ofstream(path) << R"({"format": "coalis-best", "version": 1, "aim": 3})";
  EXPECT_THROW(read_best_answer(path), FileError);
  std::filesystem::remove(path);
}

// What cannot be is no answer, even where there is no checksum.
TEST(BestQuestion, FiguresOfAFileAreWithinTheirRanges) {
  const auto answer = find_best(asked(options()), 2, {});
  ASSERT_TRUE(answer);
  auto whole = nlohmann::ordered_json::parse(json_text(*answer));
  whole.erase("content");
  const auto path = std::filesystem::temp_directory_path() / "coalis-best-ranges-test.json";
  const auto read_with = [&](const char* place, const nlohmann::ordered_json& value) {
    auto changed = whole;
    changed[nlohmann::ordered_json::json_pointer(place)] = value;
    std::ofstream(path) << changed.dump();
    return read_best_answer(path);
  };
  for (const auto& [place, value] : std::vector<std::pair<const char*, nlohmann::ordered_json>>{{"/budget", -5},
                                                                                                {"/from_month", 12'000},
                                                                                                {"/steps/0/money", -1},
                                                                                                {"/more/mean", 2},
                                                                                                {"/options/0/planned_cost", -1},
                                                                                                {"/options/0/aim/mean", 5},
                                                                                                {"/options/0/aim/half_width", -1},
                                                                                                {"/options/0/low", -0.1},
                                                                                                {"/options/0/gain/mean", 99},
                                                                                                {"/options/0/best", 7},
                                                                                                {"/options/0/best_in_sets", 1.1},
                                                                                                {"/options/0/by_structure/0", 2},
                                                                                                {"/options/0/worst_regret", -1},
                                                                                                {"/options/0/shown/0/mean", -2},
                                                                                                {"/evidence/sites", -1}})
    EXPECT_THROW(read_with(place, value), FileError) << place;
  EXPECT_EQ(read_with("/options/0/best", 1).rows.front().best, 1);
  whole.erase("evidence");  // an older program's
  EXPECT_FALSE(read_with("/budget", 60'000).evidence);
  std::filesystem::remove(path);
}

TEST(BestQuestion, WhatIsNotClearIsNotCalledBetterAlone) {
  auto answer = find_best(asked(options()), 2, {});
  ASSERT_TRUE(answer);
  ASSERT_NE(answer->step().choice, 0u);
  BestRow& choice = answer->rows[answer->step().choice];
  choice.gain = {0.05, 0.22};
  EXPECT_NE(best_sentences(*answer)[0].find(", better by 5 in 100 (-17 to 27), though not clearly, than as it is"),
            std::string::npos)
      << best_sentences(*answer)[0];
  choice.gain = {0.05, 0.02};
  EXPECT_NE(best_sentences(*answer)[0].find(", better by 5 in 100 (3 to 7) than as it is"), std::string::npos);
}

// Student's 97.5 % quantile of 19 degrees of freedom is 2.093.
TEST(BestQuestion, IntervalsOfWhatItIsWorthToKnowAreStudents) {
  auto answer = find_best(asked(options()), 2, {});
  ASSERT_TRUE(answer);
  answer->sets = 20;
  answer->information = {{"all parameters", 0.1, 0.01, 0.2}};
  EXPECT_NEAR(half_width_of(*answer, answer->information[0]), 0.0209302, 1e-7);
  EXPECT_NE(to_text(*answer).find("all parameters\t10.00\t2.09\t20\n"), std::string::npos);
  EXPECT_NE(report::best_page(*answer, {"b.json", "0", "", "x"}).find("2.09"), std::string::npos);
  answer->sets = 0;
  EXPECT_EQ(half_width_of(*answer, answer->information[0]), 0.02);
}

// Three options, the first as it is, with aims of so much under the structures and some luck in them; the third loses so much of
// what is guarded.
Searched made_up(const BestQuestion& question, const std::array<std::size_t, 3>& options,
                 const std::array<std::vector<double>, 3>& aims, double lost) {
  constexpr std::size_t count = 40;
  Searched searched;
  for (const Possible& one : question.first) searched.costs.push_back(one.cost);
  std::mt19937 engine(3);
  std::normal_distribution<double> luck(0, 0.02);
  Raced raced;
  raced.looks.push_back({count, 3});
  raced.draws.assign(question.first.size(), OptionDraws(question.measures(), std::vector<double>(count, 0.1)));
  std::array<std::pair<std::size_t, OptionDraws>, 3> drawn;
  for (std::size_t i = 0; i < 3; ++i) {
    OptionDraws draws(question.measures(), std::vector<double>(count, 0));
    for (std::size_t d = 0; d < count; ++d) {
      for (std::size_t s = 0; s < aims[i].size(); ++s) {
        draws[question.aim_under(s)][d] = aims[i][s] + luck(engine);
        draws[0][d] += draws[question.aim_under(s)][d] / static_cast<double>(aims[i].size());
      }
      if (i == 2 && !question.guards.empty()) draws[1][d] = -lost + (d % 2 == 0 ? 0.02 : -0.02);
    }
    raced.draws[options[i]] = draws;
    drawn[i] = {options[i], std::move(draws)};
  }
  std::sort(drawn.begin(), drawn.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [option, draws] : drawn) searched.finalists.push_back(option), searched.fresh.push_back(std::move(draws));
  searched.races = {raced, raced};
  return searched;
}

// The first of the question's options from a place on that costs no more.
std::size_t payable(const BestQuestion& question, std::size_t from, double money) {
  while (from < question.first.size() && (question.first[from].of.settings.empty() || question.first[from].cost > money)) ++from;
  EXPECT_LT(from, question.first.size());
  return from;
}

// Under its second structure another option is better, whatever the parameters: that is what the structure is worth, and no
// parameter is worth anything.
TEST(BestQuestion, WhatParametersAreWorthIsBeyondTheStructure) {
  BestOptions wanted = options();
  wanted.parameters = {file_of("posterior/mixture.csv"), file_of("posterior/trait.csv")};
  wanted.draws = 20;
  const BestQuestion question = asked(wanted);
  const std::size_t first = payable(question, 1, 60'000), second = payable(question, first + 1, 60'000);
  const auto searched = made_up(question, {0, first, second}, {{{0.4, 0.4}, {0.6, 0.6}, {0.5, 0.65}}}, 0);
  const BestAnswer answer = best_answer(question, question.first, searched);
  EXPECT_EQ(answer.choice().option.name, question.first[first].option.name);
  for (const BestInformation& one : answer.information)
    if (one.about == "the model's structure") {
      EXPECT_NEAR(one.value, 0.025, 0.005);  // half of the times 0.05 more
      EXPECT_EQ(one.changes, 0.5);
    } else {
      EXPECT_LT(one.value, 0.005) << one.about;
    }
  ASSERT_GT(answer.information.size(), 2u);
  EXPECT_EQ(answer.information.back().about, "the model's structure");
  EXPECT_NE(to_text(answer).find("What parameters are worth is beyond what it is worth to know the structure."),
            std::string::npos);
}

// Harm that shows in its own interval but not when all that were looked at are accounted for: it is the best for less money, and
// nothing says that it does harm.
TEST(BestQuestion, WhatIsTheBestForLessIsNotSaidToDoHarm) {
  BestOptions wanted = options();
  wanted.guards = {"goal_attainment"};
  const BestQuestion question = asked(wanted);
  const std::size_t cheap = payable(question, 1, 45'000);
  std::size_t dear = payable(question, 1, 60'000);
  while (dear == cheap || question.first[dear].cost <= 45'000) dear = payable(question, dear + 1, 60'000);
  const double lost = question.guards.front().tolerance + 2.7 * 0.02 / std::sqrt(40.0);
  const BestAnswer answer =
      best_answer(question, question.first, made_up(question, {0, dear, cheap}, {{{0.4}, {0.6}, {0.5}}}, lost));
  EXPECT_EQ(answer.choice().option.name, question.first[dear].option.name);
  const auto less =
      std::find_if(answer.steps.begin(), answer.steps.end(), [](const BestStep& step) { return step.money == 45'000; });
  ASSERT_NE(less, answer.steps.end());
  EXPECT_EQ(answer.rows[less->choice].option.name, question.first[cheap].option.name);
  EXPECT_TRUE(answer.rows[less->choice].allowed);
  EXPECT_EQ(verdict_on(answer, less->choice), "less good");
}

TEST(BestQuestion, IsCancelledInTheMiddle) {
  std::atomic<bool> cancel = false;
  Watch watch{.cancel = &cancel};
  watch.progress = [&](std::size_t, std::size_t) { cancel = true; };
  EXPECT_FALSE(find_best(asked(options()), 1, watch));
}

// Option B is better by the parameter, which is as often above 0 as below: to know it is worth half of its mean size.
TEST(InformationValue, IsWhatAParameterDecides) {
  std::mt19937 engine(1);
  std::normal_distribution<double> normal(0, 1);
  constexpr std::size_t sets = 400;
  std::vector<double> parameter(sets), other(sets), a(sets), b(sets);
  double expected = 0;
  for (std::size_t s = 0; s < sets; ++s) {
    parameter[s] = normal(engine), other[s] = normal(engine);
    a[s] = 0.5 + 0.1 * normal(engine);
    b[s] = 0.5 + 0.2 * parameter[s] + 0.1 * normal(engine);
    expected += std::max(0.0, 0.2 * parameter[s]) / sets;
  }
  const std::vector<std::vector<double>> outcomes{a, b}, known{parameter}, useless{other};
  const InformationValue value = information_value(outcomes, 0, known);
  EXPECT_NEAR(value.value, expected, 3 * value.se + 0.01);
  EXPECT_NEAR(value.changes, 0.5, 0.1);
  EXPECT_LT(information_value(outcomes, 0, useless).value, 0.02);
  EXPECT_EQ(information_value(outcomes, 0, {}).value, 0);
}

}  // namespace
}  // namespace coalis
