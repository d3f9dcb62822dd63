// Names that hold others: "Jane Doe (Legal Aid)" is Legal Aid's, "Legal Aid (Chicago)" is an organisation's own.
#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/counted.hpp"
#include "gathering.hpp"
#include "name_words.hpp"

namespace coalis::io {
namespace {

using Pieces = std::vector<std::pair<std::size_t, std::size_t>>;

std::string joined(const std::vector<std::string>& words, std::size_t first, std::size_t end) {
  std::string text;
  for (std::size_t i = first; i < end; ++i) text += (text.empty() ? "" : " ") + words[i];
  return text;
}

// All pieces but those of a run.
std::string without_run(const std::string& name, const Pieces& pieces, std::size_t first, std::size_t last) {
  std::string rest;
  for (std::size_t i = 0; i < pieces.size(); ++i)
    if (i < first || i > last)
      rest += (rest.empty() ? "" : " ") + name.substr(pieces[i].first, pieces[i].second - pieces[i].first);
  return rest;
}

bool has_letters(const std::string& words) { return words.find_first_not_of("0123456789 ?") != words.npos; }

}  // namespace

std::string Gathering::known_name(const std::string& name) const {
  const std::string key = key_of(name);
  if (const auto read = by_key_.find(key); read != by_key_.end()) return imported_.organisations[read->second].name;
  const auto named = named_.find(key);
  return named == named_.end() ? "" : named->second.name;
}

bool Gathering::is_listed(const std::string& name) const {
  const auto named = named_.find(key_of(name));
  return named != named_.end() && named->second.listed;
}

Gathering::Parts Gathering::parts_of(const std::string& name) const {
  const Pieces pieces = pieces_of(name);
  Parts best;
  bool best_listed = false;
  for (std::size_t length = pieces.size(); length-- > 1;)
    for (std::size_t first = 0; first + length <= pieces.size(); ++first) {
      const std::size_t last = first + length - 1, begin = pieces[first].first;
      const std::string run = name.substr(begin, pieces[last].second - begin);
      const std::string known = holds_person(plain_words(run)) ? "" : known_name(run);
      if (known.empty() || (!best.organisation.empty() && (best_listed || !is_listed(run)))) continue;
      best = {known, without_run(name, pieces, first, last)}, best_listed = is_listed(run);
    }
  const std::string rest = plain_words(best.rest);
  const bool idle = !has_letters(rest) || is_device(best.rest) || is_no_organisation(best.rest) ||
                    rest == initials_of(plain_words(best.organisation));
  best.like = idle || holds_person(rest) ? PersonLike::surely : places_.contains(rest) ? PersonLike::no : person_like(best.rest);
  return best;
}

bool Gathering::holds_unknown_person(const std::string& name, bool listed) const {
  const Pieces pieces = pieces_of(name);
  if (pieces.size() < 2) return false;
  const auto text = [&](std::size_t first, std::size_t last) {
    return name.substr(pieces[first].first, pieces[last].second - pieces[first].first);
  };
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::string one = text(i, i);
    bool turned = false;  // "Doe, Jane"
    if (i + 1 < pieces.size() && name[pieces[i].second] == ',' && person_like(one) != PersonLike::no &&
        words_of(plain_words(one)).size() == 1 && words_of(plain_words(text(i + 1, i + 1))).size() == 1)
      one = text(i, i + 1), turned = true;
    const std::size_t words = words_of(plain_words(one)).size();
    const PersonLike like = places_.contains(plain_words(one)) ? PersonLike::no : person_like(one);
    if (like == PersonLike::surely && (words > 1 || !listed)) return true;
    bool beside = false;
    for (std::size_t k = 0; k < pieces.size(); ++k) beside |= k != i && has_word_of_organisations(text(k, k));
    if (like == PersonLike::perhaps && words <= 3 && beside && (!listed || i == 0)) return true;
    i += turned;
  }
  return false;
}

std::string Gathering::organisation_in(const std::string& shown) const {
  if (!holds_person(plain_words(shown)))
    if (std::string known = known_name(shown); !known.empty()) return known;
  if (Parts parts = parts_of(shown); !parts.organisation.empty()) return parts.organisation;
  const std::vector<std::string> words = words_of(plain_words(shown));  // "Jane Doe Legal Aid"
  constexpr std::size_t fewest = 2, most = 12;
  if (words.size() > most) return "";
  for (std::size_t length = words.size(); length-- > fewest;) {
    const std::size_t rest = words.size() - length;
    for (const bool ahead : {true, false}) {
      const std::string run = ahead ? joined(words, 0, length) : joined(words, rest, words.size());
      const std::string other = ahead ? joined(words, length, words.size()) : joined(words, 0, rest);
      if (holds_person(run) || (!holds_person(other) && person_like(other) == PersonLike::no)) continue;
      if (std::string known = known_name(run); !known.empty()) return known;
    }
  }
  return "";
}

void Gathering::note_organisations(const SourceTable& table, Shape shape, NamesNoted which) {
  if (shape == Shape::unknown || shape == Shape::calendar || shape == Shape::survey) return;
  const bool listed = shape == Shape::roster;
  // By an answer: then names alone are organisations', whatever they look like.
  const bool told = !table.has(Holds::organisation) && imported_.answers.names == "organisations" && !names_are_of_persons(table);
  std::vector<Holds> columns{Holds::organisation, Holds::partner};
  if (told) columns.push_back(Holds::name);
  for (const SourceRow& row : table.rows) {
    if (const std::string region = plain_words(table.cell(row, Holds::region)); !region.empty()) places_.insert(region);
    for (const Holds column : columns) {
      const std::string& name = table.cell(row, column);
      if (is_none(name) || holds_person(plain_words(name)) || begins_like_a_person(name)) continue;
      const bool alone = pieces_of(name).size() == 1;
      if (alone != (which == NamesNoted::alone)) continue;
      if (alone ? !listed && !told && is_person_alone(name) : !listed || holds_unknown_person(name, true)) continue;
      // One word beside a member's name may as well be a place.
      if (const Parts parts = parts_of(name); !alone && !parts.organisation.empty() && parts.like > PersonLike::one_word)
        continue;
      Named& one = named_.emplace(key_of(name), Named{name, listed}).first->second;
      one.listed |= listed;
    }
  }
}

std::string Gathering::beside_persons() {
  if (beside_persons_.empty()) return "";
  std::string sentence = fmt::format(
      "{} a person or something else beside an organisation that is known: counted for the organisation ({})",
      counted(beside_persons_.size(), "row") + (beside_persons_.size() == 1 ? " names" : " name"), lines_said(beside_persons_));
  beside_persons_.clear();
  return sentence;
}

}  // namespace coalis::io
