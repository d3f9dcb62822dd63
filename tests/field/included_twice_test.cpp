// A file that is included twice (docs/formats/scenario.md, "Included twice"). A user who builds two files on the same coalition
// and puts both together expects what each changes to stay: the coalition counts once, below both. It is read once, whatever it
// is called and however often it is named; where a list says another order than the one that counts, that is said.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "coalis/io/scenario/scenario_file.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

const std::string head = "format = \"scenario\"\nversion = 2\n";
const std::string on_illinois = head + "include = \"illinois.toml\"\n";
const std::string both = head + "include = [\"b.toml\", \"c.toml\"]\n";
const std::string information = "[[interventions]]\nset = \"levers.information\"\nvalue = 2\n";

std::string calls(const std::string& name = "calls", const std::string& hub = "Chicago") {
  return "[[series]]\nname = \"" + name + "\"\nkind = \"meeting\"\nhub = \"" + hub +
         "\"\naudience = \"all\"\nper_year = 1\nhours = 1\n";
}

class IncludedTwice : public testing::Test {
 protected:
  IncludedTwice() : folder_(fs::path(testing::TempDir()) / ("twice-" + name())), before_(fs::current_path()) {
    fs::create_directories(folder_);
    fs::current_path(folder_);
    for (const char* file : {"illinois.toml", "evidence.toml"})
      fs::copy_file(test::source_dir() / "scenarios" / file, file, fs::copy_options::overwrite_existing);
  }
  ~IncludedTwice() override {
    fs::current_path(before_);
    fs::remove_all(folder_);
  }
  static std::string name() { return testing::UnitTest::GetInstance()->current_test_info()->name(); }
  static void write(const std::string& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }
  // Two files on Illinois, and one that includes both and says `own`.
  static ScenarioFile diamond(const std::string& b, const std::string& c, const std::string& own = "",
                              const std::vector<std::string>& set = {}) {
    write("b.toml", on_illinois + b);
    write("c.toml", on_illinois + c);
    write("a.toml", both + own);
    return read_scenario("a.toml", set);
  }
  static std::string said(const ScenarioFile& file) {
    std::string text;
    for (const Diagnostic& diagnostic : file.diagnostics) text += to_string(diagnostic) + "\n";
    return text;
  }
  template <class Named>
  static std::string names(const std::vector<Named>& list) {
    std::string text;
    for (const Named& item : list) text += (text.empty() ? "" : ", ") + item.name;
    return text;
  }
  static Scenario illinois() { return read_scenario("illinois.toml").scenario; }

 private:
  fs::path folder_, before_;
};

TEST_F(IncludedTwice, WhatTheFirstChangesStaysChanged) {
  const ScenarioFile file = diamond(
      "[levers]\ninformation = 0.5\n[[series]]\nname = \"meetings\"\nper_year = 3\n[[hubs]]\nname = \"Chicago\"\nfte = 0.9\n"
      "[[roles]]\nname = \"shelter\"\nviewpoint = 0.5\n[[regions]]\nname = \"South\"\nrecruitment = 2\n[kinds.meeting]\nbase = "
      "-1\n",
      "[levers]\nfacilitation = 0.25\n[[series]]\nname = \"trainings\"\nper_year = 1\n");
  ASSERT_EQ(said(file), "");
  Scenario expected = illinois();
  expected.levers.information = 0.5;
  expected.levers.facilitation = 0.25;
  expected.series[1].per_year = 3;
  expected.series[3].per_year = 1;
  expected.hubs[0].fte = 0.9;
  expected.roles[6].viewpoint = 0.5;
  expected.regions[5].recruitment = 2;
  expected.kinds[0].base = -1;
  EXPECT_EQ(to_toml(file.scenario), to_toml(expected));
  EXPECT_EQ(file.origins.at("hubs.Chicago.fte").file, "b.toml");
  EXPECT_EQ(file.origins.at("hubs.Chicago.seat").file, "illinois.toml");
}

// base < b < c < the file itself.
TEST_F(IncludedTwice, OfTwoThatChangeOneValueTheLaterCountsAndTheFileItselfLast) {
  const std::string fte = "[[hubs]]\nname = \"Chicago\"\nfte = ";
  EXPECT_EQ(diamond(fte + "0.9\n", fte + "0.7\n").scenario.hubs[0].fte, 0.7);
  EXPECT_EQ(diamond(fte + "0.9\n", fte + "0.7\n", fte + "0.1\n").scenario.hubs[0].fte, 0.1);
  EXPECT_EQ(diamond(fte + "0.9\n", fte + "0.7\n", fte + "0.1\n", {"hubs.Chicago.fte=1"}).scenario.hubs[0].fte, 1);
}

TEST_F(IncludedTwice, WhatOneTakesAwayStaysAway) {
  const std::string trainings = "[remove]\nseries = [\"trainings\"]\nkinds = [\"training\"]\n",
                    levers = "[levers]\nfacilitation = 0.25\n";
  for (const auto& file : {diamond(trainings, levers), diamond(levers, trainings), diamond(trainings, trainings)}) {
    EXPECT_EQ(said(file), "");
    EXPECT_EQ(names(file.scenario.series), "meetings of the first year, meetings, Outreach Day");
    EXPECT_EQ(names(file.scenario.kinds), "meeting, outreach");
  }
  // Changed by one and taken away by the next.
  EXPECT_EQ(
      names(diamond("[[series]]\nname = \"meetings\"\nper_year = 3\n", "[remove]\nseries = [\"meetings\"]\n").scenario.series),
      "meetings of the first year, Outreach Day, trainings");
  const ScenarioFile region = diamond(
      "[remove]\nregions = [\"North\"]\n[[regions]]\nname = \"Chicago\"\nshare = 0.63\n[[hubs]]\nname = \"Chicago\"\n"
      "serves = [\"Chicago\", \"Collar counties\", \"Central\", \"Southwest\", \"South\"]\n",
      levers);
  EXPECT_EQ(said(region), "");
  EXPECT_EQ(region.scenario.travel.size(), 25u);
}

TEST_F(IncludedTwice, WhatBothAddIsThere) {
  const std::string north = "[[hubs]]\nname = \"N\"\nseat = \"North\"\nserves = [\"North\"]\nfte = 0.5\n";
  const ScenarioFile file = diamond(calls() + north + information, calls("core group") + information, information);
  ASSERT_EQ(said(file), "");
  EXPECT_EQ(names(file.scenario.series), "meetings of the first year, meetings, Outreach Day, trainings, calls, core group");
  EXPECT_EQ(names(file.scenario.hubs), "Chicago, N");
  EXPECT_EQ(file.scenario.interventions.size(), 3u);
}

TEST_F(IncludedTwice, InterventionsOfWhatIsSharedCountOnceAndComeFirst) {
  write("base.toml", on_illinois + "[[interventions]]\nset = \"levers.facilitation\"\nvalue = 0.5\n");
  write("b.toml", head + "include = \"base.toml\"\n" + information);
  write("c.toml", head + "include = \"base.toml\"\n" + information);
  write("a.toml", both);
  const ScenarioFile file = read_scenario("a.toml");
  ASSERT_EQ(said(file), "");
  ASSERT_EQ(file.scenario.interventions.size(), 3u);
  EXPECT_EQ(file.scenario.interventions[0].set, "levers.facilitation");
  write("c.toml", head + "include = \"base.toml\"\nreplace = [\"interventions\"]\n");
  const ScenarioFile replaced = read_scenario("a.toml");
  EXPECT_EQ(replaced.scenario.interventions.size(), 0u);
  EXPECT_EQ(
      said(replaced),
      "c.toml:4:12: warning: replace: of the interventions of b.toml, which this file does not include, 1 goes, too; if they "
      "are meant to stay, name this file before those\n");
}

TEST_F(IncludedTwice, AListThatIsReplacedSaysWhatOfOtherFilesGoes) {
  const ScenarioFile file = diamond(calls(), "replace = [\"series\"]\n" + calls("core group"));
  EXPECT_TRUE(file.ok());
  EXPECT_EQ(names(file.scenario.series), "core group");
  EXPECT_EQ(
      said(file).substr(0, said(file).find('\n')),
      "c.toml:4:12: warning: replace: of the series of b.toml, which this file does not include, 'calls' goes, too; if they "
      "are meant to stay, name this file before those");
}

TEST_F(IncludedTwice, TheSameFileTwiceInAListCountsOnceAndIsSaid) {
  write("i.toml", on_illinois + information);
  write("a.toml", head + "include = [\"i.toml\", \"./i.toml\"]\n");
  const ScenarioFile file = read_scenario("a.toml");
  EXPECT_EQ(to_toml(file.scenario), to_toml(read_scenario("i.toml").scenario));
  EXPECT_EQ(said(file),
            "a.toml:3:22: warning: './i.toml' is the same file as 'i.toml' before it, and counts once; remove one of the two\n");
}

TEST_F(IncludedTwice, AFileNamedAfterOneThatIncludesItStaysBelowAndThatIsSaid) {
  write("b.toml", on_illinois + "[levers]\ninformation = 0.5\n");
  write("a.toml", head + "include = [\"b.toml\", \"illinois.toml\"]\n");
  const ScenarioFile file = read_scenario("a.toml");
  EXPECT_EQ(file.scenario.levers.information, 0.5);
  EXPECT_EQ(
      said(file),
      "a.toml:3:22: warning: 'illinois.toml' is included already and stays below 'b.toml', though it is named after it; remove "
      "it from this list: a file counts at its first place only\n");
  write("a.toml", head + "include = [\"illinois.toml\", \"b.toml\"]\n");
  EXPECT_EQ(said(read_scenario("a.toml")), "");
  // Two lists with two orders: the first that is read counts.
  write("c.toml", on_illinois + "[levers]\ninformation = 0.25\n");
  write("d.toml", head + "include = [\"b.toml\", \"c.toml\"]\n");
  write("e.toml", head + "include = [\"c.toml\", \"b.toml\"]\n");
  write("a.toml", head + "include = [\"d.toml\", \"e.toml\"]\n");
  const ScenarioFile two = read_scenario("a.toml");
  EXPECT_EQ(two.scenario.levers.information, 0.25);
  EXPECT_EQ(said(two).substr(0, 65), "e.toml:3:22: warning: 'b.toml' is included already and stays belo");
}

TEST_F(IncludedTwice, TheRealFileCountsNotItsName) {
  fs::create_directories("sub");
  fs::create_symlink("../illinois.toml", "sub/by-link.toml");
  fs::create_hard_link("illinois.toml", "other.toml");
  const std::string fte = "[[hubs]]\nname = \"Chicago\"\nfte = 0.9\n";
  const std::vector<std::string> spellings{"sub/by-link.toml", "other.toml", "sub/../illinois.toml",
                                           fs::absolute("illinois.toml").string()};
  for (const std::string& again : spellings) {
    write("b.toml", on_illinois + fte);
    write("c.toml", head + "include = \"" + again + "\"\n");
    write("a.toml", both);
    const ScenarioFile file = read_scenario("a.toml");
    EXPECT_EQ(said(file), "") << again;
    EXPECT_EQ(file.scenario.hubs[0].fte, 0.9) << again;
  }
}

TEST_F(IncludedTwice, AChainThatDoublesIsReadInOneGo) {
  for (int i = 0; i < 30; ++i) {
    const std::string next = i == 29 ? "illinois.toml" : "w" + std::to_string(i + 1) + ".toml";
    write("w" + std::to_string(i) + ".toml",
          head + "include = [\"" + next + "\", \"" + next + "\"]\n" + (i == 17 ? information : ""));
  }
  const ScenarioFile file = read_scenario("w0.toml");  // 2^30 readings otherwise
  EXPECT_TRUE(file.ok());
  EXPECT_EQ(file.diagnostics.size(), 30u);
  EXPECT_EQ(file.scenario.interventions.size(), 1u);
  // A net: every file includes the two before it.
  write("n0.toml", on_illinois);
  write("n1.toml", head + "include = \"n0.toml\"\n" + information);
  for (int i = 2; i < 60; ++i) {
    write("n" + std::to_string(i) + ".toml",
          head + "include = [\"n" + std::to_string(i - 2) + ".toml\", \"n" + std::to_string(i - 1) + ".toml\"]\n");
  }
  EXPECT_EQ(said(read_scenario("n59.toml")), "");
  EXPECT_EQ(read_scenario("n59.toml").scenario.interventions.size(), 1u);
}

TEST_F(IncludedTwice, LoopsAreRefusedWhereTheyClose) {
  write("a.toml", both);
  write("b.toml", on_illinois);
  write("c.toml", head + "include = [\"b.toml\", \"d.toml\"]\n");
  write("d.toml", head + "include = [\"illinois.toml\", \"c.toml\"]\n");
  EXPECT_EQ(said(read_scenario("a.toml")),
            "d.toml:3:29: error: the file includes itself: c.toml -> d.toml -> c.toml; remove one of the includes\n");
  fs::create_hard_link("c.toml", "c-again.toml");
  fs::create_symlink("d.toml", "d-again.toml");
  write("d.toml", head + "include = \"c-again.toml\"\n");
  EXPECT_EQ(said(read_scenario("a.toml")),
            "d.toml:3:11: error: the file includes itself: c.toml -> d.toml -> c-again.toml; remove one of the includes\n");
}

TEST_F(IncludedTwice, HoursAreNotTakenForOtherRegionsThanTheyWereGivenFor) {
  const std::string east =
      "[remove]\nregions = [\"South\"]\n[[regions]]\nname = \"East\"\nshare = 0.04\n[[hubs]]\nname = \"Chicago\"\n"
      "serves = [\"Chicago\", \"Collar counties\", \"North\", \"Central\", \"Southwest\", \"East\"]\n";
  std::string hours = "[travel]\nhours = [";
  for (int i = 0; i < 6; ++i) hours += "[1, 1, 1, 1, 1, 1],";
  hours += "]\n";
  const std::string text = said(diamond(east + hours, hours));  // six rows both, but of other regions
  EXPECT_NE(
      text.find("c.toml:5:1: error: these hours are not for the regions that b.toml changes, which this file does not include; "
                "give [travel] hours in a file that includes both: 6 lists of 6 hours, in the order 'Chicago', "),
      std::string::npos)
      << text;
  EXPECT_EQ(said(diamond(east + hours, hours, hours)).find("these hours"), std::string::npos);
  EXPECT_EQ(said(diamond(hours, hours)), "");
}

TEST_F(IncludedTwice, PartsOfWhatIsGoneAreRefusedWithWhereItWent) {
  const std::string part = "[[series]]\nname = \"trainings\"\nper_year = 3\n";
  const std::string beside = said(diamond("[remove]\nseries = [\"trainings\"]\n", part));
  EXPECT_EQ(
      beside.substr(0, beside.find('\n')),
      "c.toml:5:8: error: there is no series 'trainings' to change: it was taken away in b.toml:5:11; give every key to begin it "
      "anew, or keep it there");
  // In a chain, in one file, by `replace`, and a kind.
  write("middle.toml", on_illinois + "[remove]\nseries = [\"trainings\"]\nkinds = [\"training\"]\n");
  write("top.toml", head + "include = \"middle.toml\"\n" + part + "[kinds.training]\nbase = 1\n");
  EXPECT_EQ(
      said(read_scenario("top.toml")),
      "top.toml:5:8: error: there is no series 'trainings' to change: it was taken away in middle.toml:5:11; give every key to "
      "begin it anew, or keep it there\n"
      "top.toml:7:8: error: there is no kind 'training' to change: it was taken away in middle.toml:6:10; give every key to "
      "begin it anew, or keep it there\n");
  write("top.toml", on_illinois + "replace = [\"series\"]\n" + part);
  EXPECT_NE(said(read_scenario("top.toml"))
                .find("top.toml:6:8: error: there is no series 'trainings' to change: it was taken away in top.toml:4:12;"),
            std::string::npos)
      << said(read_scenario("top.toml"));
  write("top.toml", head + "include = \"middle.toml\"\n[remove]\nseries = [\"trainings\"]\n");
  EXPECT_EQ(said(read_scenario("top.toml")),
            "top.toml:5:11: error: there is no series 'trainings' to remove in what middle.toml brings; it was taken away in "
            "middle.toml:5:11 already; remove the name\n");
  const std::vector<std::string> set{"series.trainings.per_year=3"};
  write("middle.toml", on_illinois + "[remove]\nseries = [\"trainings\"]\n");
  EXPECT_NE(said(read_scenario("middle.toml", set))
                .find("series has nothing named 'trainings'; it was taken away in middle.toml:5:11;"),
            std::string::npos)
      << said(read_scenario("middle.toml", set));
}

TEST_F(IncludedTwice, AFileOfRemovalsAloneGoesIntoAList) {
  write("no-trainings.toml", head + "[remove]\nseries = [\"trainings\"]\nkinds = [\"training\"]\n");
  write("a.toml", head + "include = [\"illinois.toml\", \"no-trainings.toml\"]\n");
  const ScenarioFile file = read_scenario("a.toml");
  EXPECT_EQ(said(file), "");
  EXPECT_EQ(names(file.scenario.series), "meetings of the first year, meetings, Outreach Day");
  write("a.toml", head + "include = [\"no-trainings.toml\", \"illinois.toml\"]\n");
  EXPECT_EQ(said(read_scenario("a.toml")),
            "no-trainings.toml:3:2: error: 'remove' without an include changes nothing; remove it, or include the file whose "
            "entries are "
            "meant, or name this one after it in a list\n");
  write("a.toml", head + "include = \"illinois.toml\"\n");
  write("no-trainings.toml", "[remove]\nseries = [\"trainings\"]\n");
  write("a.toml", head + "include = [\"illinois.toml\", \"no-trainings.toml\"]\n");
  EXPECT_EQ(said(read_scenario("a.toml")),
            "no-trainings.toml:1:2: error: version 1 has no 'remove'; write version = 2: then lists are merged by name\n");
  // A part of a scenario, which says nothing of itself, adds to the list before it.
  write("calls.toml", calls());
  write("a.toml", head + "include = [\"illinois.toml\", \"calls.toml\"]\n");
  EXPECT_EQ(names(read_scenario("a.toml").scenario.series),
            "meetings of the first year, meetings, Outreach Day, trainings, calls");
}

}  // namespace
}  // namespace coalis
