// A coalition from the tables that its coordinator has: rosters, attendance, calendars, surveys, who works with whom. Values
// only; the files that are written of them are texts (import_files.hpp). No name of a person, address, e-mail or IP address is
// among the values.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace coalis {

struct ImportInput {
  std::string name;   // as people call the file
  std::string bytes;  // of the file
  // Where another program has made a table of it, comma-separated: of what ("workbook", then `name` ends with ": " and the
  // sheet's name; "GraphML"), and what is to be said of it.
  std::string form{};
  std::vector<std::string> notes{};
};

// Answers to the questions that files leave open; empty: not answered.
struct ImportAnswers {
  std::string dates;                          // order of dates: "dmy", "mdy", "ymd"
  std::string names;                          // whose names stand where no heading says it: "organisations", "persons"
  std::string guests;                         // who came and is on no list: "nonmembers", "members"
  std::string scale;                          // which end of a rating is high: "up" (the highest number), "down"
  std::map<std::string, std::string> tables;  // what a file is, by its name, or by what its columns hold (import_files.hpp)
  std::string seat{};                         // region of the office
};

struct ImportQuestion {
  std::string option;                // "--dates"
  std::string text;                  // for people, with the files that ask it
  std::vector<std::string> answers;  // the first is what is assumed
};

// Two names that may be one organisation. `same`: "yes" (taken as one), "no", "" (open: two).
struct SameName {
  std::string name, other, same, why;
};

struct ImportedOrganisation {
  std::string name;
  std::string sector, role, region;  // "" unknown; sector as in scenarios
  std::string joined, left;          // months, "" unknown
  bool listed = false;               // on a list of members
  std::array<int, 3> attended{};     // meetings, trainings, outreach
};

struct ImportedEvent {
  std::string day;                    // "2025-03-04" or "2025-03"
  std::string kind;                   // "meeting", "training", "outreach"
  std::vector<std::size_t> attended;  // organisations, in their order
  std::vector<std::size_t> unknown;   // of whom it is not told whether they came
  bool seen = false;                  // whether attendance was recorded
  std::string calendar{};             // the file that plans it, and its line there; "" of none
  int calendar_line = 0;
};

// A question of a survey whose answers are numbers, yes and no, or points of a known scale.
struct ImportedItem {
  std::string id;        // "survey.csv, question 3"
  std::string measures;  // item of the simulated survey
  std::string lowest;    // of a rating
  int last_months = 0;   // that the question asks about; 0: all
  std::vector<std::string> categories;
  std::vector<int> counts;
};

struct ImportedFile {
  std::string name, shape, encoding, separator;
  int rows = 0, used = 0;                            // rows: all of the file but the heading's
  std::map<std::string, std::vector<int>> left_out;  // lines by reason
  std::vector<std::string> columns;                  // what each holds, for the mapping
  std::vector<std::string> notes;
};

struct Imported {
  std::vector<ImportedOrganisation> organisations;
  std::vector<ImportedEvent> events;  // by day
  std::vector<ImportedItem> items;
  std::set<std::pair<std::size_t, std::size_t>> ties;                 // two organisations, the first named first
  std::map<std::pair<std::size_t, std::size_t>, double> strengths{};  // of ties, above 0, as the tables count them
  std::vector<ImportedFile> files;
  std::vector<SameName> names;
  std::vector<ImportQuestion> questions;   // not answered; what is read rests on their first answers
  std::vector<std::string> not_expressed;  // what the files say and no file of this program can hold yet
  ImportAnswers answers;                   // all, with what was assumed
};

// What a table can be: "roster", "sign-in sheet".
std::vector<std::string> table_shapes();

// Reads tables of any form; nothing in them is an error. Names that `known` says are the same are taken as one.
Imported import_tables(const std::vector<ImportInput>& files, const ImportAnswers& answers,
                       const std::vector<SameName>& known = {});

}  // namespace coalis
