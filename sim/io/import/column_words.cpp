// See column_words.hpp.
#include "column_words.hpp"

#include <vector>

#include "coalis/core/names.hpp"
#include "phrases.hpp"

namespace coalis::io {
namespace {

constexpr std::string_view present_words =
    "1|x|xx|y|yes|j|ja|si|sí|oui|true|wahr|present|p|attended|here|anwesend|a teilgenommen|teilgenommen|asistió|présent|✓|✔|☑|✅|"
    "•|+|checked|checked in|in person|zoom|virtual|remote|online|phone|v|z|on time|late";
constexpr std::string_view absent_words =
    "0|n|no|nein|non|false|falsch|absent|a|abs|excused|e|ex|exc|unexcused|u|entschuldigt|ent|abwesend|ausente|faltó|☐|✗|✘|❌|-|–|"
    "—|did not attend|not attended|no show|regrets|declined|unchecked|excusé";
constexpr std::string_view unknown_words =
    "?|??|unknown|unbekannt|unk|n a|na|k a|tbd|not recorded|no record|desconocido|inconnu|missing|registered|invited|maybe|"
    "tentative|accepted|attending|going";
constexpr std::string_view total_words =
    "total|totals|sum|grand total|subtotal|summe|gesamt|gesamtsumme|anzahl|count|average|mean|mittelwert|suma|promedio|"
    "somme|total général|total attendance|total present|total members|total organizations|total organisations|total attendees|"
    "total participants|total number|total count|total attended|number present|headcount|in all|zusammen|percent|percentage";
constexpr std::string_view none_words =
    "none|n a|na|self|individual|private|private person|retired|citizen|community member|resident|no organization|"
    "no organisation|unaffiliated|independent|keine|privat|privatperson|ninguna|ninguno|aucun|aucune|unknown|guest|"
    "unbekannt|tbd|student|parent|volunteer|same|ditto|test";
// Whole domains; of `free_labels` all domains that begin so.
constexpr std::string_view free_domains =
    "ymail.com|rocketmail.com|live.com|live.de|live.fr|live.co.uk|live.com.mx|msn.com|icloud.com|me.com|mac.com|web.de|t-online."
    "de|"
    "freenet.de|mail.com|email.com|proton.me|protonmail.com|protonmail.ch|pm.me|tutanota.com|tuta.io|fastmail.com|hey.com|zoho."
    "com|"
    "mail.ru|qq.com|163.com|126.com|naver.com|comcast.net|verizon.net|att.net|sbcglobal.net|bellsouth.net|charter.net|cox.net|"
    "earthlink.net|juno.com|frontier.com|optonline.net|windstream.net|btinternet.com|orange.fr|wanadoo.fr|free.fr|laposte.net|"
    "sfr.fr|"
    "posteo.de|mailbox.org|arcor.de|bluewin.ch|libero.it|rediffmail.com|example.com";
constexpr std::string_view free_labels = "gmail|googlemail|yahoo|hotmail|outlook|gmx|aol|yandex";

struct BegunBy {
  const char* name;
  Phrases begins;
};

std::optional<std::string> first_begun(std::string_view text, const std::vector<BegunBy>& kinds) {
  const std::string words = plain_words(text);
  for (const BegunBy& kind : kinds)
    if (kind.begins.begin_in(words)) return kind.name;
  return std::nullopt;
}

bool is_number(std::string_view words) { return !words.empty() && words.find_first_not_of("0123456789") == words.npos; }

}  // namespace

std::string plain_words(std::string_view text) {
  std::string words;
  for (const char c : name_key(text)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0x80 || c == '?';
    if (kept)
      words += c;
    else if (!words.empty() && words.back() != ' ')
      words += ' ';
  }
  if (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

bool has_words(std::string_view words, std::string_view phrase) {
  for (std::size_t at = words.find(phrase); at != words.npos && !phrase.empty(); at = words.find(phrase, at + 1)) {
    const bool begins = at == 0 || words[at - 1] == ' ';
    const bool ends = at + phrase.size() == words.size() || words[at + phrase.size()] == ' ';
    if (begins && ends) return true;
  }
  return false;
}

std::optional<Mark> mark_of(std::string_view cell) {
  static const Phrases present(present_words), absent(absent_words), unknown(unknown_words);
  if (cell.empty() || cell.size() > 24) return std::nullopt;
  if (const std::string key = name_key(cell); present.has(key))
    return Mark::present;
  else if (absent.has(key))
    return Mark::absent;
  std::string words = plain_words(cell);
  for (const std::string_view zeros : {" 0", " 00"})  // "1,0", "0.00": a whole number with decimals
    if (words.ends_with(zeros) && is_number(words.substr(0, words.size() - zeros.size())))
      words.resize(words.size() - zeros.size());
  if (is_number(words) && words.find_first_not_of('0') == words.npos) return Mark::absent;
  if (is_number(words)) return words.size() <= 3 ? std::optional(Mark::present) : std::nullopt;  // how many came
  if (present.has(words)) return Mark::present;
  if (absent.has(words)) return Mark::absent;
  return unknown.has(words) ? std::optional(Mark::unknown) : std::nullopt;
}

std::optional<std::string> event_kind_of(std::string_view title) {
  static const std::vector<BegunBy> kinds{
      {"training",
       Phrases("training|workshop|webinar|course|seminar|schulung|fortbildung|kurs|capacitaci|taller|formation|atelier")},
      {"outreach",
       Phrases("outreach|fair|awareness|public event|open day|infostand|aktionstag|tag der|feria|jornada|sensibili|campaign|"
               "kampagne")},
      {"meeting",
       Phrases("meeting|plenary|plenar|sitzung|treffen|reuni|réuni|assembl|general|quarterly|monthly|committee|council|"
               "vollversammlung|convening")}};
  return first_begun(title, kinds);
}

std::optional<std::string> sector_of(std::string_view text) {
  static const std::vector<BegunBy> sectors{
      {"nonprofit",
       Phrases("nonprofit|non profit|not for profit|ngo|nro|non gov|nongov|501|charit|npo|e v|ggmbh|verein|gemeinn|"
               "freie träger|sin fines|ong|osc|à but non|association|faith|church|foundation|community based|cbo|"
               "civil society|third sector|voluntary|religi|kirche|iglesia|église|labor union|labour union|trade union|union|"
               "gewerkschaft|sindicato|syndicat")},
      {"public",
       Phrases("public|gov|state|county|municipal|city|federal|tribal|department|behörde|öffentlich|kommun|staat|públic|"
               "gobierno|estatal|munici|police|law enforcement|sheriff|court|school")},
      {"for_profit", Phrases("for profit|forprofit|business|private|company|commercial|corporat|privat|gewerb|firma|empresa|"
                             "entreprise|privé|llc|incorporated")}};
  return first_begun(text, sectors);
}

bool is_cancelled(std::string_view text) {
  static const Phrases cancelled(
      "cancelled|canceled|postponed|abgesagt|entfällt|verschoben|cancelado|cancelada|annulé|annulée|reporté|suspendida");
  return cancelled.stand_in(plain_words(text));
}

bool is_total(std::string_view text) {
  static const Phrases totals(total_words);
  const std::string words = plain_words(text);
  const bool begins = words.starts_with("total number") || words.starts_with("number of ") || words.starts_with("summe ") ||
                      words.starts_with("total de ") || words.starts_with("total des ");
  return begins || totals.has(words);
}

bool is_no_organisation(std::string_view text) {
  static const Phrases none(none_words);
  const std::string words = plain_words(text);
  return words.find_first_not_of("? ") == words.npos || none.has(words);
}

bool is_no_member(std::string_view status) {
  static const Phrases former(
      "former|inactive|withdrawn|withdrew|resigned|left|ended|terminated|prospective|invited|applicant|pending|"
      "non member|nonmember|guest|ehemalig|ehemaliges|ausgetreten|inaktiv|inactivo|inactiva|baja|inactif|ancien");
  return former.stand_in(plain_words(status));
}

bool is_free_mail(std::string_view domain) {
  static const Phrases domains(free_domains), labels(free_labels);
  const std::string key = name_key(domain);
  return domains.has(key) || labels.has(std::string_view(key).substr(0, key.find('.')));
}

bool begins_like_a_person(std::string_view text) {
  static const Phrases titles("dr|mr|mrs|ms|miss|prof|herr|frau|señor|señora|sr|sra|mme|monsieur|madame|rev|sister|father");
  static const Phrases houses(  // "Sister Cities Network" is no person
      "center|centre|foundation|shelter|society|house|church|clinic|school|services|association|coalition|institute|fund|"
      "project|network|hospital|memorial|program|office|stiftung|haus|verein|fundación|casa|maison|llc|inc");
  const std::string words = plain_words(text);
  const auto end = words.find(' ');
  return end != words.npos && titles.has(std::string_view(words).substr(0, end)) && !houses.stand_in(words);
}

bool is_about_members(std::string_view text) {
  static const Phrases about(
      "members|membership|member list|roster|partners|partner list|mailing list|mitglieder|mitgliederliste|miembros|membres");
  return about.stand_in(plain_words(text));
}

bool is_about_attendance(std::string_view text) {
  static const Phrases about(
      "sign in|signin|signed in|attendance|attendees|anwesenheit|anwesenheitsliste|teilnehmerliste|teilnahme|asistencia|"
      "lista de asistencia|présence|feuille de présence|participants|participant list");
  return about.stand_in(plain_words(text));
}

}  // namespace coalis::io
