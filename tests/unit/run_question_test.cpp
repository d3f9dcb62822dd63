// A run asked, answered, watched, cancelled and kept, without the program and without a terminal.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>

#include "coalis/ensemble/resources.hpp"
#include "coalis/io/answers/run_json.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/run_text.hpp"
#include "coalis/report/words/verified_text.hpp"
#include "coalis/tasks/replay.hpp"
#include "coalis/tasks/run.hpp"
#include "coalis/tasks/verify.hpp"
#include "support/folder.hpp"
#include "support/seven.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

RunInput one_scenario() {
  RunInput input;
  input.scenario = test::seven_scenarios()[0].scenario;
  return input;
}

RunOptions options_of(std::uint32_t replicates) {
  RunOptions options;
  options.scenario = "a.toml";
  options.outcomes = {"engaged", "never_attended"};
  options.replicates = replicates;
  return options;
}

// Two sets, which halve and keep a parameter; `given` answers to with_parameters.
RunInput with_two_sets() {
  RunInput input = one_scenario();
  ParameterSets sets;
  sets.paths = {"parameters.tie_prob"};
  sets.sets = {{2, 1, {"0.5"}}, {3, 3, {"1"}}};
  input.sets = DrawnSets{"sets.csv", "hash", sets, {}};
  input.with_parameters = [](const Scenario& scenario, const ParameterSets&, const ParameterSet& set) -> Asked<Scenario> {
    Scenario with = scenario;
    with.parameters.tie_prob *= std::stod(set.values.front());
    return {with, {}};
  };
  return input;
}

struct CountingSink final : RunSink {
  std::size_t added = 0;
  bool finished = false;
  void add(const RunRecord& record) override { EXPECT_EQ(record.replicate, added++); }
  void finish(const RunAnswer&) override { finished = true; }
};

TEST(RunQuestion, OptionsAreResolvedOnce) {
  RunOptions wanted = options_of(7);
  wanted.seed = 5, wanted.record = "detailed";
  const auto asked = ask(wanted, one_scenario());
  ASSERT_TRUE(asked.ok());
  const RunQuestion& question = *asked.question;
  EXPECT_EQ(question.outcomes.size(), 2u);
  EXPECT_EQ(question.seed, 5u);
  EXPECT_EQ(question.kept, KeptOfRun::detailed);
  EXPECT_TRUE(question.recording(true).regions);
  EXPECT_FALSE(question.recording(true).organisation_trajectories);
  EXPECT_FALSE(question.recording(false).trajectories);  // no file, nothing kept
  EXPECT_FALSE(question.further());
  wanted.outcomes = {"network"};
  EXPECT_TRUE(ask(wanted, one_scenario()).question->further());
}

TEST(RunQuestion, WhatIsWrongIsSaidWithItsOption) {
  RunOptions wrong = options_of(10);
  wrong.outcomes = {"engagd"};
  auto asked = ask(wrong, one_scenario());
  EXPECT_FALSE(asked.ok());
  EXPECT_EQ(to_string(asked.problems.at(0)),
            "--outcomes engagd: there is no such outcome; did you mean 'engaged'? coalis defaults lists all");
  wrong = options_of(10);
  wrong.record = "much";
  asked = ask(wrong, one_scenario());
  EXPECT_EQ(to_string(asked.problems.at(0)), "--record much: choose one of outcomes, trajectories, standard, detailed, all");
  EXPECT_FALSE(ask(options_of(0), one_scenario()).ok());
}

TEST(RunQuestion, SetsAreDrawnByWeightAfterTheLookAtWhatFits) {
  RunInput input = with_two_sets();
  bool looked = false;
  input.before_drawing = [&](const RunQuestion& question) { looked = !question.sets && question.replicates == 400; };
  const auto asked = ask(options_of(400), input);
  ASSERT_TRUE(asked.ok());
  EXPECT_TRUE(looked);
  const auto& drawn = asked.question->sets->of_replicate;
  EXPECT_NEAR(static_cast<double>(std::count(drawn.begin(), drawn.end(), 1)), 300, 2);
  const double own = input.scenario.parameters.tie_prob;
  EXPECT_EQ(asked.question->of(0).parameters.tie_prob, drawn[0] == 1 ? own : own * 0.5);
  input.before_drawing = [](const RunQuestion&) { throw TooLarge("too large"); };
  EXPECT_THROW(ask(options_of(400), input), TooLarge);
}

TEST(RunQuestion, IsAnsweredWithProgressSeen) {
  const auto asked = ask(options_of(20), one_scenario());
  std::size_t last = 0, of = 0;
  bool upwards = true;
  const Watch watch{
      .progress = [&](std::size_t done, std::size_t all) { upwards = upwards && done >= last, last = done, of = all; }};
  CountingSink sink;
  const RunAnswer answer = run(*asked.question, 2, watch, &sink);
  EXPECT_EQ(answer.replicates, 20u);
  EXPECT_FALSE(answer.cut_short());
  EXPECT_TRUE(upwards);
  EXPECT_EQ(last, 20u);
  EXPECT_EQ(of, 20u);
  EXPECT_EQ(sink.added, 20u);
  EXPECT_TRUE(sink.finished);
  const auto json = nlohmann::json::parse(json_text(answer));
  EXPECT_EQ(json["replicates"], 20);
  EXPECT_EQ(json["outcomes"].size(), 2u);
  EXPECT_NE(to_text(answer).find("20 replicates, seed 1"), std::string::npos);
  EXPECT_EQ(json_text(run(*asked.question, 1, {})), json_text(answer));  // of any number of threads, with a sink and without
}

TEST(RunQuestion, CancelledKeepsWhatIsFinished) {
  const auto asked = ask(options_of(5'000), one_scenario());
  std::atomic<bool> cancel{false};
  const Watch watch{.cancel = &cancel, .progress = [&](std::size_t done, std::size_t) { cancel = done >= 3; }};
  CountingSink sink;
  const RunAnswer answer = run(*asked.question, 2, watch, &sink);
  EXPECT_TRUE(answer.cut_short());
  EXPECT_GE(answer.replicates, 3u);
  EXPECT_LT(answer.replicates, 5'000u);
  EXPECT_EQ(sink.added, answer.replicates);
  EXPECT_TRUE(sink.finished);
  EXPECT_EQ(nlohmann::json::parse(json_text(answer))["interrupted"], true);
  EXPECT_NE(to_text(answer).find("Interrupted: 5000 replicates had been asked for."), std::string::npos);
}

TEST(RunQuestion, CancelledBeforeTheFirstRunKeepsNothing) {
  const auto asked = ask(options_of(10), one_scenario());
  const std::atomic<bool> cancel{true};
  CountingSink sink;
  EXPECT_EQ(run(*asked.question, 1, {.cancel = &cancel}, &sink).replicates, 0u);
  EXPECT_FALSE(sink.finished);
}

TEST(RunQuestion, IsReadFromFilesKeptVerifiedAndReplayed) {
  const test::Folder folder;
  const auto file = folder / "run.h5";
  RunOptions wanted = options_of(6);
  wanted.scenario = (test::source_dir() / "scenarios/illinois.toml").string();
  const auto asked = read_run(wanted);
  ASSERT_TRUE(asked.ok());
  EXPECT_FALSE(asked.question->evidence.empty());
  EXPECT_NO_THROW(require_room(*asked.question, 1, file));
  RunKeeper keeper(file, false, *asked.question, "a test", 1);
  const RunAnswer answer = run(*asked.question, 1, {}, &keeper);
  const ResultFile kept = open_result(file);
  EXPECT_EQ(kept.replicates.size(), 6u);

  const CheckedPath checked = check_content(file);
  const Verified verified = verify(checked, 3, 1, {});
  EXPECT_TRUE(verified.reproduced());
  EXPECT_EQ(verified.compared, 3u);
  EXPECT_EQ(verified.held, 6u);
  EXPECT_NE(verified_text(verified).text.find("3 of its 6 replicates were rerun"), std::string::npos);
  const std::atomic<bool> cancel{true};
  EXPECT_FALSE(verify(checked, 0, 1, {.cancel = &cancel}).whole());

  const Replay replay = *open_replay({.file = file.string(), .replicate = 5}).question;
  EXPECT_EQ(replay.hash, kept.hashes[5]);
  EXPECT_THROW(open_replay({.file = file.string(), .replicate = 6}), ReplayError);
  wanted.set = {"parameters.nothing=1"};
  EXPECT_FALSE(read_run(wanted).ok());
}

}  // namespace
}  // namespace coalis
