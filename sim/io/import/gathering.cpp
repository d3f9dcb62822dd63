// See gathering.hpp.
#include "gathering.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/names.hpp"

namespace coalis::io {
namespace {

std::set<std::string> words_of(std::string_view plain) {
  std::set<std::string> words;
  while (!plain.empty()) {
    const auto end = std::min(plain.find(' '), plain.size());
    if (end > 0) words.emplace(plain.substr(0, end));
    plain.remove_prefix(std::min(end + 1, plain.size()));
  }
  return words;
}

// "jane doe" and "doe jane" are one.
std::string sorted_words(std::string_view plain) {
  std::string text;
  for (const std::string& word : words_of(plain)) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string person_of(const SourceTable& table, const SourceRow& row) {
  std::string person;
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    if (table.columns[c] == Holds::person) person += " " + row.cell(c);
  return plain_words(person);
}

// Addresses of the network and telephones: mostly digits.
bool is_number_like(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 5 && static_cast<std::size_t>(digits) * 2 > text.size();
}

}  // namespace

Gathering::Gathering(const ImportAnswers& answers, const std::vector<SameName>& known) : known_(known) {
  imported_.answers = answers;
  for (const SameName& pair : known) {
    const std::string name = plain_words(pair.name), other = plain_words(pair.other);
    if (pair.same == "yes" && name != other) same_as_[other] = name;
    if (pair.same == "no" && name == other) apart_.insert(pair.other);
    if (!pair.same.empty() && (pair.same == "no" || name != other)) imported_.names.push_back(pair);
  }
}

void Gathering::note_persons(const SourceTable& table) {
  if (table.has(Holds::arrival) || table.has(Holds::departure)) return;  // display names may be organisations'
  for (const SourceRow& row : table.rows) {
    std::string whole;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (table.columns[c] != Holds::person) continue;
      const std::string words = plain_words(row.cell(c));
      whole += (whole.empty() ? "" : " ") + words;
      if (words.find(' ') != words.npos) persons_.insert(sorted_words(words));
    }
    if (whole.find(' ') != whole.npos) persons_.insert(sorted_words(whole));
  }
}

bool Gathering::is_person(std::string_view words) const { return persons_.contains(sorted_words(words)); }

DateOrder Gathering::order_of(const SourceTable& table, const std::vector<std::string>& texts) {
  std::vector<DateOrder> orders = possible_orders(texts);
  if (orders.empty()) return DateOrder::year_month_day;
  if (orders.size() == 1) return orders.front();
  if (const auto answer = order_named(imported_.answers.dates))
    return std::find(orders.begin(), orders.end(), *answer) != orders.end() ? *answer : orders.front();
  std::vector<std::string> names;
  for (const DateOrder order : orders) names.emplace_back(order_name(order));
  ask("--dates", "In which order are day, month and year written?", names, table.file);
  return orders.front();
}

void Gathering::ask(const std::string& option, const std::string& text, std::vector<std::string> answers,
                    const std::string& file) {
  for (ImportQuestion& question : imported_.questions)
    if (question.option == option) {
      if (question.text.find(file) == question.text.npos) question.text += ", " + file;
      return;
    }
  imported_.questions.push_back({option, text + " Asked by: " + file, std::move(answers)});
}

const std::string& Gathering::answered(std::string& answer, const char* option, const char* text,
                                       std::vector<std::string> answers, const std::string& file) {
  const auto open = std::find_if(imported_.questions.begin(), imported_.questions.end(),
                                 [&](const ImportQuestion& question) { return question.option == option; });
  if (answer.empty() || open != imported_.questions.end()) {
    if (answer.empty()) answer = answers.front();
    ask(option, text, std::move(answers), file);
  }
  return answer;
}

bool Gathering::names_are_organisations(const SourceTable& table) {
  return answered(imported_.answers.names, "--names", "Whose names stand in the column that is headed by 'name' or 'member'?",
                  {"persons", "organisations"}, table.file) == "organisations";
}

std::string Gathering::key_of(const std::string& name) {
  if (apart_.contains(name)) return "=" + name;
  std::string key = plain_words(name);
  for (std::size_t steps = 0; steps < same_as_.size(); ++steps) {
    const auto same = same_as_.find(key);
    if (same == same_as_.end()) break;
    key = same->second;
  }
  return key;
}

std::size_t Gathering::organisation(const std::string& name) {
  const std::string key = key_of(name);
  const auto [found, is_new] = by_key_.emplace(key, imported_.organisations.size());
  if (is_new) {
    imported_.organisations.push_back({});
    // The name that an alias stands for, if it has been given.
    const auto known = std::find_if(known_.begin(), known_.end(), [&](const SameName& pair) {
      return pair.same == "yes" && plain_words(pair.name) == key && plain_words(pair.other) == plain_words(name);
    });
    imported_.organisations.back().name = known == known_.end() || key == plain_words(name) ? name : known->name;
  }
  const std::string& first = imported_.organisations[found->second].name;
  const bool listed = std::any_of(imported_.names.begin(), imported_.names.end(),
                                  [&](const SameName& pair) { return pair.name == first && pair.other == name; });
  if (name != first && !listed && plain_words(name) == plain_words(first))
    imported_.names.push_back({first, name, "yes", "only letter case, blanks or signs differ"});
  return found->second;
}

std::string Gathering::category(const std::string& cell) const {
  constexpr std::size_t longest = 40;
  const bool none = cell.size() > longest || cell.find_first_of("@0123456789:") != cell.npos || is_no_organisation(cell) ||
                    begins_like_a_person(cell) || is_person(plain_words(cell));
  return none ? "" : cell;
}

void Gathering::learn_domain(const SourceTable& table, const SourceRow& row, std::size_t organisation) {
  const std::string mail = name_key(table.cell(row, Holds::email));
  const auto at = mail.rfind('@');
  if (at == mail.npos || is_free_mail(mail.substr(at + 1))) return;
  const auto [known, is_new] = domains_.emplace(mail.substr(at + 1), organisation);
  if (!is_new && known->second != organisation) known->second = std::nullopt;
}

Who Gathering::by_mail(const std::string& mail, const std::string& person) {
  const auto at = mail.rfind('@');
  if (at == mail.npos) return {std::nullopt, "no organisation is told"};
  std::string domain = name_key(mail.substr(at + 1));
  domain = domain.substr(0, domain.find_first_of(" >;,"));
  if (domain.find('.') == domain.npos || is_free_mail(domain)) return {std::nullopt, "an e-mail that tells no organisation"};
  if (const auto known = domains_.find(domain); known != domains_.end())
    return known->second ? Who{known->second, ""} : Who{std::nullopt, "an e-mail's domain that several organisations have"};
  // A domain that a person has for their own name is no organisation's.
  std::set<std::string> names = words_of(person);
  for (const std::string& word : words_of(plain_words(mail.substr(0, at)))) names.insert(word);
  for (const std::string& word : names)
    if (word.size() >= 3 && domain.find(word) != domain.npos) return {std::nullopt, "an e-mail's domain that is a person's"};
  return {organisation(domain), ""};
}

Who Gathering::named(const SourceTable& table, const SourceRow& row, const std::string& name) {
  constexpr std::size_t longest = 120;
  const std::string words = plain_words(name), person = person_of(table, row);
  if (name.find('@') != name.npos) return by_mail(name, person);
  if (is_no_organisation(name)) return {std::nullopt, "says that there is no organisation"};
  if (is_number_like(name) || name.size() > longest) return {std::nullopt, "no name of an organisation"};
  std::set<std::string> own = words_of(person), told = words_of(words);
  const bool holds_person = own.size() > 1 && std::includes(told.begin(), told.end(), own.begin(), own.end());
  if (is_person(words) || holds_person || begins_like_a_person(name))
    return {std::nullopt, "a person's name where an organisation's belongs"};
  return {organisation(name), ""};
}

Who Gathering::by_display_name(const std::string& shown) {
  // "Jane Doe (Legal Aid)", "Legal Aid - Jane Doe": a part that is the name of an organisation which is known already.
  std::vector<std::string> parts{""};
  for (const char c : shown)
    if (std::string_view("()[]|,/;:-").find(c) != std::string_view::npos)
      parts.emplace_back();
    else
      parts.back() += c;
  parts.push_back(shown);
  for (const std::string& part : parts)
    if (const std::string words = plain_words(part); !words.empty() && !is_person(words))
      if (const auto known = by_key_.find(key_of(part)); known != by_key_.end()) return {known->second, ""};
  return {std::nullopt, "no organisation is told"};
}

Who Gathering::who(const SourceTable& table, const SourceRow& row) {
  const std::string& said = table.cell(row, Holds::organisation);
  const bool of_persons = table.has(Holds::arrival) || table.has(Holds::email) || table.has(Holds::address);
  if (!said.empty()) {
    if (const Who found = named(table, row, said); found.organisation || table.cell(row, Holds::email).empty()) return found;
  } else if (!table.has(Holds::organisation) && table.has(Holds::name) && !of_persons && names_are_organisations(table)) {
    return named(table, row, table.cell(row, Holds::name));
  }
  const std::string& mail = table.cell(row, Holds::email);
  const std::string person = person_of(table, row) + " " + plain_words(table.cell(row, Holds::name));
  const Who by = by_mail(mail, person);
  if (by.organisation) return by;
  for (const Holds holds : {Holds::name, Holds::person})
    if (const Who shown = by_display_name(table.cell(row, holds)); shown.organisation) return shown;
  return by;
}

ImportedEvent& Gathering::event(const Day& day, const std::optional<std::string>& kind) {
  for (ImportedEvent& one : imported_.events)
    if (one.day == day.text() && (!kind || one.kind == *kind)) return one;
  imported_.events.push_back({day.text(), kind.value_or("meeting"), {}, false});
  return imported_.events.back();
}

void Gathering::attend(ImportedEvent& event, std::size_t organisation) {
  event.seen = true;
  const auto at = std::lower_bound(event.attended.begin(), event.attended.end(), organisation);
  if (at == event.attended.end() || *at != organisation) event.attended.insert(at, organisation);
}

Imported Gathering::finished() {
  for (const ImportQuestion& question : imported_.questions)
    if (question.option == "--dates") imported_.answers.dates = question.answers.front();
  const auto& all = imported_.organisations;
  const auto listed = [](const ImportedOrganisation& organisation) { return organisation.listed; };
  if (std::any_of(all.begin(), all.end(), listed) && !std::all_of(all.begin(), all.end(), listed))
    answered(imported_.answers.guests, "--guests", "What are organisations that came and are on no list of members?",
             {"nonmembers", "members"}, "attendance");
  std::stable_sort(imported_.events.begin(), imported_.events.end(),
                   [](const ImportedEvent& a, const ImportedEvent& b) { return a.day < b.day; });
  for (const ImportedEvent& event : imported_.events)
    for (const std::size_t o : event.attended)
      ++imported_.organisations[o].attended[event.kind == "training" ? 1 : event.kind == "outreach" ? 2 : 0];
  for (SameName& pair : similar_names(imported_.organisations, imported_.names)) imported_.names.push_back(std::move(pair));
  return std::move(imported_);
}

}  // namespace coalis::io
