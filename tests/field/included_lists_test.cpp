// Lists in a file that includes another (docs/formats/scenario.md, "Only what differs"). A user who adds one series to an
// included coalition expects the others to stay; who names one that is there expects that one to change; who wants one gone says
// so. What is lost is said, with where; what no longer fits is an error before the first run; old files mean what they meant.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/fields.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

class IncludedLists : public testing::Test {
 protected:
  IncludedLists() : folder_(fs::path(testing::TempDir()) / ("lists-" + name())), before_(fs::current_path()) {
    fs::create_directories(folder_);
    fs::current_path(folder_);
    fs::copy_file(test::source_dir() / "scenarios/illinois.toml", "illinois.toml", fs::copy_options::overwrite_existing);
    fs::copy_file(test::source_dir() / "scenarios/evidence.toml", "evidence.toml", fs::copy_options::overwrite_existing);
  }
  ~IncludedLists() override {
    fs::current_path(before_);
    fs::remove_all(folder_);
  }

  static std::string name() { return testing::UnitTest::GetInstance()->current_test_info()->name(); }
  static std::string head(int version, const std::string& included = "illinois.toml") {
    return "format = \"scenario\"\nversion = " + std::to_string(version) + "\ninclude = \"" + included + "\"\n";
  }
  static void write(const std::string& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }
  // A file of version 2 on top of Illinois.
  static ScenarioFile on_top(const std::string& text, int version = 2, const std::vector<std::string>& set = {}) {
    write("mine.toml", head(version) + text);
    return read_scenario("mine.toml", set);
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

const std::string core_group = R"([[series]]
name = "core group"
kind = "meeting"
hub = "Chicago"
audience = "core"
per_year = 4
hours = 3
)";

TEST_F(IncludedLists, ANewSeriesIsAddedAndTheOthersStay) {
  const ScenarioFile file = on_top(core_group);
  ASSERT_EQ(said(file), "");
  EXPECT_EQ(names(file.scenario.series), "meetings of the first year, meetings, Outreach Day, trainings, core group");
  Scenario without = file.scenario;
  without.series.pop_back();
  EXPECT_EQ(to_toml(without), to_toml(illinois()));
}

TEST_F(IncludedLists, AnEntryWithANameThatIsThereChangesTheKeysGiven) {
  const ScenarioFile file = on_top(
      "[[series]]\nname = \"Outreach Day\"\nper_year = 2\n[[hubs]]\nname = \"Chicago\"\nfte = 1\n"
      "[[roles]]\nname = \"shelter\"\nviewpoint = 0.5\n[[regions]]\nname = \"South\"\nrecruitment = 2\n");
  ASSERT_EQ(said(file), "");
  Scenario expected = illinois();
  expected.series[2].per_year = 2;
  expected.hubs[0].fte = 1;
  expected.roles[6].viewpoint = 0.5;
  expected.regions[5].recruitment = 2;
  EXPECT_EQ(to_toml(file.scenario), to_toml(expected));
  EXPECT_EQ(file.origins.at("series.\"Outreach Day\".per_year").file, "mine.toml");
  EXPECT_EQ(file.origins.at("series.\"Outreach Day\".per_year").line, 6);
  EXPECT_EQ(file.origins.at("series.\"Outreach Day\".remote").file, "illinois.toml");
}

TEST_F(IncludedLists, EntriesAreTakenAwayByName) {
  const ScenarioFile file =
      on_top("[remove]\nseries = [\"Outreach Day\", \"meetings of the first year\"]\nkinds = [\"outreach\"]\n");
  ASSERT_EQ(said(file), "");
  EXPECT_EQ(names(file.scenario.series), "meetings, trainings");
  EXPECT_EQ(names(file.scenario.kinds), "meeting, training");
}

TEST_F(IncludedLists, ANameThatIsTakenAwayAndGivenIsBegunAnewAtTheEnd) {
  const ScenarioFile file = on_top(
      "[remove]\nseries = [\"meetings\"]\n[[series]]\nname = \"meetings\"\nkind = \"meeting\"\n"
      "hub = \"Chicago\"\naudience = \"all\"\nper_year = 6\nhours = 2\n");
  ASSERT_EQ(said(file), "");
  EXPECT_EQ(names(file.scenario.series), "meetings of the first year, Outreach Day, trainings, meetings");
  EXPECT_EQ(file.scenario.series.back().from, 0);  // 2006-06 in the one that is gone
}

TEST_F(IncludedLists, AListIsReplacedWholeIfTheFileSaysSo) {
  const ScenarioFile file = on_top("replace = [\"series\"]\n" + core_group);
  EXPECT_EQ(names(file.scenario.series), "core group");
  EXPECT_EQ(said(file),
            "illinois.toml:97:1: warning: no series has the kind 'outreach'; its participation is missing in the results\n"
            "illinois.toml:105:1: warning: no series has the kind 'training'; its participation is missing in the results\n");
  // None given: none are left.
  EXPECT_EQ(names(on_top("replace = [\"series\"]\n").scenario.series), "");
}

TEST_F(IncludedLists, AnEmptyListIsNotTakenForNothingMeant) {
  for (const std::string list : {"series", "hubs", "regions", "roles"}) {
    const std::string text = said(on_top(list + " = []\n"));
    EXPECT_EQ(text, "mine.toml:4:1: error: an empty list takes nothing away from the " + list +
                        " of illinois.toml; write replace = [\"" + list + "\"] if none are meant, or remove the line\n");
  }
  write("base.toml", head(2) + "[[interventions]]\nset = \"levers.information\"\nvalue = 2\n");
  write("mine.toml", head(2, "base.toml") + "interventions = []\n");
  EXPECT_FALSE(read_scenario("mine.toml").ok());
  EXPECT_EQ(said(on_top("replace = [\"series\"]\nseries = []\n")).find("error"), std::string::npos);
}

TEST_F(IncludedLists, InterventionsAreAddedUnlessReplaced) {
  const std::string one = "[[interventions]]\nset = \"levers.information\"\nvalue = 2\n";
  write("base.toml", head(2) + one);
  for (const int version : {1, 2}) {
    write("mine.toml", head(version, "base.toml") + one);
    EXPECT_EQ(read_scenario("mine.toml").scenario.interventions.size(), 2u);
  }
  write("mine.toml", head(2, "base.toml") + "replace = [\"interventions\"]\n" + one);
  EXPECT_EQ(read_scenario("mine.toml").scenario.interventions.size(), 1u);
}

// What version 1 meant, and what it does not say by itself.
TEST_F(IncludedLists, AFileOfVersionOneReplacesTheListAndIsWarnedOfWhatItDrops) {
  const ScenarioFile file = on_top(core_group, 1);
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(names(file.scenario.series), "core group");
  EXPECT_EQ(
      said(file).substr(0, said(file).find('\n')),
      "mine.toml:4:3: warning: in a file of version 1 [[series]] replaces the whole list that illinois.toml brings; dropped: "
      "'meetings of the first year', 'meetings', 'Outreach Day', 'trainings'; write version = 2 to change entries by name; "
      "then replace = [\"series\"] replaces the list");
}

TEST_F(IncludedLists, AFileOfVersionOneIsWarnedOfKeysThatItDropsToo) {
  write("base.toml", head(2) + "[[hubs]]\nname = \"Chicago\"\nauthority = 0.5\n");
  write("mine.toml", head(1, "base.toml") +
                         "[[hubs]]\nname = \"Chicago\"\nseat = \"Chicago\"\nfte = 1\nserves = [\"Chicago\", \"Collar counties\", "
                         "\"North\", \"Central\", \"Southwest\", \"South\"]\n");
  const ScenarioFile file = read_scenario("mine.toml");
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file.scenario.hubs[0].authority, 0);
  EXPECT_NE(said(file).find("dropped: authority of 'Chicago', convenor of 'Chicago';"), std::string::npos) << said(file);
}

// A file without a version is of version 1; each file's own version says how it goes on top of what it includes.
TEST_F(IncludedLists, VersionsMayBeMixedInAChain) {
  const std::string other =
      "[[series]]\nname = \"calls\"\nkind = \"meeting\"\nhub = \"Chicago\"\naudience = \"all\"\nper_year = 1\nhours = 1\n";
  write("middle.toml", "include = \"illinois.toml\"\n" + core_group);  // replaces
  write("mine.toml", head(2, "middle.toml") + other);                  // adds
  EXPECT_EQ(names(read_scenario("mine.toml").scenario.series), "core group, calls");
  write("middle.toml", head(2) + core_group);          // adds
  write("mine.toml", head(1, "middle.toml") + other);  // replaces
  EXPECT_EQ(names(read_scenario("mine.toml").scenario.series), "calls");
}

TEST_F(IncludedLists, TheOuterOfTwoFilesThatChangeOneEntryHasTheLastWord) {
  write("middle.toml", head(2) + core_group + "[[hubs]]\nname = \"Chicago\"\nfte = 0.5\nauthority = 0.2\n");
  write("mine.toml",
        head(2, "middle.toml") + "[[series]]\nname = \"core group\"\nper_year = 6\n[[hubs]]\nname = \"Chicago\"\nfte = 1\n");
  const ScenarioFile file = read_scenario("mine.toml", std::vector<std::string>{"series.\"core group\".hours=2"});
  ASSERT_EQ(said(file), "");
  EXPECT_EQ(file.scenario.series.back().per_year, 6);
  EXPECT_EQ(file.scenario.series.back().hours, 2);
  EXPECT_EQ(file.scenario.hubs[0].fte, 1);
  EXPECT_EQ(file.scenario.hubs[0].authority, 0.2);
  EXPECT_EQ(file.origins.at("hubs.Chicago.authority").file, "middle.toml");
  EXPECT_EQ(file.origins.at("hubs.Chicago.seat").file, "illinois.toml");
  EXPECT_EQ(file.origins.at("series.\"core group\".hours").line, 0);
}

TEST_F(IncludedLists, TheSameNameTwiceInOneFileIsAnError) {
  EXPECT_EQ(said(on_top("[[hubs]]\nname = \"Chicago\"\nfte = 1\n[[hubs]]\nname = \"Chicago\"\nauthority = 1\n")),
            "mine.toml:8:8: error: there are two hubs 'Chicago'; rename one of them\n");
  EXPECT_EQ(said(on_top(core_group + core_group)),
            "mine.toml:12:8: error: there are two series 'core group'; rename one of them\n");
}

TEST_F(IncludedLists, WhatCannotBeTakenAwayIsAnErrorWhereItStands) {
  EXPECT_EQ(
      said(on_top("[remove]\nseries = [\"meetngs\"]\nhubs = [\"North\"]\n")),
      "mine.toml:5:11: error: there is no series 'meetngs' to remove in what illinois.toml brings; did you mean 'meetings'?\n"
      "mine.toml:6:9: error: there is no hub 'North' to remove in what illinois.toml brings; choose one of 'Chicago'\n");
  EXPECT_EQ(said(on_top("[remove]\nhub = [\"Chicago\"]\nseries = \"meetings\"\nroles = [1]\nregions = [\"South\", \"South\"]\n"))
                .find("ok"),
            std::string::npos);
  EXPECT_EQ(said(on_top("[remove]\nhub = [\"Chicago\"]\n")),
            "mine.toml:5:1: error: [remove] has no list 'hub'; did you mean 'hubs'?\n");
  EXPECT_EQ(said(on_top("[remove]\nseries = \"meetings\"\n")),
            "mine.toml:5:10: error: series takes a list of names, not text; write series = [\"name\"]\n");
  EXPECT_EQ(said(on_top("[remove]\nseries = [1]\n")),
            "mine.toml:5:11: error: the name of a series is text, not a whole number; write it in quotes\n");
  EXPECT_EQ(said(on_top("[remove]\nseries = [\"trainings\", \"trainings\"]\nkinds = [\"training\"]\n")),
            "mine.toml:5:24: error: the series 'trainings' is removed twice; remove one of the two names\n");
  EXPECT_EQ(said(on_top("[remove]\ninterventions = [\"x\"]\n")),
            "mine.toml:5:1: error: [remove] has no list 'interventions'; interventions have no names; write replace = "
            "[\"interventions\"] and those that remain\n");
  EXPECT_EQ(said(on_top("remove = [\"meetings\"]\n")),
            "mine.toml:4:10: error: remove takes a table, not a list; write [remove], and below it series = [\"name\"]\n");
  EXPECT_EQ(said(on_top("replace = [\"serie\"]\n")),
            "mine.toml:4:12: error: replace: 'serie' is no list that can be replaced; did you mean 'series'?\n");
  EXPECT_EQ(said(on_top("replace = \"series\"\n")),
            "mine.toml:4:11: error: replace takes a list of lists' names, not text; write replace = [\"series\"]\n");
}

TEST_F(IncludedLists, NothingIsTakenAwayInVersionOneOrWithoutAnInclude) {
  EXPECT_EQ(said(on_top("[remove]\nseries = [\"meetings\"]\n", 1)),
            "mine.toml:4:2: error: version 1 has no 'remove'; write version = 2: then lists are merged by name\n");
  EXPECT_EQ(said(on_top("replace = [\"series\"]\n", 1)),
            "mine.toml:4:1: error: version 1 has no 'replace'; write version = 2: then lists are merged by name\n");
  write("alone.toml", "replace = [\"series\"]\n" + test::contents("illinois.toml"));
  EXPECT_NE(
      said(read_scenario("alone.toml")).find("alone.toml:1:1: error: 'replace' without an include changes nothing; remove it"),
      std::string::npos);
}

TEST_F(IncludedLists, WhatStillRefersToAnEntryThatIsGoneIsSaidWithWhereItWent) {
  write("base.toml", head(2) + "[[interventions]]\nset = \"series.trainings.per_year\"\nvalue = 6\n");
  write("mine.toml", head(2, "base.toml") + "[remove]\nseries = [\"trainings\"]\nkinds = [\"training\"]\n");
  EXPECT_EQ(said(read_scenario("mine.toml")),
            "base.toml:5:7: error: set = 'series.trainings.per_year': there is no series 'trainings'; it was taken away in "
            "mine.toml:5:11; change or remove this there too, or keep it\n");
  const std::string hubs = said(on_top("[remove]\nhubs = [\"Chicago\"]\n"));
  EXPECT_NE(hubs.find("illinois.toml:117:7: error: hub: there is no hub 'Chicago'; it was taken away in mine.toml:5:9;"),
            std::string::npos)
      << hubs;
  const std::string kinds = said(on_top("[remove]\nkinds = [\"training\"]\n"));
  EXPECT_NE(kinds.find("error: kind: there is no kind 'training'; it was taken away in mine.toml:5:10;"), std::string::npos)
      << kinds;
}

TEST_F(IncludedLists, WithARegionItsHoursGo) {
  const ScenarioFile file = on_top(
      "[remove]\nregions = [\"North\"]\n[[regions]]\nname = \"Chicago\"\nshare = 0.63\n[[hubs]]\nname = \"Chicago\"\n"
      "serves = [\"Chicago\", \"Collar counties\", \"Central\", \"Southwest\", \"South\"]\n");
  ASSERT_EQ(said(file), "");
  const Scenario before = illinois();
  ASSERT_EQ(file.scenario.travel.size(), 25u);
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = 0; j < 5; ++j)
      EXPECT_EQ(file.scenario.travel[i * 5 + j], before.travel[(i + (i > 1)) * 6 + j + (j > 1)]);
  }
}

TEST_F(IncludedLists, SharesThatNoLongerAddUpAreSaidWhereTheListWasChanged) {
  EXPECT_EQ(said(on_top("[remove]\nregions = [\"North\"]\n[[hubs]]\nname = \"Chicago\"\n"
                        "serves = [\"Chicago\", \"Collar counties\", \"Central\", \"Southwest\", \"South\"]\n")),
            "mine.toml:5:12: error: the shares of the regions add up to 0.92; make them add up to 1\n");
  EXPECT_EQ(said(on_top("\n[[roles]]\nname = \"shelter\"\nshare = { nonprofit = 0.2 }\n")),
            "mine.toml:5:3: error: the roles' shares of the sector nonprofit add up to 1.1; make them add up to 1\n");
}

TEST_F(IncludedLists, ARegionThatIsAddedNeedsItsHours) {
  const std::string east =
      "[[regions]]\nname = \"East\"\nshare = 0.1\n[[regions]]\nname = \"Chicago\"\nshare = 0.45\n"
      "[[hubs]]\nname = \"Chicago\"\nserves = [\"Chicago\", \"Collar counties\", \"North\", \"Central\", \"Southwest\", "
      "\"South\", \"East\"]\n";
  EXPECT_EQ(said(on_top(east)),
            "mine.toml:4:3: error: the regions are no longer those of travel.hours (illinois.toml:39); 'East' has no row there; "
            "give [travel] hours in this file too: 7 lists of 7 hours, in the order 'Chicago', 'Collar counties', 'North', "
            "'Central', 'Southwest', 'South', 'East'\n");
  std::string hours = "[travel]\nhours = [";
  for (int i = 0; i < 7; ++i) hours += "[1, 1, 1, 1, 1, 1, 1],";
  const ScenarioFile file = on_top(east + hours + "]\n");
  EXPECT_EQ(said(file), "");
  EXPECT_EQ(file.scenario.travel.size(), 49u);
  // One more and one less fit by their number alone: still an error, also over two files.
  write("middle.toml", head(2) + east);
  write("mine.toml", head(2, "middle.toml") +
                         "[remove]\nregions = [\"South\"]\n[[regions]]\nname = \"Chicago\"\nshare = 0.49\n"
                         "[[hubs]]\nname = \"Chicago\"\nserves = [\"Chicago\", \"Collar counties\", \"North\", \"Central\", "
                         "\"Southwest\", \"East\"]\n");
  EXPECT_NE(said(read_scenario("mine.toml")).find("error: the regions are no longer those of travel.hours"), std::string::npos);
  // Replaced by other regions of the same number, likewise; the same names in their order keep the hours.
  std::string same = "replace = [\"regions\"]\n";
  for (const Region& region : illinois().regions)
    same += "[[regions]]\nname = \"" + region.name + "\"\nshare = " + number_text(region.share) + "\n";
  EXPECT_EQ(said(on_top(same)), "");
  std::string others = same;
  others.replace(others.find("\"South\""), 7, "\"East\"");
  EXPECT_NE(said(on_top(others)).find("mine.toml:4:12: error: the regions are no longer those of travel.hours"),
            std::string::npos);
}

TEST_F(IncludedLists, AMisspeltNameWithTooLittleForANewEntryIsNamed) {
  const std::string text = said(on_top("[[series]]\nname = \"meetigns\"\nper_year = 6\n"));
  EXPECT_NE(
      text.find(
          "mine.toml:5:8: warning: illinois.toml has no series 'meetigns', so that this adds one; did you mean 'meetings'?"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find("mine.toml:4:1: error: 'kind' is missing in series 'meetigns'"), std::string::npos) << text;
}

TEST_F(IncludedLists, ACompleteScenarioMeansTheSameInBothVersions) {
  std::string text = test::contents("illinois.toml");
  const auto at = text.find("version = 1");
  ASSERT_NE(at, std::string::npos);
  text[at + 10] = '2';
  write("two.toml", text);
  const ScenarioFile two = read_scenario("two.toml");
  EXPECT_EQ(said(two), "");
  EXPECT_EQ(to_toml(two.scenario), to_toml(illinois()));
}

}  // namespace
}  // namespace coalis
