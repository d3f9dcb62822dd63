// Result files: what is written is read back, equal runs give equal bytes, nothing is overwritten, every error says what to do.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/text/output.hpp"
#include "support/fake_run.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

class ResultTest : public testing::Test {
 protected:
  ResultTest() : folder_(fs::temp_directory_path() / ("coalis_result_" + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~ResultTest() override { fs::remove_all(folder_); }

  fs::path write(const std::string& name, std::uint32_t replicates = 300, const Recording& recording = {}, bool overwrite = false,
                 const std::string& host = "here") {
    const fs::path path = folder_ / name;
    ResultWriter writer(path, overwrite, scenario_, info(replicates, host), recording);
    append(writer, replicates, recording);
    writer.finish();
    return path;
  }
  void append(ResultWriter& writer, std::uint32_t replicates, const Recording& recording = {}) const {
    RunRecord record;
    for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
      test::fake_run(scenario_, replicate, recording, record);
      writer.append(record);
    }
  }
  static ResultInfo info(std::size_t replicates, const std::string& host = "here") {
    return {"name = \"Småland\"\n", 17, replicates, {"coalis run x", host, "2026-01-01T00:00:00Z", "gcc", 2}};
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  const Scenario scenario_ = test::small_scenario();
  const fs::path folder_;
};

// What open_result says of a file, without its path.
std::string error_of(const fs::path& path) {
  try {
    open_result(path);
  } catch (const ResultError& error) {
    return std::string(error.what()).substr(path.string().size());
  }
  return "no error";
}

// Changes an attribute of the root with another library, as another version of the program would have written it.
void change_root(const fs::path& path, const std::string& change) {
  const std::string command = COALIS_PYTHON " -c \"import netCDF4, numpy; file = netCDF4.Dataset('" + path.string() +
                              "', 'a'); file." + change + "; file.close()\"";
  ASSERT_EQ(std::system(command.c_str()), 0);
}

TEST_F(ResultTest, ReadsBackWhatWasWritten) {
  const ResultFile result = open_result(write("a.h5"));
  EXPECT_EQ(result.format_version, 1);
  EXPECT_EQ(result.scenario_text, "name = \"Småland\"\n");
  EXPECT_EQ(result.seed, 17u);
  EXPECT_FALSE(result.model_version.empty());
  ASSERT_EQ(result.replicates.size(), 300u);
  ASSERT_EQ(result.outcome_names.size(), outcome_quantities().size());
  for (std::uint32_t replicate : {0u, 1u, 299u}) {
    RunRecord record;
    test::fake_run(scenario_, replicate, {}, record);
    EXPECT_EQ(result.replicates[replicate], replicate);
    EXPECT_EQ(result.hashes[replicate], record.hash);
    for (std::size_t i = 0; i < record.outcomes.size(); ++i) {
      EXPECT_EQ(result.outcome_names[i], outcome_quantities()[i].name);
      if (std::isnan(record.outcomes[i])) {
        EXPECT_TRUE(std::isnan(result.outcomes[i][replicate]));
      } else {
        EXPECT_EQ(result.outcomes[i][replicate], record.outcomes[i]);
      }
    }
  }
}

TEST_F(ResultTest, KeepsAScenarioLongerThan64Kilobytes) {
  ResultInfo long_info = info(1);
  long_info.scenario_text = std::string(300'000, 'x') + "\n";
  {
    ResultWriter writer(folder_ / "long.h5", false, scenario_, long_info, {});
    append(writer, 1);
    writer.finish();
  }
  EXPECT_EQ(open_result(folder_ / "long.h5").scenario_text, long_info.scenario_text);
}

// A text with a byte 0 ends there when it is read: what was meant is not in the file, so there is none.
TEST_F(ResultTest, AppearsOnlyIfItReadsBack) {
  ResultInfo cut = info(1);
  cut.scenario_text = std::string("name = 1\0lost", 13);
  {
    ResultWriter writer(folder_ / "cut.h5", false, scenario_, cut, {});
    append(writer, 1);
    EXPECT_THROW(writer.finish(), ResultError);
  }
  EXPECT_EQ(files(), 0u);
}

TEST_F(ResultTest, TakesMoreOrFewerReplicatesThanExpected) {
  for (const std::uint32_t count : {1u, 2000u}) {
    const fs::path path = folder_ / (std::to_string(count) + ".h5");
    ResultWriter writer(path, false, scenario_, info(100), {});
    append(writer, count);
    writer.finish();
    EXPECT_EQ(open_result(path).hashes.size(), count);
  }
}

TEST_F(ResultTest, EqualRunsGiveEqualBytes) { EXPECT_TRUE(test::contents(write("a.h5")) == test::contents(write("b.h5"))); }

// Hosts of equally long names: they differ in four bytes, the checksum of /provenance in at most 16, those that HDF5 has of the
// objects that hold both in at most four each.
TEST_F(ResultTest, EqualRunsDifferInProvenanceAlone) {
  const std::string a = test::contents(write("a.h5")), b = test::contents(write("b.h5", 300, {}, false, "HERE"));
  ASSERT_EQ(a.size(), b.size());
  int different = 0;
  for (std::size_t i = 0; i < a.size(); ++i) different += a[i] != b[i];
  EXPECT_GE(different, 4);
  EXPECT_LE(different, 8 + 16 + 4);
}

TEST_F(ResultTest, NeverOverwrites) {
  const fs::path path = write("a.h5", 3);
  const std::string before = test::contents(path);
  EXPECT_THROW(write("a.h5"), ResultError);
  try {
    check_output_path(path, false);
    FAIL() << "no error";
  } catch (const ResultError& error) {
    EXPECT_EQ(error.what(), path.string() + ": exists already; choose another name with -o or replace it with --force");
  }
  EXPECT_TRUE(test::contents(path) == before);
  EXPECT_EQ(files(), 1u);
  write("a.h5", 5, {}, true);
  EXPECT_EQ(open_result(path).hashes.size(), 5u);
}

TEST_F(ResultTest, AFileThatAppearsDuringTheRunStays) {
  const fs::path path = folder_ / "a.h5";
  {
    ResultWriter writer(path, false, scenario_, info(2), {});
    append(writer, 2);
    std::ofstream(path) << "somebody else's";
    EXPECT_THROW(writer.finish(), ResultError);
  }
  EXPECT_EQ(test::contents(path), "somebody else's");
  EXPECT_EQ(files(), 1u);
}

TEST_F(ResultTest, NothingIsLeftWithoutFinish) {
  {
    ResultWriter writer(folder_ / "a.h5", false, scenario_, info(10), {});
    append(writer, 10);
    EXPECT_FALSE(fs::exists(folder_ / "a.h5"));
    EXPECT_EQ(files(), 1u);  // the temporary one
  }
  EXPECT_EQ(files(), 0u);
}

TEST_F(ResultTest, SaysWhyAPathCannotBeWritten) {
  EXPECT_THROW(check_output_path(folder_, true), ResultError);
  EXPECT_THROW(check_output_path(folder_ / "no" / "a.h5", true), ResultError);
  EXPECT_NO_THROW(check_output_path(folder_ / "a.h5", false));
}

TEST_F(ResultTest, MissingFile) {
  EXPECT_EQ(error_of(folder_ / "no.h5"), ": cannot be read: there is no such file; check the name");
}

TEST_F(ResultTest, NotACoalisFile) {
  const std::string expected = ": not a Coalis file; result files are written by `coalis run`";
  std::ofstream(folder_ / "text.h5") << "hello, this is not HDF5";
  EXPECT_EQ(error_of(folder_ / "text.h5"), expected);
  std::ofstream(folder_ / "empty.h5").close();
  EXPECT_EQ(error_of(folder_ / "empty.h5"), ": it is empty; result files are written by `coalis run`");
  const fs::path other = write("other.h5", 1);
  change_root(other, "delncattr('format')");
  EXPECT_EQ(error_of(other),
            ": it is an HDF5 file, not a result file; no command reads it; result files are written by `coalis run`");
}

TEST_F(ResultTest, Truncated) {
  const fs::path path = write("a.h5", 20);
  const auto size = fs::file_size(path);
  for (const auto left : {size - 1, size / 2, std::uintmax_t{100}, std::uintmax_t{9}}) {
    fs::resize_file(path, left);
    EXPECT_EQ(error_of(path), ": truncated or damaged; copy it again or run the scenario again") << left;
  }
}

TEST_F(ResultTest, TooOldAndTooNew) {
  const fs::path path = write("a.h5", 1);
  change_root(path, "setncattr('format_version', numpy.int32(0))");
  EXPECT_EQ(
      error_of(path),
      ": too old: it has format version 0, this program reads 1 to 2; run the scenario again, or read it with an older Coalis");
  change_root(path, "setncattr('format_version', numpy.int32(3))");
  EXPECT_EQ(error_of(path), ": too new: it has format version 3, this program reads 1 to 2; read it with a newer Coalis");
}

}  // namespace
}  // namespace coalis
