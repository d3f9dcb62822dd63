// See gathering.hpp.
#include "gathering.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/names.hpp"
#include "coalis/io/import/import_files.hpp"

namespace coalis::io {

Gathering::Gathering(const ImportAnswers& answers, const std::vector<SameName>& known) : known_(known) {
  imported_.answers = answers;
  for (const SameName& pair : known) {
    const std::string name = plain_words(pair.name), other = plain_words(pair.other);
    if (pair.same == "yes" && name != other) same_as_[other] = name;
    if (pair.same == "no" && name == other) apart_.insert(pair.other);
    if (!pair.same.empty() && (pair.same == "no" || name != other)) imported_.names.push_back(pair);
  }
}

DateOrder Gathering::order_of(const SourceTable& table, const std::vector<std::string>& texts) {
  std::vector<DateOrder> orders = possible_orders(texts);
  if (orders.empty()) return DateOrder::year_month_day;
  if (orders.size() == 1) return orders.front();
  std::vector<std::string> names;
  for (const DateOrder order : orders) names.emplace_back(order_name(order));
  const std::string& answer = answered(imported_.answers.dates, "--dates", "In which order are day, month and year written?",
                                       std::move(names), table.file);
  const auto taken = std::find(orders.begin(), orders.end(), order_named(answer));
  return taken == orders.end() ? orders.front() : *taken;
}

void Gathering::ask(const std::string& option, const std::string& text, std::vector<std::string> answers,
                    const std::string& file) {
  for (ImportQuestion& question : imported_.questions)
    if (question.option == option) {
      if (!(question.text + ", ").ends_with(" " + file + ", ") && question.text.find(" " + file + ", ") == question.text.npos)
        question.text += ", " + file;
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
  return answered(imported_.answers.names, "--names",
                  "Whose names stand where the heading does not say it ('name', 'member', 'from')?", {"persons", "organisations"},
                  table.file) == "organisations";
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
  constexpr std::size_t longest = 60;
  const bool none = cell.size() > longest || cell.find_first_of("@0123456789:") != cell.npos || is_no_organisation(cell) ||
                    begins_like_a_person(cell) || holds_person(plain_words(cell));
  return none ? "" : cell;
}

ImportedEvent& Gathering::event(const Day& day, const std::optional<std::string>& kind) {
  const std::string text = day.text();
  std::vector<ImportedEvent*> found, within;  // of that day; in that month, if no day is told
  for (ImportedEvent& one : imported_.events) {
    if (kind && one.kind != *kind) continue;
    if (one.day == text) found.push_back(&one);
    if (day.day == 0 && one.day.starts_with(text)) within.push_back(&one);
  }
  if (found.empty() && within.size() == 1) return *within.front();
  const auto meeting = std::find_if(found.begin(), found.end(), [](const auto* one) { return one->kind == "meeting"; });
  if (!found.empty()) return meeting == found.end() ? *found.front() : **meeting;
  imported_.events.push_back({text, kind.value_or("meeting"), {}, {}, false});
  return imported_.events.back();
}

void Gathering::attend(ImportedEvent& event, std::size_t organisation) {
  event.seen = true;
  const auto at = std::lower_bound(event.attended.begin(), event.attended.end(), organisation);
  if (at == event.attended.end() || *at != organisation) event.attended.insert(at, organisation);
}

Imported Gathering::finished() {
  const auto& all = imported_.organisations;
  const auto listed = [](const ImportedOrganisation& organisation) { return organisation.listed; };
  if (std::any_of(all.begin(), all.end(), listed) && !std::all_of(all.begin(), all.end(), listed))
    answered(imported_.answers.guests, "--guests",
             "What are organisations that came, or are named as partners, and are on no list of members?",
             {"nonmembers", "members"}, "the lists of who came");
  std::stable_sort(imported_.events.begin(), imported_.events.end(),
                   [](const ImportedEvent& a, const ImportedEvent& b) { return a.day < b.day; });
  for (const ImportedEvent& event : imported_.events)
    for (const std::size_t o : event.attended)
      if (is_member_in(imported_.organisations[o], event.day.substr(0, 7)))
        ++imported_.organisations[o].attended[event.kind == "training" ? 1 : event.kind == "outreach" ? 2 : 0];
  std::vector<SameName> similar = similar_names(imported_.organisations, imported_.names);
  if (similar.size() == most_similar_names)
    imported_.not_expressed.push_back(fmt::format(
        "{} pairs of names that are alike are listed, and there may be more: answer them, and import again.", similar.size()));
  for (SameName& pair : similar) imported_.names.push_back(std::move(pair));
  return std::move(imported_);
}

}  // namespace coalis::io
