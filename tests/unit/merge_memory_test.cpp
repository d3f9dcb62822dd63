// Merging takes memory that is bounded, however many runs there are: a made-up store at two sizes, each merged by a process of
// its own.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <functional>

#include "coalis/network/outcomes.hpp"
#include "coalis/tasks/claims.hpp"
#include "coalis/tasks/study_run.hpp"
#include "coalis/tasks/study_store.hpp"
#include "support/folder.hpp"

namespace coalis {
namespace {

constexpr std::uint32_t fewer = 140'000, more = 3 * fewer;  // a variable's row of the fewer is longer than a megabyte already

std::string study_text(std::uint32_t replicates) {
  return "format = \"study\"\nversion = 1\nname = \"test\"\nquestion = \"?\"\nscenarios = [\"small.toml\"]\nreplicates = " +
         std::to_string(replicates) +
         "\nseed = 7\noutcomes = [\"engaged\"]\n[design]\nkind = \"full_factorial\"\n[[factors]]\npath = \"hubs.Chicago.fte\"\n"
         "values = [0.2]\n";
}

// Kilobytes that the process had at most; 0 if it failed.
long memory_of(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      work();
    } catch (...) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  int status = 1;
  rusage used{};
  ::wait4(child, &status, 0, &used);
  return status == 0 ? used.ru_maxrss : 0;
}

void fill(const StudyQuestion& study) {
  constexpr std::uint32_t batch = 10'000;
  RunStore store = open_store(study, Access::write);
  for (std::uint32_t first = 0; first < study.study.replicates; first += batch) {
    std::vector<StoredRun> runs;
    for (std::uint32_t r = first; r < first + batch; ++r) {
      StoredRun& run = runs.emplace_back(StoredRun{study.name_of(0, r), {}, {}});
      run.record.replicate = r, run.record.hash = r + 1;
      run.record.outcomes.assign(outcomes_of(false).size(), r % 2 == 0 ? 0.0 : 1.0);
    }
    store.append(runs, 1);
  }
}

void merge(const PreparedStudy& prepared, const std::filesystem::path& result) {
  RunStore store = open_store(prepared.question, Access::write);
  StoreClaims claims(store);
  merge_study(prepared, store, claims, result, {});
}

TEST(Merging, TakesNoMoreMemoryForMoreRuns) {
  const test::Folder folder;
  folder.write("small.toml", "format = \"scenario\"\nversion = 2\ninclude = \"" COALIS_SOURCE_DIR "/scenarios/illinois.toml\"\n");
  long taken[2];
  for (const std::uint32_t replicates : {fewer, more}) {
    const std::string name = std::to_string(replicates);
    const auto path = folder.write(name + ".toml", study_text(replicates));
    const auto prepared = [&] { return *prepare_study({.file = path.string(), .parameters = {}}).question; };
    ASSERT_GT(memory_of([&] { fill(prepared().question); }), 0);
    taken[replicates == more] = memory_of([&] { merge(prepared(), folder / (name + ".h5")); });
    ASSERT_GT(taken[replicates == more], 0);
    EXPECT_GT(std::filesystem::file_size(folder / (name + ".h5")), std::size_t{200} * replicates);
    std::filesystem::remove_all(folder / (name + ".runs"));
  }
  // 24 bytes a replicate of one point are the sorted values of an outcome in the answer; 265 was what a replicate took.
  EXPECT_LT(taken[1] - taken[0], 16'000) << taken[0] << " kB, " << taken[1] << " kB";
}

}  // namespace
}  // namespace coalis
