// What is written of a coalition's own tables has the values that the tables have: numbers and months of events, who was a member
// when, strengths of ties, and the same regions whoever is added.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "coalis/core/diagnostic.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/io/import/import_files.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "io/import/event_rhythm.hpp"
#include "io/import/table_dates.hpp"
#include "io/import/table_shape.hpp"

namespace coalis {
namespace {

Imported read(std::vector<ImportInput> files, ImportAnswers answers = {}) { return import_tables(files, answers); }

bool any_has(const std::vector<std::string>& texts, const std::string& part) {
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) { return text.find(part) != text.npos; });
}

Scenario scenario_of(const Imported& imported) {
  const ScenarioFile file = parse_scenario(imported_scenario(imported, "Ours", "").complete, "ours.toml");
  for (const Diagnostic& problem : file.diagnostics) EXPECT_TRUE(problem.warning) << to_string(problem);
  return file.scenario;
}

const std::string pair_of_members = "Organization,2024-01-09,2024-02-13\nA Aid,1,0\nB Aid,0,1\n";

// As many events as the table has, in the months of the rhythm, held by the engine itself.
TEST(Import, AsManyEventsAreHeldAsTheTableHas) {
  Scenario scenario = scenario_of(read({{"a.csv", "Organization,2024-01-09,2028-12-12\nA Aid,1,0\nB Aid,0,1\n"}}));
  ASSERT_EQ(scenario.series.size(), 1u);
  Recording recording{false, false, false, false, false};
  recording.sheets = true;
  const auto& outcomes = outcome_quantities();
  const auto held = static_cast<std::size_t>(
      std::find_if(outcomes.begin(), outcomes.end(), [](const Quantity& q) { return q.name == "events_held.meeting"; }) -
      outcomes.begin());
  for (int length = 2; length <= 60; ++length)
    for (int events = 1; events <= 60; ++events) {
      std::vector<int> told;
      for (int k = 0; k < events; ++k) told.push_back(k * length / events);
      const io::Rhythm rhythm = io::rhythm_of(told, length);
      scenario.calendar.months = length, scenario.series[0].until = length;
      scenario.series[0].per_year = std::stod(rhythm.per_year), scenario.series[0].phase = std::stod(rhythm.phase);
      RunRecord record;
      Simulator(make_plan(scenario)).run(1, 0, recording, record);
      ASSERT_EQ(record.outcomes[held], events) << events << " in " << length << " months";
      const std::set<int> months(rhythm.held.begin(), rhythm.held.end());
      const std::size_t organisations = record.sheets.size() / static_cast<std::size_t>(length);
      for (int m = 0; m < length; ++m)
        ASSERT_EQ(record.sheets[static_cast<std::size_t>(m) * organisations] >= 0, months.contains(m)) << m << " of " << length;
    }
}

TEST(Import, EventsLieAsNearToTheirMonthsAsEqualDistancesCan) {
  EXPECT_EQ(io::rhythm_of({0, 2, 4, 6, 8, 10}, 11).held, (std::vector<int>{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(io::rhythm_of({0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20}, 21).held.back(), 20);
  EXPECT_EQ(io::rhythm_of({7}, 23).held, std::vector<int>{7});
  EXPECT_EQ(io::rhythm_of({0, 11}, 23).per_year, "1.0435");  // 1.04347...: rounded up
  EXPECT_EQ(io::rhythm_of({0, 1, 2, 3}, 4).phase, "0.00");
  const Imported imported = read({{"a.csv", "Organization,2024-01-09,2024-02-13,2024-07-02\nA Aid,1,0,1\nB Aid,0,1,1\n"}});
  const ImportedScenario scenario = imported_scenario(imported, "Ours", "");
  EXPECT_TRUE(any_has(scenario.assumed, "A scenario holds events at equal distances"));
  EXPECT_FALSE(any_has(imported_scenario(read({{"a.csv", pair_of_members}}), "Ours", "").assumed, "equal distances"));
}

TEST(Import, TwoColumnsOfOrganisationsAreTies) {
  const std::string members = "Organization,Sector\nA Aid,Nonprofit\nB Aid,Nonprofit\n";
  for (const char* heading : {"Organization A,Organization B", "Organization 1,Organization 2", "Organization,Organization",
                              "Agency (1),Agency (2)", "From,To", "Organization,Works with", "Member 1,Member 2"}) {
    const Imported imported =
        read({{"members.csv", members}, {"partners.csv", std::string(heading) + "\nA Aid,B Aid\nA Aid,C Aid\n"}},
             {"", "organisations", "nonmembers", "", {}});
    EXPECT_EQ(imported.files[1].shape, "ties") << heading;
    EXPECT_EQ(imported.files[1].used, 2) << heading;
    EXPECT_EQ(imported.ties.size(), 2u) << heading;
    EXPECT_EQ(imported_members(imported).size(), 2u) << heading;
  }
  for (const char* other :
       {"Organization 1,Organization 2,Sector\nA,B,Nonprofit\n", "Organization 1,Organization 2,Email\nA,B,c@d.org\n"})
    EXPECT_NE(io::recognised(io::source_table(other, "t.csv")).shape, io::Shape::ties) << other;
  const Imported told =
      read({{"members.csv", members}, {"p.csv", "Agency,Friend\nA Aid,B Aid\n"}}, {"", "", "", "", {{"p.csv", "ties"}}});
  EXPECT_EQ(told.ties.size(), 1u);
  EXPECT_EQ(told.files[1].used, 1);
}

TEST(Import, StrengthsOfTiesAreKept) {
  const std::string members = "Organization,Sector\nA Aid,Nonprofit\nB Aid,Nonprofit\nC Aid,Nonprofit\nD Aid,Nonprofit\n";
  const std::string ties =
      "From,To,Strength\nA Aid,B Aid,5\nA Aid,C Aid,\"0,5\"\nA Aid,D Aid,0\nB Aid,C Aid,-2\nB Aid,D Aid,x\nC Aid,D Aid,1\nD "
      "Aid,C Aid,2\n";
  const Imported imported = read({{"members.csv", members}, {"ties.csv", ties}});
  EXPECT_EQ(imported_scenario(imported, "Ours", "").ties,
            "source,target,weight\nA Aid,B Aid,1.0000\nA Aid,C Aid,0.1000\nB Aid,D Aid,\nC Aid,D Aid,0.4000\n");
  EXPECT_EQ(imported.files[1].left_out.at("a tie of weight 0: they do not work together"), std::vector<int>{4});
  EXPECT_EQ(imported.files[1].left_out.at("a tie of a weight below 0"), std::vector<int>{5});
  EXPECT_TRUE(
      any_has(imported.files[1].notes, "1 cell of strength with no number: the tie is taken, its strength is not (line 6)"));
  const Imported matrix = read({{"n.csv", "Organization,A Aid,B Aid,C Aid\nA Aid,,1,0.25\nB Aid,1,,0\nC Aid,0,?,\n"}});
  EXPECT_EQ(imported_scenario(matrix, "Ours", "").ties, "source,target,weight\nA Aid,B Aid,1.0000\nA Aid,C Aid,0.2500\n");
  const Imported plain = read({{"n.csv", "Organization,A Aid,B Aid,C Aid\nA Aid,,1,0\nB Aid,1,,0\nC Aid,0,0,\n"}});
  EXPECT_EQ(imported_scenario(plain, "Ours", "").ties, "source,target,weight\nA Aid,B Aid,\n");
}

// What is told of the months in which it was no member is unknown, whether it came or not: else only those who came are counted.
TEST(Import, OutsideOfMembershipNothingIsKnown) {
  const Imported imported =
      read({{"m.csv",
             "Organization,Sector,Joined,Left\nA Aid,Nonprofit,2024-03-01,\nB Aid,Nonprofit,,2024-02-20\nC "
             "Aid,Nonprofit,2020-01-01,\nD Aid,Nonprofit,2020-01-01,2023-01-01\nE Aid,Nonprofit,2030-01-01,\n"},
            {"a.csv",
             "Organization,2024-01-09,2024-02-13,2024-03-12,2024-04-09,2024-04-10 training\nA Aid,1,0,1,0,1\nB "
             "Aid,0,1,1,0,0\nC Aid,1,1,0,1,0\nD Aid,1,0,0,0,0\nE Aid,1,0,0,0,0\n"}});
  const AttendanceList list = imported_attendance(imported);
  EXPECT_EQ(list.members, (std::vector<std::string>{"A Aid", "B Aid", "C Aid"}));
  EXPECT_EQ(list.table.cells, (std::vector<std::int8_t>{-1, -1, 1, 0, 0, 1, -1, 0, 1, 1, 0, 1}));
  EXPECT_EQ(imported.organisations[0].attended, (std::array{1, 1, 0}));
  EXPECT_EQ(scenario_of(imported).organisations.roster.size(), 3u);
  const ImportedScenario scenario = imported_scenario(imported, "Ours", "");
  EXPECT_TRUE(any_has(scenario.assumed, "2 organisations (A Aid, E Aid) came before joining"));
  EXPECT_TRUE(any_has(scenario.assumed, "2 organisations (B Aid, D Aid) came after leaving"));
}

TEST(Import, MembersAreCalledTheSameInBothTables) {
  const Imported imported =
      import_tables({{"a.csv", "Organization,2024-01-09,2024-02-13\nField Aid,1,0\nFIELD AID,0,1\nNon-member 2,1,1\n"}}, {},
                    {{"Field Aid", "FIELD AID", "no", ""}});
  EXPECT_EQ(imported_attendance(imported).members, (std::vector<std::string>{"Field Aid", "FIELD AID (2)", "The Non-member 2"}));
  EXPECT_EQ(scenario_of(imported).organisations.roster[1].name, "FIELD AID (2)");
}

TEST(Import, NumberedMeetingsAreReadInTheOrderOfTheirNumbers) {
  const Imported imported =
      read({{"a.csv", "Organization,Meeting 3,Meeting 1,Meeting 2,Meeting 4\nA Aid,1,0,0,x\nB Aid,0,1,1,yes\n"}});
  EXPECT_EQ(imported.files[0].shape, "attendance matrix");
  EXPECT_EQ(imported_attendance(imported).table.cells, (std::vector<std::int8_t>{0, 0, 1, 1, 1, 1, 0, 1}));
  const Imported twice = read({{"a.csv", "Organization,Sector,m1,m2,m2\nA Aid,Nonprofit,1,0,1\n"}});
  EXPECT_TRUE(any_has(twice.files[0].notes, "marks below headings that tell no date: not read (columns 3, 4, 5)"));
}

TEST(Import, ColumnsOfNoDayAndOfOneDayAreSaid) {
  for (const char* none : {"2022-13-01", "30.02.2022", "13/2024", "2024-13", "31/04/2024"})
    EXPECT_TRUE(io::is_no_such_day(none)) << none;
  for (const char* other :
       {"2022-12-01", "555-0142", "312-555-0142", "192.168.1.20", "7", "2024", "1.5", "05/03/2024", "", "12/12"})
    EXPECT_FALSE(io::is_no_such_day(other)) << other;
  const Imported imported = read(
      {{"a.csv", "Organization,2022-01-05,2022-13-01,30.02.2022,2022-02-09,2022-02-09\nA Aid,1,1,1,0,1\nB Aid,0,1,1,0,0\n"}});
  EXPECT_TRUE(any_has(imported.files[0].notes, "2 columns headed by a day that there is not: not read (columns 3, 4)"));
  EXPECT_TRUE(any_has(imported.files[0].notes,
                      "2 columns of 2022-02-09: taken as one event, to which came who came by either (columns 5, 6)"));
  EXPECT_EQ(imported_attendance(imported).table.cells, (std::vector<std::int8_t>{1, 1, 0, 0}));
}

TEST(Import, ASheetThatNobodySignedIsAMeeting) {
  const Imported imported = read({{"m.csv", "Organization,Sector\nA Aid,Nonprofit\n"},
                                  {"sign-in 2024-03-12.csv", "Name,Organization\nJane Doe,A Aid\n"},
                                  {"sign-in 2024-04-09.csv", "Name,Organization\n"},
                                  {"members 2024-05-01.csv", "Name,Organization\n"}});
  EXPECT_EQ(imported.files[2].shape, "sign-in sheet");
  EXPECT_EQ(imported.files[3].shape, "unknown");
  EXPECT_EQ(imported_attendance(imported).meetings, (std::vector<std::string>{"2024-03", "2024-04"}));
  EXPECT_EQ(imported_attendance(imported).table.cells, (std::vector<std::int8_t>{1, 0}));
}

TEST(Import, ASheetsNameTellsTheOrderOfItsDates) {
  const Imported imported = read({{"sign-in 2022-02-10.csv", "Sheet\nDate:,02/10/2022\nName,Organization\nJane Doe,A Aid\n"},
                                  {"sign-in 2022-11-03.csv", "Sheet\nDate:,03/11/2022\nName,Organization\nJane Doe,A Aid\n"}});
  EXPECT_TRUE(imported.questions.empty());
  ASSERT_EQ(imported.events.size(), 2u);
  EXPECT_EQ(imported.events[0].day, "2022-02-10");
  EXPECT_EQ(imported.events[1].day, "2022-11-03");
  EXPECT_TRUE(imported.answers.dates.empty());  // the two differ
  const Imported beside = read({{"calendar.csv", "Date,Event\n02/10/2022,Plenary\n03/11/2022,Plenary\n"},
                                {"sign-in 2022-02-10.csv", "Sheet\nDate:,02/10/2022\nName,Organization\nJane Doe,A Aid\n"}});
  EXPECT_TRUE(beside.questions.empty());
  EXPECT_EQ(beside.answers.dates, "mdy");
  EXPECT_EQ(beside.events.size(), 2u);
  EXPECT_EQ(read({{"sign-in 2022-05-05.csv", "Sheet\nDate:,02/10/2022\nName,Organization\nJane Doe,A Aid\n"}}).questions.size(),
            1u);
}

TEST(Import, WhatIsNotKnownOfMembersIsListedWithItsLine) {
  const Imported imported =
      read({{"m.csv",
             "Organization,Sector,County,Joined\nA Aid,Wizardry,Adams,soon\nB Aid,Religious,Adams,2024-01-01\nC "
             "Aid,union,Adams,\nD Aid,wizardry,Adams,\n"}});
  EXPECT_EQ(imported.organisations[1].sector, "nonprofit");
  EXPECT_EQ(imported.organisations[2].sector, "nonprofit");
  EXPECT_TRUE(
      any_has(imported.files[0].notes, "none of nonprofit, public and for-profit, 'Wizardry': taken as not told (line 2)"));
  EXPECT_TRUE(any_has(imported.files[0].notes, "1 entry of joining or leaving could not be read as a date (line 2)"));
}

TEST(Import, RegionsKeepTheirOrderAndTheOfficeItsSeat) {
  const std::string head = "Organization,Sector,County\n",
                    two = "A Aid,Nonprofit,Brown\nB Aid,Nonprofit,Brown\nC Aid,Nonprofit,Adams\n";
  const ImportedScenario first = imported_scenario(read({{"m.csv", head + two}}), "Ours", "");
  EXPECT_EQ(first.seat, "Brown");
  EXPECT_LT(first.text.find("name = \"Adams\""), first.text.find("name = \"Brown\""));
  const std::string more = head + two + "D Aid,Nonprofit,Adams\nE Aid,Nonprofit,Adams\n";
  EXPECT_EQ(imported_scenario(read({{"m.csv", more}}), "Ours", "").seat, "Adams");
  ImportAnswers answers;
  answers.seat = "brown";
  const Imported again = read({{"m.csv", more}}, answers);
  EXPECT_EQ(imported_scenario(again, "Ours", "").seat, "Brown");
  std::vector<Diagnostic> problems;
  EXPECT_EQ(parse_mapping(mapping_text(again), "mapping.toml", problems).seat, "brown");
}

TEST(Import, WhatIsCalledOtherIsOne) {
  const Imported imported = read({{"m.csv",
                                   "Organization,Sector,Service\nA Aid,Nonprofit,Other\nB Aid,Nonprofit,other\nC "
                                   "Aid,Nonprofit,law\nD Aid,Nonprofit,food\n"}});
  EXPECT_EQ(scenario_of(imported).roles.size(), 1u);
}

TEST(Import, RowsOfACalendarThatNoMonthHasAreLeftOut) {
  const Imported imported = read({{"calendar.csv", "Date,Event\n2024-01-09,Plenary\n2024-03-12,Plenary\n2025-03-12,Plenary\n"},
                                  {"a.csv", "Organization,2024-01-09,2024-03-12\nA Aid,1,0\n"}});
  EXPECT_EQ(imported.files[0].used, 2);
  EXPECT_EQ(imported.files[0].left_out.at("before the first or after the last event of which it is known who came"),
            std::vector<int>{4});
  const Imported unknown = read({{"x.csv", "x,y\n1,2\n"}});
  EXPECT_EQ(unknown.files[0].rows, 2);
  EXPECT_EQ(unknown.files[0].left_out.at("no table that is known"), (std::vector<int>{1, 2}));
}

TEST(Import, ChecksumsOfWhatWasWrittenAreReadAgain) {
  const std::map<std::string, std::string> sums{{"ours.toml", "0123456789abcdef"}, {"members.csv", "00"}};
  const std::string mapping = "format = \"coalis-mapping\"\nversion = 1\n\n[answers]\n" + written_text(sums);
  EXPECT_EQ(parse_written(mapping), sums);
  EXPECT_TRUE(parse_written("no toml [").empty());
  std::vector<Diagnostic> problems;
  parse_mapping(mapping, "mapping.toml", problems);
  EXPECT_TRUE(problems.empty());
}

}  // namespace
}  // namespace coalis
