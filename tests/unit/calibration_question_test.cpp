// A calibration and the checks of its posterior, carried out without the program and without a terminal.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "coalis/io/answers/check_json.hpp"
#include "coalis/io/answers/posterior_json.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/report/pages/fit_charts.hpp"
#include "coalis/report/words/check_text.hpp"
#include "coalis/report/words/posterior_text.hpp"
#include "coalis/tasks/calibrate.hpp"
#include "support/folder.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

class CalibrationQuestion : public testing::Test {
 protected:
  CalibrationQuestion() {
    for (const char* name : {"small.toml", "ev2.toml"}) folder_.take(name);
    file_ = read_calibration(folder_.take("cal.toml"));
    model_.emplace(*file_.calibration, Execution{.threads = 2});
  }
  PosteriorFiles files(const std::string& name) const { return {folder_ / (name + ".csv"), folder_ / (name + ".state.json")}; }
  std::optional<PosteriorAnswer> sample(const std::string& name, const Watch& watch, int threads = 2) {
    return calibrate(file_, *model_, files(name), false, "a test", threads, watch);
  }
  CheckOptions to_check(const std::string& name) const {
    CheckOptions options{files(name).posterior, "", {}};
    options.coverage = {.table = 400, .truths = 20, .nearest = 50, .bins = 5};
    return options;
  }

  test::Folder folder_;
  CalibrationFile file_;
  std::optional<CalibrationModel> model_;
};

TEST_F(CalibrationQuestion, GoesOnAfterACancellationAndLeavesTheSamePosterior) {
  const auto whole = sample("whole", {});
  ASSERT_TRUE(whole);
  std::atomic<bool> cancel = false;
  std::vector<std::string> said;
  Watch watch{.cancel = &cancel};
  watch.notice = [&](const std::string& sentence) { said.push_back(sentence), cancel = true; };
  EXPECT_FALSE(sample("parts", watch, 1));
  ASSERT_EQ(said.size(), 1u);
  EXPECT_TRUE(said.front().starts_with("generation  0: tolerance ")) << said.front();
  EXPECT_FALSE(std::filesystem::exists(files("parts").posterior));
  EXPECT_TRUE(std::filesystem::exists(files("parts").state));

  watch.cancel = nullptr;
  const auto parts = sample("parts", watch);
  ASSERT_TRUE(parts);
  EXPECT_TRUE(said.at(1).starts_with("going on from ")) << said.at(1);
  EXPECT_EQ(said.size(), 1 + parts->generations.size());  // all but the first again, and that it goes on
  EXPECT_EQ(test::contents(files("parts").posterior), test::contents(files("whole").posterior));
  EXPECT_EQ(parts->generations, whole->generations);
  ASSERT_EQ(parts->parameters.size(), 3u);
  EXPECT_LE(parts->parameters[0].low, parts->parameters[0].median);
  EXPECT_NE(to_text(*parts).find("  series.m.per_year\t"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(json_text(*parts)).at("draws"), 20);
}

TEST_F(CalibrationQuestion, TheVerdictSaysWhatIsToldAndWhatIsOpen) {
  auto answer = sample("p", {});
  ASSERT_TRUE(answer);
  answer->parameters[0].contraction = 0.5, answer->parameters[1].contraction = 0.2, answer->parameters[2].contraction = -0.1;
  answer->items.front().measures = "attendance_persistence";
  answer->effective_size = 99.6;
  const std::string text = verdict_text(*answer);
  const auto said = text.find("Your figures say:"), little = text.find("They say a little of:"),
             open = text.find("They leave open");
  ASSERT_TRUE(said < little && little < open && open != text.npos) << text;
  EXPECT_NE(text.substr(said, little - said).find("(50 %)"), text.npos);
  EXPECT_NE(text.substr(little, open - little).find("(20 %)"), text.npos);
  EXPECT_NE(text.substr(open).find("(0 %)"), text.npos);
  EXPECT_EQ(text.find("Sign-in sheets"), text.npos);  // they are there
  EXPECT_NE(text.find("count as 100 independent ones: few"), text.npos);
  answer->effective_size = 100;
  answer->items.front().measures = "leadership_rating";
  EXPECT_NE(verdict_text(*answer).find("enough for ranges"), text.npos);
  EXPECT_NE(verdict_text(*answer).find("Sign-in sheets"), text.npos);
}

TEST_F(CalibrationQuestion, ACheckIsAValueThatItsFileGivesBack) {
  ASSERT_TRUE(sample("p", {}));
  const auto asked = read_check_question(*model_, to_check("p"));
  ASSERT_TRUE(asked.ok());
  std::size_t seen = 0;
  Watch watch;
  watch.progress = [&](std::size_t done, std::size_t of) {
    seen = done;
    EXPECT_EQ(of, 400u);
  };
  const auto check = check_posterior(*asked.question, 2, watch);
  ASSERT_TRUE(check && check->coverage);
  EXPECT_GT(seen, 0u);
  EXPECT_EQ(check->draws, 20u);
  EXPECT_EQ(check->parameters.size(), 2u);

  const std::string text = json_text(*check);
  const PosteriorCheck read = parse_check(text, "p.check.json");
  EXPECT_EQ(json_text(read), text);
  std::string changed = text;
  char& digit = changed[changed.find("\"distance\": ") + 12];
  digit = digit == '9' ? '8' : '9';
  EXPECT_THROW(parse_check(changed, "p.check.json"), FileError);
  EXPECT_TRUE(alike(*check, read));
  EXPECT_EQ(fit_verdict(read), fit_verdict(*check));
  const std::vector<report::NamedCheck> of_values{{*check, "p.check.json"}}, of_file{{read, "p.check.json"}};
  EXPECT_EQ(report::html(report::fit_page(of_values, "", "x")), report::html(report::fit_page(of_file, "", "x")));
}

// "yes" is shown wherever it stands in the file; what was fitted along is named.
TEST_F(CalibrationQuestion, AFitPageSaysYesAndAllThatWasFitted) {
  ASSERT_TRUE(sample("p", {}));
  const auto asked = read_check_question(*model_, to_check("p"));
  ASSERT_TRUE(asked.ok());
  auto check = check_posterior(*asked.question, 2, {});
  ASSERT_TRUE(check && check->coverage);
  ItemCheck item = check->items.front();
  item.id = item.measures = "trained", item.use = "calibrate";
  item.categories.resize(2, item.categories.front());
  item.categories[0].name = "no", item.categories[1].name = "yes";
  check->items = {item, item};
  std::swap(check->items[1].categories[0], check->items[1].categories[1]);
  check->parameters[0].path = check->coverage->parameters[0].path = "kinds.meeting.base";
  check->parameters[0].also = {"kinds.outreach.base"};
  const std::vector<report::NamedCheck> checks{{*check, "p.check.json"}};
  const report::FitPage page = report::fit_page(checks, "", "x");
  ASSERT_EQ(page.checks.size(), 1u);
  ASSERT_EQ(page.checks.front().items.size(), 2u);
  for (const auto& row : page.checks.front().items) EXPECT_EQ(row.name, "Trained: yes");
  EXPECT_EQ(page.contraction.rows.front().name, "Appeal of an event of this kind (meeting and outreach)");
  ASSERT_FALSE(page.ranks.empty());
  EXPECT_EQ(page.ranks.front().panels.front().name, page.contraction.rows.front().name);
  EXPECT_NE(to_text(*check).find("  kinds.meeting.base and kinds.outreach.base\t"), std::string::npos);
  EXPECT_EQ(parse_check(json_text(*check), "p.check.json").parameters[0].also, check->parameters[0].also);
  UncertainParameter both = model_->calibration().fitted.front();
  both.paths.push_back(both.paths.front());
  EXPECT_EQ(both.also(), std::vector{both.paths.front().text()});
}

TEST_F(CalibrationQuestion, ACheckIsCancelledInTheMiddle) {
  ASSERT_TRUE(sample("p", {}));
  const auto asked = read_check_question(*model_, to_check("p"));
  ASSERT_TRUE(asked.ok());
  std::atomic<bool> cancel = false;
  Watch watch{.cancel = &cancel};
  watch.progress = [&](std::size_t, std::size_t) { cancel = true; };
  EXPECT_FALSE(check_posterior(*asked.question, 1, watch));
  EXPECT_TRUE(cancel);
}

TEST_F(CalibrationQuestion, SaysWhatIsWrongBeforeTheFirstRun) {
  CheckOptions options = to_check("p");
  EXPECT_TRUE(option_problems(options).empty());
  options.coverage.table = 49;
  ASSERT_EQ(option_problems(options).size(), 1u);
  EXPECT_EQ(to_string(option_problems(options).front()),
            "--table 49: each posterior is the 50 nearest runs; ask for many more, or for 0: no coverage");
  options.coverage.table = 0;
  EXPECT_TRUE(option_problems(options).empty());

  const auto problem = [&](std::string_view sets) {
    folder_.write("p.csv", sets);
    const auto asked = read_check_question(*model_, options);
    return asked.ok() || asked.problems.empty() ? "" : to_string(asked.problems.front());
  };
  const std::string name = (folder_ / "p.csv").string();
  EXPECT_EQ(problem("parameters.hold_floor\n0.1\n"),
            name + ": has no column 'series.m.per_year', which the calibration file has; calibrate again");
  EXPECT_EQ(
      problem("series.m.per_year,parameters.hold_floor,parameters.tie_prob\n3,0.1,much\n"),
      name + ":2: error: 'much' of parameters.tie_prob is no number; write a finite number in decimals, or calibrate again");
}

// Answers of older programs say less; what they say comes back as it is.
TEST(CheckJson, EveryValueOfShippedAnswersComesBack) {
  for (const char* name : {"mixture", "trait", "reinforcement"}) {
    const auto path = test::source_dir() / "scenarios/posterior" / (std::string(name) + ".check.json");
    auto before = nlohmann::json::parse(test::contents(path)), after = nlohmann::json::parse(json_text(read_check(path)));
    for (const char* key : {"posterior_sha1", "verdict", "not_explained", "content"}) before.erase(key), after.erase(key);
    for (auto* answer : {&before, &after})
      for (auto& item : answer->at("items")) item.erase("measures");
    EXPECT_EQ(before, after) << name << nlohmann::json::diff(before, after).dump(1).substr(0, 2000);
  }
}

}  // namespace
}  // namespace coalis
