// What the heading of a column says.
#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

#include "column_words.hpp"
#include "phrases.hpp"

namespace coalis::io {
namespace {

struct HeadingWords {
  Holds holds;
  // Apart by bars, plain: `alone` says all of the heading, `within` stands in it; the first of the list that is found counts.
  std::string_view alone, within;
};

constexpr HeadingWords heading_words[]{
    {Holds::metadata,
     "response id|responseid|respondent id|collector id|startdate|enddate|recorded date|recordeddate|submitdate|date submitted|"
     "datestamp|startlanguage|start language|seed|lastpage|last page|progress|finished|distribution channel|distributionchannel|"
     "user language|userlanguage|record id|redcap survey identifier|survey timestamp|timestamp|zeitstempel|marca temporal|"
     "horodateur|completion time|custom data 1|duration in seconds|external reference|externalreference|externaldatareference|"
     "response type|survey complete",
     ""},
    {Holds::email, "mail|correo",
     "e mail|email|user principal name|upn|correo electrónico|courriel|mailadresse|participant id upn"},
    {Holds::address, "ip|ipaddress|calle|rue|tel|cell|plz|firma digital|locationlatitude|locationlongitude|latitude|longitude",
     "address|adresse|dirección|direccion|street|straße|strasse|phone|telephone|telefon|teléfono|telefono|téléphone|mobile|"
     "cell phone|fax|zip|postcode|postal code|signature|unterschrift"},
    {Holds::unknown, "dob|position|updated|created|expires|guest",  // who somebody is, and dates of no meeting and no membership
     "date of birth|birth date|birthday|birthdate|geburtsdatum|fecha de nacimiento|date de naissance|job title|your title|"
     "last updated|date updated|updated on|date added|date created|date modified|expiration date|renewal date|last contact|last "
     "contacted"},
    {Holds::arrival, "",
     "join time|first join|time joined|beitrittszeit|erster beitritt|hora de ingreso|primera unión|heure d arrivée|"
     "première connexion|joined at"},
    {Holds::departure, "",
     "leave time|last leave|time left|austrittszeit|letztes verlassen|hora de salida|última salida|heure de départ|"
     "dernière sortie|left at"},
    {Holds::duration,
     "duration|dauer|teilnahmedauer|duración|durée|duration minutes|total duration|total duration minutes|minutes|"
     "in meeting duration|attendance duration|time in session|time in session minutes",
     ""},
    {Holds::joined, "since|entry|enrolled|eintritt|beitritt|seit|alta",
     "joined|join date|joining date|member since|entry date|beitrittsdatum|mitglied seit|fecha de alta|miembro desde|adhésion|"
     "membre depuis|mou signed|mou date|partner since|start of membership"},
    {Holds::left, "left|exit|until|withdrew|withdrawn|resigned|austritt|baja|départ",
     "date left|left on|exit date|ausgetreten|austrittsdatum|mitglied bis|fecha de baja|membre jusqu|member until|"
     "end of membership|inactive since|withdrawal date"},
    {Holds::status, "status|member status|membership status|estado|statut|meeting role", ""},
    {Holds::person, "rep|person|print|recipient first name|recipient last name",
     "first name|last name|surname|given name|family name|full name|your name|contact|representative|participant|attendee|"
     "display name|user name|print name|printed name|vorname|nachname|familienname|ansprechpartner|ansprechpartnerin|kontakt|"
     "teilnehmer|teilnehmende|nombre completo|apellido|apellidos|participante|contacto|prénom|nom de famille|delegate|"
     "original name|preferred name|name of person|staff member|facilitator"},
    {Holds::sector, "",
     "sector|sektor|trägerschaft|trägerart|type of organization|type of organisation|organization type|organisation type|org "
     "type|agency type|"
     "type of agency|type of member|member type|membership type|rechtsform|legal form|secteur|organisationstyp|"
     "tipo de organización|type d organisme"},
    {Holds::region, "area|state|kreis|stadt|ort|bezirk|ville|borough|gemeinde",
     "region|county|district|city|town|municipality|landkreis|bundesland|región|condado|provincia|ciudad|région|département|"
     "service area"},
    {Holds::organisation,
     "org|company|firma|verband|employer|structure|group|represents|representing|participant organization|"
     "participant organisation|attendee organization|attendee organisation|partners|community partner|community partners",
     "organisation|organization|org name|agency|company name|institution|einrichtung|träger|verein|organización|organizacion|"
     "entidad|institución|organisme|affiliation|partner name|coalition member"},
    {Holds::partner, "work with|partner|partner organisation|partner organization|to|target|alter|zu|ziel|collaborator",
     "works with|collaborates with|trabaja con|travaille avec|arbeitet mit"},
    {Holds::role,
     "field|service|services|focus|bereich|rol|rubro|ámbito|domaine|what you do|organization role|organisation role|"
     "role of organization|role of organisation",
     "role|focus area|area of focus|discipline|field of "
     "work|rolle|arbeitsfeld|arbeitsbereich|tätigkeitsfeld|handlungsfeld|rôle|community sector|type of service|"
     "services provided"},
    {Holds::date, "dates|start date|end date|day|tag|día|jour|when|start|beginn|begin|month|monat|mes|mois",
     "date|datum|fecha|start time|startzeit|hora de inicio|heure de début"},
    {Holds::kind, "art|kind|type|category|categories|tipo|catégorie|kategorie",
     "event type|type of event|meeting type|veranstaltungsart"},
    {Holds::event, "title|termin|thema|betreff|asunto|tema|sujet|summary|training|what",
     "event|meeting|topic|subject|veranstaltung|sitzung|evento|reunión|événement|réunion|activity"},
    {Holds::mark, "attendance|asistencia|présence|came|here|showed up",
     "attended|present|anwesend|teilgenommen|asistió|présent|attendance status|checked in"},
    {Holds::name, "member|members|mitglied|mitglieder|miembro|miembros|membre|membres|source|from|ego|von|quelle",
     "name|names|nombre|nom"}};

// Of every phrase the first row of the list that has it: headings are looked up by phrases, for there are many of both.
struct KnownHeadings {
  std::map<std::string, std::size_t, std::less<>> alone, within;
};

const KnownHeadings& known_headings() {
  static const KnownHeadings known = [] {
    KnownHeadings all;
    for (std::size_t row = 0; row < std::size(heading_words); ++row) {
      for (const std::string& phrase : Phrases(heading_words[row].alone)) all.alone.emplace(phrase, row);
      for (const std::string& phrase : Phrases(heading_words[row].within))
        all.alone.emplace(phrase, row), all.within.emplace(phrase, row);
    }
    return all;
  }();
  return known;
}

}  // namespace

Heading heading_of(std::string_view text) {
  constexpr std::size_t longest = 5;  // phrase, in words
  const std::string words = plain_words(text);
  if (words.empty() || words.size() > 60) return {};
  const KnownHeadings& known = known_headings();
  if (const auto whole = known.alone.find(words); whole != known.alone.end()) return {heading_words[whole->second].holds, true};
  std::vector<std::size_t> begins{0}, ends;
  for (std::size_t at = words.find(' '); at != words.npos; at = words.find(' ', at + 1))
    ends.push_back(at), begins.push_back(at + 1);
  ends.push_back(words.size());
  std::size_t row = std::size(heading_words);
  for (std::size_t first = 0; first < begins.size(); ++first)
    for (std::size_t last = first; last < std::min(begins.size(), first + longest); ++last) {
      const auto found = known.within.find(std::string_view(words).substr(begins[first], ends[last] - begins[first]));
      if (found != known.within.end()) row = std::min(row, found->second);
    }
  return row == std::size(heading_words) ? Heading{} : Heading{heading_words[row].holds, false};
}

}  // namespace coalis::io
