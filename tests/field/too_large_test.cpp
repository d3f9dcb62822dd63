// What cannot fit (docs/commands.md, "Too large"). Who asks for ten million organisations, billions of replicates or more threads
// than there is memory for expects to be told before anything runs: how much is needed, how much is free and by which limit, and
// what to change. The estimates behind that are never below what is taken, and not far above, so that nothing that fits is
// refused.
#include <gtest/gtest.h>
#include <malloc.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>

#include "coalis/engine/simulate.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

constexpr double no_end = std::numeric_limits<double>::infinity();

Scenario illinois(const std::vector<std::string>& set = {}) {
  return read_scenario(test::source_dir() / "scenarios/illinois.toml", set).scenario;
}

double allocated() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

// `make` keeps what it allocates; `allowed` is for what else is allocated with it.
template <class Make>
void expect_estimate(double estimate, Make make, double allowed = 1.34) {
  const double before = allocated();
  const auto kept = make();
  const double taken = allocated() - before;
  EXPECT_GE(1.001 * estimate, taken);
  EXPECT_LE(estimate, allowed * taken);
}

#if defined(__SANITIZE_ADDRESS__)
#define COALIS_SKIP_SIZES GTEST_SKIP() << "the sanitizer has an allocator of its own"
#else
#define COALIS_SKIP_SIZES static_cast<void>(0)
#endif

TEST(Estimates, OfASimulatorOfManyOrganisations) {
  COALIS_SKIP_SIZES;
  const Scenario scenario =
      illinois({"organisations.members.nonprofit=300000", "calendar.months=6", "organisations.entry_window=5"});
  const auto plan = make_plan(scenario);
  expect_estimate(simulator_bytes(scenario), [&] { return std::make_unique<Simulator>(plan); });
}

TEST(Estimates, OfRecords) {
  COALIS_SKIP_SIZES;
  const Scenario scenario =
      illinois({"organisations.members.nonprofit=100000", "calendar.months=3", "organisations.entry_window=2"});
  Simulator simulator(make_plan(scenario));
  for (const Recording& recording :
       {Recording{true, true, true, true, true, true}, Recording{true, false, true, true, true, false},
        Recording{false, false, true, false, false, false}}) {
    RunRecord warm;
    simulator.run(1, 0, recording, warm);
    expect_estimate(record_bytes(scenario, recording), [&] {
      auto record = std::make_unique<RunRecord>();
      simulator.run(1, 0, recording, *record);
      return record;
    });
  }
}

// Hubs by policies: a plan may be larger than its simulators.
TEST(Estimates, OfAPlanOfManyHubsAndPolicies) {
  COALIS_SKIP_SIZES;
  Scenario scenario = illinois();
  for (int i = 0; i < 1000; ++i) {
    scenario.hubs.push_back(scenario.hubs.front());
    scenario.hubs.back().name = "a hub with a long name, number " + std::to_string(i);
  }
  for (int month = 1; month < 40; ++month) {
    Intervention change;
    change.target = Target::levers;
    change.set = "levers.information";
    change.value = month / 100.0;
    change.from = month;
    change.until = 43;
    change.ramp = 1;
    scenario.interventions.push_back(change);
  }
  expect_estimate(
      plan_bytes(scenario), [&] { return make_plan(scenario); }, 2.0);
}

class Machine : public testing::Test {
 protected:
  Machine() : root_(fs::path(testing::TempDir()) / "machine") { fs::remove_all(root_); }
  ~Machine() override { fs::remove_all(root_); }
  void write(const std::string& file, const std::string& text) const {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text;
  }
  fs::path root_;
};

TEST_F(Machine, MemoryIsWhatTheKernelCallsAvailable) {
  write("proc/meminfo",
        "MemTotal:       16000000 kB\nMemFree:         1000000 kB\nMemAvailable:    8000000 kB\nSwapFree:        500000 kB\n");
  EXPECT_EQ(free_memory_below(root_).bytes, 8'500'000 * 1024.0);
  EXPECT_EQ(free_memory_below(root_).limit, "the machine");
}

TEST_F(Machine, AControlGroupOrOneAboveItMayLeaveLess) {
  write("proc/meminfo", "MemAvailable:    8000000 kB\n");
  write("proc/self/cgroup", "0::/user/job\n");
  write("sys/fs/cgroup/user/job/memory.max", "max\n");
  write("sys/fs/cgroup/user/job/memory.current", "900000\n");
  EXPECT_EQ(free_memory_below(root_).limit, "the machine");
  write("sys/fs/cgroup/user/memory.max", "1000000\n");
  write("sys/fs/cgroup/user/memory.current", "700000\n");
  write("sys/fs/cgroup/user/memory.stat", "anon 500000\ninactive_file 50000\n");
  EXPECT_EQ(free_memory_below(root_).bytes, 350000);
  EXPECT_EQ(free_memory_below(root_).limit, "its control group");
}

TEST_F(Machine, AControlGroupOfTheFirstVersionCountsToo) {
  write("proc/meminfo", "MemAvailable:    8000000 kB\n");
  write("proc/self/cgroup", "5:cpu,cpuacct:/a\n4:memory:/job\n");
  write("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "2000000\n");
  write("sys/fs/cgroup/memory/job/memory.usage_in_bytes", "500000\n");
  write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  EXPECT_EQ(free_memory_below(root_).bytes, 1500000);
}

TEST_F(Machine, WithoutAnyOfThemNothingIsRefused) { EXPECT_EQ(free_memory_below(root_).bytes, no_end); }

TEST(Disk, IsThatOfTheNextFolderThatIsThere) {
  EXPECT_GT(free_disk(testing::TempDir()), 0);
  const double here = free_disk(testing::TempDir()), below = free_disk(fs::path(testing::TempDir()) / "none/of/these");
  EXPECT_NEAR(here, below, 0.5 * here);
}

// 3 GB whatever is asked, 1 GB a thread, 1 MB a replicate.
Needs needs_of(int threads, std::size_t replicates) {
  Needs needs;
  needs.memory = 3e9;
  needs.thread_memory = 1e9;
  needs.replicate_memory = 1e6;
  needs.threads = threads;
  needs.replicates = replicates;
  return needs;
}
Room room_of(double memory) { return {{memory, "the machine", false}, 1e9, 1e9}; }

TEST(TooLargeText, SaysWhatFitsIfSomethingDoes) {
  EXPECT_EQ(too_large(needs_of(4, 10), room_of(8e9)), "");
  EXPECT_EQ(
      too_large(needs_of(8, 10), room_of(8e9)),
      "the memory cannot hold it: 11.0 GB are needed, 8.0 GB are free (the machine); take --threads 4, or allow more memory");
  EXPECT_EQ(
      too_large(needs_of(1, 10'000), room_of(8e9)),
      "the memory cannot hold it: 14.0 GB are needed, 8.0 GB are free (the machine); take at most 4000 replicates, or allow "
      "more memory");
  EXPECT_EQ(
      too_large(needs_of(2, 10), room_of(2e9)),
      "the memory cannot hold it: 5.0 GB are needed, 2.0 GB are free (the machine); take fewer organisations, or allow more "
      "memory");
}

TEST(TooLargeText, ThreadsTakeAddressSpaceWhereThatIsLimited) {
  Needs needs;
  needs.threads = 100;
  EXPECT_EQ(too_large(needs, {{5e8, "ulimit -v", false}, 0, 0}), "");
  EXPECT_EQ(
      too_large(needs, {{5e8, "ulimit -v", true}, 0, 0}),
      "the memory cannot hold it: 800.0 MB are needed, 500.0 MB are free (ulimit -v); take --threads 62, or allow more memory");
}

TEST(TooLargeText, NamesTheDisk) {
  Needs needs;
  needs.replicates = 1'000'000;
  add_file(needs, "results/a.h5", 5000, 0);
  EXPECT_EQ(needs.folder, "results");
  EXPECT_EQ(
      too_large(needs, room_of(8e9)),
      "the disk cannot hold it: 5.0 GB are needed, 1.0 GB are free in results; take at most 200000 replicates, record less, or "
      "make room");
}

TEST(TooLargeText, FiguresStayInMemoryWithoutRoomForThem) {
  Needs needs;
  needs.replicates = 10'000'000;
  add_figures(needs, 100);
  EXPECT_EQ(too_large(needs, {{20e9, "the machine", false}, 0, 0}), "");
  EXPECT_EQ(
      too_large(needs, {{6e9, "the machine", false}, 0, 1e9}),
      "the memory cannot hold it: 8.3 GB are needed, 6.0 GB are free (the machine); take at most 7211538 replicates, or set "
      "TMPDIR to a folder with 8.0 GB of room");
}

TEST(EnsembleNeeds, FewLargeRunsHaveOneSimulator) {
  const Scenario large = illinois({"organisations.members.nonprofit=1000000"}), small = illinois();
  const Recording nothing{false, false, false, false, false, false};
  const Needs inside = ensemble_needs({&large, 1}, nothing, 1, 8), side_by_side = ensemble_needs({&large, 1}, nothing, 100, 8);
  EXPECT_EQ(inside.thread_memory, 0);
  EXPECT_GT(side_by_side.all_memory(), 6 * inside.all_memory());
  EXPECT_EQ(ensemble_needs({&small, 1}, nothing, 3, 8).threads, 3);
  EXPECT_EQ(thread_count(2'000'000'000), most_threads);
}

}  // namespace
}  // namespace coalis
