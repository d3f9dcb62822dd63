// A study asked, carried out and answered in process: no program, no terminal.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>
#include <vector>

#include "coalis/io/answers/study_json.hpp"
#include "coalis/report/pages/study_figures.hpp"
#include "coalis/report/words/study_text.hpp"
#include "coalis/tasks/study_extend.hpp"
#include "coalis/tasks/study_plan.hpp"
#include "coalis/tasks/study_run.hpp"
#include "coalis/tasks/study_store.hpp"
#include "support/folder.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

constexpr const char* study_text = R"(format = "study"
version = 1
name = "test"
question = "Does more staff keep members?"
scenarios = ["small.toml"]
replicates = 12
seed = 7
outcomes = ["engaged"]
batch = 4
[design]
kind = "full_factorial"
[[factors]]
path = "hubs.Chicago.fte"
name = "fte"
values = [0.2, 1.0]
[answer]
text = "More staff: {staff: more | fewer | as many}, {staff}."
[[answer.figures]]
name = "staff"
figure = "difference"
outcome = "engaged"
at = { fte = 1.0 }
from = { fte = 0.2 }
)";

class StudyQuestions : public testing::Test {
 protected:
  StudyQuestions() {
    folder_.write("small.toml",
                  "format = \"scenario\"\nversion = 2\ninclude = \"" COALIS_SOURCE_DIR "/scenarios/illinois.toml\"\n");
  }

  StudyOptions options(const std::string& name, const std::string& text = study_text) const {
    const fs::path path = folder_ / (name + ".toml");
    std::ofstream(path) << text;
    return {.file = path.string(), .parameters = {}};
  }
  PreparedStudy prepared(const StudyOptions& options) const {
    auto asked = prepare_study(options);
    for (const Diagnostic& problem : asked.problems) ADD_FAILURE() << to_string(problem);
    EXPECT_EQ(try_sets(asked.question.value().question).size(), 0u);
    return *std::move(asked.question);
  }
  fs::path sets() const {
    std::ofstream(folder_ / "sets.csv") << "weight,parameters.tie_prob\n1,0.01\n1,0.2\n";
    return folder_ / "sets.csv";
  }

  test::Folder folder_;
};

StudyDone do_all(const StudyQuestion& study, RunStore& store, const Watch& watch = {}, std::size_t* missing = nullptr) {
  StoreClaims claims(store);
  StudyWork work{.threads = 2};
  work.on_begin = [&](std::size_t count) {
    if (missing) *missing = count;
  };
  return run_study(study, store, claims, work, watch);
}

TEST_F(StudyQuestions, AreAskedCarriedOutAndAnswered) {
  const PreparedStudy prepared = this->prepared(options("s"));
  const StudyQuestion& study = prepared.question;
  ASSERT_EQ(study.runs(), 24u);
  RunStore store = open_store(study, Access::write);
  std::size_t seen = 0, of = 0;
  Watch watch;
  watch.progress = [&](std::size_t done, std::size_t all) {
    EXPECT_GE(done, seen);
    seen = done, of = all;
  };
  const StudyDone work = do_all(study, store, watch);
  EXPECT_EQ(work.runs.done, 24u);
  EXPECT_EQ(seen, 24u);
  EXPECT_EQ(of, 24u);

  const StudyFindings findings = read_findings(study, store);
  EXPECT_EQ(findings.replicates, 12u);
  ASSERT_EQ(findings.columns.size(), 1u);
  const PairedSummary& staff = findings.columns[0].values[0].difference.value();
  EXPECT_EQ(staff.pairs, 12u);
  const PointSamples samples = read_samples(study, store, study.points.size());
  EXPECT_NEAR(staff.mean, samples[1].summary(study.study.outcomes[0]).mean - samples[0].summary(study.study.outcomes[0]).mean,
              1e-12);

  const StudyWords words(study, findings);
  EXPECT_EQ(words.paragraph().rfind("More staff: ", 0), 0u);
  EXPECT_NE(words.text().find(words.paragraph()), std::string::npos);
  EXPECT_NE(json_text(study, findings).find(words.paragraph()), std::string::npos);
  const report::StudyPage page = report::study_page(study, samples, findings);
  EXPECT_EQ(page.answer, words.paragraph());
  EXPECT_EQ(page.replicates, 12u);
}

TEST_F(StudyQuestions, HavePartsOfWholeReplicatesThatCoverTheRuns) {
  const PreparedStudy plain = prepared(options("plain"));
  StudyOptions with_sets = options("with-sets");
  with_sets.parameters = {sets().string()};
  const PreparedStudy paired = prepared(with_sets);
  const auto bounds = [](const StudyQuestion& study, std::uint32_t of) {
    std::vector<std::size_t> ends{0};
    for (std::uint32_t number = 1; number <= of; ++number) {
      const RunRange range = runs_of(study, {number, of});
      EXPECT_EQ(range.first, ends.back());
      ends.push_back(range.end);
    }
    return ends;
  };
  using Ends = std::vector<std::size_t>;
  EXPECT_EQ(bounds(plain.question, 1), (Ends{0, 24}));
  EXPECT_EQ(bounds(plain.question, 5), (Ends{0, 4, 8, 14, 18, 24}));           // 2.4 replicates of two points, rounded down
  EXPECT_EQ(bounds(paired.question, 4), (Ends{0, 4, 12, 16, 24}));             // two replicates of one set, two points
  EXPECT_EQ(bounds(paired.question, 7), (Ends{0, 3, 6, 10, 13, 17, 20, 24}));  // more than there are sets
  EXPECT_EQ(bounds(plain.question, 48).back(), 24u);
}

TEST_F(StudyQuestions, OfAPartItsRunsAloneAreDoneAndCounted) {
  const PreparedStudy prepared = this->prepared(options("part"));
  const StudyQuestion& study = prepared.question;
  RunStore store = open_store(study, Access::write);
  StoreClaims claims(store);
  std::vector<std::size_t> done_after;
  StudyWork work{.part = {2, 3}, .threads = 1};
  work.on_batch = [&](std::size_t, double, std::size_t done) { done_after.push_back(done); };
  const StudyDone part = run_study(study, store, claims, work, {});
  EXPECT_EQ(part.runs.done, 8u);
  EXPECT_EQ(part.runs.missing, 0u);
  EXPECT_EQ(done_after, (std::vector<std::size_t>{4, 8}));
  for (std::size_t run = 0; run < study.runs(); ++run) EXPECT_EQ(store.done(study.name_of(run)), run >= 8 && run < 16) << run;
  EXPECT_EQ(standing_of(study, store).missing, 16u);
}

TEST_F(StudyQuestions, GoOnAfterACancellation) {
  const PreparedStudy whole = prepared(options("whole")), stopped = prepared(options("stopped"));
  RunStore complete = open_store(whole.question, Access::write);
  do_all(whole.question, complete);

  RunStore store = open_store(stopped.question, Access::write);
  std::atomic<bool> cancel = false;
  Watch watch;
  watch.cancel = &cancel;
  watch.progress = [&](std::size_t, std::size_t) { cancel = true; };
  const StudyDone first = do_all(stopped.question, store, watch);
  EXPECT_GT(first.runs.done, 0u);
  EXPECT_GT(first.runs.missing, 0u);
  cancel = false;
  watch.progress = nullptr;
  std::size_t missing = 0;
  const StudyDone second = do_all(stopped.question, store, watch, &missing);
  EXPECT_EQ(missing, first.runs.missing);
  EXPECT_EQ(second.runs.done, stopped.question.runs());
  for (std::size_t run = 0; run < whole.question.runs(); ++run)
    EXPECT_EQ(complete.read(whole.question.name_of(run)).record.hash, store.read(stopped.question.name_of(run)).record.hash);
  StandingLook standing(stopped.question, store);
  EXPECT_EQ(standing.look().done, stopped.question.runs());
}

// Somebody else has a unit at first, and leaves it undone.
class ElsewhereAtFirst final : public Claims {
 public:
  bool claim(std::uint64_t unit) override {
    if (unit == 0 && refused_++ == 0) return false;
    EXPECT_TRUE(held_.insert(unit).second);
    return true;
  }
  void release(std::uint64_t unit) override { EXPECT_EQ(held_.erase(unit), 1u); }
  bool is_claimed(std::uint64_t) const override { return false; }
  void claim_merge() override {}
  void release_merge() override {}
  bool all_released() const { return held_.empty(); }
  int refused() const { return refused_; }

 private:
  int refused_ = 0;
  std::set<std::uint64_t> held_;
};

TEST_F(StudyQuestions, ComeBackToWhatOthersHadAndLeft) {
  const PreparedStudy prepared = this->prepared(options("s"));
  RunStore store = open_store(prepared.question, Access::write);
  ElsewhereAtFirst claims;
  EXPECT_EQ(run_study(prepared.question, store, claims, {.threads = 2}, {}).runs.done, prepared.question.runs());
  EXPECT_TRUE(claims.all_released());
  EXPECT_GT(claims.refused(), 0);
}

TEST_F(StudyQuestions, FindRunsThatAreEqualBeforeAnyIsMade) {
  StudyOptions options = this->options("s");
  Study study = read_study(options.file).study;
  StudyQuestion designed = designed_study(options, study);
  StudyRead read;
  read.problems.resize(designed.points.size());
  read.give_keys = [](std::vector<StudyPoint>& points) {
    for (StudyPoint& point : points) point.key = point_key("test", "the same", 1);
  };
  const auto asked = ask(designed, read);
  EXPECT_FALSE(asked.ok());
  ASSERT_EQ(asked.problems.size(), 1u);
  EXPECT_EQ(to_string(asked.problems[0]),
            options.file + ": error: point 0 (fte = 0.2) and point 1 (fte = 1) are the same runs; remove one of them");
}

TEST_F(StudyQuestions, SayWhatIsWrongWithAnAnswer) {
  std::string text = study_text;
  text.replace(text.find("{staff}"), 7, "{stuff}");
  const auto asked = prepare_study(options("s", text));
  EXPECT_FALSE(asked.ok());
  ASSERT_EQ(asked.problems.size(), 1u);
  EXPECT_NE(asked.problems[0].problem.find("in the text of the answer"), std::string::npos);
  EXPECT_GT(asked.problems[0].line, 0);
}

TEST_F(StudyQuestions, ShareParameterSetsAndPlanWithTheirRuns) {
  StudyOptions options = this->options("s");
  options.parameters = {sets().string()};
  const PreparedStudy prepared = this->prepared(options);
  const StudyQuestion& study = prepared.question;
  EXPECT_EQ(store_folder(study), folder_ / "s.sets.runs");
  EXPECT_EQ(study.together(), replicates_a_set);
  RunStore store = open_store(study, Access::write);
  const StudyForecast forecast = coalis::forecast(study, store, 1);
  EXPECT_EQ(forecast.missing, study.runs());
  EXPECT_GT(forecast.seconds, 0);
  EXPECT_EQ(forecast.problem, "");
  do_all(study, store);
  StudyRunner runner(study);  // whose runs the plan has tried
  RunRecord record;
  for (const std::uint32_t replicate : {0u, 1u, 5u}) {
    runner.run(1, replicate, record);
    EXPECT_EQ(record.hash, store.read(study.name_of(1, replicate)).record.hash);
  }
  const StudyFindings findings = read_findings(study, store);
  EXPECT_EQ(findings.fitted.size(), 1u);
  EXPECT_NE(parameters_text(study).find("sets.csv"), std::string::npos);
}

TEST_F(StudyQuestions, GrowWithoutChangingWhatIsThere) {
  const std::string name = options("s").file;
  const StudyFile file = read_study(name);
  const auto more = extended(file, name, {.replicates = 20});
  ASSERT_TRUE(more.ok());
  std::string expected = study_text;
  expected.replace(expected.find("replicates = 12"), 15, "replicates = 20");
  EXPECT_EQ(*more.question, expected);
  EXPECT_EQ(extended(file, name, {.replicates = 12}).question, study_text);
  EXPECT_EQ(to_string(extended(file, name, {.replicates = 11}).problems.at(0)),
            name + ": has 12 replicates already; give that number to go on, or more");
  EXPECT_FALSE(extended(file, name, {.points = 64}).ok());
}

}  // namespace
}  // namespace coalis
