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
  EXPECT_EQ(io::decoded(std::string("\xFF\xFE\x00\xD8\x41", 5)).text, "\xEF\xBF\xBD\xEF\xBF\xBD");  // half a pair, half a unit
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

TEST(Import, WhatIsWrittenIsReadAgain) {
  const Imported imported =
      read({{"m.csv",
             "Organization,Sector,Service,County,Member since\nLegal Aid,Nonprofit,legal,Adams,2024-01-05\nCounty "
             "Police,Government,police,Brown,2024-04-05\nFood Bank,Nonprofit,legal,Adams,2023-04-05\n"},
            {"a.csv", "Organization,2024-01-09,2024-02-13,2024-05-14\nLegal Aid,1,1,0\nCounty Police,0,1,1\nFood Bank,0,0,0\n"}});
  EXPECT_TRUE(imported.questions.empty());
  const ScenarioFile scenario = parse_scenario(imported_scenario(imported, "Ours", "").text, "ours.toml");
  for (const Diagnostic& problem : scenario.diagnostics) EXPECT_TRUE(problem.warning) << to_string(problem);
  EXPECT_EQ(scenario.scenario.calendar.months, 5);
  EXPECT_EQ(scenario.scenario.regions.size(), 2u);
  EXPECT_NE(imported_evidence(imported).find("counts = [1, 0, 2, 0, 0]"), std::string::npos);
  std::vector<Diagnostic> problems;
  const ImportAnswers answers = parse_mapping(mapping_text(imported), "mapping.toml", problems);
  EXPECT_EQ(answers.tables.at("a.csv"), "attendance matrix");
  EXPECT_EQ(parse_aliases("name,other,same,why\nA,B,maybe,\n", "aliases.csv", problems).size(), 1u);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].line, 2);
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

}  // namespace
}  // namespace coalis
