// See survey_questions.hpp.
#include "survey_questions.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "coalis/core/names.hpp"
#include "column_words.hpp"

namespace coalis::io {
namespace {

// Beginnings of words; none stands for itself in a question, so that "Do you offer trainings?" is not whether they came.
struct QuestionWords {
  std::string_view measures;
  std::vector<std::string_view> about, and_of, but_not;
};

bool begins_word(const std::string& words, const std::vector<std::string_view>& begins) {
  return std::any_of(begins.begin(), begins.end(),
                     [&](std::string_view one) { return words.find(" " + name_key(one)) != words.npos; });
}

std::string first_asked(const std::string& words, const std::vector<QuestionWords>& questions) {
  for (const QuestionWords& one : questions)
    if (begins_word(words, one.about) && (one.and_of.empty() || begins_word(words, one.and_of)) &&
        !begins_word(words, one.but_not))
      return std::string(one.measures);
  return "";
}

}  // namespace

std::string measured(const std::string& question, AnswerForm form) {
  static const std::vector<std::string_view> came{"attend",       "came",     "come",     "been",    "took part",
                                                  "take part",    "particip", "receiv",   "complet", "trained",
                                                  "teilgenommen", "besucht",  "geschult", "asisti",  "suivi"},
      wished{"would", "should", "offer", "provid", "want", "need", "plan", "interest", "sollte", "ofrec", "propos"},
      others{"member",   "partner", "coalition", "organi", "agenc", "other",
             "mitglied", "ander",   "miembro",   "otr",    "autre", "membre"},
      outside{"outside", "außerhalb", "fuera", "hors"},
      how_many{"how many", "number of", "wie viele", "anzahl", "cuánt", "combien"},
      important{"importan", "wichtig", "led to", "lead to", "leads to", "how many", "number of", "wie viele", "cuánt", "combien"};
  static const std::vector<std::string_view> together{"collaborat", "work with", "works with", "zusammenarbeit",
                                                      "arbeiten",   "colabor",   "trabaj",     "travaill"};
  static const std::vector<QuestionWords> yes_or_no{
      {"trained",
       {"training", "trained", "workshop", "schulung", "geschult", "fortbildung", "capacit", "formation"},
       came,
       wished},
      {"", together, wished, {}},
      {"collaborates_outside", together, outside, {}},
      {"collaborates_inside", together, others, {}}};
  static const std::vector<QuestionWords> numbers{
      {"outreach_days_attended", {"outreach"}, came, wished},
      {"meetings_attended", {"meeting", "sitzung", "treffen", "reuni", "réunion"}, came, wished}};
  static const std::vector<QuestionWords> ratings{
      {"leadership_rating",
       {"lead", "led", "coordinat", "leitung", "geleitet", "koordin", "lider", "coordin", "pilotage"},
       {},
       important},
      {"goal_attainment_rating",
       {"goal", "ziel", "objetiv", "meta", "objectif", "objective"},
       {"achiev", "reach", "attain", "met", "progress", "accomplish", "erreich", "alcanz", "logr", "attein"},
       important}};
  const std::string words = " " + plain_words(question);
  const bool counts = form == AnswerForm::numbers && begins_word(words, how_many);
  if (form == AnswerForm::yes_or_no) return first_asked(words, yes_or_no);
  if (counts) return first_asked(words, numbers);
  return form == AnswerForm::numbers || form == AnswerForm::words ? first_asked(words, ratings) : "";
}

int months_asked(const std::string& question) {
  std::string words = " " + plain_words(question) + " ";
  std::replace(words.begin(), words.end(), '?', ' ');
  for (const char* year : {"last year", "past year", "letzten jahr", "último año", "dernière année"})
    if (words.find(" " + name_key(year) + " ") != words.npos) return 12;
  for (const char* since : {"last", "past", "letzten", "últimos", "derniers"}) {
    const std::string key = " " + name_key(since) + " ";
    const auto at = words.find(key);
    if (at == words.npos) continue;
    const std::string_view rest = std::string_view(words).substr(at + key.size());
    const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    const std::string_view unit = rest.substr(digits);
    if (digits == 0 || digits > 2) continue;
    const int number = std::stoi(std::string(rest.substr(0, digits)));
    if (unit.starts_with(" month") || unit.starts_with(" monat") || unit.starts_with(" mes") || unit.starts_with(" mois"))
      return number;
  }
  return 0;
}

std::string direction_told(const std::string& question) {
  const std::string words = plain_words(question);
  const auto begins_low = [](std::string_view rest) {
    for (const std::string_view low : {"low", "poor", "very poor", "bad", "not", "never", "strongly disagree", "worst",
                                       "schlecht", "sehr schlecht", "nada", "muy mal"})
      if (rest.starts_with(low)) return true;
    return false;
  };
  const auto begins_high = [](std::string_view rest) {
    for (const std::string_view high :
         {"excellent", "best", "very good", "very well", "high", "strongly agree", "sehr gut", "excelente", "muy bueno"})
      if (rest.starts_with(high)) return true;
    return false;
  };
  const auto at = (" " + words).find(" 1 ");
  if (at == std::string::npos) return "";
  const std::string_view rest = std::string_view(words).substr(std::min(at + 2, words.size()));
  return begins_low(rest) ? "up" : begins_high(rest) ? "down" : "";
}

}  // namespace coalis::io
