// A sensitivity analysis carried out without the program and without a terminal.
#include <gtest/gtest.h>

#include <atomic>

#include "coalis/io/answers/sensitivity_json.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/report/pages/sensitivity_figures.hpp"
#include "coalis/report/words/sensitivity_text.hpp"
#include "coalis/tasks/sensitivity_run.hpp"
#include "support/folder.hpp"

namespace coalis {
namespace {

constexpr std::string_view study_text = R"(format = "sensitivity"
version = 1
name = "Small"
question = "What does engagement hang on?"
scenarios = ["small.toml", "other.toml"]
outcomes = ["engaged", "coordination_cost"]
replicates = 2
resamples = 100
[morris]
trajectories = 20
[sobol]
points = 16
[[factors]]
path = "parameters.members_per_fte"
range = [40, 400]
[[factors]]
path = "kinds.meeting.base"
range = [-2, 2]
)";

class SensitivityQuestionOf : public testing::Test {
 protected:
  SensitivityQuestionOf() {
    folder_.take("small.toml");
    folder_.write("other.toml", "format = \"scenario\"\nversion = 1\ninclude = \"small.toml\"\n[parameters]\ntie_prob = 0.5\n");
  }
  Asked<PreparedSensitivity> prepared(std::string_view text = study_text) {
    const auto path = folder_.write("study.toml", text);
    SensitivityFile file = read_sensitivity(path);
    if (!file.ok()) return {std::nullopt, file.study.diagnostics};
    return prepare_sensitivity(path, std::move(file));
  }
  SensitivityRun run(const PreparedSensitivity& prepared, const Watch& watch, int threads = 2) {
    const auto store = open_sensitivity_store(prepared, false);
    return run_sensitivity(prepared, *store, {.threads = threads}, watch);
  }

  test::Folder folder_;
};

TEST_F(SensitivityQuestionOf, IsCancelledInTheMiddleAndGoesOn) {
  const auto asked = prepared();
  ASSERT_TRUE(asked.ok());
  const std::size_t count = asked.question->question.count();
  EXPECT_EQ(count, 2u * 2 * (20 * 3 + 16 * 4));
  std::atomic<bool> cancel = false;
  std::size_t seen = 0;
  std::vector<std::string> said;
  Watch watch{.cancel = &cancel};
  watch.progress = [&](std::size_t done, std::size_t of) {
    seen = done, cancel = true;
    EXPECT_EQ(of, count);
  };
  watch.notice = [&](const std::string& sentence) { said.push_back(sentence); };
  const SensitivityRun first = run(*asked.question, watch, 1);
  EXPECT_FALSE(first.values);
  EXPECT_EQ(first.failed, 0u);
  EXPECT_GT(seen, 0u);
  EXPECT_LT(seen, count);
  EXPECT_NE(first.kept.find("of " + std::to_string(count) + " runs are kept in "), std::string::npos) << first.kept;

  watch.cancel = nullptr;
  const SensitivityRun second = run(*asked.question, watch);
  ASSERT_TRUE(second.values);
  EXPECT_EQ(seen, count);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_TRUE(said.front().starts_with("  going on: ")) << said.front();
}

// Whatever becomes of the files meanwhile.
TEST_F(SensitivityQuestionOf, ReadsItsScenariosOnce) {
  const auto asked = prepared();
  ASSERT_TRUE(asked.ok());
  const auto before = *asked.question;
  folder_.write("small.toml", "no scenario any more");
  const SensitivityRun done = run(before, {});
  ASSERT_TRUE(done.values) << done.kept;
  const SensitivityFindings findings = sensitivity_findings(before.question, *done.values);
  ASSERT_EQ(findings.targets.size(), 6u);  // of two outcomes A, B and their difference
  EXPECT_TRUE(findings.targets[0].varies);
  EXPECT_EQ(findings.targets[0].shares.size(), 2u);
  EXPECT_EQ(findings.targets[0].base_points, 16u);
  EXPECT_NEAR(findings.targets[2].mean, findings.targets[1].mean - findings.targets[0].mean, 1e-9);
}

TEST_F(SensitivityQuestionOf, TheResultFileGivesTheAnswerBack) {
  const auto asked = prepared();
  ASSERT_TRUE(asked.ok());
  const SensitivityQuestion& question = asked.question->question;
  const auto values = run(*asked.question, {}).values;
  ASSERT_TRUE(values);
  const SensitivityFindings findings = sensitivity_findings(question, *values);
  const auto file = folder_.write("result.json", json_text(findings, question, *values));
  EXPECT_EQ(looks_like(file).format, sensitivity_format);
  EXPECT_EQ(read_sensitivity_values(file, question), *values);
  SensitivityFindings read = read_sensitivity_findings(file);
  for (std::size_t t = 0; t < read.targets.size(); ++t) read.targets[t].base_points = findings.targets[t].base_points;
  EXPECT_EQ(to_text(read), to_text(findings));
  EXPECT_EQ(report::html(report::sensitivity_page(read, {"r.json", "0"}, "", "x")),
            report::html(report::sensitivity_page(findings, {"r.json", "0"}, "", "x")));

  std::string other(study_text);
  other.replace(other.find("points = 16"), 11, "points = 32");
  const auto larger = prepared(other);
  ASSERT_TRUE(larger.ok());
  EXPECT_THROW(read_sensitivity_values(file, larger.question->question), FileError);
  EXPECT_THROW(open_sensitivity_store(*larger.question, false), FileError);
}

// Each value is possible alone.
TEST_F(SensitivityQuestionOf, SaysAtWhichPointAScenarioCannotBe) {
  folder_.write("long.toml",
                "format = \"scenario\"\nversion = 1\ninclude = \"small.toml\"\n[calendar]\nmonths = 12\n[survey]\nmonth = 3\n");
  const auto asked = prepared(R"(format = "sensitivity"
version = 1
name = "Small"
question = "Where is the end?"
scenarios = ["long.toml"]
outcomes = ["engaged"]
replicates = 1
[morris]
trajectories = 20
[[factors]]
path = "calendar.months"
values = [12, 6]
[[factors]]
path = "survey.month"
values = [3, 10]
)");
  EXPECT_FALSE(asked.ok());
  ASSERT_EQ(asked.problems.size(), 1u);
  EXPECT_TRUE(to_string(asked.problems.front()).starts_with("long.toml: error: with calendar.months = 6, survey.month = 10: "))
      << to_string(asked.problems.front());
}

}  // namespace
}  // namespace coalis
