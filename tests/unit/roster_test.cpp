// Rosters: what a table of organisations says, what is wrong with one and where, and that a text of a scenario holds all of it.
#include "coalis/model/roster.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "coalis/core/draws.hpp"
#include "coalis/core/names.hpp"
#include "coalis/io/scenario/resolved.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/packed.hpp"
#include "coalis/questions/fitted.hpp"
#include "support/folder.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

using test::Folder;

const std::string four =
    "name,sector,role,region,joined,left\n"
    "Legal Aid,nonprofit,legal,Chicago,2004-01,\n"
    "\"Shelter, North\",nonprofit,shelter,,2006-02,2008-01\n"
    "County Police,public,law enforcement,Central,,2009-06\n"
    "Abbey Zed,,,,2005-06,\n";

// A scenario beside its tables, on top of Illinois. `keys`: of [organisations].
ScenarioFile read(const Folder& folder, const std::string& rows, const std::string& keys = "", const std::string& ties = "",
                  std::vector<std::string> set = {}) {
  folder.write("members.csv", rows);
  if (!ties.empty()) folder.write("ties.csv", ties);
  return read_scenario(folder.write("ours.toml", "format = \"scenario\"\nversion = 2\ninclude = \"" +
                                                     (test::source_dir() / "scenarios/illinois.toml").string() +
                                                     "\"\n[organisations]\nfile = \"members.csv\"\n" +
                                                     (ties.empty() ? "" : "ties = \"ties.csv\"\n") + keys),
                       set);
}

Scenario right(const ScenarioFile& file) {
  for (const Diagnostic& d : file.diagnostics) EXPECT_TRUE(d.warning) << to_string(d);
  return file.scenario;
}

// "members.csv:3:5: there is no sector 'x'; ..." of the first error, without the folder.
std::string first_error(const ScenarioFile& file) {
  for (const Diagnostic& d : file.diagnostics)
    if (!d.warning) {
      const std::string text = to_string(d);
      return text.substr(text.rfind('/', text.find(": ")) + 1);
    }
  return "";
}

TEST(Roster, KnownIsTakenAndEmptyIsUnknown) {
  const Folder folder;
  const Scenario s = right(read(folder, four));
  const auto& roster = s.organisations.roster;
  ASSERT_EQ(roster.size(), 4u);
  EXPECT_EQ(roster[0].name, "Abbey Zed");  // by name
  EXPECT_EQ(roster[1].name, "County Police");
  EXPECT_EQ(roster[3].name, "Shelter, North");
  const Member unknown = roster[0], police = roster[1], legal = roster[2], shelter = roster[3];
  EXPECT_EQ((std::array{unknown.sector, unknown.role, unknown.region, unknown.joined, unknown.left}),
            (std::array{-1, -1, -1, 0, -1}));
  EXPECT_EQ((std::array{police.sector, police.role, police.region, police.joined, police.left}), (std::array{1, 3, 3, -1, 43}));
  EXPECT_EQ((std::array{legal.sector, legal.role, legal.region, legal.joined, legal.left}), (std::array{0, 2, 0, 0, -1}));
  EXPECT_EQ((std::array{shelter.sector, shelter.role, shelter.region, shelter.joined, shelter.left}),
            (std::array{0, 6, -1, 8, 31}));
  EXPECT_EQ(s.organisations.members, (std::array{3, 1, 0}));  // the unknown one as most of the others
  EXPECT_EQ(s.organisations.count(), 4);
}

TEST(Roster, ColumnsMayBeMissingAndInAnyOrder) {
  const Folder folder;
  const Scenario s =
      right(read(folder, "\xEF\xBB\xBFregion,name\r\nNorth,B\r\n,A\r\n", "members = { nonprofit = 1, public = 1 }\n"));
  EXPECT_EQ(s.organisations.roster[0].name, "A");
  EXPECT_EQ(s.organisations.roster[1].region, 2);
  EXPECT_EQ(s.organisations.members, (std::array{1, 1, 0}));
}

TEST(Roster, UnknownSectorsAreSharedOutByTheLargestRemainders) {
  const Folder folder;
  std::string rows = "name,sector\n";
  for (int i = 0; i < 10; ++i) rows += "k" + std::to_string(i) + (i < 6 ? ",nonprofit\n" : i < 9 ? ",public\n" : ",for_profit\n");
  for (int i = 0; i < 7; ++i) rows += "u" + std::to_string(i) + ",\n";  // 4.2, 2.1, .7
  EXPECT_EQ(right(read(folder, rows)).organisations.members, (std::array{10, 5, 2}));
}

TEST(Roster, OrderOfRowsIsNoPartOfAScenario) {
  const Folder folder;
  const std::string ties = "source,target,weight\nLegal Aid,Abbey Zed,.5\ncounty police,Legal Aid,\nAbbey Zed,Legal Aid,0.25\n";
  const Scenario s = right(read(folder, four, "", ties));
  const Scenario other = right(read(folder,
                                    "name,left,joined,region,role,sector\nCounty Police,2009-06,,Central,law "
                                    "enforcement,public\nAbbey Zed,,2005-06,,,\n\n# a remark\n\"Shelter, "
                                    "North\",2008-01,2006-02,,shelter,nonprofit\nLegal Aid,,2004-01,Chicago,legal,nonprofit\n",
                                    "", "target,source\nLegal Aid,County  Police\n"));
  EXPECT_EQ(s.organisations.roster, other.organisations.roster);
  ASSERT_EQ(s.organisations.ties.size(), 2u);
  EXPECT_EQ(s.organisations.ties[0], (KnownTie{0, 2, .5}));  // of two rows of a pair the stronger
  EXPECT_EQ(s.organisations.ties[1], (KnownTie{1, 2, -1}));
  EXPECT_EQ(other.organisations.ties, (std::vector{KnownTie{1, 2, -1}}));
}

TEST(Roster, ATextOfTheScenarioHoldsAllOfIt) {
  const Folder folder;
  const Scenario s = right(read(folder, four + "\"'=Sum \"\"A\"\"\",public,,,2007-01,\n'-Hope-,,,,,\n", "nonmembers = 3\n",
                                "source,target,weight\nLegal Aid,Abbey Zed,0.3333333333333333\n"));
  const std::string text = to_toml(s);
  const ScenarioFile again = parse_scenario(text, "text");
  ASSERT_TRUE(again.ok()) << to_string(again.diagnostics.front());
  EXPECT_EQ(again.scenario, s);
  EXPECT_EQ(to_toml(again.scenario), text);
  EXPECT_EQ(unpacked(packed(s)), s);
  EXPECT_EQ(s.organisations.roster[0].name, "-Hope-");
  // Without a roster nothing of it is there.
  const Scenario plain = read_scenario(test::source_dir() / "scenarios/illinois.toml").scenario;
  EXPECT_EQ(to_toml(plain).find("rows"), std::string::npos);
  EXPECT_EQ(unpacked(packed(plain)), plain);
}

TEST(Roster, IsPartOfWhatAScenarioIs) {
  const Folder folder;
  const Scenario s = right(read(folder, four)), moved = right(read(folder, four.substr(0, four.size() - 9) + "2005-07,\n"));
  EXPECT_NE(to_toml(s), to_toml(moved));
  EXPECT_NE(coalition_key(s), coalition_key(moved));
  const auto found = differences(s, moved);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].path, "organisations.rows.\"Abbey Zed\"");
  EXPECT_EQ(found[0].a, "{ joined = \"2005-06\" }");
  EXPECT_EQ(found[0].b, "{ joined = \"2005-07\" }");
  auto values = resolved_values(s);
  EXPECT_EQ(keep_paths(values, std::vector<std::string>{"organisations.rows.\"Shelter, North\""}), "");
  ASSERT_EQ(values.size(), 1u);
  EXPECT_EQ(values[0].value, "{ sector = \"nonprofit\", role = \"shelter\", joined = \"2006-02\", left = \"2008-01\" }");
  const ScenarioFile file = read(folder, four);
  EXPECT_EQ(origin_text(values[0], file.origins).substr(origin_text(values[0], file.origins).rfind('/') + 1), "members.csv:3");
}

TEST(Roster, KeysAreOfNamesAlone) {
  const Folder folder;
  const Scenario s = right(read(folder, four));
  for (const Member& member : s.organisations.roster) EXPECT_EQ(member.key, hash_name(name_key(member.name))) << member.name;
  EXPECT_EQ(s.organisations.roster[2].key, hash_name("legal aid"));
  std::unordered_set<std::uint32_t> taken;
  EXPECT_EQ(free_key(7, taken), 7u);
  EXPECT_EQ(free_key(7, taken), 8u);
  EXPECT_EQ(free_key(7, taken), 9u);
  EXPECT_EQ(free_key(0xffffffffu, taken), 0xffffffffu);
  EXPECT_EQ(free_key(0xffffffffu, taken), 0u);
}

TEST(Roster, NamesAreFoundAsPeopleWriteThem) {
  const Folder folder;
  Scenario s = right(read(folder, four, "nonmembers = 2\n"));
  EXPECT_EQ(organisation_named(s, "legal  AID"), 2);
  EXPECT_EQ(organisation_named(s, "non-member 2"), 5);
  EXPECT_EQ(organisation_named(s, "nobody"), -1);
  EXPECT_EQ(organisation_name(s, 1), "County Police");
  EXPECT_EQ(organisation_name(s, 4), "non-member 1");
  s.organisations.roster.clear();
  EXPECT_EQ(organisation_name(s, 1), "");
  EXPECT_EQ(organisation_named(s, ""), -1);
}

TEST(Roster, WhatIsWrongIsSaidWithItsPlace) {
  const Folder folder;
  const std::string head = "name,sector,role,region,joined,left\nLegal Aid,nonprofit,legal,North,2006-01,\n";
  const auto says = [&](const std::string& rows, const std::string& text, const std::string& keys = "",
                        const std::string& ties = "", std::vector<std::string> set = {}) {
    EXPECT_TRUE(first_error(read(folder, rows, keys, ties, std::move(set))).starts_with(text))
        << first_error(read(folder, rows, keys, ties)) << "\nfor " << text;
  };
  says(head + "B,profit,,,,\n", "members.csv:3:3: error: there is no sector 'profit'");
  says(head + "B,non-profit,,,,\n", "members.csv:3:3: error: there is no sector 'non-profit'; did you mean 'nonprofit'?");
  says(head + "B,,leagl,,,\n", "members.csv:3:4: error: there is no role 'leagl'; did you mean 'legal'?");
  says(head + "B,,,Nort,,\n", "members.csv:3:5: error: there is no region 'Nort'; did you mean 'North'?");
  says(head + "B,,,,2006/02,\n", "members.csv:3:6: error: '2006/02' is no month; write it as YYYY-MM");
  says(head + "B,,,,2006-02,2006-02\n", "members.csv:3:14: error: 'B' leaves before it has been a member");
  says(head + "B,,,,,2005-06\n", "members.csv:3:7: error: 'B' left before the calendar begins; leave its row out");
  says(head + "legal  aid,,,,,\n", "members.csv:3:1: error: 'legal  aid' and 'Legal Aid' (");
  says(head + "Legal Aid,,,,,\n", "members.csv:3:1: error: the organisation 'Legal Aid' is there twice (");
  says(head + ",,,,,\n", "members.csv:3:1: error: an organisation without a name");
  says(head + "=A1,,,,,\n", "members.csv:3:1: error: '=A1' is a formula to a spreadsheet");
  says(head + "Non-Member 3,,,,,\n",
       "members.csv:3:1: error: 'Non-Member 3' is what organisations that are no members are called");
  says(head + "B,,,\n", "members.csv:3:1: error: 4 fields for 6 columns");
  says("name,sektor\nA,\n", "members.csv:1:6: error: unknown column 'sektor'; did you mean 'sector'?");
  says("sector,role\npublic,\n", "members.csv:1:1: error: it is not a table of organisations: it has no column 'name'");
  says("name;sector\nA;public\n", "members.csv:1:1: error: columns that are not separated by commas");
  says("name,sector\n", "members.csv:1:1: error: it has no row");
  says("", "ours.toml:5:8: error: a table of organisations '");
  says("format = \"scenario\"\n", "members.csv:1:10: error: it is a scenario, not a table of organisations");
  says("name\nA\nB\n", "ours.toml:5:1: error: the roster knows no sector");
  says(head, "ours.toml:6:11: error: members add up to 2, the roster has 1", "members = { public = 2 }\n");
  says(head, "ours.toml:6:11: error: the roster has 1 of the sector nonprofit, members say 0", "members = { public = 1 }\n");
  says(head, "ours.toml:5:8: error: there are both file and rows", "rows = []\n");
  says(head, "--set organisations.file=x.csv: error: file names a table here, where no file is read", "", "",
       {"organisations.file=x.csv"});
  says(head, "ties.csv:2:11: error: the roster has no organisation 'Legal Aide'; did you mean 'Legal Aid'?", "",
       "source,target\nLegal Aid,Legal Aide\n");
  says(head, "ties.csv:2:11: error: a tie of 'legal aid' with itself", "", "source,target\nLegal Aid,legal aid\n");
  says(head + "B,,,,,\n", "ties.csv:3:13: error: the weight of a tie is above 0 and at most 1, not '2'", "",
       "source,target,weight\nLegal Aid,B,1\nLegal Aid,B,2\n");
  says(head, "ties.csv:1:1: error: it is not a table of ties: it has no column 'target'", "", "source\nLegal Aid\n");
}

TEST(Roster, WhatIsOddIsAWarning) {
  const Folder folder;
  std::string rows = four, ties = "source,target\n";
  for (int i = 0; i < 9; ++i) rows += "x" + std::to_string(i) + ",,,,,\n", ties += "Legal Aid,x" + std::to_string(i) + "\n";
  const ScenarioFile file = read(folder, rows + "Late,,,,2107-01,\n", "", ties);
  ASSERT_TRUE(file.ok());
  std::vector<std::string> said;
  for (const Diagnostic& d : file.diagnostics) said.push_back(d.problem);
  EXPECT_NE(std::find(said.begin(), said.end(), "'Late' joins after the end of the calendar"), said.end());
  EXPECT_NE(std::find(said.begin(), said.end(),
                      "1 organisation has more ties than the 8 that one has in the model (parameters.K); 'Legal Aid' has 9"),
            said.end());
  EXPECT_EQ(parse_scenario(to_toml(file.scenario), "text").scenario, file.scenario);
}

TEST(Roster, ManyMistakesAreAScreenful) {
  const Folder folder;
  std::string rows = "name,region\n";
  for (int i = 0; i < 1000; ++i) rows += "x" + std::to_string(i) + ",nowhere\n";
  const auto& said = read(folder, rows).diagnostics;
  EXPECT_GE(said.size(), 20u);
  EXPECT_LE(said.size(), 25u);
}

TEST(Roster, TheOriginOfMembersIsTheRoster) {
  const Folder folder;
  const ScenarioFile file = read(folder, four);
  EXPECT_EQ(file.origins.at("organisations.members.public").line, 5);
  EXPECT_EQ(read(folder, four, "members = { nonprofit = 3, public = 1 }\n").origins.at("organisations.members.public").line, 6);
}

TEST(Roster, AFileOnTopBringsItsOwn) {
  const Folder folder;
  right(read(folder, four, "", "source,target\nLegal Aid,Abbey Zed\n"));
  folder.write("few.csv", "name,sector\nNew One,public\n");
  const Scenario s = right(read_scenario(folder.write(
      "few.toml", "format = \"scenario\"\nversion = 2\ninclude = \"ours.toml\"\n[organisations]\nfile = \"few.csv\"\n")));
  ASSERT_EQ(s.organisations.roster.size(), 1u);
  EXPECT_EQ(s.organisations.members, (std::array{0, 1, 0}));
  EXPECT_TRUE(s.organisations.ties.empty());
}

}  // namespace
}  // namespace coalis
