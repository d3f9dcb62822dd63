// Evidence files: the project's own is read whole; what is wrong is said with its place.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "coalis/inference/evidence_match.hpp"
#include "coalis/io/questions/evidence_file.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

// The first diagnostic of a file with this text, without its path.
std::string error_of(const std::string& text) {
  const fs::path path = fs::temp_directory_path() / ("coalis_evidence_" + std::to_string(::getpid()) + ".toml");
  std::ofstream(path) << text;
  const EvidenceFile file = read_evidence(path);
  fs::remove(path);
  return file.ok() ? "no error" : to_string(file.diagnostics.front()).substr(path.string().size());
}

const std::string head = "format = \"coalis-evidence\"\nversion = 1\n";

TEST(Evidence, OfIllinois) {
  const EvidenceFile file = read_evidence(test::source_dir() / "scenarios" / "evidence.toml");
  ASSERT_TRUE(file.ok());
  const EvidenceItem* meetings = file.find("meetings_attended");
  ASSERT_NE(meetings, nullptr);
  EXPECT_EQ(meetings->counts, (std::vector<int>{23, 10, 10, 3, 18}));
  EXPECT_EQ(meetings->categories.back(), ">3");
  EXPECT_EQ(meetings->n, 64);
  EXPECT_EQ(meetings->use, "calibrate");
  EXPECT_EQ(file.find("goal_attainment_rating")->counts.back(), -1);
  EXPECT_EQ(file.find("collaborates_inside")->share, 0.45);
  EXPECT_EQ(file.find("no such item"), nullptr);
}

TEST(Evidence, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(error_of("format = \"scenario\"\n"),
            ":1:10: error: it is a scenario, not evidence; coalis run, compare, check and explain read it");
  EXPECT_EQ(error_of("format = \"coalis-evidence\"\nversion = 4\n"),
            ":1:1: error: too new: evidence version 4; read it with a newer Coalis");
  EXPECT_EQ(error_of(head + "[[item]]\nsource = \"x\"\n"), ":3:1: error: an item without an id; give it a name: id = \"...\"");
  EXPECT_EQ(error_of(head + "[[item]]\nid = \"a\"\nn = \"many\"\n"), ":5:5: error: 'n' is text; it takes a whole number");
  EXPECT_EQ(error_of(head + "[[item]]\nid = \"a\"\ncategories = [\"yes\"]\ncounts = [1, 2]\n"),
            ":6:10: error: 'a' has 2 counts for 1 categories; give one count a category, -1 where none is reported");
  EXPECT_EQ(error_of(head + "[[item]]\nid = \"a\"\nshare = 1.5\n"),
            ":5:9: error: the share of 'a' is outside of 0..1; write 0.45 for 45 %");
  EXPECT_EQ(error_of(head), "no error");
}

TEST(Evidence, NumbersOfEventsByTheirNames) {
  const auto bin = [](const char* name) { return bin_named(name).value_or(Bin{-9, -9}); };
  for (const char* name : {"0", "none", "Never", "no meetings"}) EXPECT_EQ(bin(name), (Bin{0, 0})) << name;
  for (const char* name : {"1-2", "1 - 2", "1\u20132", "1 to 2", "1..2", "1 or 2", "once or twice", "up to 2"})
    EXPECT_EQ(bin(name), (Bin{std::string(name) == "up to 2" ? 0 : 1, 2})) << name;
  for (const char* name : {"4 or more", "4+", ">3", "more than 3", "at least 4", "4 or more times", ">= 4", "\u22654"})
    EXPECT_EQ(bin(name), (Bin{4, Bin::open})) << name;
  EXPECT_EQ(bin("< 3"), (Bin{0, 2}));
  EXPECT_EQ(bin("three times"), (Bin{3, 3}));
  for (const char* name : {"often", "2-1", "", "-3", "1.5", "many or more"}) EXPECT_EQ(bin(name), (Bin{-9, -9})) << name;
}

TEST(Evidence, MissingFile) {
  const EvidenceFile file = read_evidence("no/such/file.toml");
  ASSERT_EQ(file.diagnostics.size(), 1u);
  EXPECT_EQ(to_string(file.diagnostics[0]),
            "no/such/file.toml: error: cannot be read: there is no such file; check the scenario's "
            "`evidence`, or leave it out");
  EXPECT_FALSE(read_evidence(fs::temp_directory_path()).ok());
}

}  // namespace
}  // namespace coalis
