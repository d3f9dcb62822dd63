// The store of runs: what comes back, what damage does, who may claim what.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <limits>

#include "../../sim/io/store/shard.hpp"
#include "coalis/io/store/run_store.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

class Store : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "coalis-store-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  RunStore open(Access access = Access::write, const std::string& kept = "all") const {
    return {folder_ / "s.runs", "a study", kept, access};
  }
  std::vector<fs::path> shards() const {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder_ / "s.runs")) {
      if (entry.path().extension() == ".shard") paths.push_back(entry.path());
    }
    return paths;
  }
  static RunKey key(std::uint32_t i) { return run_key(point_key("test", "scenario", 1), i); }
  static StoredRun run(std::uint32_t i) {
    StoredRun run{key(i), {}, ""};
    run.record.replicate = i;
    run.record.hash = 1000 + i;
    run.record.outcomes = {0.5, std::numeric_limits<double>::quiet_NaN(), 1.0 * i};
    run.record.trajectories.assign(500, static_cast<float>(i));
    run.record.region_trajectories = {1, 2};
    run.record.survey = {3};
    return run;
  }
  static std::vector<StoredRun> runs(std::uint32_t first, std::uint32_t count) {
    std::vector<StoredRun> list;
    for (std::uint32_t i = first; i < first + count; ++i) list.push_back(run(i));
    return list;
  }
  static void overwrite(const fs::path& path, const std::string& content) { std::ofstream(path, std::ios::binary) << content; }

  fs::path folder_;
};

TEST(RunKeys, AreUuidsOfVersion5) {
  // Python: s = uuid5(NAMESPACE_URL, "coalis:run"); p = uuid5(s, "1.0\n7\ntext"); uuid5(p, "3")
  const RunKey point = point_key("1.0", "text", 7);
  EXPECT_EQ(to_string(point), "052a28fe-c6ca-5818-90ec-8a38f9188d86");
  EXPECT_EQ(to_string(run_key(point, 3)), "53f698e2-6749-58ea-a31f-5ef1873f5db3");
}

TEST(RunKeys, DifferInEveryPart) {
  const RunKey base = point_key("1", "text", 7);
  EXPECT_NE(base, point_key("2", "text", 7));
  EXPECT_NE(base, point_key("1", "texs", 7));
  EXPECT_NE(base, point_key("1", "text", 8));
  EXPECT_NE(run_key(base, 0), run_key(base, 1));
}

TEST(Shard, ChecksumIsCrc64Xz) { EXPECT_EQ(io::checksum("123456789"), 0x995DC9BBDF1939FAu); }

TEST_F(Store, GivesBackWhatWasKept) {
  open().append(runs(0, 3), 1);
  const RunStore store = open();
  EXPECT_EQ(store.size(), 3u);
  EXPECT_TRUE(store.done(key(2)));
  EXPECT_FALSE(store.done(key(3)));
  const StoredRun back = store.read(key(2)), was = run(2);
  EXPECT_EQ(back.record.replicate, 2u);
  EXPECT_EQ(back.record.hash, 1002u);
  ASSERT_EQ(back.record.outcomes.size(), 3u);
  EXPECT_TRUE(std::isnan(back.record.outcomes[1]));
  EXPECT_EQ(back.record.outcomes[2], 2);
  EXPECT_EQ(back.record.trajectories, was.record.trajectories);
  EXPECT_EQ(back.record.region_trajectories, was.record.region_trajectories);
  EXPECT_EQ(back.record.survey, was.record.survey);
}

TEST_F(Store, AReaderSeesWhatAWriterAddsAndChangesNothing) {
  RunStore writer = open();
  writer.append(runs(0, 2), 1);
  RunStore reader = open(Access::read);
  EXPECT_EQ(reader.size(), 2u);
  EXPECT_TRUE(reader.others_at_work());
  EXPECT_FALSE(writer.others_at_work());
  writer.append(runs(2, 2), 1);
  reader.refresh_if_changed();
  EXPECT_EQ(reader.size(), 4u);
  EXPECT_EQ(reader.manifest().size(), 2u);
}

TEST_F(Store, OfSomeReplicatesShardsOfOthersAloneArePassedOver) {
  RunStore whole = open();
  whole.append(runs(0, 4), 1);
  whole.append(runs(4, 4), 1);
  const auto known = [&](ReplicateSpan only) {
    RunStore part(folder_ / "s.runs", "a study", "all", Access::read, "", only);
    EXPECT_TRUE(part.take_reports().empty());
    return std::pair(part.done(key(3)), part.done(key(4)));
  };
  EXPECT_EQ(known({0, 3}), std::pair(true, false));
  EXPECT_EQ(known({4, 9}), std::pair(false, true));
  EXPECT_EQ(known({3, 4}), std::pair(true, true));
  EXPECT_EQ(known({8, 9}), std::pair(false, false));
  EXPECT_EQ(known({std::numeric_limits<std::uint32_t>::max(), 0}), std::pair(false, false));  // a part without runs
}

TEST_F(Store, AHeadThatNamesNoReplicatesPassesNothingOver) {
  const std::string bytes = io::encode_shard({"a study", "all", ""}, runs(7, 3));
  const auto found = io::replicates_in(bytes);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->first, 7u);
  EXPECT_EQ(found->last, 9u);
  EXPECT_FALSE(io::replicates_in(bytes.substr(0, 40)));
  EXPECT_FALSE(io::replicates_in("no shard"));
  std::string without = bytes;
  without.replace(without.find("replicates"), 10, "replicatus");
  EXPECT_FALSE(io::replicates_in(without));
}

TEST_F(Store, OtherRecordingsArePassedOver) {
  open().append(runs(0, 2), 1);
  EXPECT_EQ(open(Access::write, "outcomes").size(), 0u);
}

TEST_F(Store, AFailureIsKeptWithItsCauseUntilTheRunIsDone) {
  StoredRun failed{key(0), {}, "no memory"};
  open().append(std::vector{failed}, 1);
  RunStore store = open();
  EXPECT_FALSE(store.done(key(0)));
  ASSERT_NE(store.failure(key(0)), nullptr);
  EXPECT_EQ(*store.failure(key(0)), "no memory");
  store.append(runs(0, 1), 1);
  EXPECT_TRUE(store.done(key(0)));
  EXPECT_EQ(store.failure(key(0)), nullptr);
}

TEST_F(Store, AShardCutAnywhereIsSaidAndSetAside) {
  open().append(runs(0, 20), 1);
  const std::string name = shards().front().filename().string();
  const std::string whole = test::contents(shards().front());
  ASSERT_GT(whole.size(), 8 * 4096u);
  for (std::size_t length = 0; length < whole.size(); length += 4096) {
    const fs::path copy = folder_ / std::to_string(length);
    fs::copy(folder_ / "s.runs", copy);
    overwrite(copy / name, whole.substr(0, length));
    RunStore store(copy, "a study", "all", Access::write);
    EXPECT_EQ(store.size(), 0u) << length;
    const auto reports = store.take_reports();
    ASSERT_EQ(reports.size(), 1u) << length;
    EXPECT_NE(reports.front().find("is damaged (cut off"), std::string::npos) << reports.front();
    EXPECT_NE(reports.front().find("its 20 runs will be run again"), std::string::npos) << reports.front();
    EXPECT_TRUE(fs::exists(copy / "damaged" / name));
    EXPECT_FALSE(fs::exists(copy / name));
    store.append(runs(0, 20), 1);
    RunStore mended(copy, "a study", "all", Access::write);
    EXPECT_EQ(mended.size(), 20u);
    EXPECT_TRUE(mended.take_reports().empty());  // said once
  }
}

TEST_F(Store, AFlippedByteAnywhereIsFound) {
  open().append(runs(0, 2), 1);
  const fs::path shard = shards().front();
  const std::string whole = test::contents(shard);
  for (std::size_t at = 0; at < whole.size(); at += at < 600 ? 1 : 97) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    EXPECT_ANY_THROW(io::decode_shard(flipped)) << at;
  }
  EXPECT_EQ(io::decode_shard(whole).runs.size(), 2u);
}

TEST_F(Store, AMissingShardIsSaid) {
  open().append(runs(0, 5), 1);
  fs::remove(shards().front());
  RunStore store = open();
  const auto reports = store.take_reports();
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_NE(reports.front().find("is missing: its 5 runs will be run again"), std::string::npos) << reports.front();
  EXPECT_TRUE(open().take_reports().empty());
}

TEST_F(Store, AWholeShardCountsWithoutManifest) {
  open().append(runs(0, 5), 1);
  fs::remove(folder_ / "s.runs/manifest.jsonl");
  EXPECT_EQ(open().size(), 5u);
}

TEST_F(Store, ATornLineOfTheManifestLosesNothing) {
  open().append(runs(0, 5), 1);
  std::ofstream(folder_ / "s.runs/manifest.jsonl", std::ios::app) << R"({"shard":"half a li)";
  open().append(runs(5, 5), 1);
  RunStore store = open();
  EXPECT_EQ(store.size(), 10u);
  EXPECT_EQ(store.manifest().size(), 2u);
  EXPECT_TRUE(store.take_reports().empty());
}

TEST_F(Store, ANewerStoreIsRefused) {
  { open(); }
  std::ofstream(folder_ / "s.runs/manifest.jsonl", std::ios::app) << R"({"format":"coalis-runs","format_version":2})"
                                                                  << "\n";
  EXPECT_THROW(open(), StoreError);
}

TEST_F(Store, WhatADeadProcessWasWritingIsRemovedAndSaid) {
  { open(); }
  overwrite(folder_ / "s.runs/.x.shard.1.part", "half");
  {
    const RunStore alone = open();
    EXPECT_FALSE(fs::exists(folder_ / "s.runs/.x.shard.1.part"));
    overwrite(folder_ / "s.runs/.y.shard.1.part", "half");
    RunStore second = open();  // the first may be writing it
    EXPECT_TRUE(fs::exists(folder_ / "s.runs/.y.shard.1.part"));
    EXPECT_TRUE(second.take_reports().empty());
  }
}

TEST_F(Store, AClaimExcludesOthersUntilItsProcessEnds) {
  RunStore mine = open();
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    RunStore theirs = open();
    const char yes = theirs.claim(3) && theirs.claim(4) ? 'y' : 'n';
    if (::write(ready[1], &yes, 1) != 1) ::_exit(1);
    ::pause();
  }
  char answer = 0;
  ASSERT_EQ(::read(ready[0], &answer, 1), 1);
  EXPECT_EQ(answer, 'y');
  EXPECT_FALSE(mine.claim(3));
  EXPECT_TRUE(mine.claim(2));
  EXPECT_TRUE(mine.others_at_work());
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(mine.claim(3));
  EXPECT_FALSE(mine.others_at_work());
  RunStore again = open();
  EXPECT_FALSE(again.claim(3));
  mine.release(3);
  EXPECT_TRUE(again.claim(3));
}

TEST_F(Store, AFullDiskLeavesNothingHalfWritten) {
  RunStore store = open();
  store.append(runs(0, 2), 1);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{8192, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  bool full = false;
  std::string message;
  try {
    store.append(runs(2, 50), 1);
  } catch (const StoreError& error) {
    full = error.full;
    message = error.what();
  }
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_TRUE(full) << message;
  EXPECT_NE(message.find("make room"), std::string::npos) << message;
  EXPECT_EQ(shards().size(), 1u);
  RunStore after = open();
  EXPECT_EQ(after.size(), 2u);
  EXPECT_TRUE(after.take_reports().empty());
  store.append(runs(2, 50), 1);
  EXPECT_EQ(store.size(), 52u);
}

}  // namespace
}  // namespace coalis
