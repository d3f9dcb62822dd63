// Whose name a row tells: an organisation's, by its name, its e-mail's domain or a part of a display name, and never a person's.
#include <algorithm>

#include "coalis/core/names.hpp"
#include "gathering.hpp"
#include "name_words.hpp"

namespace coalis::io {
namespace {

// "jane doe" and "doe jane" are one.
std::string sorted_words(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// "überschär" may be "ueberschaer" or "uberschar" in a domain.
std::vector<std::string> spellings_in_domains(const std::string& word) {
  constexpr std::string_view diaeresis = "\u0308", sharp_s = "ß";
  std::string bare, german;
  for (std::size_t at = 0; at < word.size(); ++at) {
    const auto byte = static_cast<unsigned char>(word[at]);
    if (byte == 0xCC || byte == 0xCD) {  // a mark on the letter before (U+0300 to U+036F)
      if (word.compare(at, 2, diaeresis) == 0) german += 'e';
      ++at;
    } else if (word.compare(at, 2, sharp_s) == 0) {
      bare += "ss", german += "ss", ++at;
    } else {
      bare += word[at], german += word[at];
    }
  }
  return {word, bare, german};
}

// Of an e-mail; "" where there is none. Names may stand beside it: "Jane Doe <jane@a.org>; ...".
std::string domain_of(const std::string& mail) {
  const std::string key = name_key(mail);
  const auto at = key.rfind('@');
  if (at == key.npos) return "";
  std::string domain = key.substr(at + 1);
  const auto end = std::find_if(domain.begin(), domain.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    return !letter && c != '.' && c != '-';
  });
  domain.erase(end, domain.end());
  while (!domain.empty() && domain.back() == '.') domain.pop_back();
  return domain.find('.') == domain.npos ? "" : domain;
}

std::string person_of(const SourceTable& table, const SourceRow& row) {
  std::string person;
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (table.columns[c] == Holds::person) person += " " + row.cell(c);
  return plain_words(person);
}

// Addresses of the network and telephones: many digits, or nothing else.
bool is_number_like(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool letters = std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  });
  return !letters || digits >= 7 || (digits >= 5 && static_cast<std::size_t>(digits) * 2 > text.size());
}

// "jane@a.org", with or without a domain; "Jane Doe @ Legal Aid" is none.
bool has_mail(std::string_view text) {
  for (auto at = text.find('@'); at != text.npos; at = text.find('@', at + 1))
    if (at > 0 && at + 1 < text.size() && text[at - 1] != ' ' && text[at + 1] != ' ') return true;
  return false;
}

// "Jane Doe <jane@a.org>" without the e-mail.
std::string without_mails(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (text.substr(0, end).find('@') == text.npos) kept += std::string(text.substr(0, end)) + " ";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return kept;
}

}  // namespace

bool names_are_of_persons(const SourceTable& table) {
  const auto has = [&](Holds holds) { return table.has(holds); };
  const bool of_members = has(Holds::sector) || has(Holds::joined) || has(Holds::left) || has(Holds::person);
  return has(Holds::arrival) || ((has(Holds::email) || has(Holds::address)) && !of_members);
}

std::vector<std::pair<std::size_t, std::size_t>> pieces_of(std::string_view shown) {
  constexpr std::size_t most = 8, longest = 200;
  std::vector<std::pair<std::size_t, std::size_t>> pieces;
  if (shown.size() > longest) return pieces;
  std::size_t begin = 0;
  const auto end_at = [&](std::size_t end) {
    if (!plain_words(shown.substr(begin, end - begin)).empty()) pieces.emplace_back(begin, end);
  };
  for (std::size_t at = 0; at < shown.size();) {
    const std::string_view dash = shown.substr(at, 3);
    const std::size_t sign = std::string_view("()[]<>|,/;:@-").find(shown[at]) != std::string_view::npos ? 1
                             : dash == "\u2013" || dash == "\u2014"                                      ? 3
                                                                                                         : 0;
    if (sign > 0) end_at(at), begin = at + sign;
    at += sign > 0 ? sign : 1;
  }
  end_at(shown.size());
  return pieces.size() <= most ? pieces : decltype(pieces){};
}

bool is_none(const std::string& name) {
  return is_no_organisation(name) || is_total(name) || is_number_like(name) || is_device(name) || has_mail(name);
}

void Gathering::note_persons(const SourceTable& table) {
  if (table.has(Holds::arrival) || table.has(Holds::departure)) return;  // display names may be organisations'
  constexpr std::size_t most_columns = 6;
  for (const SourceRow& row : table.rows) {
    std::vector<std::vector<std::string>> names;  // a first name and a last one may stand in two columns
    for (std::size_t c = 0; c < table.columns.size() && names.size() < most_columns; ++c)
      if (table.columns[c] == Holds::person) names.push_back(words_of(plain_words(row.cell(c))));
    for (std::size_t first = 0; first < names.size(); ++first) {
      std::vector<std::string> words;
      for (std::size_t last = first; last < names.size(); ++last) {
        words.insert(words.end(), names[last].begin(), names[last].end());
        if (words.size() > 1) persons_.insert(sorted_words(words));
      }
    }
  }
}

bool Gathering::holds_person(std::string_view words) const {
  constexpr std::size_t longest = 5;
  const std::vector<std::string> all = words_of(words);
  for (std::size_t first = 0; first + 1 < all.size(); ++first)
    for (std::size_t last = first + 2; last <= std::min(all.size(), first + longest); ++last)
      if (persons_.contains(
              sorted_words({all.begin() + static_cast<std::ptrdiff_t>(first), all.begin() + static_cast<std::ptrdiff_t>(last)})))
        return true;
  return false;
}

void Gathering::learn_domain(const SourceTable& table, const SourceRow& row, std::size_t organisation) {
  const std::string domain = domain_of(table.cell(row, Holds::email));
  if (domain.empty() || is_free_mail(domain)) return;
  const auto [known, is_new] = domains_.emplace(domain, organisation);
  if (!is_new && known->second != organisation) known->second = std::nullopt;
}

bool Gathering::is_persons_domain(const std::string& domain, const std::string& person) const {
  const auto stands_in = [&](const std::string& word) {
    const std::vector<std::string> ways = spellings_in_domains(word);
    return std::any_of(ways.begin(), ways.end(),
                       [&](const std::string& one) { return !one.empty() && domain.find(one) != domain.npos; });
  };
  const std::vector<std::string> own = words_of(person);
  if (std::any_of(own.begin(), own.end(), [&](const std::string& word) { return word.size() >= 3 && stands_in(word); }))
    return true;
  return std::any_of(persons_.begin(), persons_.end(), [&](const std::string& known) {
    const std::vector<std::string> words = words_of(known);
    return std::all_of(words.begin(), words.end(), stands_in);
  });
}

Who Gathering::by_mail(const std::string& mail, const std::string& person) {
  if (mail.find('@') == mail.npos) return {std::nullopt, "no organisation is told"};
  const std::string domain = domain_of(mail);
  if (domain.empty() || is_free_mail(domain)) return {std::nullopt, "an e-mail that tells no organisation"};
  if (const auto known = domains_.find(domain); known != domains_.end())
    return known->second ? Who{known->second, ""} : Who{std::nullopt, "an e-mail's domain that several organisations have"};
  if (is_persons_domain(domain, person + " " + plain_words(mail.substr(0, mail.rfind('@')))))
    return {std::nullopt, "an e-mail's domain that is a person's"};
  return {organisation(domain), ""};
}

Who Gathering::named(const SourceTable& table, const SourceRow& row, const std::string& name) {
  constexpr std::size_t longest = 120;
  const std::string words = plain_words(name), person = person_of(table, row);
  if (has_mail(name)) {
    const Who beside = by_display_name(without_mails(name));
    return beside.organisation ? beside : by_mail(name, person);
  }
  if (is_no_organisation(name) || is_device(name)) return {std::nullopt, "says that there is no organisation"};
  if (is_total(name)) return {std::nullopt, "a total"};
  const std::vector<std::string> own = words_of(person), told = words_of(words);
  const bool holds_own = own.size() > 1 && std::all_of(own.begin(), own.end(), [&](const std::string& word) {
                           return std::find(told.begin(), told.end(), word) != told.end();
                         });
  if (holds_own || holds_person(words) || begins_like_a_person(name)) {
    const Who part = by_display_name(name);
    return part.organisation ? part : Who{std::nullopt, person_alone};
  }
  if (is_number_like(name) || name.size() > longest) return {std::nullopt, "no name of an organisation, or a number beside it"};
  if (!known_name(name).empty()) return {organisation(name), ""};
  if (const Parts parts = parts_of(name); !parts.organisation.empty() && parts.like != PersonLike::no) {
    beside_persons_.push_back(row.line);
    return {organisation(parts.organisation), ""};
  } else if (parts.organisation.empty()) {
    if (is_person_alone(name)) return {std::nullopt, person_alone};
    if (holds_unknown_person(name, false)) return {std::nullopt, person_beside_unknown};
  }
  return {organisation(name), ""};
}

Who Gathering::by_display_name(const std::string& shown) {
  const std::string known = organisation_in(shown);
  return known.empty() ? Who{std::nullopt, "no organisation is told"} : Who{organisation(known), ""};
}

Who Gathering::who(const SourceTable& table, const SourceRow& row) {
  const std::string& said = table.cell(row, Holds::organisation);
  const std::string& mail = table.cell(row, Holds::email);
  if (!said.empty()) {
    Who found = named(table, row, said);
    if (found.organisation || mail.empty() || is_no_organisation(said)) return found;
  } else if (!table.has(Holds::organisation) && table.has(Holds::name) && !names_are_of_persons(table) &&
             names_are_organisations(table)) {
    return named(table, row, table.cell(row, Holds::name));
  }
  Who by = by_mail(mail, person_of(table, row) + " " + plain_words(table.cell(row, Holds::name)));
  if (by.organisation) return by;
  for (const Holds holds : {Holds::name, Holds::person})
    if (Who shown = by_display_name(table.cell(row, holds)); shown.organisation) return shown;
  return by;
}

std::string Gathering::doubt_of_names(const SourceTable& table) {
  const bool unread = !table.has(Holds::organisation) && table.has(Holds::name) && names_are_of_persons(table);
  return !unread || table.has(Holds::arrival)
             ? ""
             : "names are taken for persons', for e-mails, addresses or telephones stand beside them: head the column "
               "'organisation' if they are organisations";
}

}  // namespace coalis::io
