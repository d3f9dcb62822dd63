// Names of persons beside names of organisations: counted for these, or held back; and names that are organisations' own.
#include <gtest/gtest.h>

#include <algorithm>

#include "coalis/io/import/import.hpp"

namespace coalis {
namespace {

Imported read(const std::vector<ImportInput>& files, const ImportAnswers& answers = {}, const std::vector<SameName>& known = {}) {
  return import_tables(files, answers, known);
}

bool is_said(const ImportedFile& file, const std::string& part) {
  return std::any_of(file.notes.begin(), file.notes.end(), [&](const std::string& note) { return note.find(part) != note.npos; });
}

// "Jane Doe (Legal Aid)" is of Legal Aid, however it is written; first names are usual ones or not.
TEST(Import, PersonsBesideKnownOrganisationsAreOfThese) {
  const std::string members = "Organization,Sector,County\nLegal Aid,Nonprofit,Adams\nHarbor House (Chicago),Nonprofit,Cook\n";
  for (const std::string name :
       {"Jane Doe (Legal Aid)", "Legal Aid - Jane Doe", "\"Jane Doe, Legal Aid\"", "Jane Doe / Legal Aid",
        "\"Doe, Jane (Legal Aid)\"", "Legal Aid: J. Doe", "Jane Doe \u2013 Legal Aid <jane@legalaid.org>",
        "Legal Aid\u2014Xiomara Thistlewood", "Xiomara (Legal Aid)", "\"Thistlewood, Xiomara [LEGAL AID]\"",
        "Jane Hill @ Legal Aid", "iPad (2) - Legal Aid", "Legal Aid (guest)", "Legal Aid (LA)",
        "\"Legal Aid - Jane Smith-Jones, Director\""}) {
    const Imported imported = read({{"members.csv", members}, {"came.csv", "Date,Agency\n2024-03-05," + name + "\n"}});
    ASSERT_EQ(imported.organisations.size(), 2u) << name;
    EXPECT_EQ(imported.organisations[0].attended[0], 1) << name;
    const bool has_mail = name.find('@') != name.npos && name.find("@ ") == name.npos;
    EXPECT_EQ(is_said(imported.files[1], "counted for the organisation (line 2)"), !has_mail) << name;
  }
  const Imported shown = read({{"members.csv", members},
                               {"report.csv",
                                "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n"
                                "Xiomara Thistlewood Legal Aid,,03/05/2024 09:00,03/05/2024 09:30,30\n"
                                "Jane's iPhone (Harbor House (Chicago)),,03/05/2024 09:00,03/05/2024 09:30,30\n"
                                "iPhone,,03/05/2024 09:00,03/05/2024 09:30,30\nGuest,,03/05/2024 09:00,03/05/2024 09:30,30\n"}},
                              {"mdy", "", "", "", {}});
  ASSERT_EQ(shown.organisations.size(), 2u);
  EXPECT_EQ(shown.organisations[0].attended[0] + shown.organisations[1].attended[0], 2);
}

// Of other rows, whatever comes first.
TEST(Import, OrganisationsOfOtherRowsAreKnown) {
  const Imported imported =
      read({{"came.csv", "Date,Agency\n2024-03-05,Xiomara Thistlewood (Tellus)\n2024-04-05,Tellus\n2024-04-05,Oak House\n"}});
  ASSERT_EQ(imported.organisations.size(), 2u);
  EXPECT_EQ(imported.organisations[0].name, "Tellus");
  EXPECT_EQ(imported.organisations[0].attended[0], 2);
}

TEST(Import, PersonsBesideUnknownOrganisationsAreHeldBack) {
  const Imported imported =
      read({{"members.csv", "Organization,Sector\nLegal Aid,Nonprofit\nZoe Quack (Old Mill House),Nonprofit\n"},
            {"came.csv",
             "Date,Agency\n2024-03-05,Jane Doe (Tellus)\n2024-03-05,Xiomara Thistlewood - Oak Shelter\n"
             "2024-03-05,\"Doe, Jane\"\n2024-03-05,Jane Doe\n2024-03-05,Oak Shelter: J. Doe\n2024-03-05,Legal "
             "Aid\n2024-03-05,jane@localhost\n"}},
           {"", "", "members", "", {}});
  ASSERT_EQ(imported.organisations.size(), 1u);
  EXPECT_EQ(imported.files[0].left_out.at(person_beside_unknown), std::vector<int>{3});
  EXPECT_EQ(imported.files[1].left_out.at(person_beside_unknown), (std::vector<int>{3, 6}));
  EXPECT_EQ(imported.files[1].left_out.at(person_alone), (std::vector<int>{2, 4, 5}));
  EXPECT_EQ(imported.files[1].left_out.at("an e-mail that tells no organisation"), std::vector<int>{8});
}

TEST(Import, OrganisationsOwnNamesStayWhatTheyAre) {
  const std::vector<std::string> own{"Legal Aid (Chicago)",       "YWCA \u2013 Peoria",
                                     "Food Bank - Ann Arbor",     "St. Vincent de Paul (San José)",
                                     "Smith & Jones LLP",         "Casa María: Centro de Mujeres",
                                     "Harbor House - Night Team", "Rape Crisis / Hotline",
                                     "Mary Ward Center (North)",  "Frauenhaus (e.V.)",
                                     "Legal Aid (Adams)"};
  std::string rows, listed;
  for (const std::string& name : own) rows += "2024-03-05," + name + "\n", listed += name + ",Nonprofit,Adams\n";
  const Imported came =
      read({{"members.csv", "Organization,Sector,County\nLegal Aid,Nonprofit,Adams\n"}, {"came.csv", "Date,Agency\n" + rows}});
  std::vector<std::string> names;
  for (const ImportedOrganisation& organisation : came.organisations) names.push_back(organisation.name);
  std::vector<std::string> all{"Legal Aid"};
  all.insert(all.end(), own.begin(), own.end());
  EXPECT_EQ(names, all);
  const Imported roster = read({{"members.csv", "Organization,Sector,County\n" + listed + "Legal Aid,Nonprofit,Adams\n"},
                                {"came.csv", "Date,Agency\n" + rows}});
  ASSERT_EQ(roster.organisations.size(), own.size() + 1);
  for (std::size_t i = 0; i < own.size(); ++i) EXPECT_EQ(roster.organisations[i].attended[0], 1) << own[i];
  // What is taken for a person's is none where it was said that names differ.
  const std::vector<ImportInput> mistaken{{"members.csv", "Organization,Sector\nLegal Aid,Nonprofit\n"},
                                          {"came.csv", "Date,Agency\n2024-03-05,Legal Aid (Kanka Kee)\n"}};
  EXPECT_EQ(read(mistaken).organisations.size(), 1u);
  EXPECT_EQ(read(mistaken, {}, {{"Legal Aid", "Legal Aid (Kanka Kee)", "no", ""}}).organisations.size(), 2u);
}

// Dates down the side: organisations of the list are known, others are asked about; counts of people are no marks.
TEST(Import, DatesDownTheSideAreTurnedOver) {
  const std::string members = "Agency,Type,Trägerschaft,Wichtig\nLegal Aid,NGO,,7\nPolice,Gov,,\n";
  const std::vector<ImportInput> files{{"members.csv", members},
                                       {"log.csv",
                                        "Meeting date,Event,Legal Aid,Jane Doe,Police,Total\n2024-01-10,Plenary,1,1,0,2\n"
                                        "2024-02-14,Training,1,0,x,1\nsoon,,,,,\n"}};
  const Imported imported = read(files, {"", "persons", "", "", {}});
  EXPECT_EQ(imported.files[1].shape, "attendance matrix");
  ASSERT_EQ(imported.organisations.size(), 2u);
  ASSERT_EQ(imported.events.size(), 2u);
  EXPECT_EQ(imported.events[0].attended, std::vector<std::size_t>{0});
  EXPECT_EQ(imported.events[1].attended, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(imported.events[1].kind, "training");
  EXPECT_EQ(imported.files[1].left_out.at("the date cannot be read"), std::vector<int>{4});
  EXPECT_EQ(imported.files[1].rows, imported.files[1].used + 3);  // the date, the person, and the total
  EXPECT_TRUE(is_said(imported.files[1], "turned over"));
  EXPECT_TRUE(is_said(imported.files[0], "1 column with contents that are not taken (column 4)"));
  const Imported counts = read(
      {{"members.csv", members}, {"log.csv", "Date,Event,Present,Guests\n2024-01-10,Plenary,12,3\n2024-02-14,Plenary,9,1\n"}});
  EXPECT_EQ(counts.files[1].shape, "calendar");
}

// A table that can be read in one order alone tells which is taken first for the others.
TEST(Import, OrdersOfOtherTablesAreAssumedFirst) {
  const Imported imported = read({{"a.csv", "Date,Organization\n3/25/2024,Legal Aid\n"},
                                  {"b.csv", "Date,Organization\n3/4/2024,Legal Aid\n"},
                                  {"c.csv", "Date,Organization\n\"March 7, 2024\",Legal Aid\n"}});
  ASSERT_EQ(imported.questions.size(), 1u);
  EXPECT_EQ(imported.questions[0].answers.front(), "mdy");
  EXPECT_EQ(imported.events[0].day, "2024-03-04");
}

TEST(Import, CountsOfGuestsAreNoOrganisation) {
  const Imported imported =
      read({{"came 2024-03-05 attendance.csv", "Organization\nLegal Aid\nGuests: 3\nGäste 2\nTotal 4\nGuest House 3\n"}});
  ASSERT_EQ(imported.organisations.size(), 2u);
  EXPECT_EQ(imported.files[0].left_out.at("a total"), (std::vector<int>{3, 4, 5}));
}

TEST(Import, NamesThatBeginAlikeAreAskedAbout) {
  const Imported imported =
      read({{"members.csv", "Organization,Sector\nOak Clinic,Nonprofit\nOak Clinic (Brown),Nonprofit\nOak,Nonprofit\n"}});
  ASSERT_EQ(imported.names.size(), 1u);
  EXPECT_EQ(imported.names[0].why, "one begins with the other");
  EXPECT_EQ(imported.names[0].other, "Oak Clinic (Brown)");
}

}  // namespace
}  // namespace coalis
