// The executor without threads keeps what the one with threads promises (ensemble_test.cpp).
#include "ensemble/one_thread.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace coalis {
namespace {

struct Outcome {
  std::vector<std::uint32_t> order;
  std::size_t returned = 0;
};

const std::function<RunnerOf<RunRecord>()> numbering = []() -> Runner {
  return [](std::uint32_t replicate, RunRecord& record) { record.replicate = replicate; };
};

Outcome run(const std::vector<std::uint32_t>& replicates, const Execution& execution,
            const std::function<Runner()>& make_runner = numbering) {
  Outcome outcome;
  outcome.returned = one_thread::run_in_parallel<RunRecord>(
      replicates, make_runner, execution, [&](const RunRecord& record) { outcome.order.push_back(record.replicate); });
  return outcome;
}

TEST(OneThread, HandsOverInTheOrderOfTheList) {
  const std::vector<std::uint32_t> replicates{5, 3, 9, 9, 1};
  const auto outcome = run(replicates, {.threads = 8, .batch = 2});
  EXPECT_EQ(outcome.order, replicates);
  EXPECT_EQ(outcome.returned, 5u);
  EXPECT_EQ(run({}, {}).returned, 0u);
}

TEST(OneThread, CancellationKeepsTheBeginningOfTheList) {
  std::atomic<bool> cancel{false};
  std::vector<std::size_t> reports;
  const Execution execution{.batch = 8, .cancel = &cancel, .progress = [&](std::size_t done) { reports.push_back(done); }};
  std::size_t seen = 0;
  const auto returned =
      one_thread::run_in_parallel<RunRecord>(replicate_range(0, 1000), numbering, execution, [&](const RunRecord&) {
        if (++seen == 20) cancel = true;
      });
  EXPECT_EQ(returned, 20u);
  EXPECT_EQ(reports, (std::vector<std::size_t>{8, 16, 20}));
}

TEST(OneThread, ReportsProgressAfterEveryBatch) {
  std::vector<std::size_t> reports;
  run(replicate_range(0, 10), {.batch = 4, .progress = [&](std::size_t done) { reports.push_back(done); }});
  EXPECT_EQ(reports, (std::vector<std::size_t>{4, 8, 10}));
}

TEST(OneThread, AFailedRunNamesItsReplicate) {
  const auto make_runner = []() -> Runner {
    return [](std::uint32_t replicate, RunRecord&) {
      if (replicate == 37) throw std::domain_error("the roof is on fire");
    };
  };
  try {
    run(replicate_range(0, 100), {}, make_runner);
    FAIL() << "the exception was lost";
  } catch (const ReplicateError& error) {
    EXPECT_EQ(error.replicate, 37u);
    EXPECT_STREQ(error.what(), "replicate 37: the roof is on fire");
    EXPECT_THROW(std::rethrow_if_nested(error), std::domain_error);
  }
}

}  // namespace
}  // namespace coalis
