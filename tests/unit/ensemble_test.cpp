// The executor with made-up runs: order, threads, memory, cancellation, failure.
#include "coalis/ensemble/ensemble.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

namespace coalis {
namespace {

// Runs of uneven length, so that threads overtake each other.
Runner uneven_runner() {
  return [](std::uint32_t replicate, RunRecord& record) {
    std::this_thread::sleep_for(std::chrono::microseconds(replicate % 7 * 50));
    record.replicate = replicate;
  };
}

struct Outcome {
  std::vector<std::uint32_t> order;
  std::size_t returned;
};

Outcome run(const std::vector<std::uint32_t>& replicates, const Execution& execution,
            const std::function<Runner()>& make_runner = uneven_runner) {
  Outcome outcome;
  outcome.returned =
      execute(replicates, make_runner, execution, [&](const RunRecord& r) { outcome.order.push_back(r.replicate); });
  return outcome;
}

class ThreadsAndBatches : public testing::TestWithParam<std::tuple<int, int>> {};

TEST_P(ThreadsAndBatches, HandOverInTheOrderOfTheList) {
  const auto [threads, batch] = GetParam();
  const auto replicates = replicate_range(5, 203);
  const auto outcome = run(replicates, {.threads = threads, .batch = batch});
  EXPECT_EQ(outcome.order, replicates);
  EXPECT_EQ(outcome.returned, replicates.size());
}
INSTANTIATE_TEST_SUITE_P(Ensemble, ThreadsAndBatches,
                         testing::Combine(testing::Values(1, 2, 3, 8), testing::Values(0, 1, 7, 500)));

TEST(Ensemble, KeepsAReversedOrder) {
  auto replicates = replicate_range(0, 60);
  std::reverse(replicates.begin(), replicates.end());
  EXPECT_EQ(run(replicates, {.threads = 3, .batch = 4}).order, replicates);
}

TEST(Ensemble, RunsNothingWhenNothingIsAsked) {
  const auto outcome = run({}, {.threads = 2});
  EXPECT_EQ(outcome.returned, 0u);
}

TEST(Ensemble, UsesTheThreadsAskedFor) {
  std::atomic<int> inside{0}, most{0};
  // On a busy machine a second thread may come late: the first waits for it.
  int wanted = 2;
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  const auto make_runner = [&]() -> Runner {
    return [&](std::uint32_t, RunRecord&) {
      const int now = ++inside;
      for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
      }
      do {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      } while (most < wanted && std::chrono::steady_clock::now() < patience);
      --inside;
    };
  };
  run(replicate_range(0, 64), {.threads = 4, .batch = 1}, make_runner);
  EXPECT_LE(most, 4);
  EXPECT_GT(most, 1);
  most = 0, wanted = 1;
  run(replicate_range(0, 8), {.threads = 1, .batch = 1}, make_runner);
  EXPECT_EQ(most, 1);
}

// A slow sink must hold the runs up: no more than a fixed number of replicates are begun ahead of it.
TEST(Ensemble, MemoryIsBoundedWhenTheSinkIsSlow) {
  constexpr int threads = 2, batch = 3;
  std::atomic<int> begun{0};
  int handed_over = 0, ahead = 0;
  const auto make_runner = [&]() -> Runner { return [&](std::uint32_t, RunRecord&) { ++begun; }; };
  execute(replicate_range(0, 300), make_runner, {.threads = threads, .batch = batch}, [&](const RunRecord&) {
    std::this_thread::sleep_for(std::chrono::microseconds(200));
    ahead = std::max(ahead, begun.load() - handed_over);
    ++handed_over;
  });
  EXPECT_EQ(handed_over, 300);
  EXPECT_LE(ahead, (2 * threads + 1) * batch);
}

// Records are reused: as many as are in flight, however many replicates there are.
TEST(Ensemble, RecordsAreReused) {
  std::vector<const RunRecord*> seen;
  execute(replicate_range(0, 500), uneven_runner, {.threads = 2, .batch = 2}, [&](const RunRecord& record) {
    if (std::find(seen.begin(), seen.end(), &record) == seen.end()) seen.push_back(&record);
  });
  EXPECT_LE(seen.size(), 5u * 2u);
}

TEST(Ensemble, SinkIsNeverEnteredTwiceAtOnce) {
  std::atomic<int> inside{0};
  bool twice = false;
  execute(replicate_range(0, 200), uneven_runner, {.threads = 8, .batch = 1}, [&](const RunRecord&) {
    twice = twice || ++inside > 1;
    std::this_thread::sleep_for(std::chrono::microseconds(20));
    --inside;
  });
  EXPECT_FALSE(twice);
}

TEST(Ensemble, CancellationKeepsTheBeginningOfTheList) {
  const auto replicates = replicate_range(0, 100'000);
  for (const int threads : {1, 3}) {
    std::atomic<bool> cancel{false};
    std::vector<std::uint32_t> order;
    const auto returned =
        execute(replicates, uneven_runner, {.threads = threads, .batch = 5, .cancel = &cancel}, [&](const RunRecord& record) {
          order.push_back(record.replicate);
          if (order.size() == 40) cancel = true;
        });
    EXPECT_EQ(returned, order.size());
    EXPECT_GE(returned, 40u);
    EXPECT_LT(returned, 1000u);
    EXPECT_TRUE(std::equal(order.begin(), order.end(), replicates.begin()));
  }
}

TEST(Ensemble, ReportsProgress) {
  std::vector<std::size_t> reports;
  run(replicate_range(0, 50), {.threads = 2, .batch = 8, .progress = [&](std::size_t done) { reports.push_back(done); }});
  EXPECT_TRUE(std::is_sorted(reports.begin(), reports.end()));
  ASSERT_FALSE(reports.empty());
  EXPECT_EQ(reports.back(), 50u);
}

TEST(Ensemble, AFailedRunNamesItsReplicate) {
  const auto make_runner = []() -> Runner {
    return [](std::uint32_t replicate, RunRecord&) {
      if (replicate == 37) throw std::domain_error("the roof is on fire");
    };
  };
  try {
    run(replicate_range(0, 100), {.threads = 2, .batch = 4}, make_runner);
    FAIL() << "the exception was lost";
  } catch (const ReplicateError& error) {
    EXPECT_EQ(error.replicate, 37u);
    EXPECT_STREQ(error.what(), "replicate 37: the roof is on fire");
    EXPECT_THROW(std::rethrow_if_nested(error), std::domain_error);
  }
}

TEST(Ensemble, AnExceptionOfTheSinkPasses) {
  EXPECT_THROW(execute(replicate_range(0, 100), uneven_runner, {.threads = 2, .batch = 4},
                       [](const RunRecord& record) {
                         if (record.replicate == 9) throw std::range_error("disk full");
                       }),
               std::range_error);
}

TEST(TbbLoop, VisitsEveryChunkOnce) {
  constexpr int n = 50 * chunk_size + 1;
  std::vector<int> visits(n, 0);
  for_chunks(tbb_loop(), n, [&](Range range, int) {
    for (int i = range.begin; i < range.end; ++i) ++visits[static_cast<std::size_t>(i)];
  });
  EXPECT_TRUE(std::all_of(visits.begin(), visits.end(), [](int count) { return count == 1; }));
}

}  // namespace
}  // namespace coalis
