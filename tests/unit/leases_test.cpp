// Runs handed out to processes that ask: each once, replicates together, of a length that is worth the message.
#include "coalis/tasks/leases.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace coalis {
namespace {

constexpr LeaseSizes sizes{.together = 6, .first = 20, .most = 5000, .seconds = 5};

std::vector<std::size_t> runs_in(const Lease& lease) {
  std::vector<std::size_t> runs;
  for (const RunRange& range : lease.runs)
    for (std::size_t run = range.first; run < range.end; ++run) runs.push_back(run);
  return runs;
}

TEST(Leases, HandOutEveryRunOnceAndReplicatesTogether) {
  Leases leases({{0, 6}, {12, 13}, {14, 6000}}, sizes);
  std::vector<std::size_t> all;
  for (std::uint32_t process = 0; const auto lease = leases.take(process % 4, 4); ++process) {
    const auto runs = runs_in(*lease);
    EXPECT_TRUE(runs.back() == 5999 || (runs.back() + 1) % 6 == 0) << runs.back();
    all.insert(all.end(), runs.begin(), runs.end());
    leases.kept(lease->number, 0.001 * static_cast<double>(runs.size()));
  }
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
  ASSERT_EQ(all.size(), 6u + 1 + 5986);
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
  EXPECT_TRUE(leases.finished());
}

TEST(Leases, TakeHalfOfAShareWithinTheBoundsOfTime) {
  Leases leases({{0, 60'000}}, {.together = 1, .first = 100, .most = 1'000'000, .seconds = 5});
  auto lease = leases.take(0, 4);
  EXPECT_EQ(lease->size(), 100u);   // of their time nothing is known
  leases.kept(lease->number, 0.1);  // a millisecond each: 500 to 5000
  lease = leases.take(0, 4);
  EXPECT_EQ(lease->size(), 5000u);
  leases.kept(lease->number, 5);
  while (leases.take(0, 1)->size() == 5000) {
  }
  EXPECT_NEAR(static_cast<double>(leases.take(1, 40)->size()), 500, 1);
}

TEST(Leases, AreNoLargerThanTheirMemory) {
  Leases leases({{0, 10'000}}, {.together = 50, .first = 20, .most = 30, .seconds = 5});
  EXPECT_EQ(leases.take(0, 1)->size(), 30u);  // not even for a replicate
  Leases whole({{0, 10'000}}, {.together = 50, .first = 20, .most = 1000, .seconds = 5});
  EXPECT_EQ(whole.take(0, 1)->size(), 50u);
}

TEST(Leases, OfALostProcessGoToOthers) {
  Leases leases({{0, 60}}, {.together = 6, .first = 30, .most = 100, .seconds = 5});
  const auto lost = leases.take(1, 2), other = leases.take(2, 2);
  EXPECT_FALSE(leases.take(0, 2));
  leases.kept(other->number, 1);
  auto back = leases.lost(1);
  ASSERT_EQ(back.size(), 1u);
  back[0].runs = {{6, 30}};  // the first were on disk
  leases.give_back(back[0]);
  EXPECT_FALSE(leases.finished());
  const auto again = leases.take(2, 1);
  EXPECT_EQ(again->number, lost->number);
  EXPECT_EQ(runs_in(*again).front(), 6u);
  EXPECT_EQ(again->size(), 24u);
  leases.kept(again->number, 1);
  EXPECT_TRUE(leases.finished());
  EXPECT_EQ(leases.kept_by_others(0), 54u);
}

TEST(Leases, OfWhoIsHeardAgainAreKept) {
  Leases leases({{0, 30}}, {.together = 6, .first = 30, .most = 100, .seconds = 5});
  const auto lease = leases.take(1, 2);
  for (Lease& back : leases.lost(1)) leases.give_back(back);
  leases.kept(lease->number, 1);
  EXPECT_TRUE(leases.finished());
  EXPECT_FALSE(leases.take(2, 2));
  EXPECT_EQ(leases.kept_by_others(2), 30u);
}

TEST(Leases, NothingMissingIsFinished) {
  Leases leases({}, sizes);
  EXPECT_TRUE(leases.finished());
  EXPECT_FALSE(leases.take(0, 1));
}

}  // namespace
}  // namespace coalis
