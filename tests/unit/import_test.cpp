// Readers of a coalition's own tables: encodings, delimiters and quotes, dates, headings, shapes, names, personal data.
#include <gtest/gtest.h>

#include <algorithm>

#include "coalis/core/diagnostic.hpp"
#include "coalis/io/import/import_files.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "io/import/decoded_text.hpp"
#include "io/import/delimited_text.hpp"
#include "io/import/table_dates.hpp"
#include "io/import/table_shape.hpp"
#include "tasks/workbooks.hpp"

namespace coalis {
namespace {

std::string utf16(std::string_view ascii, bool little) {
  std::string bytes = little ? "\xFF\xFE" : "\xFE\xFF";
  for (const char c : ascii) bytes += little ? std::string{c, '\0'} : std::string{'\0', c};
  return bytes;
}

TEST(Import, DecodesWhatOtherProgramsWrite) {
  EXPECT_EQ(io::decoded("\xEF\xBB\xBF"
                        "a\r\nb\rc")
                .text,
            "a\nb\nc");
  EXPECT_EQ(io::decoded(utf16("a\tb", true)).text, "a\tb");
  EXPECT_EQ(io::decoded(utf16("a\tb", false)).encoding, "UTF-16 (big-endian)");
  EXPECT_EQ(io::decoded(std::string_view("a\0b\0c\0d\0", 8)).text, "abcd");
  EXPECT_EQ(io::decoded("Caf\xE9 \x96 \x80").text, "Café – €");
  EXPECT_EQ(io::decoded("Café").encoding, "UTF-8");
  EXPECT_EQ(io::decoded(std::string("\xFF\xFE\x00\xD8\x41", 5)).text, "\xEF\xBF\xBD");  // half a pair; of half a unit nothing
  EXPECT_EQ(io::decoded(std::string("\xFF\xFE\x41\x00\x42", 5)).encoding,
            "UTF-16 (little-endian); half a character at its end was left out: is the file whole?");
  EXPECT_EQ(io::decoded("").text, "");
  EXPECT_EQ(io::cleaned(" a\u00A0\n b\u200B\u202Ec "), "a bc");
}

TEST(Import, FindsDelimiterAndQuotes) {
  const io::DelimitedText table = io::parse_delimited("Name;Share\n\"Aid; Law\";3,5\n\"Say \"\"so\"\"\";1,0\n");
  EXPECT_EQ(table.delimiter, ';');
  ASSERT_EQ(table.rows.size(), 3u);
  EXPECT_EQ(table.rows[1].cells, (std::vector<std::string>{"Aid; Law", "3,5"}));
  EXPECT_EQ(table.rows[2].cell(0), "Say \"so\"");
  const io::DelimitedText broken = io::parse_delimited("a,b\n\"two\nlines\",1\n\"open,2\nc,3\n");
  ASSERT_EQ(broken.rows.size(), 4u);
  EXPECT_EQ(broken.rows[1].cell(0), "two lines");
  EXPECT_EQ(broken.rows[2].line, 4);
  EXPECT_EQ(broken.rows[2].cell(0), "\"open");
  EXPECT_EQ(io::parse_delimited("sep=;\na,b;c\n").rows[0].cell(0), "a,b");
  EXPECT_EQ(io::parse_delimited("'a','b'\n'c','d'\n").rows[1].cell(1), "d");
}

TEST(Import, ReadsDatesInThreeOrders) {
  using enum io::DateOrder;
  EXPECT_EQ(io::day_of("05/03/2024", day_month_year)->text(), "2024-03-05");
  EXPECT_EQ(io::day_of("05/03/2024", month_day_year)->text(), "2024-05-03");
  EXPECT_EQ(io::day_of("2024-03-05T09:30:00Z", year_month_day)->text(), "2024-03-05");
  EXPECT_EQ(io::day_of("5. März 2024", month_day_year)->text(), "2024-03-05");
  EXPECT_EQ(io::day_of("March 5th, 2024", day_month_year)->text(), "2024-03-05");
  EXPECT_EQ(io::day_of("Tuesday, March 5th, 2024", day_month_year)->text(), "2024-03-05");
  EXPECT_EQ(io::day_of("martes 5 de marzo de 2024", day_month_year)->text(), "2024-03-05");
  EXPECT_EQ(io::day_of("3/5/2024 9:05:12 AM", month_day_year)->text(), "2024-03-05");
  EXPECT_EQ(io::day_of("Mar-24", day_month_year)->text(), "2024-03");
  EXPECT_FALSE(io::day_of("May 24", day_month_year));
  EXPECT_EQ(io::date_within("Meeting of 4/9/2024 (cancelled)"), "4/9/2024");
  EXPECT_EQ(io::day_of("45356", day_month_year)->text(), "2024-03-05");
  EXPECT_EQ(io::day_of("29/02/2024", day_month_year)->day, 29);
  for (const char* none : {"29/02/2023", "31/04/2024", "312-555-0100", "192.168.1.20", "Legal Aid", "7", "2024", ""})
    EXPECT_FALSE(io::is_like_date(none)) << none;
  EXPECT_EQ(io::possible_orders({"05/03/2024", "13/03/2024"}), std::vector{day_month_year});
  EXPECT_EQ(io::possible_orders({"05/03/2024", "06/03/2024"}).size(), 2u);
  EXPECT_EQ(io::possible_orders({"05/05/2024"}).size(), 1u);
  // Two ways of writing in one file: a year that comes first is read under each order.
  EXPECT_EQ(io::possible_orders({"15/1/2024", "2024-02-12"}), std::vector{day_month_year});
  EXPECT_EQ(io::possible_orders({"2024-02-12", "2024-03-04"}), std::vector{io::DateOrder::year_month_day});
  EXPECT_EQ(io::day_of("2024-02-12", io::DateOrder::month_day_year)->text(), "2024-02-12");
}

TEST(Import, WordsThatBeginAsMonthsAreNone) {
  for (const char* none :
       {"Marketing 2024", "Separate 2024", "Decision 5, 2024", "Friends 312", "March 12345, 2024", "20240300", "March 0, 2024"})
    EXPECT_FALSE(io::is_like_date(none)) << none;
  EXPECT_EQ(io::day_of("5 Sept 2024", io::DateOrder::day_month_year)->text(), "2024-09-05");
  EXPECT_EQ(io::day_of("12 déc. 2024", io::DateOrder::day_month_year)->text(), "2024-12-12");
  EXPECT_EQ(io::day_of("Dienstag, 5.3.2024", io::DateOrder::day_month_year)->text(), "2024-03-05");
}

TEST(Import, FindsHeadingsTotalsAndSections) {
  const io::SourceTable table = io::source_table(
      "Members of the coalition\n\nOrganization,County,Joined\nLegal Aid,Adams,2024-01-05\n\nTotal,1,\n", "m.csv");
  EXPECT_EQ(table.heading_line, 3);
  ASSERT_EQ(table.rows.size(), 1u);
  EXPECT_EQ(table.left_out.size(), 4u);  // title, two blanks, total
  const io::SourceTable survey = io::source_table(
      "StartDate,Q1\nStart Date,How are we "
      "led?\n\"{\"\"ImportId\"\":\"\"x\"\"}\",\"{\"\"ImportId\"\":\"\"y\"\"}\"\n2024-01-01,3\n",
      "s.csv");
  EXPECT_EQ(survey.heading_rows, 3);
  EXPECT_EQ(survey.names[1], "Q1 / How are we led?");
}

TEST(Import, FindsHeadingsBelowWhatIsSaidAbove) {
  const io::SourceTable sheet = io::source_table(
      "Meeting:,Plenary\nPlace,Training room\nDate:,3/12/2024\n\nName,Organization,Email\nJane Doe,Legal Aid,j@a.org\n", "s.csv");
  EXPECT_EQ(sheet.heading_line, 5);
  EXPECT_EQ(io::date_beside(sheet), "3/12/2024");
  EXPECT_EQ(io::source_table("Members\n\nOrganization,County\nLegal Aid,Adams\n", "m.csv").heading_line, 3);
  const io::SourceTable titled = io::source_table(",1/9/2024,2/13/2024\nOrganization,Plenary,Webinar\nLegal Aid,x,\n", "m.csv");
  EXPECT_EQ(titled.heading_rows, 2);
  EXPECT_EQ(titled.column(io::Holds::organisation), 0);
  EXPECT_EQ(io::source_table(",1/9/2024,2/13/2024\nLegal Aid,x,\n", "m.csv").columns[0], io::Holds::name);
  EXPECT_EQ(io::source_table("Organization\nTotal Health Clinic\nTotal\n", "m.csv").rows.size(), 1u);
}

TEST(Import, ColumnsAreSeenByWhatTheirHeadingsSay) {
  const auto holds = [](const char* heading) { return io::heading_of(heading).holds; };
  EXPECT_EQ(holds("Agency Type"), io::Holds::sector);
  EXPECT_EQ(holds("Organization County"), io::Holds::region);
  EXPECT_EQ(holds("Organization contact"), io::Holds::person);
  EXPECT_EQ(holds("Participant organization"), io::Holds::organisation);
  EXPECT_EQ(holds("Date of training"), io::Holds::date);
  EXPECT_EQ(holds("Date of birth"), io::Holds::unknown);
  EXPECT_EQ(holds("Willing to host"), io::Holds::unknown);
  EXPECT_EQ(holds("Meeting minutes"), io::Holds::event);
  EXPECT_EQ(holds("How much progress was there?"), io::Holds::unknown);
  const io::SourceTable table = io::source_table("Partner,County,Title\nLegal Aid,Adams,Director\n", "m.csv");
  EXPECT_EQ(table.columns[0], io::Holds::organisation);
}

io::Shape shape_of(const char* text, const char* file = "t.csv") { return io::recognised(io::source_table(text, file)).shape; }

TEST(Import, RecognisesTablesByTheirShape) {
  EXPECT_EQ(shape_of("Organization,Sector,County\nA,Nonprofit,Adams\n"), io::Shape::roster);
  EXPECT_EQ(shape_of("Organization,1/9/2024,2/13/2024\nA,1,0\n"), io::Shape::attendance_matrix);
  EXPECT_EQ(shape_of("Date,Organization\n2024-01-09,A\n"), io::Shape::attendance_list);
  EXPECT_EQ(shape_of("Sign-in sheet\nDate:,3/5/2024\nName,Organization,Email\nJane Doe,A,j@a.org\n"), io::Shape::sign_in);
  EXPECT_EQ(shape_of("Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\nJane,j@a.org,03/05/2024 09:00:00 "
                     "AM,03/05/2024 10:00:00 AM,60\n"),
            io::Shape::video_report);
  EXPECT_EQ(shape_of("Date,Event\n2024-01-09,Plenary\n"), io::Shape::calendar);
  EXPECT_EQ(shape_of("record_id,trained,help___1\n1,1,0\n"), io::Shape::survey);
  EXPECT_EQ(shape_of("Organization,Works with\nA,B\n"), io::Shape::ties);
  EXPECT_EQ(shape_of(",A Aid,B Aid,C Aid\nA Aid,0,1,0\nB Aid,1,0,0\nC Aid,0,0,0\n"), io::Shape::tie_matrix);
  EXPECT_EQ(shape_of("x,y\n1,2\n"), io::Shape::unknown);
  EXPECT_EQ(shape_of("Organization,Sector,Willing to host\nA,Nonprofit,yes\n"), io::Shape::roster);
  EXPECT_EQ(shape_of("Date,Organization,Duration\n2024-01-09,A,60\n2024-02-09,A,60\n"), io::Shape::attendance_list);
  EXPECT_EQ(shape_of("Organization,3/12/2024\nA,x\nB,\n"), io::Shape::attendance_matrix);
  EXPECT_EQ(shape_of("Subject,Start Date,Start Time,End Date\nPlenary,3/14/2024,9:00,3/14/2024\n"), io::Shape::calendar);
  EXPECT_EQ(shape_of("Timestamp,Organization,Name\n2024-03-12 09:00:01,A,Jane Doe\n"), io::Shape::attendance_list);
  EXPECT_EQ(shape_of("Record ID,Organization,Sector,Date created\n1,A,Nonprofit,2024-01-09\n"), io::Shape::roster);
  EXPECT_EQ(shape_of("Timestamp,Organization,Rate us\n2024-03-12 09:00:01,A,5\n"), io::Shape::survey);
  const io::Recognised dated = io::recognised(io::source_table("Organization,Sector,Date\nA,Nonprofit,2024-01-09\n", "t.csv"));
  EXPECT_TRUE(dated.shape == io::Shape::roster && !dated.sure && dated.other == io::Shape::attendance_list);
}

TEST(Import, MarksOfAttendance) {
  for (const char* mark : {"x", "1,0", "12", "Yes", "✓", "TRUE", "in person", "checked in"})
    EXPECT_EQ(io::mark_of(mark), io::Mark::present) << mark;
  for (const char* mark : {"0", "0.00", "00", "-", "no", "excused", "✗", "no show"})
    EXPECT_EQ(io::mark_of(mark), io::Mark::absent) << mark;
  for (const char* mark : {"?", "n/a", "registered"}) EXPECT_EQ(io::mark_of(mark), io::Mark::unknown) << mark;
  for (const char* mark : {"", "o", "excellent", "1234"}) EXPECT_EQ(io::mark_of(mark), std::nullopt) << mark;
}

TEST(Import, SectorsInWords) {
  EXPECT_EQ(io::sector_of("Non-governmental organization"), "nonprofit");
  EXPECT_EQ(io::sector_of("501(c)(3)"), "nonprofit");
  EXPECT_EQ(io::sector_of("County government"), "public");
  EXPECT_EQ(io::sector_of("For-profit"), "for_profit");
  EXPECT_EQ(io::sector_of("Including others"), std::nullopt);
}

Imported read(std::vector<ImportInput> files, ImportAnswers answers = {}, std::vector<SameName> known = {}) {
  return import_tables(files, answers, known);
}

TEST(Import, NamesThatAreAlikeAreAskedAboutAndNeverTakenForOne) {
  const std::vector<ImportInput> roster{{"m.csv",
                                         "Organization,Sector\nField Services,Nonprofit\nFeild Services,Nonprofit\nfield  "
                                         "services.,Nonprofit\nLegal Aid Society,Nonprofit\nLAS,Nonprofit\n"}};
  const Imported open = read(roster);
  EXPECT_EQ(open.organisations.size(), 4u);
  const auto same = [](const Imported& imported, const std::string& other) {
    const auto found =
        std::find_if(imported.names.begin(), imported.names.end(), [&](const SameName& pair) { return pair.other == other; });
    return found == imported.names.end() ? std::string("none") : found->same;
  };
  EXPECT_EQ(same(open, "Feild Services"), "");
  EXPECT_EQ(same(open, "field services."), "yes");
  EXPECT_EQ(same(open, "LAS"), "");
  EXPECT_EQ(read(roster, {}, {{"Field Services", "Feild Services", "yes", ""}}).organisations.size(), 3u);
  EXPECT_EQ(read(roster, {}, {{"Field Services", "field services.", "no", ""}}).organisations.size(), 5u);
}

TEST(Import, MailTellsOrganisationsAndNeverPersons) {
  const Imported imported = read({{"members.csv", "Organization,Sector,Email\nLegal Aid,Nonprofit,office@legalaid.org\n"},
                                  {"sign-in 2024-03-05.csv",
                                   "Name,Email\nAnn Poe,ann.poe@legalaid.org\nJane Doe,jane@janedoe.net\nRay "
                                   "Roe,ray@gmail.com\nLee Low,lee@county-health.gov\n"}},
                                 {"", "", "members", "", {}});
  ASSERT_EQ(imported.organisations.size(), 2u);
  EXPECT_EQ(imported.organisations[1].name, "county-health.gov");
  EXPECT_EQ(imported.organisations[0].attended[0], 1);
  EXPECT_EQ(imported.files[1].used, 2);
  EXPECT_EQ(imported.files[1].left_out.at("an e-mail's domain that is a person's"), std::vector<int>{3});
  EXPECT_EQ(imported.files[1].left_out.at("an e-mail that tells no organisation"), std::vector<int>{4});
}

// Names of persons, wherever they were typed, are in no value.
TEST(Import, PersonsAreKnownByTheirColumnsInAllFiles) {
  const Imported imported =
      read({{"members.csv", "Organization,First name,Last name,Job title\nLegal Aid,Zoe,Quack,Director\nFood Bank,Ann,Poe,\n"},
            {"sign-in 2024-03-05.csv",
             "Organization,Email\nZoe Quack,\nQuack Zoe (Legal Aid),\nFriends of Ann Poe,\nCall 312-555-0142 Legal,\n12345,\n"
             "Shelter,info@zoequack.com\n,info@zoequack.com\n,x@mueller.org\n,xy@yahoo.com.mx\nself,a@county-health.gov\n"}},
           {"", "", "members", "", {}});
  std::vector<std::string> names;
  for (const ImportedOrganisation& organisation : imported.organisations) names.push_back(organisation.name);
  EXPECT_EQ(names, (std::vector<std::string>{"Legal Aid", "Food Bank", "Shelter", "mueller.org"}));
  EXPECT_EQ(imported.organisations[0].attended[0], 1);
  const auto& left_out = imported.files[1].left_out;
  EXPECT_EQ(left_out.at("a person's name where an organisation's belongs"), (std::vector<int>{2, 4}));
  EXPECT_EQ(left_out.at("no name of an organisation, or a number beside it"), (std::vector<int>{5, 6}));
  EXPECT_EQ(left_out.at("an e-mail's domain that is a person's"), std::vector<int>{8});
  EXPECT_EQ(left_out.at("says that there is no organisation"), std::vector<int>{11});
}

TEST(Import, TiesOfPersonsAreNotTaken) {
  const std::vector<ImportInput> ties{{"network.csv", "From,To\nJane Doe,Richard Roe\nRichard Roe,Lee Low\n"}};
  const Imported open = read(ties);
  EXPECT_TRUE(open.organisations.empty());
  ASSERT_EQ(open.questions.size(), 1u);
  EXPECT_EQ(open.questions[0].option, "--names");
  EXPECT_EQ(read(ties, {"", "organisations", "", "", {}}).ties.size(), 2u);
}

TEST(Import, NamesBesideTelephonesAreOfPersonsUnlessSomethingTellsMembers) {
  EXPECT_TRUE(read({{"members.csv", "Name,Phone\nLegal Aid,312-555-0142\n"}}).questions.empty());
  const Imported asked =
      read({{"members.csv", "Name,Sector,Phone\nLegal Aid,Nonprofit,312-555-0142\n"}}, {"", "organisations", "", "", {}});
  ASSERT_EQ(asked.organisations.size(), 1u);
  EXPECT_EQ(asked.organisations[0].name, "Legal Aid");
}

TEST(Import, WhoDidNotComeIsNotCounted) {
  const Imported sheet = read({{"2024-03-12 attendance.csv", "Organization,Attended\nA Aid,yes\nB Aid,no\nC Aid,\n"}});
  ASSERT_EQ(sheet.events.size(), 1u);
  EXPECT_EQ(sheet.events[0].attended.size(), 1u);
  EXPECT_EQ(sheet.files[0].left_out.at("it is not told whether they came"), std::vector<int>{4});
  const Imported list =
      read({{"a.csv",
             "Date,Organization,Status\n2024-03-12,A Aid,Checked in\n2024-03-12,B Aid,No-show\n2024-03-12,C Aid,Registered\n"}});
  ASSERT_EQ(list.events.size(), 1u);
  EXPECT_EQ(list.events[0].attended.size(), 1u);
  EXPECT_EQ(list.files[0].left_out.at("it is not told whether they came"), std::vector<int>{4});
}

TEST(Import, FormerMembersAreLeftOut) {
  const Imported imported = read({{"m.csv", "Organization,Sector,Status\nA Aid,Nonprofit,Active\nB Aid,Nonprofit,Former\n"}});
  EXPECT_EQ(imported.organisations.size(), 1u);
  EXPECT_EQ(imported.files[0].left_out.at("its status says that it is no member"), std::vector<int>{3});
}

TEST(Import, AnEventOfADayIsOne) {
  const std::string calendar = "Date,Event\n2024-03-12,Workshop\n2024-04-09,Plenary\n";
  const Imported sheet = read({{"calendar.csv", calendar},
                               {"s.csv", "Coalition meeting sign-in,\nDate:,2024-03-12\nName,Organization\nJane Doe,A Aid\n"}});
  EXPECT_EQ(sheet.events.size(), 2u);
  EXPECT_EQ(sheet.organisations[0].attended, (std::array{0, 1, 0}));
  const Imported months = read({{"calendar.csv", calendar}, {"m.csv", "Organization,March 2024,April 2024\nA Aid,x,x\n"}});
  EXPECT_EQ(months.events.size(), 2u);
  EXPECT_EQ(months.organisations[0].attended, (std::array{1, 1, 0}));
}

TEST(Import, HeadingsThatRiseInTwoOrdersAreAsked) {
  const auto questions = [](const char* text) { return read({{"a.csv", text}}).questions.size(); };
  EXPECT_EQ(questions("Organization,3/5/2024,2/6/2024,1/9/2024\nA,x,,x\n"), 1u);  // falls month first, rises day first
  EXPECT_EQ(questions("Organization,1/9/2024,2/6/2024,3/5/2024,4/9/2024\nA,x,,x,x\n"), 0u);
}

TEST(Import, QuestionsAreTakenByAllOfTheirWords) {
  const auto measures = [](const std::string& question, const char* answers) {
    const Imported imported = read({{"s.csv", "record_id,other," + question + "\n" + answers}}, {"", "", "", "up", {}});
    return imported.items.empty() ? std::string() : imported.items.front().measures;
  };
  const char *yes = "1,,yes\n2,,no\n", *points = "1,,4\n2,,5\n";
  EXPECT_EQ(measures("Were you at a training?", yes), "");
  EXPECT_EQ(measures("Did you attend a training?", yes), "trained");
  EXPECT_EQ(measures("Do you offer trainings that others attend?", yes), "");
  EXPECT_EQ(measures("Do you work with victims?", yes), "");
  EXPECT_EQ(measures("Do you work with other members?", yes), "collaborates_inside");
  EXPECT_EQ(measures("How many trainings did you lead?", points), "");
  EXPECT_EQ(measures("Has the coalition led to more referrals?", points), "");
  EXPECT_EQ(measures("How important are our goals?", points), "");
  EXPECT_EQ(measures("How far did we reach our goals?", points), "goal_attainment_rating");
  EXPECT_EQ(measures("Have you finished a training that you attended?", yes), "trained");
}

TEST(Import, AnswersOfSurveysAreCountedAsTheyAreMeant) {
  const Imported imported =
      read({{"s.csv",
             "record_id,How many meetings did you attend in the past 12 months?,How well are we led?,"
             "Did you finish and attend the training?\n1,0,Excellent,yes\n2,14,Very good,no\n3,3,Fair,no\n"}});
  ASSERT_EQ(imported.items.size(), 3u);
  EXPECT_EQ(imported.items[0].counts, (std::vector<int>{1, 0, 0, 1, 1}));
  EXPECT_EQ(imported.items[0].last_months, 12);
  EXPECT_EQ(imported.items[1].counts, (std::vector<int>{0, 1, 0, 1, 1}));
  EXPECT_EQ(imported.items[2].counts, (std::vector<int>{1, 2}));
  EXPECT_EQ(imported.files[0].used, 3);
  const Imported down = read({{"s.csv", "record_id,x,How well are we led?\n1,,0\n2,,10\n"}}, {"", "", "", "down", {}});
  ASSERT_EQ(down.items.size(), 1u);
  EXPECT_EQ(down.items[0].lowest, "point 10");
}

TEST(Import, AmbiguousDatesAreAskedOnceForAWholeFile) {
  const std::vector<ImportInput> list{{"a.csv", "Date,Organization\n05/03/2024,A Aid\n06/04/2024,A Aid\n"}};
  const Imported open = read(list);
  ASSERT_EQ(open.questions.size(), 1u);
  EXPECT_EQ(open.questions[0].option, "--dates");
  EXPECT_EQ(read(list, {"mdy", "", "", "", {}}).events.front().day, "2024-05-03");
  EXPECT_TRUE(read({{"a.csv", "Date,Organization\n05/03/2024,A Aid\n26/04/2024,A Aid\n"}}).questions.empty());
}

TEST(Import, BlankIsAbsentOnlyWhereAbsenceHasNoMark) {
  const auto notes = [](const char* text) { return read({{"a.csv", text}}).files[0].notes.size(); };
  EXPECT_EQ(notes("Organization,2024-01-09,2024-02-13\nA Aid,x,\nB Aid,,x\n"), 0u);
  EXPECT_EQ(notes("Organization,2024-01-09,2024-02-13\nA Aid,1,\nB Aid,0,1\n"), 1u);
}

TEST(Import, NumberedColumnsOfMarksAreMeetings) {
  const Imported imported = read({{"a.csv", "Organization,cm4,cm5,cm6\nA Aid,1,0,1\nB Aid,0,,1\n"}});
  const AttendanceList list = imported_attendance(imported);
  EXPECT_EQ(list.meetings, (std::vector<std::string>{"2025-01", "2025-04", "2025-07"}));
  EXPECT_EQ(list.table.cells, (std::vector<std::int8_t>{1, 0, 1, 0, -1, 1}));  // absence has a mark: a blank is unknown
  EXPECT_EQ(imported.files[0].notes.size(), 2u);
  for (const char* text : {"Organization,q1,q2,q3\nA Aid,1,0,1\n", "Organization,m1,m2\nA Aid,1,0\n",
                           "Organization,m1,m2,m2\nA Aid,1,0,1\n", "Organization,m1,m2,m3\nA Aid,1,0,2\n"})
    EXPECT_EQ(imported_attendance(read({{"a.csv", text}})).table.meetings, 0u) << text;
}

TEST(Import, WhatIsWrittenIsReadAgain) {
  const Imported imported =
      read({{"m.csv",
             "Organization,Sector,Service,County,Member since\nLegal Aid,Nonprofit,legal,Adams,2024-01-05\nCounty "
             "Police,Government,police,Brown,2024-04-05\nFood Bank,Nonprofit,legal,Adams,2023-04-05\n"},
            {"a.csv", "Organization,2024-01-09,2024-02-13,2024-05-14\nLegal Aid,1,1,0\nCounty Police,0,1,1\nFood Bank,0,0,0\n"}});
  EXPECT_TRUE(imported.questions.empty());
  const ScenarioFile scenario = parse_scenario(imported_scenario(imported, "Ours", "").complete, "ours.toml");
  for (const Diagnostic& problem : scenario.diagnostics) EXPECT_TRUE(problem.warning) << to_string(problem);
  EXPECT_EQ(scenario.scenario.calendar.months, 5);
  EXPECT_EQ(scenario.scenario.regions.size(), 2u);
  EXPECT_NE(imported_evidence(imported).find("counts = [1, 1, 1, 0]\n"), std::string::npos);
  // The police, who joined later, came to the second meeting all the same: of both they are unknown.
  EXPECT_NE(imported_evidence(imported).find("counts = [1, 1, 1]\nof = [2, 2, 3]\n"), std::string::npos);
  std::vector<Diagnostic> problems;
  const ImportAnswers answers = parse_mapping(mapping_text(imported), "mapping.toml", problems);
  EXPECT_EQ(answers.tables.at("a.csv"), "attendance matrix");
  EXPECT_TRUE(problems.empty());
  const std::string head = "format = \"coalis-mapping\"\nversion = 1\n";
  const std::string one = "[[table]]\nfile = \"a.csv\"\nis = \"roster\"\ncolumns = [\"organisation\"]\n";
  const std::string two = "[[table]]\nfile = \"b.csv\"\nis = \"sign-in sheet\"\ncolumns = [\"organisation\"]\n";
  EXPECT_EQ(parse_mapping(head + one, "mapping.toml", problems).tables.at("organisation|"), "roster");
  EXPECT_EQ(parse_mapping(head + one + two, "mapping.toml", problems).tables.at("organisation|"), "");
  EXPECT_TRUE(problems.empty());
  parse_mapping(head + "[[table]]\nfile = \"a.csv\"\nis = \"rooster\"\n", "mapping.toml", problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].line, 5);
  problems.clear();
  EXPECT_EQ(parse_aliases("name,other,same,why\nA,B,maybe,\n", "aliases.csv", problems).size(), 1u);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].line, 2);
}

TEST(Import, NamesThatTablesTakeForSomethingElseAreReadAgain) {
  const std::vector<ImportInput> files{{"m.csv",
                                        "Organization,Sector\n#1 Pizza,Business\n1# pizza,Business\n\"=Sum, Inc\",Business\n=sum "
                                        "inc,Business\n\"1,5\",Business\n"}};
  const Imported imported = read(files);
  EXPECT_EQ(imported.organisations.size(), 2u);  // a number is no name
  std::vector<Diagnostic> problems;
  const std::vector<SameName> names = parse_aliases(aliases_text(imported), "aliases.csv", problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_EQ(names.size(), 2u);
  EXPECT_EQ(names[0].name, "#1 Pizza");
  EXPECT_EQ(names[1].other, "=sum inc");
}

TEST(Import, WhatIsOnlyPartOfTheMonthsIsSaid) {
  const Imported imported = read({{"m.csv",
                                   "Organization,Role,Region,Member since,Left\nA Aid,Other,Adams,2023-05-02,\nB "
                                   "Aid,other,Adams,2030-01-01,\nC Aid,law,Brown,2020,"
                                   "2023-12-01\n"},
                                  {"calendar.csv", "Date,Event\n2023-01-05,Plenary\n2024-01-09,Plenary\n"},
                                  {"a.csv", "Organization,2024-01-09,2027-02-13\nA Aid,x,x\nC Aid,,\n"}});
  const ImportedScenario scenario = imported_scenario(imported, "Ours", "");
  const auto says = [&](const char* text) {
    return std::any_of(scenario.assumed.begin(), scenario.assumed.end(),
                       [&](const std::string& one) { return one.find(text) != one.npos; });
  };
  EXPECT_TRUE(parse_scenario(scenario.complete, "ours.toml").ok());
  EXPECT_TRUE(says("1 event before the first or after the last event"));
  EXPECT_TRUE(says("Nothing is seen between 2024-01 and 2027-02"));
  EXPECT_TRUE(says("1 member left before the first month"));
  EXPECT_EQ(imported_members(imported).size(), 2u);
  EXPECT_NE(imported_evidence(imported).find("counts = [0, 0, 1]\n"), std::string::npos);  // one joined too late to come
  EXPECT_EQ(imported.files[0].notes.size(), 1u);                                           // a year alone
  const Imported roster = read({{"m.csv", "Organization,Member since\nA Aid,1950-01-01\nB Aid,2024-05-01\n"}});
  EXPECT_EQ(imported_calendar(roster).start, "2022-06");
}

TEST(Import, EveryRowIsUsedOrListed) {
  for (const char* text : {"", "\n\n", "a", "\"", "Organization\n", "Organization,Date\n,\nA,x\nB,2024-01-01\n", "Total\n1\n",
                           ";;;\n;;\n", "Name,Join Time\n\n"}) {
    const Imported imported = read({{"x.csv", text}});
    std::size_t listed = 0;
    for (const auto& [reason, lines] : imported.files[0].left_out) listed += lines.size();
    EXPECT_EQ(imported.files[0].rows, imported.files[0].used + static_cast<int>(listed)) << text;
  }
}

TEST(Import, ASheetsNameTellsItsDay) {
  const auto beside = [](const char* name) {
    return io::date_beside(io::source_table("Organization\nA Aid\n", name, "workbook"));
  };
  EXPECT_EQ(beside("Sheets.xlsx: March 12, 2024"), "March 12, 2024");
  EXPECT_EQ(beside("Sign-in sheets 2024.xlsx: March"), "March 2024");
  EXPECT_EQ(beside("Sign-in 1 of 2024.xlsx: March"), "");  // two numbers: which is the year?
  EXPECT_EQ(beside("2024-03-12 sign-in.xlsx: Sheet1"), "2024-03-12");
  EXPECT_EQ(beside("2024-03-12 sign-in.xlsx: Members"), "");
  EXPECT_EQ(io::date_beside(io::source_table("Organization\nA Aid\n", "Sheets.csv: March 12, 2024", "")), "");  // no sheet
  const io::SourceTable table = io::source_table("Organization;Sector,County\n\"A; Aid\",Adams\n", "m.xlsx: Members", "workbook");
  EXPECT_EQ(table.sheet(), "Members");
  EXPECT_EQ(table.rows.front().cell(0), "A; Aid");  // commas part the cells, whatever else stands there
  EXPECT_EQ(table.encoding, "workbook");
}

TEST(Import, AWeightOfNothingIsNoTie) {
  ImportAnswers answers;
  answers.names = "organisations", answers.guests = "nonmembers";
  const Imported imported = read({{"m.csv", "Organization,Sector\nA Aid,Nonprofit\nB Bank,Nonprofit\nC Clinic,Nonprofit\n"},
                                  {"e.csv", "Source,Target,Weight\nA Aid,B Bank,2\nB Bank,C Clinic,0\nA Aid,Rotary Club,1\n"}},
                                 answers);
  EXPECT_EQ(imported.ties.size(), 2u);
  EXPECT_EQ(imported.files.at(1).left_out.at("a tie of weight 0: they do not work together"), std::vector{3});
  EXPECT_EQ(guests_text(imported), "name,meetings,trainings,outreach,works with\nRotary Club,0,0,0,A Aid\n");
}

TEST(Import, ACalibrationFitsWhatWasSeen) {
  const Imported imported = read(
      {{"a.csv", "Date,Event,Organization\n2024-01-09,Plenary,A Aid\n2024-02-09,Training,A Aid\n2024-02-09,Training,B Bank\n"}});
  const std::string text = imported_calibration(imported, "Ours", "ours.toml");
  EXPECT_NE(text.find("path = \"kinds.training.base\""), text.npos);
  EXPECT_EQ(text.find("kinds.outreach.base"), text.npos);
  EXPECT_NE(text.find("scenario = \"ours.toml\""), text.npos);
}

TEST(Import, WhatPythonSaysOfAWorkbookIsReadWhole) {
  const Workbook book = workbook_of_records("sheet 1\nA\ntable 5\na,b\n1\nnote 2\nso\nsheet 1\nB\nwhy 6\nhidden\n");
  ASSERT_EQ(book.sheets.size(), 2u);
  EXPECT_EQ(book.problem, "");
  EXPECT_EQ(book.sheets[0].table, "a,b\n1");
  EXPECT_EQ(book.sheets[0].notes, std::vector<std::string>{"so"});
  EXPECT_EQ(book.sheets[1].why, "hidden");
  for (const char* cut :
       {"", "sheet 1\nA\ntable 50\na,b\n", "table 1\na\n", "sheet -1\nA\n", "sheet 99999999999999999999\nA\n", "sheet x\n"})
    EXPECT_NE(workbook_of_records(cut).problem.find("Python ended early"), std::string::npos) << cut;
  EXPECT_NE(workbook_of_records("missing 8\nopenpyxl\n").problem.find("python3-openpyxl"), std::string::npos);
  EXPECT_EQ(workbook_of_records("error 4\nbad\x1b\n").problem, "bad");
  EXPECT_TRUE(is_workbook("a/B.XLSX") && is_workbook("n.graphml") && !is_workbook("a.csv"));
}

}  // namespace
}  // namespace coalis
