// The words by which tables say what they hold: headings, marks of attendance, kinds of events, sectors. English, German,
// Spanish, French.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace coalis::io {

// What a column holds. Persons, e-mail and addresses are read to tell organisations apart, and never written.
enum class Holds {
  unknown,
  organisation,
  partner,  // of a tie
  name,     // of an organisation or a person: the heading does not say
  person,
  email,
  address,  // street, telephone, IP address, signature
  sector,
  role,
  region,
  joined,
  left,
  date,
  event,
  kind,
  mark,  // attended or not
  status,
  arrival,
  departure,
  duration,
  metadata  // of a survey's program
};

// Lower case, words apart by one blank, nothing else: "E-Mail (work)" is "e mail work".
std::string plain_words(std::string_view text);
// Whether the words of `phrase` stand in `words` side by side; both plain.
bool has_words(std::string_view words, std::string_view phrase);

struct Heading {
  Holds holds = Holds::unknown;
  bool whole = false;  // the heading says nothing else
};
Heading heading_of(std::string_view text);

enum class Mark { present, absent, unknown };
std::optional<Mark> mark_of(std::string_view cell);  // nothing: no mark. An empty cell is none

std::optional<std::string> event_kind_of(std::string_view title);  // "meeting", "training", "outreach"
std::optional<std::string> sector_of(std::string_view text);       // "nonprofit", "public", "for_profit"
bool is_cancelled(std::string_view text);
bool is_total(std::string_view text);
bool is_no_organisation(std::string_view text);  // "none", "self", "n/a"
bool is_no_member(std::string_view status);      // "former", "invited"
bool is_free_mail(std::string_view domain);
// Of a title or a file's name.
bool is_about_attendance(std::string_view text);
bool is_about_members(std::string_view text);

}  // namespace coalis::io
