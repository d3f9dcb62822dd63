// See column_words.hpp.
#include "column_words.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "coalis/core/names.hpp"

namespace coalis::io {
namespace {

struct HeadingWords {
  Holds holds;
  std::string_view phrases;  // apart by bars, plain; the first of the list that is found counts
};

constexpr HeadingWords headings[]{
    {Holds::metadata,
     "response id|responseid|respondent id|collector id|start date|startdate|end date|enddate|recorded "
     "date|recordeddate|submitdate|datestamp|"
     "startlanguage|seed|lastpage|progress|finished|distribution channel|distributionchannel|user language|userlanguage|record "
     "id|"
     "redcap survey identifier|timestamp|zeitstempel|marca temporal|horodateur|completion time|custom data 1|duration in seconds|"
     "external reference|externalreference|externaldatareference|date created|date modified|survey complete"},
    {Holds::address,
     "ip "
     "address|ipaddress|ip|address|adresse|dirección|direccion|street|straße|strasse|calle|rue|phone|telephone|telefon|teléfono|"
     "telefono|tel|"
     "téléphone|mobile|cell|fax|zip|zip code|postcode|plz|signature|unterschrift|firma "
     "digital|locationlatitude|locationlongitude|latitude|longitude"},
    {Holds::email, "e mail|email|mail|user principal name|upn|correo|correo electrónico|courriel|mailadresse|participant id upn"},
    {Holds::arrival,
     "join time|first join|time joined|beitrittszeit|erster beitritt|hora de ingreso|primera unión|heure d arrivée|première "
     "connexion|joined at"},
    {Holds::departure,
     "leave time|last leave|time left|austrittszeit|letztes verlassen|hora de salida|última salida|heure de départ|dernière "
     "sortie|left at"},
    {Holds::duration, "duration|dauer|teilnahmedauer|duración|durée|total duration minutes|minutes|in meeting duration"},
    {Holds::joined,
     "joined|join date|date joined|member since|since|entry|entry date|beitritt|beitrittsdatum|eintritt|mitglied seit|seit|alta|"
     "fecha de alta|miembro desde|adhésion|membre depuis|mou signed|mou date|partner since|start of membership"},
    {Holds::left,
     "left|date left|exit|exit date|left on|withdrew|withdrawn|resigned|until|austritt|ausgetreten|mitglied bis|baja|fecha de "
     "baja|"
     "départ|membre jusqu|member until|end of membership|inactive since"},
    {Holds::status, "status|member status|guest|attendance status|estado|statut|meeting role"},
    {Holds::partner,
     "works with|work with|partner organisation|partner organization|to|target|alter|collaborates "
     "with|zu|ziel|collaborator|trabaja con|"
     "travaille avec|partner|arbeitet mit"},
    {Holds::person,
     "first name|last name|surname|given name|family name|full name|your name|contact|contact name|contact person|representative|"
     "participant|attendee|attendee name|participant name|display name|user name|print "
     "name|vorname|nachname|familienname|ansprechpartner|"
     "ansprechpartnerin|kontakt|teilnehmer|teilnehmende|nombre completo|apellido|apellidos|participante|contacto|prénom|nom de "
     "famille|"
     "participant e|delegate|name original name|preferred name|name of person|primary contact|title|job title|position"},
    {Holds::organisation,
     "organisation|organization|organisation name|organization name|org|agency|member organisation|member organization|member "
     "agency|"
     "company|institution|firma|einrichtung|träger|verein|verband|organización|organizacion|entidad|institución|organisme|"
     "affiliation|agency organization|partner name|coalition member|source|from|ego|von|quelle|respondent "
     "organization|employer|structure"},
    {Holds::name, "name|names|member|members|mitglied|mitglieder|miembro|miembros|nombre|nom|membre|membres"},
    {Holds::sector,
     "sector|sektor|type of organization|type of organisation|organization type|organisation type|org type|rechtsform|legal "
     "form|secteur|"
     "organisationstyp|tipo de organización|type d organisme"},
    {Holds::role,
     "role|field|service|services|focus|focus area|discipline|field of "
     "work|rolle|arbeitsfeld|bereich|rol|rubro|ámbito|rôle|domaine|"
     "community sector|type of service|what you do"},
    {Holds::region,
     "region|county|district|area|city|town|region "
     "county|landkreis|kreis|bezirk|stadt|ort|bundesland|región|condado|provincia|ciudad|"
     "région|département|ville|state|service area|location county"},
    {Holds::mark, "attended|present|attendance|anwesend|teilgenommen|asistió|asistencia|présent|présence|attended y n"},
    {Holds::kind, "event type|type of event|meeting type|art|kind|type|category|veranstaltungsart|tipo|catégorie|kategorie"},
    {Holds::event,
     "event|event name|meeting|meeting name|topic|subject|title of "
     "event|veranstaltung|termin|sitzung|thema|betreff|evento|reunión|asunto|"
     "tema|événement|réunion|sujet|summary|activity|training|what"},
    {Holds::date,
     "date|meeting date|event date|day|datum|tag|fecha|día|jour|date of meeting|when|start time|start|beginn|startzeit|hora de "
     "inicio|"
     "heure de début|begin|month|monat"}};

constexpr std::string_view present_words =
    "1|x|xx|y|yes|ja|j|si|sí|oui|o|true|wahr|present|p|attended|here|anwesend|a "
    "teilgenommen|teilgenommen|asistió|présent|✓|✔|☑|•|checked|in person|"
    "zoom|virtual|remote|online|phone|v|z|on time|late";
constexpr std::string_view absent_words =
    "0|n|no|nein|non|false|falsch|absent|a|abs|excused|e|ex|exc|unexcused|u|entschuldigt|ent|abwesend|ausente|faltó|☐|did not "
    "attend|no show|regrets|"
    "declined|unchecked|excusé";
constexpr std::string_view unknown_words =
    "?|??|unknown|unbekannt|unk|n a|na|k a|tbd|not recorded|no record|desconocido|inconnu|missing";
constexpr std::string_view total_words =
    "total|totals|sum|grand total|subtotal|summe|gesamt|gesamtsumme|anzahl|count|average|mean|mittelwert|suma|promedio|"
    "somme|total général|total attendance|total present|number present|headcount|in all|zusammen|percent|percentage";
constexpr std::string_view none_words =
    "none|n a|na|self|individual|private|private person|retired|citizen|community member|resident|no organization|"
    "no organisation|unaffiliated|independent|keine|privat|privatperson|ninguna|ninguno|aucun|aucune|unknown|guest|"
    "unbekannt|tbd|student|parent|volunteer|same|ditto|test";
constexpr std::string_view free_domains =
    "gmail.com|googlemail.com|yahoo.com|yahoo.de|yahoo.es|yahoo.fr|yahoo.co.uk|ymail.com|rocketmail.com|hotmail.com|hotmail.de|"
    "hotmail.es|"
    "hotmail.fr|hotmail.co.uk|outlook.com|outlook.de|outlook.es|outlook.fr|live.com|live.de|live.fr|live.co.uk|msn.com|aol.com|"
    "icloud.com|me.com|"
    "mac.com|gmx.de|gmx.net|gmx.com|gmx.at|gmx.ch|web.de|t-online.de|freenet.de|mail.com|email.com|proton.me|protonmail.com|"
    "protonmail.ch|pm.me|"
    "tutanota.com|tuta.io|fastmail.com|hey.com|zoho.com|yandex.com|yandex.ru|mail.ru|qq.com|163.com|126.com|naver.com|comcast."
    "net|verizon.net|"
    "att.net|sbcglobal.net|bellsouth.net|charter.net|cox.net|earthlink.net|juno.com|frontier.com|optonline.net|windstream.net|"
    "btinternet.com|"
    "orange.fr|wanadoo.fr|free.fr|laposte.net|sfr.fr|posteo.de|mailbox.org|arcor.de|bluewin.ch|libero.it|rediffmail.com|example."
    "com";

template <class Each>
bool any_of_list(std::string_view list, Each each) {
  while (!list.empty()) {
    const auto end = std::min(list.find('|'), list.size());
    if (each(list.substr(0, end))) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

bool is_one_of(std::string_view list, std::string_view words) {
  return any_of_list(list, [&](std::string_view one) { return name_key(one) == words; });
}

bool has_one_of(std::string_view list, std::string_view words) {
  return any_of_list(list, [&](std::string_view one) { return has_words(words, name_key(one)); });
}

// The first of the kinds of which a word begins one of the text.
std::optional<std::string> first_begun(std::string_view text,
                                       std::span<const std::pair<std::string_view, std::string_view>> kinds) {
  const std::string words = " " + plain_words(text);
  for (const auto& [kind, begins] : kinds)
    if (any_of_list(begins, [&](std::string_view begin) { return words.find(" " + name_key(begin)) != words.npos; }))
      return std::string(kind);
  return std::nullopt;
}

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

Heading heading_of(std::string_view text) {
  const std::string words = plain_words(text);
  if (words.empty() || words.size() > 60) return {};
  for (const auto& [holds, phrases] : headings)
    if (is_one_of(phrases, words)) return {holds, true};
  for (const auto& [holds, phrases] : headings)
    if (holds != Holds::name && has_one_of(phrases, words)) return {holds, false};
  return {has_one_of("name|names|nombre|nom", words) ? Holds::name : Holds::unknown, false};
}

std::optional<Mark> mark_of(std::string_view cell) {
  if (cell.empty() || cell.size() > 24) return std::nullopt;
  if (is_one_of("✓|✔|☑|•|+", name_key(cell))) return Mark::present;
  if (is_one_of("☐|-|–|—", name_key(cell))) return Mark::absent;
  std::string words = plain_words(cell);
  for (const std::string_view zeros : {" 0", " 00"})  // "1,0", "0.00": a whole number with decimals
    if (words.size() == zeros.size() + 1 && words.ends_with(zeros)) words = words.substr(0, 1);
  if (is_one_of(present_words, words)) return Mark::present;
  if (is_one_of(absent_words, words)) return Mark::absent;
  if (is_one_of(unknown_words, words)) return Mark::unknown;
  const bool number = !words.empty() && words.find_first_not_of("0123456789") == words.npos;
  return number && words.size() <= 2 ? std::optional(Mark::present) : std::nullopt;  // how many came
}

std::optional<std::string> event_kind_of(std::string_view title) {
  static constexpr std::pair<std::string_view, std::string_view> kinds[]{
      {"training", "training|workshop|webinar|course|seminar|schulung|fortbildung|kurs|capacitaci|taller|formation|atelier"},
      {"outreach",
       "outreach|fair|awareness|public event|open day|infostand|aktionstag|tag der|feria|jornada|sensibili|campaign|kampagne"},
      {"meeting",
       "meeting|plenary|plenar|sitzung|treffen|reuni|réuni|assembl|general|quarterly|monthly|committee|council|vollversammlung|"
       "convening"}};
  return first_begun(title, kinds);
}

std::optional<std::string> sector_of(std::string_view text) {
  static constexpr std::pair<std::string_view, std::string_view> sectors[]{
      {"nonprofit",
       "nonprofit|non profit|not for profit|ngo|501|charit|npo|e v|ev|ggmbh|verein|gemeinn|freie träger|sin fines|ong|osc|à but "
       "non|"
       "association|faith|church|foundation|community based|cbo|civil society|third sector|voluntary"},
      {"public",
       "public|gov|state|county|municipal|city|federal|behörde|öffentlich|kommun|staat|públic|gobierno|estatal|munici|police|"
       "sheriff|court|school"},
      {"for_profit",
       "for profit|forprofit|business|private|company|commercial|corporat|privat|gewerb|firma|empresa|entreprise|privé|llc|inc"}};
  return first_begun(text, sectors);
}

bool is_cancelled(std::string_view text) {
  return has_one_of(
      "cancelled|canceled|postponed|abgesagt|entfällt|verschoben|cancelado|cancelada|annulé|annulée|reporté|suspendida",
      plain_words(text));
}
bool is_total(std::string_view text) {
  const std::string words = plain_words(text);
  return is_one_of(total_words, words) || words.starts_with("total ") || words.starts_with("number of ") ||
         words.starts_with("summe ");
}
bool is_no_organisation(std::string_view text) {
  const std::string words = plain_words(text);
  return words.empty() || words == "?" || is_one_of(none_words, words);
}
bool is_free_mail(std::string_view domain) { return is_one_of(free_domains, name_key(domain)); }
bool begins_like_a_person(std::string_view text) {
  const std::string words = plain_words(text);
  return any_of_list(
      "dr |mr |mrs |ms |miss |prof |herr |frau |señor |señora |sr |sra |mme |monsieur |madame |rev |sister |father ",
      [&](std::string_view title) { return words.starts_with(name_key(title.substr(0, title.size() - 1)) + " "); });
}
bool is_about_attendance(std::string_view text) {
  return has_one_of(
      "sign in|signin|signed in|sign in "
      "sheet|attendance|attendees|anwesenheit|anwesenheitsliste|teilnehmerliste|teilnahme|asistencia|"
      "lista de asistencia|présence|feuille de présence|participants|participant list",
      plain_words(text));
}

}  // namespace coalis::io
