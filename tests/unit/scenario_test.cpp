// Reading and writing scenario files: values, defaults, includes, overrides, dates, round trip, damaged texts.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/fields.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

std::string messages(const ScenarioFile& file) {
  std::string text;
  for (const Diagnostic& diagnostic : file.diagnostics) text += to_string(diagnostic) + "\n";
  return text;
}

const fs::path illinois = test::source_dir() / "scenarios/illinois.toml";
const fs::path base = test::source_dir() / "tests/golden/malformed/parts/base.toml";

fs::path docking(const std::string& name) { return test::source_dir() / "tests/docking/data" / name; }

// The small scenario with lines added; these may replace none of its keys.
ScenarioFile with(const std::string& lines) { return parse_scenario(test::contents(base) + lines, "text"); }

class Folder {
 public:
  Folder() : path_(fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  fs::path write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }

 private:
  fs::path path_;
};

const std::string head = "format = \"scenario\"\nversion = 1\n";

TEST(ReadScenario, IllinoisAsWritten) {
  const ScenarioFile file = read_scenario(illinois);
  ASSERT_TRUE(file.ok()) << messages(file);
  EXPECT_TRUE(file.diagnostics.empty()) << messages(file);
  const Scenario& s = file.scenario;
  EXPECT_EQ(s.name, "Illinois, as it was");
  EXPECT_EQ(s.evidence, "evidence.toml");
  EXPECT_EQ(file.evidence_path.filename(), "evidence.toml");
  EXPECT_EQ(s.calendar.start, "2005-06");
  EXPECT_EQ(s.calendar.months, 43);
  EXPECT_EQ(s.organisations.members, (std::array<int, 3>{96, 17, 2}));
  ASSERT_EQ(s.regions.size(), 6u);
  EXPECT_EQ(s.regions[4].name, "Southwest");
  EXPECT_EQ(s.travel[1 * 6 + 5], 4.5);
  EXPECT_EQ(s.roles[3].share, (std::array<double, 3>{0, 0.35, 0}));
  EXPECT_EQ(s.hubs[0].serves, (std::vector<int>{0, 1, 2, 3, 4, 5}));
  ASSERT_EQ(s.kinds.size(), 3u);
  EXPECT_EQ(s.kinds[0].name, "meeting");  // the order of the file, not of the alphabet
  EXPECT_EQ(s.kinds[2].name, "training");
  ASSERT_EQ(s.series.size(), 4u);
  EXPECT_EQ(s.series[0].until, 12);
  EXPECT_EQ(s.series[1].from, 12);
  EXPECT_EQ(s.series[1].until, 43);
  EXPECT_EQ(s.series[2].kind, 1);
  EXPECT_EQ(s.series[2].audience, static_cast<int>(Audience::all));
  EXPECT_EQ(s.parameters.beta_mission, 3.01);
  EXPECT_EQ(s.costs.fte, 75'000);
  EXPECT_EQ(s.survey.month, 42);
}

TEST(ReadScenario, AllDockingScenarios) {
  for (const char* name :
       {"b-other-rules", "c-nonmembers-and-levers", "d-hubs-with-core", "e-interventions", "f-convened-by-members", "g-stress"}) {
    const ScenarioFile file = read_scenario(docking(std::string(name) + ".toml"));
    EXPECT_TRUE(file.ok()) << messages(file);
    EXPECT_TRUE(fs::exists(file.evidence_path)) << name;
  }
}

TEST(ReadScenario, InterventionsAreResolved) {
  const Scenario e = read_scenario(docking("e-interventions.toml")).scenario;
  ASSERT_EQ(e.interventions.size(), 5u);
  EXPECT_EQ(e.interventions[0].target, Target::series);
  EXPECT_EQ(e.interventions[0].element, 1);
  EXPECT_EQ(fields<Series>()[e.interventions[0].field].name, "regularity");
  EXPECT_EQ(std::get<double>(e.interventions[0].value), 0.3);
  EXPECT_EQ(e.interventions[1].target, Target::hub);
  EXPECT_EQ(e.interventions[1].ramp, 6);
  EXPECT_EQ(e.interventions[1].until, 43);
  EXPECT_EQ(e.interventions[3].from, 18);
  EXPECT_EQ(e.interventions[3].until, 30);
  const Scenario g = read_scenario(docking("g-stress.toml")).scenario;
  EXPECT_EQ(std::get<std::vector<int>>(g.interventions[0].value), std::vector<int>{});
  EXPECT_EQ(std::get<std::vector<int>>(g.interventions[1].value), (std::vector<int>{2, 3, 4, 5}));
}

TEST(ReadScenario, AbsentKeysHaveTheirDefaults) {
  const ScenarioFile file = read_scenario(base);
  ASSERT_TRUE(file.ok()) << messages(file);
  const Scenario& s = file.scenario;
  EXPECT_EQ(s.organisations.members[2], 0);
  EXPECT_EQ(s.organisations.founding_share, 1);
  EXPECT_EQ(s.roles[0].viewpoint, 0);
  EXPECT_EQ(s.series[0].phase, 0);
  EXPECT_EQ(s.series[0].regularity, 1);
  EXPECT_EQ(s.series[0].until, 24);
  EXPECT_EQ(s.kinds[0].event_cost, 300);
  EXPECT_EQ(s.levers.information, 1);
  EXPECT_EQ(s.structure.influence, static_cast<int>(Influence::bounded_confidence));
  EXPECT_EQ(s.survey.month, 23);
}

TEST(ReadScenario, UntilBeyondTheEndIsTheEnd) {
  const ScenarioFile file =
      with("[[interventions]]\nset = \"levers.information\"\nvalue = 0\nuntil = \"2050-01\"\n[survey]\nmonth = 3\n");
  ASSERT_TRUE(file.ok()) << messages(file);
  EXPECT_EQ(file.scenario.interventions[0].until, 24);
  EXPECT_EQ(file.scenario.survey.month, 3);
}

TEST(ReadScenario, AWholeNumberServesAsANumberAndNotTheOtherWayRound) {
  EXPECT_TRUE(with("[parameters]\nbeta_mission = 3\n").ok());
  EXPECT_FALSE(with("[parameters]\nneeds = 2.0\n").ok());
}

TEST(ReadScenario, SixtyRegionsAreTheMost) {
  for (const int n : {60, 61}) {
    std::string regions, serves, hours;
    for (int i = 0; i < n; ++i) {
      regions += (i ? ", " : "") + std::string("{ name = \"r") + std::to_string(i) + "\", share = " + number_text(1.0 / n) + " }";
      serves += (i ? ", \"r" : "\"r") + std::to_string(i) + "\"";
      hours += "[";
      for (int j = 0; j < n; ++j) hours += "1.0, ";
      hours += "], ";
    }
    const std::vector<std::string> overrides{"regions=[" + regions + "]", "travel.hours=[" + hours + "]",
                                             "hubs=[{ name = \"Centre\", seat = \"r0\", fte = 1, serves = [" + serves + "] }]"};
    EXPECT_EQ(read_scenario(base, overrides).ok(), n == 60);
  }
}

TEST(Include, MergesTablesAndReplacesArraysAndInlineTables) {
  const Folder folder;
  folder.write("parts/base.toml", test::contents(base) + "[[interventions]]\nset = \"levers.information\"\nvalue = 0.5\n");
  folder.write("parts/middle.toml", head + "include = \"base.toml\"\n[levers]\nfacilitation = 0.5\n[kinds.meeting]\nbase = -1\n");
  const auto path = folder.write("top.toml", head + R"(include = "parts/middle.toml"
organisations.members = { nonprofit = 7 }
[levers]
online_access = 1
[kinds.party]
base = 0
networking = 1
awareness_gain = 0
yield = 0
[[series]]
name = "parties"
kind = "party"
hub = "Centre"
audience = "hub"
per_year = 1
hours = 1
[[interventions]]
set = "levers.facilitation"
value = 1
)");
  const ScenarioFile file = read_scenario(path);
  ASSERT_TRUE(file.ok()) << messages(file);
  const Scenario& s = file.scenario;
  EXPECT_EQ(s.organisations.members, (std::array<int, 3>{7, 0, 0}));
  EXPECT_EQ(s.levers.facilitation, 0.5);
  EXPECT_EQ(s.levers.online_access, 1);
  ASSERT_EQ(s.kinds.size(), 2u);
  EXPECT_EQ(s.kinds[0].base, -1);
  EXPECT_EQ(s.kinds[0].networking, 1);
  ASSERT_EQ(s.series.size(), 1u);
  EXPECT_EQ(s.series[0].kind, 1);
  ASSERT_EQ(s.interventions.size(), 2u);
  EXPECT_EQ(s.interventions[0].set, "levers.information");  // included ones come first
}

TEST(Include, EvidenceIsRelativeToTheFileThatNamesIt) {
  const ScenarioFile file = read_scenario(docking("b-other-rules.toml"));
  EXPECT_EQ(file.scenario.evidence, "../../../scenarios/evidence.toml");
  EXPECT_TRUE(fs::equivalent(file.evidence_path, test::source_dir() / "scenarios/evidence.toml"));
}

TEST(Include, TheSameFileTwiceIsNoLoop) {
  const Folder folder;
  folder.write("base.toml", test::contents(base));
  folder.write("a.toml", head + "include = \"base.toml\"\n");
  EXPECT_TRUE(read_scenario(folder.write("b.toml", head + "include = \"./a.toml\"\n")).ok());
}

TEST(Override, AnyKeyOfAScenario) {
  const std::vector<std::string> overrides{"levers.information=0",
                                           "hubs.Chicago.fte=1",
                                           "series.\"Outreach Day\".remote=0.5",
                                           "structure.decision=threshold",
                                           "calendar.months=48",
                                           "organisations.members.nonprofit=10",
                                           "kinds.meeting.base=-1",
                                           "parameters.K=4",
                                           "survey.month=2006-06",
                                           "name=\"a = b\"",
                                           "costs.fte=1e5",
                                           "series.'trainings'.until=2006-01"};
  const ScenarioFile file = read_scenario(illinois, overrides);
  ASSERT_TRUE(file.ok()) << messages(file);
  const Scenario& s = file.scenario;
  EXPECT_EQ(s.levers.information, 0);
  EXPECT_EQ(s.hubs[0].fte, 1);
  EXPECT_EQ(s.series[2].remote, 0.5);
  EXPECT_EQ(s.structure.decision, static_cast<int>(Decision::threshold));
  EXPECT_EQ(s.calendar.months, 48);
  EXPECT_EQ(s.organisations.members, (std::array<int, 3>{10, 17, 2}));
  EXPECT_EQ(s.kinds[0].base, -1);
  EXPECT_EQ(s.parameters.slots, 4);
  EXPECT_EQ(s.survey.month, 12);
  EXPECT_EQ(s.name, "a = b");
  EXPECT_EQ(s.costs.fte, 1e5);
  EXPECT_EQ(s.series[3].until, 7);
}

TEST(Override, TheLastOneHolds) {
  const std::vector<std::string> overrides{"levers.information=0", "levers.information=0.5"};
  EXPECT_EQ(read_scenario(illinois, overrides).scenario.levers.information, 0.5);
}

TEST(Override, ErrorsNameTheOverride) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"levers.informaton=1", "error: unknown key 'informaton' in [levers]; did you mean 'information'?"},
      {"hubs.Chicgo.fte=1", "error: hubs has nothing named 'Chicgo'; did you mean 'Chicago'?"},
      {"levers.facilitation=2", "error: facilitation = 2 is out of range; give a value within 0..1"},
      {"structure.decision=treshold", "error: decision: there is no choice 'treshold'; did you mean 'threshold'?"},
      {"levers.information", "error: no '=' in it; write --set path=value, as in --set levers.information=0"},
      {"hubs.Chicago=1", "error: 'Chicago' is no single value; name one of its keys too"},
      {"levers.information.x=1", "error: 'information' is a value, it has no 'x'; shorten the path"},
  };
  for (const auto& [text, message] : cases) {
    const std::vector<std::string> overrides{text};
    EXPECT_EQ(messages(read_scenario(illinois, overrides)), "--set " + text + ": " + message + "\n");
  }
}

TEST(Override, WrongTextsAreErrorsAndNeverMore) {
  for (const char* text : {"", "=", "=1", ".=1", "a.=1", "\"=1", "levers.information=", "levers.information=[1",
                           "levers.information=1\nx=2", "levers.information={", "levers=1", "include=\"x\"", "format=1", "a\"b=1",
                           "levers.'information=1", "regions.0.share=1"}) {
    const std::vector<std::string> overrides{text};
    EXPECT_FALSE(read_scenario(illinois, overrides).ok()) << text;
  }
}

TEST(ToToml, GivesTheSameScenarioBack) {
  std::vector<fs::path> paths{illinois, base};
  for (const auto& entry : fs::directory_iterator(docking(""))) {
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  }
  ASSERT_EQ(paths.size(), 8u);
  for (const fs::path& path : paths) {
    const Scenario scenario = read_scenario(path).scenario;
    const std::string text = to_toml(scenario);
    const ScenarioFile again = parse_scenario(text, "resolved");
    EXPECT_TRUE(again.ok()) << messages(again);
    EXPECT_TRUE(again.scenario == scenario) << path;
    EXPECT_EQ(to_toml(again.scenario), text);
  }
}

TEST(ToToml, KeepsAwkwardNumbersNamesAndEveryKindOfIntervention) {
  const ScenarioFile file = with(R"(
[kinds."a \"b\".c"]
base = 0.1
networking = 0.30000000000000004
awareness_gain = 5e-324
yield = 1e-5
[[hubs]]
name = "quote\" back\\slash é"
seat = "West"
serves = []
fte = 0.1
[[interventions]]
set = "hubs.Centre.serves"
value = ["West"]
from = 3
[[interventions]]
set = "hubs.Centre.convenor"
value = "members"
[[interventions]]
set = "hubs.Centre.seat"
value = "West"
[[interventions]]
set = "series.\"monthly meetings\".until"
value = "2020-06"
[[interventions]]
set = "series.\"monthly meetings\".audience"
value = "core"
[[interventions]]
set = "environment.support"
value = 0.1
ramp = 12
until = "2020-09"
)");
  ASSERT_TRUE(file.ok()) << messages(file);
  ASSERT_EQ(file.scenario.interventions.size(), 6u);
  EXPECT_EQ(std::get<int>(file.scenario.interventions[3].value), 5);
  const ScenarioFile again = parse_scenario(to_toml(file.scenario), "resolved");
  ASSERT_TRUE(again.ok()) << messages(again);
  EXPECT_TRUE(again.scenario == file.scenario);
  EXPECT_EQ(again.scenario.kinds[1].awareness_gain, 5e-324);
}

TEST(ParseScenario, CannotInclude) {
  EXPECT_EQ(messages(parse_scenario(head + "include = \"x.toml\"\n", "text")),
            "text:3:11: error: include is not possible in a text without a file; give the complete scenario\n");
}

TEST(Files, UnreadableOnesAreErrors) {
  EXPECT_FALSE(read_scenario(test::source_dir()).ok());
  EXPECT_FALSE(read_scenario("no/such/file.toml").ok());
  EXPECT_FALSE(read_scenario("").ok());
  const Folder folder;
  EXPECT_NE(messages(read_scenario(folder.write("huge.toml", std::string(5 << 20, '#')))).find("larger than 4 MiB"),
            std::string::npos);
  EXPECT_FALSE(read_scenario(folder.write("binary.toml", std::string("\x89HDF\r\n\x1a\n\0", 9))).ok());
}

TEST(Files, ByteOrderMarkAndWindowsLineEnds) {
  std::string text = "\xEF\xBB\xBF";
  for (const char c : test::contents(base)) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const ScenarioFile file = parse_scenario(text, "text");
  EXPECT_TRUE(file.ok()) << messages(file);
}

// Whatever the bytes: an answer, and a place in the file for every error.
void expect_an_answer(const std::string& text) {
  const ScenarioFile file = parse_scenario(text, "text");
  for (const Diagnostic& diagnostic : file.diagnostics) {
    EXPECT_EQ(diagnostic.file, "text");
    EXPECT_GE(diagnostic.line, 1) << to_string(diagnostic);
    EXPECT_FALSE(diagnostic.problem.empty());
  }
}

TEST(DamagedText, CutAnywhere) {
  const std::string text = test::contents(illinois);
  for (std::size_t length = 0; length < text.size(); length += 97) expect_an_answer(text.substr(0, length));
}

TEST(DamagedText, BytesChangedAtRandom) {
  const std::string text = test::contents(illinois) + test::contents(docking("e-interventions.toml")).substr(120);
  std::mt19937 random(7);
  const std::string telling = "[]{}\"'=.,#\n\r\\@ 0-\xCD\xA8\xFF";
  for (int repeat = 0; repeat < 2000; ++repeat) {
    std::string damaged = text;
    for (unsigned change = random() % 4 + 1; change > 0; --change) {
      const std::size_t at = random() % damaged.size();
      if (random() % 3 == 0)
        damaged.erase(at, 1);
      else
        damaged[at] = random() % 2 ? telling[random() % telling.size()] : static_cast<char>(random());
    }
    expect_an_answer(damaged);
  }
}

TEST(DamagedText, WhatTomlppCannotStand) {
  for (const char* text : {"[@",
                           "[ @",
                           "[[@",
                           "[[ @",
                           "[",
                           "[[",
                           "[=",
                           "[.a]",
                           "[,]",
                           "[+]",
                           "[#",
                           "[\n",
                           "[{",
                           "[\"",
                           "['",
                           "[a.",
                           "[a.]",
                           "\xCD\xA8",
                           "a\xCD\xA8 = 1",
                           "[a\xCD\xA8]",
                           "{",
                           "}",
                           "]",
                           "=",
                           "a",
                           "a.",
                           "a.=",
                           "a=",
                           "a=[",
                           "a=[[[[",
                           "a={",
                           "a={@",
                           "a={b",
                           "a={b=",
                           "a={b=1",
                           "a=\"\\",
                           "a=\"\"\"",
                           "a=\"\"\"\\",
                           "a='''",
                           "a=1\n[a]",
                           "a=1e",
                           "a=0x",
                           "a=+",
                           "a=2020-",
                           "a=t",
                           "\"\"=1",
                           "\"\".\"\"=1",
                           "\"\"\"a\"\"\"=1",
                           "a.b=1\na.b.c=2",
                           "[a]\n[[a]]",
                           "[[a]]\n[a]",
                           "a=[]\n[[a]]",
                           "a={}\n[a.b]",
                           "# \xCD"}) {
    EXPECT_FALSE(parse_scenario(text, "text").ok()) << text;
  }
  std::string nested = "a = ";
  for (int i = 0; i < 100'000; ++i) nested += "[";
  EXPECT_FALSE(parse_scenario(nested, "text").ok());
}

}  // namespace
}  // namespace coalis
