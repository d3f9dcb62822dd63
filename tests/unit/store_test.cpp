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
#include <map>

#include "../../sim/io/store/first_shard.hpp"
#include "../../sim/io/store/run_index.hpp"
#include "../../sim/io/store/shard.hpp"
#include "coalis/io/store/run_store.hpp"
#include "coalis/questions/study/study.hpp"
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
    for (const auto& entry : fs::recursive_directory_iterator(folder_ / "s.runs")) {
      const bool aside = entry.path().parent_path().filename() == "damaged";
      if (entry.path().extension() == ".shard" && !aside) paths.push_back(entry.path());
    }
    return paths;
  }
  static RunName name(std::uint32_t i) { return {point_key("test", "scenario", 1), i}; }
  static StoredRun run(std::uint32_t i) {
    StoredRun run{name(i), {}, ""};
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

TEST(RunKeys, OfPointsWithSetsHaveTheirFileAndWhatThePointSets) {
  StudyPoint point;
  point.key = point_key("1.0", "text", 7);
  EXPECT_EQ(point_in_store(point, {}), point.key);
  StudyParameters file;
  file.hash = "a", file.sets.paths = {"x", "y"};
  const auto name = [&] { return point_in_store(point, std::span(&file, 1)); };
  const RunKey first = name();
  EXPECT_NE(first, point.key);
  file.hash = "b";
  EXPECT_NE(name(), first);
  file.hash = "a", point.left_out = {false, false};
  EXPECT_EQ(name(), first);
  point.left_out = {true, false};
  const RunKey without_x = name();
  point.left_out = {false, true};
  EXPECT_NE(name(), without_x);
  EXPECT_NE(name(), first);
}

TEST(FirstShard, ChecksumIsCrc64Xz) { EXPECT_EQ(io::checksum("123456789"), 0x995DC9BBDF1939FAu); }

TEST_F(Store, GivesBackWhatWasKept) {
  open().append(runs(0, 3), 1);
  const RunStore store = open();
  EXPECT_EQ(store.size(), 3u);
  EXPECT_TRUE(store.done(name(2)));
  EXPECT_FALSE(store.done(name(3)));
  const StoredRun back = store.read(name(2)), was = run(2);
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
  EXPECT_EQ(reader.latest().size(), 2u);
  EXPECT_EQ(shards().size(), 1u);
}

TEST_F(Store, OfSomeReplicatesShardsOfOthersAloneArePassedOver) {
  RunStore whole = open();
  whole.append(runs(0, 4), 1);
  whole.append(runs(4, 4), 1);
  const auto known = [&](ReplicateSpan only) {
    RunStore part(folder_ / "s.runs", "a study", "all", Access::read, "", only);
    EXPECT_TRUE(part.take_reports().empty());
    return std::pair(part.done(name(3)), part.done(name(4)));
  };
  EXPECT_EQ(known({0, 3}), std::pair(true, false));
  EXPECT_EQ(known({4, 9}), std::pair(false, true));
  EXPECT_EQ(known({3, 4}), std::pair(true, true));
  EXPECT_EQ(known({8, 9}), std::pair(false, false));
  EXPECT_EQ(known({std::numeric_limits<std::uint64_t>::max(), 0}), std::pair(false, false));  // a part without runs
}

TEST_F(Store, OtherRecordingsArePassedOver) {
  open().append(runs(0, 2), 1);
  EXPECT_EQ(open(Access::write, "outcomes").size(), 0u);
}

TEST_F(Store, AFailureIsKeptWithItsCauseUntilTheRunIsDone) {
  StoredRun failed{name(0), {}, "no memory"};
  open().append(std::vector{failed}, 1);
  RunStore store = open();
  EXPECT_FALSE(store.done(name(0)));
  ASSERT_NE(store.failure(name(0)), nullptr);
  EXPECT_EQ(*store.failure(name(0)), "no memory");
  store.append(runs(0, 1), 1);
  EXPECT_TRUE(store.done(name(0)));
  EXPECT_EQ(store.failure(name(0)), nullptr);
}

TEST_F(Store, AFinishedShardCutAnywhereIsSaidAndSetAside) {
  open().append(runs(0, 20), 1);
  const fs::path shard = fs::relative(shards().front(), folder_ / "s.runs"), name = shard.filename();
  const std::string whole = test::contents(shards().front());
  ASSERT_GT(whole.size(), 8 * 4096u);
  for (std::size_t length = 0; length < whole.size(); length += 4096) {
    const fs::path copy = folder_ / std::to_string(length);
    fs::copy(folder_ / "s.runs", copy, fs::copy_options::recursive);
    overwrite(copy / shard, whole.substr(0, length));
    RunStore store(copy, "a study", "all", Access::write);
    EXPECT_EQ(store.size(), 0u) << length;
    const auto reports = store.take_reports();
    ASSERT_EQ(reports.size(), 1u) << length;
    EXPECT_NE(reports.front().find("is damaged (cut off"), std::string::npos) << reports.front();
    EXPECT_NE(reports.front().find("its 20 runs will be run again"), std::string::npos) << reports.front();
    EXPECT_TRUE(fs::exists(copy / "damaged" / name));
    EXPECT_FALSE(fs::exists(copy / shard));
    store.append(runs(0, 20), 1);
    RunStore mended(copy, "a study", "all", Access::write);
    EXPECT_EQ(mended.size(), 20u);
    EXPECT_TRUE(mended.take_reports().empty());  // said once
  }
}

// A process that dies has not said that its shard is finished.
TEST_F(Store, OfAnUnfinishedShardWholeBatchesCount) {
  const pid_t child = ::fork();
  if (child == 0) {
    RunStore dies = open();
    dies.append(runs(0, 3), 1);
    dies.append(runs(3, 3), 1);
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  const fs::path shard = shards().front();
  const std::string whole = test::contents(shard);
  for (const std::size_t lost : {std::size_t{0}, std::size_t{1}, whole.size() / 2 - 31, whole.size() / 2, whole.size() - 1}) {
    const fs::path copy = folder_ / std::to_string(lost);
    fs::copy(folder_ / "s.runs", copy, fs::copy_options::recursive);
    const fs::path there = copy / fs::relative(shard, folder_ / "s.runs");
    overwrite(there, whole.substr(0, whole.size() - lost));
    const std::size_t batches = lost == 0 ? 2 : lost <= whole.size() / 2 ? 1 : 0;
    EXPECT_EQ(RunStore(copy, "a study", "all", Access::read).size(), 3 * batches) << lost;
    RunStore store(copy, "a study", "all", Access::write);
    EXPECT_EQ(store.size(), 3 * batches) << lost;
    const auto reports = store.take_reports();
    EXPECT_EQ(reports.size(), lost % (whole.size() / 2) > 0 ? 1u : 0u) << lost;
    for (const auto& report : reports)
      EXPECT_NE(report.find(batches > 0 ? "being written when its process ended" : "first batch is not whole"), std::string::npos)
          << report;
    store.append(runs(0, 6), 1);
    RunStore again(copy, "a study", "all", Access::write);
    EXPECT_EQ(again.size(), 6u);
    EXPECT_TRUE(again.take_reports().empty());
  }
}

TEST_F(Store, AFlippedBitAnywhereIsFound) {
  {
    RunStore store = open();
    store.append(runs(0, 2), 1);
    store.append(runs(2, 2), 1);
  }
  const fs::path shard = shards().front();
  const std::string whole = test::contents(shard);
  for (std::size_t at = 0; at < whole.size(); at += at % (whole.size() / 2) < 500 ? 1 : 97) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    overwrite(shard, flipped);
    RunStore store = open(Access::read);
    const auto reports = store.take_reports();
    ASSERT_EQ(reports.size(), 1u) << at;
    EXPECT_NE(reports.front().find("is damaged"), std::string::npos) << reports.front();
    EXPECT_EQ(store.size(), 0u) << at;
  }
  overwrite(shard, whole);
  EXPECT_EQ(open().size(), 4u);
}

TEST_F(Store, WhatChangesBetweenOpeningAndReadingIsFound) {
  open().append(runs(0, 2), 1);
  const RunStore store = open();
  std::string bytes = test::contents(shards().front());
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  overwrite(shards().front(), bytes);
  EXPECT_THROW(store.read(name(1)), StoreError);
}

// The runs of two points, some of which a second batch repeats: those of the first file by name count.
TEST_F(Store, RepeatedRunsCountOnce) {
  const auto both = [](std::uint32_t first, std::uint32_t count) {
    std::vector<StoredRun> list;
    for (std::uint32_t i = first; i < first + count; ++i)
      for (const char* point : {"a", "b"}) {
        list.push_back(run(i));
        list.back().name.point = point_key("test", point, 1);
      }
    return list;
  };
  open().append(both(0, 10), 1);
  open().append(both(5, 10), 1);
  RunStore store = open();
  EXPECT_EQ(store.size(), 30u);
  for (std::uint32_t i = 0; i < 15; ++i) EXPECT_EQ(store.read({point_key("test", "b", 1), i}).record.hash, 1000u + i);
  EXPECT_EQ(store.done_of(point_key("test", "a", 1), 12), 12u);
  EXPECT_FALSE(store.done({point_key("test", "a", 1), 15}));
  for (const fs::path& shard : shards()) {
    fs::path aside = shard;
    aside += ".aside";
    fs::rename(shard, aside);
    EXPECT_EQ(open(Access::read).size(), 20u);
    fs::rename(aside, shard);
  }
}

TEST_F(Store, NumbersOfRunsHave64Bits) {
  StoredRun far = run(7);
  far.name.replicate = 5'000'000'000;
  open().append(std::vector{far}, 1);
  const RunStore store = open();
  EXPECT_TRUE(store.done(far.name));
  EXPECT_FALSE(store.done({far.name.point, far.name.replicate % (std::uint64_t{1} << 32)}));
  EXPECT_EQ(store.read(far.name).record.hash, 1007u);
}

TEST_F(Store, AShardThatIsFullIsFollowedByAnother) {
  RunStore store = open();
  StoredRun large = run(0);
  large.record.trajectories.assign(shard_bytes / sizeof(float) / 2, 1);
  for (std::uint32_t i = 0; i < 5; ++i) {
    large.name.replicate = i;
    store.append(std::vector{large}, 1);
  }
  EXPECT_EQ(shards().size(), 3u);  // two in each: the second makes it full
  EXPECT_EQ(open(Access::read).size(), 5u);
}

// Against a list of every run.
TEST(RunIndex, KnowsWhatAListOfAllRunsKnows) {
  std::uint64_t state = 1;
  const auto chance = [&](std::uint64_t below) {
    state = state * 6364136223846793005 + 1442695040888963407;
    return (state >> 33) % below;
  };
  io::RunIndex index;
  std::map<RunName, std::pair<std::uint32_t, std::uint64_t>> all;  // file and byte of its record
  std::vector<io::PointRow> rows;
  for (int p = 0; p < 6; ++p)
    rows.push_back({point_key("test", std::to_string(p), 1), {static_cast<std::uint32_t>(3000 * (p / 4 + 1)), 0, 0, 0}});
  for (std::uint32_t file = 0; file < 300; ++file) {
    std::uint64_t at = 100;
    for (std::uint64_t batch = 0; batch < 1 + chance(4); ++batch) {
      io::Rectangle rectangle{{}, chance(200), 1 + chance(30)};
      const std::size_t first = chance(rows.size()), count = 1 + chance(rows.size() - first);
      rectangle.points.assign(rows.begin() + static_cast<std::ptrdiff_t>(first),
                              rows.begin() + static_cast<std::ptrdiff_t>(first + count));
      std::uint64_t fresh = 0, record = at;
      for (const io::PointRow& row : rectangle.points) {
        for (std::uint64_t r = 0; r < rectangle.count; ++r) {
          if (r % io::records_a_page(row) == 0) record += io::page_head;
          fresh += all.try_emplace({row.point, rectangle.first + r}, file, record).second;
          record += row.record_bytes();
        }
      }
      EXPECT_EQ(index.add(file, rectangle, at), fresh);
      at = record + 64;
    }
  }
  EXPECT_EQ(index.size(), all.size());
  for (const io::PointRow& row : rows) {
    for (std::uint64_t r = 0; r < 240; ++r) {
      const auto known = all.find({row.point, r});
      const auto found = index.find({row.point, r});
      ASSERT_EQ(found.has_value(), known != all.end());
      ASSERT_EQ(index.done({row.point, r}), known != all.end());
      if (!found) continue;
      EXPECT_EQ(found->file, known->second.first);
      EXPECT_EQ(found->page_at + found->record_at, known->second.second);
      EXPECT_LE(found->record_at + row.record_bytes(), found->page_size);
    }
  }
}

// Equal batches one behind the other, as a process of its own part writes them, are one entry.
TEST(RunIndex, OfManyRunsTakesLittle) {
  io::RunIndex index;
  io::Rectangle rectangle{{}, 0, 50};
  for (int p = 0; p < 20; ++p) rectangle.points.push_back({point_key("test", std::to_string(p), 1), {32, 0, 0, 0}});
  std::uint64_t bytes = 700;
  for (const io::PointRow& row : rectangle.points) bytes += io::row_bytes(row, rectangle.count);
  for (std::uint32_t file = 0; file < 100; ++file)
    for (std::uint64_t batch = 0; batch < 60; ++batch, rectangle.first += rectangle.count)
      index.add(file, rectangle, 700 + batch * bytes);
  EXPECT_EQ(index.size(), 6'000'000u);
  EXPECT_LT(index.memory(), 30'000u);
  const auto found = index.find({rectangle.points[3].point, 99 * 3000 + 2 * 50 + 7});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->file, 99u);
  EXPECT_EQ(found->page_at, 700 + 2 * bytes + 3 * io::row_bytes(rectangle.points[3], 50));
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
  fs::remove_all(folder_ / "s.runs/manifests");
  EXPECT_EQ(open().size(), 5u);
}

TEST_F(Store, ATornLineOfAManifestLosesNothing) {
  open().append(runs(0, 5), 1);
  const auto manifest = fs::directory_iterator(folder_ / "s.runs/manifests")->path();
  std::ofstream(manifest, std::ios::app) << R"({"shard":"half a li)";
  open().append(runs(5, 5), 1);
  RunStore store = open();
  EXPECT_EQ(store.size(), 10u);
  EXPECT_TRUE(store.take_reports().empty());
}

TEST_F(Store, AProcessHasAManifestOfItsOwn) {
  open().append(runs(0, 5), 1);
  open().append(runs(5, 5), 1);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "s.runs/manifests"), fs::directory_iterator()), 2);
}

TEST_F(Store, ANewerStoreIsRefused) {
  { open(); }
  std::ofstream(folder_ / "s.runs/manifest.jsonl", std::ios::app) << R"({"format":"coalis-runs","format_version":3})"
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
