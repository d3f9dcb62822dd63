// What the tables of all files say, put together while they are read one after another.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/io/import/import.hpp"
#include "name_words.hpp"
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
  // Then, of all tables: names that stand in columns of organisations, so that a person's name beside one of them is told apart
  // from it. First those that stand alone, then those of lists of members with others in them, unless a person's is.
  enum class NamesNoted { alone, with_others };
  void note_organisations(const SourceTable& table, Shape shape, NamesNoted which);

  // The order of a table's dates: what they say themselves, the answer, or a question and the first that is possible.
  DateOrder order_of(const SourceTable& table, const std::vector<std::string>& texts);

  // Where it is asked, this one comes first, if it is possible.
  void prefer(DateOrder order) { preferred_ = order; }

  // By the organisation's name, else by the e-mail's domain, else by what a display name holds.
  Who who(const SourceTable& table, const SourceRow& row);
  Who named(const SourceTable& table, const SourceRow& row, const std::string& name);  // unless it is a person's
  // By a part of a display name that is the name of a known organisation, of any table.
  Who by_display_name(const std::string& shown);
  // Its name; "" without.
  std::string organisation_in(const std::string& shown) const;
  // What is to be said of names that were taken for the organisation that stands beside a person's; then it is said.
  std::string beside_persons();
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
  std::string key_of(const std::string& name) const;
  // Of an organisation that was read, or stands in a column of organisations: its name there. "" unknown.
  std::string known_name(const std::string& name) const;
  bool is_listed(const std::string& name) const;
  // A name that holds others ("Jane Doe (Legal Aid)"): the known organisation among its parts, what is left without it, and
  // whether that may be a person's, or tells nothing.
  struct Parts {
    std::string organisation, rest;  // "" without
    PersonLike like = PersonLike::no;
  };
  Parts parts_of(const std::string& name) const;
  // Where no part is known: whether one may be a person's name. A list of members has names of its own more often.
  bool holds_unknown_person(const std::string& name, bool listed) const;
  struct Named {
    std::string name;  // as it stands first
    bool listed;       // on a list of members
  };

  Imported imported_;
  std::vector<SameName> known_;
  std::optional<DateOrder> preferred_;
  std::map<std::string, std::size_t> by_key_;
  std::map<std::string, std::string> same_as_;                 // keys
  std::set<std::string> apart_;                                // names that are their own, whatever their key
  std::map<std::string, std::optional<std::size_t>> domains_;  // nothing: of several organisations
  std::set<std::string> persons_;
  std::map<std::string, Named> named_;  // by key: names in columns of organisations, of persons none
  std::set<std::string> places_;        // regions that the tables tell, in plain words
  std::vector<int> beside_persons_;     // lines
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

// Where the parts of "Jane Doe (Legal Aid)" or "Legal Aid – Jane Doe" begin and end; nothing of too many.
std::vector<std::pair<std::size_t, std::size_t>> pieces_of(std::string_view shown);
// Names of persons stand in a column that is headed by "name" alone, beside their e-mails or telephones or times of arrival, and
// nothing tells members of a coalition.
bool names_are_of_persons(const SourceTable& table);
// No name of an organisation: none, a total, a number, an e-mail, a device.
bool is_none(const std::string& name);
// The first letters of words: "las" of "legal aid society".
std::string initials_of(const std::string& words);

// "line 3", "lines 3, 5 and 2 more".
std::string lines_said(const std::vector<int>& lines);
// "column 3", "columns 3, 5": counted from 1.
std::string columns_said(const std::vector<std::size_t>& columns);

// Which names may be one: few letters apart, the same but for legal forms, initials. Those already in `names` are left.
std::vector<SameName> similar_names(const std::vector<ImportedOrganisation>& organisations, const std::vector<SameName>& names);

}  // namespace coalis::io
