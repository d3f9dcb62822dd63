// What the tables of all files say, put together while they are read one after another.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/io/import/import.hpp"
#include "source_table.hpp"
#include "table_dates.hpp"
#include "table_shape.hpp"

namespace coalis::io {

// An organisation, or why there is none to be told.
struct Who {
  std::optional<std::size_t> organisation;
  std::string reason;
};

class Gathering {
 public:
  Gathering(const ImportAnswers& answers, const std::vector<SameName>& known);

  // Before anything else is read: names of persons, wherever they stand, so that none is taken for an organisation's.
  void note_persons(const SourceTable& table);

  // The order of a table's dates: what they say themselves, the answer, or a question and the first that is possible.
  DateOrder order_of(const SourceTable& table, const std::vector<std::string>& texts);

  // By the organisation's name, else by the e-mail's domain, else by what a display name holds.
  Who who(const SourceTable& table, const SourceRow& row);
  Who named(const SourceTable& table, const SourceRow& row, const std::string& name);  // unless it is a person's
  // By a part of a display name that is the name of an organisation which is known already.
  Who by_display_name(const std::string& shown);
  std::size_t organisation(const std::string& name);
  // A category of members is short and holds no digits: a street, a telephone, a person or a remark is none, and "".
  std::string category(const std::string& cell) const;
  void learn_domain(const SourceTable& table, const SourceRow& row, std::size_t organisation);

  // The event of a day: of this kind, or, without one, any of that day, a meeting first. Of a month, the only one in it.
  ImportedEvent& event(const Day& day, const std::optional<std::string>& kind);
  static void attend(ImportedEvent& event, std::size_t organisation);

  void ask(const std::string& option, const std::string& text, std::vector<std::string> answers, const std::string& file);
  const std::string& answered(std::string& answer, const char* option, const char* text, std::vector<std::string> answers,
                              const std::string& file);
  // Why names that may be organisations' were not read; "" if there is no doubt.
  static std::string doubt_of_names(const SourceTable& table);
  // Where a heading says only "name".
  bool names_are_organisations(const SourceTable& table);

  Imported& imported() { return imported_; }
  // Puts events in order and compares names.
  Imported finished();

 private:
  Who by_mail(const std::string& mail, const std::string& person);
  // Whether words beside each other are a person's name, in any order.
  bool holds_person(std::string_view words) const;
  bool is_persons_domain(const std::string& domain, const std::string& person) const;
  std::string key_of(const std::string& name);

  Imported imported_;
  std::vector<SameName> known_;
  std::map<std::string, std::size_t> by_key_;
  std::map<std::string, std::string> same_as_;                 // keys
  std::set<std::string> apart_;                                // names that are their own, whatever their key
  std::map<std::string, std::optional<std::size_t>> domains_;  // nothing: of several organisations
  std::set<std::string> persons_;
};

// One reader a shape. Each says of every row whether it was used, in `file`.
void read_roster(const SourceTable& table, Gathering& all, ImportedFile& file);
void read_matrix(const SourceTable& table, Gathering& all, ImportedFile& file);
void read_list(const SourceTable& table, Gathering& all, ImportedFile& file);
void read_one_meeting(const SourceTable& table, Gathering& all, ImportedFile& file);  // sign-in sheets, video reports
// The order in which a sheet's dates are written, if its name tells the day in one order only: "sign-in 2022-02-10" with
// 02/10/2022.
std::optional<DateOrder> order_by_name(const SourceTable& table);
void read_calendar(const SourceTable& table, Gathering& all, ImportedFile& file);
void read_survey(const SourceTable& table, Gathering& all, ImportedFile& file);
void read_ties(const SourceTable& table, Shape shape, Gathering& all, ImportedFile& file);

inline constexpr std::size_t most_similar_names = 500;

// "line 3", "lines 3, 5 and 2 more".
std::string lines_said(const std::vector<int>& lines);
// "column 3", "columns 3, 5": counted from 1.
std::string columns_said(const std::vector<std::size_t>& columns);

// Which names may be one: few letters apart, the same but for legal forms, initials. Those already in `names` are left.
std::vector<SameName> similar_names(const std::vector<ImportedOrganisation>& organisations, const std::vector<SameName>& names);

}  // namespace coalis::io
