// The policy explorer without a browser: levers, files of options, and that it answers as `coalis compare` does.
#include "page/explorer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>

#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/packed.hpp"
#include "coalis/questions/packed_sets.hpp"
#include "coalis/questions/policy/beginning.hpp"
#include "coalis/questions/policy/ready_made.hpp"
#include "coalis/report/pages/explorer_page.hpp"
#include "coalis/report/words/comparison_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/tasks/compare.hpp"
#include "page/texts.hpp"
#include "questions/policy/hubs.hpp"
#include "support/folder.hpp"

namespace coalis::page {
namespace {

const std::filesystem::path scenarios = std::filesystem::path(COALIS_SOURCE_DIR) / "scenarios";

Scenario read(const std::string& file, const std::vector<std::string>& overrides = {}) {
  const ScenarioFile scenario = read_scenario(scenarios / file, overrides);
  EXPECT_TRUE(scenario.ok()) << file;
  return scenario.scenario;
}

Explorer explorer_of(const std::string& file) {
  Explorer explorer;
  EXPECT_TRUE(explorer.add_coalition(file, packed(read(file))));
  return explorer;
}

std::size_t lever(const Explorer& explorer, const std::string& key, std::size_t coalition = 0) {
  const auto& levers = explorer.coalitions().at(coalition).levers;
  const auto found = std::find_if(levers.begin(), levers.end(), [&](const Lever& l) { return l.key == key; });
  EXPECT_NE(found, levers.end()) << key;
  return static_cast<std::size_t>(found - levers.begin());
}

// A folder with the scenarios, for files of options beside them.
struct Scenarios : test::Folder {
  Scenarios() {
    for (const auto& entry : std::filesystem::directory_iterator(scenarios))
      if (entry.is_regular_file()) std::filesystem::copy(entry.path(), *this / entry.path().filename().string());
  }
};

using Moves = std::map<std::string, double>;

Scenario after(const Scenario& scenario, const Moves& moves) {
  const auto levers = levers_of(scenario);
  std::vector<double> values;
  for (const Lever& l : levers) values.push_back(moves.contains(l.key) ? moves.at(l.key) : l.now);
  return moved(scenario, levers, values);
}

TEST(Explorer, LeversAreWhatSetSays) {
  const Scenario now = read("illinois.toml");
  const std::map<std::string, std::string> by_path{{"staff", "hubs.Chicago.fte"},
                                                   {"series.meetings.per_year", "series.meetings.per_year"},
                                                   {"series.\"Outreach Day\".per_year", "series.\"Outreach Day\".per_year"},
                                                   {"remote.training", "series.trainings.remote"},
                                                   {"levers.information", "levers.information"},
                                                   {"levers.online_access", "levers.online_access"},
                                                   {"levers.joint_grants", "levers.joint_grants"}};
  for (const auto& [key, path] : by_path) EXPECT_EQ(after(now, {{key, 0.75}}), read("illinois.toml", {path + "=0.75"})) << key;
  EXPECT_EQ(after(now, {}), now);
}

TEST(Explorer, NothingStandsForRecruitmentWhereNobodyIsLeft) {
  const auto has = [](const Scenario& s) {
    const auto levers = levers_of(s);
    return std::any_of(levers.begin(), levers.end(), [](const Lever& l) { return l.key == "levers.recruitment"; });
  };
  EXPECT_FALSE(has(read("illinois.toml")));
  EXPECT_TRUE(has(read("template-statewide.toml")));
}

TEST(Explorer, ValuesAreClamped) {
  for (const Lever& l : levers_of(read("illinois.toml"))) {
    EXPECT_EQ(clamped(l, 1e300), l.high) << l.key;
    EXPECT_EQ(clamped(l, -1e300), l.low) << l.key;
    EXPECT_EQ(clamped(l, std::numeric_limits<double>::quiet_NaN()), l.now) << l.key;
  }
}

TEST(Explorer, HubsServeWhatIsNearest) {
  const Scenario hubs = after(read("illinois.toml"), {{"hub.Central", 1}, {"hub.South", 1}, {"staff", 1.2}});
  ASSERT_EQ(hubs.hubs.size(), 3u);
  EXPECT_EQ(hubs.hubs[0].serves, (std::vector{0, 1}));  // North is 1 hour from the collar counties, but they have no hub
  EXPECT_EQ(hubs.hubs[1].serves, (std::vector{2, 3}));
  EXPECT_EQ(hubs.hubs[2].serves, (std::vector{4, 5}));
  for (const Hub& hub : hubs.hubs) EXPECT_DOUBLE_EQ(hub.fte, 0.4);
  std::size_t meetings = 0;
  for (const Series& s : hubs.series) meetings += s.audience == static_cast<int>(Audience::hub);
  EXPECT_EQ(meetings, 6u);  // of the first year and after it, by each hub
  EXPECT_EQ(hubs_at(hubs), (std::vector{true, false, false, true, false, true}));
}

TEST(Explorer, HubsMoveBackToOne) {
  const Scenario one = after(read("illinois-three-hubs.toml"), {{"hub.Central", 0}, {"hub.South", 0}});
  EXPECT_EQ(one.hubs[0].serves.size(), 6u);
  EXPECT_DOUBLE_EQ(one.hubs[0].fte, 3 * 0.35);
  EXPECT_TRUE(one.hubs[1].serves.empty());
  std::vector<std::string> names;
  for (const Series& s : one.series) names.push_back(s.name);
  EXPECT_EQ(names, (std::vector<std::string>{"Outreach Day", "trainings", "meetings of the first year", "meetings"}));
}

// Whatever is moved, the file of the option reads as the option.
TEST(Explorer, TheFileOfAnOptionIsTheOption) {
  const Moves options[] = {{{"staff", 1}},
                           {{"levers.information", 2}, {"levers.online_access", 1}, {"series.meetings.per_year", 6}},
                           {{"hub.Central", 1}, {"hub.South", 1}},
                           {{"hub.Chicago", 0}, {"hub.Collar counties", 0}, {"hub.\"Collar counties\"", 1}},
                           {{"staff", 0.7}, {"levers.facilitation", 0.5}, {"from", 12}},
                           {{"hub.Central", 1}, {"staff", 0.9}, {"series.meetings.per_year", 3}, {"from", 20}}};
  for (const char* file :
       {"illinois.toml", "illinois-three-hubs.toml", "illinois-funding-shock.toml", "illinois-hubs-with-core.toml"}) {
    const Scenarios folder;
    for (const Moves& moves : options) {
      Explorer explorer = explorer_of(file);
      for (const auto& [key, value] : moves) {
        const auto& levers = explorer.coalitions().front().levers;
        const auto found = std::find_if(levers.begin(), levers.end(), [&, k = key](const Lever& l) { return l.key == k; });
        if (found != levers.end()) explorer.set(1, static_cast<std::size_t>(found - levers.begin()), value);
      }
      ASSERT_TRUE(explorer.begin(2)) << explorer.error();
      const std::string text = explorer.file_of(1);
      const ScenarioFile back = read_scenario(folder.write("option.toml", text));
      for (const Diagnostic& d : back.diagnostics) ADD_FAILURE() << to_string(d) << "\n" << text;
      EXPECT_EQ(back.scenario, explorer.question().scenarios[1].scenario) << text;
    }
  }
}

ComparisonAnswer compared(const std::string& a, const std::string& b, ComparisonOptions options) {
  options.scenarios = {a, b};
  auto asked = read_comparison(options, {});
  EXPECT_TRUE(asked.ok());
  return compare(*std::move(asked.question), 1, {});
}

// Figures and sentences are those of `coalis compare` of the option's file, whatever was asked before.
TEST(Explorer, AnswersAsTheComparisonDoes) {
  const Scenarios folder;
  Explorer explorer = explorer_of("illinois.toml");
  explorer.set(1, lever(explorer, "levers.information"), 2);
  ASSERT_TRUE(explorer.begin(20));
  EXPECT_EQ(explorer.run(7), 7u);
  for (const auto& [key, value] : Moves{{"staff", 0.8},
                                        {"series.meetings.per_year", 5},
                                        {"levers.information", 1.5},
                                        {"remote.meeting", 0.5},
                                        {"hub.South", 1}})
    explorer.set(1, lever(explorer, key), value);
  explorer.same_money = "fte";
  ASSERT_TRUE(explorer.begin(20)) << explorer.error();
  EXPECT_EQ(explorer.run(25), 20u);
  const ComparisonAnswer found = explorer.answer();
  const auto option = folder.write("option-b.toml", explorer.file_of(1));
  ComparisonOptions options;
  options.replicates = 20, options.outcomes = {"engaged"};
  const ComparisonAnswer expected = compared((folder / "illinois.toml").string(), option.string(), options);
  EXPECT_EQ(text_of(sentences_of(found, 1, found.question.outcomes[0])),
            text_of(sentences_of(expected, 1, expected.question.outcomes[0])));
  for (std::size_t outcome = 0; outcome < outcome_quantities().size(); ++outcome)
    for (const std::size_t side : {0u, 1u}) {
      const auto a = found.samples.values(side, outcome), b = expected.samples.values(side, outcome);
      for (std::size_t r = 0; r < a.size(); ++r)
        EXPECT_TRUE(a[r] == b[r] || (std::isnan(a[r]) && std::isnan(b[r]))) << outcome_quantities()[outcome].name << " " << r;
    }
}

TEST(Explorer, ParameterSetsAreThoseOfTheComparison) {
  const std::string file = (scenarios / "posterior/mixture.csv").string();
  ParameterSets sets = read_parameter_sets(file);
  leave_out_plans(sets);
  sets.file = "mixture.csv";
  Explorer explorer = explorer_of("illinois.toml");
  ASSERT_TRUE(explorer.add_sets(packed_sets(sets, 10, 1)));
  EXPECT_TRUE(explorer.sets_fit(0));
  explorer.with_sets = true;
  explorer.set(1, lever(explorer, "staff"), 1);
  ASSERT_TRUE(explorer.begin(16)) << explorer.error();
  EXPECT_EQ(explorer.run(16), 16u);
  ComparisonOptions options;
  options.replicates = 16, options.outcomes = {"engaged"}, options.parameters = file, options.draws = 10;
  const Scenarios folder;
  const auto option = folder.write("option-b.toml", explorer.file_of(1));
  const ComparisonAnswer expected = compared((folder / "illinois.toml").string(), option.string(), options);
  const ComparisonAnswer found = explorer.answer();
  const std::size_t engaged = found.question.outcomes.front();
  EXPECT_EQ(found.samples.values(1, engaged), expected.samples.values(1, engaged));
  EXPECT_EQ(found.samples.values(0, engaged), expected.samples.values(0, engaged));
  EXPECT_EQ(text_of(sentences_of(found, 1, engaged)), text_of(sentences_of(expected, 1, engaged)));
}

// The options' files are at the same money already: the command does not ask for it once more, and gives the same.
TEST(Explorer, SameMoneyIsAskedForOnce) {
  Explorer explorer = explorer_of("illinois.toml");
  explorer.set(1, lever(explorer, "levers.information"), 1.5);
  explorer.same_money = "fte";
  ASSERT_TRUE(explorer.begin(4)) << explorer.error();
  EXPECT_LT(explorer.question().scenarios[1].scenario.hubs[0].fte, 0.35);
  EXPECT_EQ(explorer.command().find("--equal-budget"), std::string::npos) << explorer.command();
  EXPECT_NE(explorer.file_of(1).find("fte = "), std::string::npos);
}

TEST(Explorer, OtherStructuresAreThoseOfTheComparison) {
  Explorer explorer = explorer_of("illinois.toml");
  explorer.set(1, lever(explorer, "staff"), 1);
  explorer.with_structures = true;
  ASSERT_TRUE(explorer.begin(12)) << explorer.error();
  EXPECT_EQ(explorer.pairs_asked(), 36u);
  EXPECT_EQ(explorer.run(20), 20u);
  EXPECT_EQ(structures_text(explorer, explorer.answer()), "");  // not before all are there
  EXPECT_EQ(explorer.run(100), 36u);
  const Scenarios folder;
  ComparisonOptions options;
  options.replicates = 12, options.outcomes = {"engaged"}, options.structures = {"engagement"};
  const ComparisonAnswer expected =
      compared((folder / "illinois.toml").string(), folder.write("option-b.toml", explorer.file_of(1)).string(), options);
  const ComparisonAnswer found = explorer.answer();
  const std::size_t engaged = found.question.outcomes.front();
  ASSERT_EQ(found.variants.size(), 2u);
  for (const std::size_t other : {0u, 1u})
    for (const std::size_t side : {0u, 1u})
      EXPECT_EQ(found.variants[other].samples.values(side, engaged), expected.variants[other].samples.values(side, engaged));
  EXPECT_TRUE(structures_text(explorer, found).starts_with("Other structures of the model: of 2, "))
      << structures_text(explorer, found);
  EXPECT_NE(decision_html(explorer).find("Under other structures of the model"), std::string::npos);
  explorer.with_structures = false;
  ASSERT_TRUE(explorer.begin(12));
  EXPECT_EQ(explorer.run(100), 12u);
  EXPECT_EQ(explorer.answer().variants.size(), 0u);
}

TEST(Explorer, EverySwitchOfTheStructureCanBeSet) {
  Explorer explorer = explorer_of("illinois.toml");
  explorer.rules = {1, 2, 3};
  ASSERT_TRUE(explorer.begin(2)) << explorer.error();
  for (const Contender& c : explorer.question().scenarios) EXPECT_EQ(c.scenario.structure, (Structure{1, 2, 3}));
  EXPECT_NE(rules_text().find("engagement\ttrait\tcommitment is a fixed trait\n"), std::string::npos) << rules_text();
}

// Who has never seen a file of a coalition reads no key and no option.
TEST(Explorer, TheAnswerIsInWords) {
  Explorer explorer = explorer_of("illinois.toml");
  explorer.set(1, lever(explorer, "staff"), 3);
  explorer.set(1, lever(explorer, "levers.information"), 4);
  ASSERT_TRUE(explorer.begin(5));
  explorer.run(5);
  std::string text = answer_text(explorer);
  text.resize(text.find("command\t"));
  for (const std::string& said : {text, decision_html(explorer)})
    for (const char* key : {"--", "coalis compare", "hubs.Chicago", "levers.information"})
      EXPECT_EQ(said.find(key), std::string::npos) << key << " in " << said;
  EXPECT_NE(text.find("No word for likelihood is given: \"Paid coordination"), std::string::npos) << text;
}

TEST(Explorer, WhatSpeaksForARangeIsInWords) {
  const std::string text = levers_text(explorer_of("illinois.toml"), 1);
  EXPECT_EQ(text.find("illinois_"), std::string::npos) << text;
  // What is only assumed is marked; the evidence of meetings stands at meetings alone.
  EXPECT_NE(text.find("\tfrom no leader in post to the full-time leader asked for\t0\t"), std::string::npos) << text;
  EXPECT_NE(text.find("asked for; no figure\t1\t"), std::string::npos) << text;
  std::size_t meetings = 0, others = 0;
  for (const Lever& l : levers_of(read("illinois.toml"))) {
    EXPECT_EQ(l.meaning.find('_'), std::string::npos) << l.meaning;
    if (l.what != Lever::What::per_year) continue;
    const bool of_meetings = l.words.starts_with("Meetings");
    EXPECT_EQ(l.reason.find(" meetings in 43 months") != std::string::npos, of_meetings) << l.words << ": " << l.reason;
    EXPECT_EQ(l.assumed, !of_meetings) << l.words;
    ++(of_meetings ? meetings : others);
  }
  EXPECT_EQ(meetings, 2u);
  EXPECT_EQ(others, 2u);
  EXPECT_NE(text.find("\tFrom afar: Outreach Day\t"), std::string::npos) << text;
}

TEST(Explorer, WhatAnOutcomeMeansIsASentence) {
  const std::string text = outcomes_text();
  EXPECT_EQ(text.find("ever-member"), std::string::npos) << text;
  for (const char* meaning :
       {"\tShare of organisations that ever were members that have withdrawn.\t", "\tGoal attainment at the end.\t",
        "\tHours given per organisation that ever was a member and year, travel included.\t"})
    EXPECT_NE(text.find(meaning), std::string::npos) << text;
}

TEST(Explorer, NoFieldOfATableIsAFormula) {
  Scenario scenario = read("illinois.toml");
  scenario.regions[0].name = "=1+1";
  Explorer explorer;
  ASSERT_TRUE(explorer.add_coalition("own.toml", packed(scenario)));
  ASSERT_TRUE(explorer.begin(5));
  explorer.run(5);
  EXPECT_NE(chart_csv(explorer, Chart::regions).find("\n'=1+1,"), std::string::npos) << chart_csv(explorer, Chart::regions);
}

TEST(Explorer, AMapSaysWhoServesEachRegion) {
  Explorer explorer = explorer_of("illinois.toml");
  explorer.set(1, lever(explorer, "hub.South"), 1);
  const std::string now = map_svg(explorer, 0), then = map_svg(explorer, 1), table = map_table(explorer, 1);
  for (int region = 0; region < 6; ++region)
    EXPECT_NE(then.find("data-region=\"" + std::to_string(region) + "\""), std::string::npos) << region;
  EXPECT_NE(now.find("South: 5.3 h to the hub in Chicago."), std::string::npos) << now;
  EXPECT_NE(then.find("South: has a hub."), std::string::npos) << then;
  EXPECT_NE(table.find("<tr><th scope=\"row\">South</th><td>"), std::string::npos) << table;
  explorer.set(1, lever(explorer, "hub.South"), 0), explorer.set(1, lever(explorer, "hub.Chicago"), 0);
  EXPECT_NE(map_svg(explorer, 1).find("South: no hub."), std::string::npos);
}

TEST(Explorer, WhatCannotBeAskedIsSaid) {
  Explorer explorer = explorer_of("illinois.toml");
  EXPECT_FALSE(explorer.add_coalition("other.toml", "bytes"));
  EXPECT_NE(explorer.error(), "");
  explorer.set(0, lever(explorer, "staff"), 0);
  explorer.set(1, lever(explorer, "levers.information"), 4);
  explorer.same_money = "joint_grants";
  EXPECT_FALSE(explorer.begin(10));
  EXPECT_NE(explorer.error().find("joint grants"), std::string::npos) << explorer.error();
  EXPECT_NE(explorer.error().find("budget"), std::string::npos) << explorer.error();
  explorer.same_money = "";
  EXPECT_TRUE(explorer.begin(10)) << explorer.error();
}

TEST(Explorer, PicturesAndTablesOfEveryOutcome) {
  Explorer explorer = explorer_of("illinois.toml");
  explorer.set(1, lever(explorer, "staff"), 1);
  for (const char* outcome : {"engaged", "coordination_cost", "regional_gap", "participation_remote"}) {
    explorer.outcome = outcome;
    ASSERT_TRUE(explorer.begin(5));
    EXPECT_EQ(explorer.run(5), 5u);
    for (const Chart chart : {Chart::dots, Chart::fan, Chart::levels, Chart::regions}) {
      const std::string svg = chart_svg(explorer, chart);
      EXPECT_EQ(svg.empty(), chart_table(explorer, chart).empty()) << outcome;
      EXPECT_EQ(svg.empty(), chart_csv(explorer, chart).empty()) << outcome;
      if (chart == Chart::dots) {
        EXPECT_NE(svg.find("<svg"), std::string::npos) << outcome;
      }
    }
    EXPECT_NE(answer_text(explorer).find("effect\t"), std::string::npos) << outcome;
    EXPECT_NE(decision_html(explorer).find("<table>"), std::string::npos) << outcome;
  }
}

// What levers are set to for ready-made options, and that they then give the same in every month.
TEST(Explorer, LeversExpressOptions) {
  struct Case {
    std::vector<std::string> changes;
    int from;
    Moves values;
  };
  const Case cases[] = {
      {{}, 0, {}},
      {{"staff 0.8"}, 0, {{"staff", 0.8}}},
      {{"9 meetings a year", "facilitation 0.5"}, 0, {{"series.meetings.per_year", 9}, {"levers.facilitation", 0.5}}},
      {{"3 hubs", "staff 1.06"}, 0, {{"staff", 1.06}}},
      {{"meetings from afar", "staff 0.4"}, 0, {{"remote.meeting", 0.8}, {"staff", 0.4}}},
      {{"twice the bulletins", "staff 0.5"}, 12, {{"levers.information", 2}, {"staff", 0.5}, {"from", 12}}},
  };
  const Scenario now = read("illinois.toml");
  const auto levers = levers_of(now);
  for (const Case& c : cases) {
    Scenario then = now;
    for (const std::string& change : c.changes) then = with_ready_made(then, change).value();
    then = beginning_in(now, then, c.from).question.value();
    const auto values = lever_values(now, levers, then, c.from);
    ASSERT_TRUE(values) << c.changes.front();
    for (const auto& [key, value] : c.values) {
      const auto found = std::find_if(levers.begin(), levers.end(), [&, k = key](const Lever& l) { return l.key == k; });
      ASSERT_NE(found, levers.end()) << key;
      EXPECT_NEAR((*values)[static_cast<std::size_t>(found - levers.begin())], value, 1e-9) << key;
    }
    if (c.changes.empty()) {
      EXPECT_EQ(moved(now, levers, *values), now);
    }
    EXPECT_NEAR(make_plan(moved(now, levers, *values))->planned_cost, make_plan(then)->planned_cost, 1e-6);
  }
}

TEST(Explorer, WhatLeversCannotExpressIsNoLever) {
  const Scenario now = read("illinois.toml");
  const auto levers = levers_of(now);
  for (const char* change : {"common core", "members convene", "staff 9"})
    EXPECT_FALSE(lever_values(now, levers, with_ready_made(now, change).value(), 0)) << change;
}

TEST(Explorer, AGuessStandsBesideTheAnswer) {
  Explorer explorer = explorer_of("illinois.toml");
  explorer.set(1, lever(explorer, "staff"), 1);
  ASSERT_TRUE(explorer.begin(20));
  explorer.run(20);
  EXPECT_EQ(guess_text(explorer), "");
  const PairedSummary d = explorer.answer().samples.difference(1, explorer.question().outcomes.front());
  const OutcomeWords& words = words_of("engaged");
  ASSERT_GT(d.most.high, 0);
  explorer.guess = 100 * d.mean;
  const std::string near = guess_text(explorer);
  EXPECT_TRUE(near.starts_with("You guessed " + amount(words, std::abs(d.mean)) + " in 100 ")) << near;
  EXPECT_TRUE(near.ends_with(" in 100 more. Your guess is among them.")) << near;
  EXPECT_NE(near.find("8 in 10 runs lie from "), std::string::npos) << near;
  explorer.guess = -40;
  const std::string far = guess_text(explorer);
  EXPECT_TRUE(far.starts_with("You guessed 40 in 100 fewer. The model says ")) << far;
  EXPECT_TRUE(far.ends_with("Your guess is outside of them.")) << far;
  explorer.guess = 0;
  EXPECT_TRUE(guess_text(explorer).starts_with("You guessed no difference. ")) << guess_text(explorer);
  EXPECT_NE(outcomes_text().find("engaged\tEngaged\t"), std::string::npos);
  EXPECT_NE(outcomes_text().find("\tin 100\nnever_attended"), std::string::npos) << outcomes_text();
}

TEST(Explorer, ChoicesStandInOneLineOfThePage) {
  report::ExplorerPage page;
  page.choices.push_back({2, "What money\nbuys", {"50 % of it."}, "<svg>\n</svg>", "fte", {}});
  page.choices.back().list.push_back({"1", "as it is", "0 USD", std::vector<std::string>{}});
  page.choices.back().list.push_back({"2", "more", "", std::vector<std::string>{"staff=0.5", "from=12"}});
  page.choices.back().list.push_back({"3", "other", "", std::nullopt});
  EXPECT_NE(report::html(page).find("\nchoices 2 title\tWhat money buys%0Asame\tfte%0Asentence\t50 %25 of it.%0Asvg\t%3Csvg> "
                                    "%3C/svg>%0Aoption\t1\tas it is\t0 USD\tcan%0Aoption\t2\tmore\t\tcan\tstaff=0.5\tfrom=12"
                                    "%0Aoption\t3\tother\t\tcannot%0A\n"),
            std::string::npos)
      << report::html(page).substr(report::html(page).find("choices "), 400);
}

TEST(Explorer, SetsStandInOneLineOfThePage) {
  report::ExplorerPage page;
  page.sets = "50 %\tof\n</script>";
  EXPECT_NE(report::html(page).find("\nsets 50 %25\tof%0A%3C/script>\n"), std::string::npos);
}

TEST(Explorer, Base64) {
  EXPECT_EQ(report::base64(""), "");
  EXPECT_EQ(report::base64("f"), "Zg==");
  EXPECT_EQ(report::base64("fo"), "Zm8=");
  EXPECT_EQ(report::base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(report::base64(std::string("\xff\x00\xfe", 3)), "/wD+");
}

}  // namespace
}  // namespace coalis::page
