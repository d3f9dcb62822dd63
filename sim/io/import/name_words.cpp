// See name_words.hpp.
#include "name_words.hpp"

#include <algorithm>

#include "column_words.hpp"
#include "phrases.hpp"

namespace coalis::io {
namespace {

// Usual first names, without those that are places, virtues or things as well ("Charlotte", "Grace", "Mason").
constexpr std::string_view first_names =
    "james|john|robert|michael|william|david|richard|joseph|thomas|charles|christopher|daniel|matthew|anthony|mark|donald|steven|"
    "paul|andrew|joshua|kenneth|kevin|brian|george|timothy|ronald|edward|jason|jeffrey|ryan|jacob|gary|nicholas|eric|jonathan|"
    "stephen|larry|justin|scott|brandon|benjamin|samuel|gregory|alexander|patrick|frank|raymond|jack|dennis|jerry|tyler|aaron|"
    "jose|adam|nathan|henry|zachary|douglas|peter|kyle|noah|ethan|jeremy|walter|keith|roger|terry|sean|gerald|carl|dylan|harold|"
    "jesse|bryan|lawrence|arthur|gabriel|bruce|billy|joe|alan|juan|elijah|willie|albert|wayne|randy|vincent|liam|bobby|caleb|"
    "bradley|russell|lucas|tom|tim|jim|bob|bill|mike|dave|dan|ben|steve|chris|matt|tony|rick|ron|ted|greg|jeff|ken|"
    "mary|patricia|jennifer|linda|elizabeth|barbara|susan|jessica|sarah|karen|lisa|nancy|betty|sandra|margaret|ashley|kimberly|"
    "emily|donna|michelle|carol|amanda|melissa|deborah|stephanie|rebecca|sharon|laura|cynthia|dorothy|amy|kathleen|angela|"
    "shirley|"
    "brenda|emma|anna|pamela|nicole|samantha|katherine|christine|helen|debra|rachel|carolyn|janet|maria|catherine|heather|diane|"
    "olivia|julie|joyce|ruth|lauren|kelly|christina|joan|evelyn|judith|andrea|hannah|megan|cheryl|jacqueline|martha|teresa|"
    "gloria|"
    "sara|janice|ann|anne|kathryn|abigail|sophia|frances|jean|alice|judy|isabella|julia|denise|danielle|marilyn|beverly|natalie|"
    "theresa|diana|brittany|doris|kayla|alexis|lori|marie|jane|jenny|kate|katie|sue|"
    "hans|klaus|jürgen|juergen|wolfgang|dieter|manfred|uwe|günter|guenter|horst|bernd|thorsten|torsten|stefan|andreas|lars|sven|"
    "tobias|florian|sebastian|lukas|felix|jonas|anke|birgit|sabine|petra|monika|ursula|renate|helga|karin|brigitte|ingrid|"
    "claudia|"
    "gabriele|heike|silke|katrin|katharina|anja|lena|annika|johanna|"
    "josé|luis|carlos|jorge|pedro|miguel|antonio|manuel|francisco|javier|alejandro|fernando|rafael|sergio|diego|pablo|raúl|"
    "andrés|"
    "mario|ricardo|eduardo|roberto|enrique|maría|carmen|ana|isabel|dolores|pilar|rosa|lucía|elena|marta|juana|verónica|leticia|"
    "alejandra|gabriela|"
    "pierre|michel|andré|philippe|alain|bernard|jacques|françois|christophe|olivier|nicolas|julien|guillaume|nathalie|isabelle|"
    "sylvie|françoise|monique|martine|sophie|céline|aurélie|camille";

constexpr std::string_view words_of_organisations =
    "agency|aid|alliance|administration|advocacy|advocates|association|associates|assistance|authority|bank|board|bureau|"
    "business|"
    "care|cares|center|centers|centre|chamber|chapel|chapter|charities|charity|child|children|church|clinic|club|coalition|"
    "college|commission|committee|community|company|consulting|cooperative|corp|corporation|council|counseling|court|courts|"
    "crisis|"
    "department|dept|design|development|diocese|district|division|education|emergency|enforcement|family|families|farm|farms|"
    "federation|fire|food|foundation|fund|group|guild|health|help|home|homes|hospital|hotline|house|housing|human|inc|"
    "incorporated|"
    "initiative|institute|international|justice|kitchen|law|league|legal|library|llc|llp|ltd|medical|memorial|men|ministries|"
    "ministry|mission|mosque|museum|network|nonprofit|office|organization|organisation|outreach|pantry|parish|partners|"
    "partnership|"
    "police|prevention|prison|program|programs|project|public|rape|recovery|red|relief|rescue|resource|resources|response|rights|"
    "safe|school|schools|section|senior|seniors|service|services|sheriff|shelter|shelters|shop|social|society|solutions|staff|"
    "state|store|support|synagogue|task|team|temple|trust|union|unit|united|university|unlimited|veterans|victim|victims|"
    "violence|"
    "welfare|women|womens|works|worship|ymca|youth|ywca|"
    "amt|anstalt|beratung|beratungsstelle|behörde|bund|caritas|diakonie|diakonisches|dienst|ev|frauen|frauenhaus|gemeinde|"
    "gericht|gesellschaft|ggmbh|gmbh|gruppe|haus|hilfe|initiative|jugend|kirche|klinik|krankenhaus|netzwerk|polizei|schule|"
    "stelle|"
    "stiftung|verband|verein|werk|zentrum|"
    "asociación|ayuda|casa|centro|clínica|colectivo|comité|cruz|derechos|escuela|fundación|grupo|hogar|iglesia|instituto|mujer|"
    "mujeres|oficina|policía|red|refugio|salud|secretaría|servicios|universidad|"
    "agence|aide|association|bureau|centre|clinique|école|église|femmes|fondation|foyer|groupe|maison|mairie|réseau|santé|"
    "secours|"
    "services|société|"
    "and|for|of|the|und|für|der|die|das|y|et|pour|with|in|to|main|night|day|weekend|online|remote|virtual";

// Words of names of places, and places of one word.
constexpr std::string_view places =
    "north|south|east|west|northern|southern|eastern|western|northeast|northwest|"
    "southeast|southwest|central|downtown|upper|lower|greater|lakes|city|county|counties|town|township|village|springs|"
    "spring|beach|valley|hill|hills|park|parks|region|regional|area|river|rivers|falls|rapids|heights|grove|island|islands|bay|"
    "creek|bluff|bluffs|forest|campus|branch|street|avenue|ward|zone|nord|süd|ost|stadt|kreis|landkreis|norte|sur|oeste|ciudad|"
    "sud|est|ouest|ville|"
    "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|"
    "kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|ohio|"
    "oklahoma|oregon|pennsylvania|tennessee|texas|utah|vermont|virginia|washington|wisconsin|wyoming|carolina|dakota|jersey|york|"
    "mexico|usa|"
    "chicago|peoria|springfield|rockford|joliet|naperville|aurora|elgin|decatur|champaign|urbana|bloomington|carbondale|"
    "belleville|"
    "evanston|cicero|waukegan|moline|quincy|kankakee|houston|phoenix|philadelphia|dallas|austin|jacksonville|columbus|"
    "charlotte|indianapolis|seattle|denver|boston|nashville|detroit|portland|memphis|louisville|baltimore|milwaukee|albuquerque|"
    "tucson|fresno|sacramento|atlanta|miami|omaha|oakland|minneapolis|tulsa|tampa|arlington|cleveland|cincinnati|pittsburgh|"
    "anchorage|toledo|newark|orlando|buffalo|durham|madison|lubbock|richmond|spokane|honolulu|wichita|raleigh|savannah|boise|"
    "berlin|hamburg|münchen|munich|köln|cologne|frankfurt|stuttgart|düsseldorf|dortmund|essen|leipzig|bremen|dresden|hannover|"
    "nürnberg|bonn|münster|wien|vienna|zürich|zurich|madrid|barcelona|valencia|sevilla|bogotá|lima|mérida|monterrey|puebla|"
    "guadalajara|paris|lyon|marseille|toulouse|lille|bordeaux|nantes|strasbourg|london|manchester|birmingham|leeds|glasgow|"
    "dublin|"
    "toronto|montréal|montreal|vancouver";
constexpr std::string_view places_begin = "san|santa|santo|saint|sainte|st|sankt|fort|port|lake|mount|new|los|las|el";

constexpr std::string_view places_like_persons = "ann arbor|carol stream|jean lafitte|elizabeth city|jeff davis|jo daviess";

constexpr std::string_view titles = "dr|mr|mrs|ms|miss|prof|herr|frau|señor|señora|sr|sra|mme|monsieur|madame|rev|sister|father";

// "iPhone", "iPad (2)", "Galaxy S9": what a video system shows of those who told no name.
constexpr std::string_view devices =
    "iphone|ipad|ipod|android|galaxy|macbook|laptop|desktop|pixel|huawei|motorola|samsung|zoom|teams|webex|phone|telefon|"
    "teléfono|"
    "téléphone|call|caller|dial|device|tablet|pc|browser|conference";
constexpr std::string_view beside_devices =
    "user|users|in|guest|a|s|my|mein|mon|mi|pro|max|mini|air|plus|ultra|room|tab|meeting|anonymous|unknown|only|moto|g|e|x|xr|se|"
    "von|de|de|la|el|le|the|of";

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool stands_in(const std::vector<std::string>& words, const Phrases& list) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return list.has(word); });
}

const Phrases& names_of_persons() {
  static const Phrases list(first_names);
  return list;
}

const Phrases& of_organisations() {
  static const Phrases list(words_of_organisations);
  return list;
}

// "YWCA", "LAS" beside small letters or alone: initials of an organisation.
bool has_initials(std::string_view text, std::size_t words) {
  std::size_t capitals = 0;
  bool found = false, small = false;
  const auto end_word = [&] {
    found |= capitals >= 2 && capitals <= 5;
    capitals = 0;
  };
  for (const char c : text) {
    const bool capital = c >= 'A' && c <= 'Z',
               letter = capital || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    if (letter && !capital) small = true, capitals = 100;  // a word that is none
    if (capital) ++capitals;
    if (!letter) end_word();
  }
  end_word();
  return found && (small || words == 1);
}

}  // namespace

std::vector<std::string> words_of(std::string_view plain) {
  std::vector<std::string> words;
  while (!plain.empty()) {
    const auto end = std::min(plain.find(' '), plain.size());
    if (end > 0) words.emplace_back(plain.substr(0, end));
    plain.remove_prefix(std::min(end + 1, plain.size()));
  }
  return words;
}

PersonLike person_like(std::string_view text) {
  static const Phrases of_places(places), begin_places(places_begin), whole(places_like_persons);
  constexpr std::size_t most = 5;
  const std::string plain = plain_words(text);
  const std::vector<std::string> words = words_of(plain);
  if (words.empty() || words.size() > most || whole.has(plain) || std::any_of(words.begin(), words.end(), has_digit))
    return PersonLike::no;
  if (begins_like_a_person(text)) return PersonLike::surely;
  if (stands_in(words, of_organisations()) || begin_places.has(words.front())) return PersonLike::no;
  const auto is_initial = [](const std::string& word) { return word.size() == 1; };
  const auto initials = static_cast<std::size_t>(std::count_if(words.begin(), words.end(), is_initial));
  if (stands_in(words, names_of_persons()) || (initials > 0 && initials < words.size()))
    return PersonLike::surely;  // "Jane Hill" is no place
  if (initials > 0 || stands_in(words, of_places) || has_initials(text, words.size())) return PersonLike::no;
  return words.size() == 1 ? PersonLike::one_word : PersonLike::perhaps;
}

bool is_person_alone(std::string_view text) {
  constexpr std::size_t most = 3;
  const std::vector<std::string> words = words_of(plain_words(text));
  if (words.size() < 2 || words.size() > most || person_like(text) != PersonLike::surely) return false;
  const bool turned = text.find(',') != text.npos;
  return names_of_persons().has(words[0]) || (turned && names_of_persons().has(words[1]));
}

bool begins_like_a_person(std::string_view text) {
  static const Phrases all(titles);  // "Sister Cities Network" is no person
  const std::vector<std::string> words = words_of(plain_words(text));
  return words.size() > 1 && all.has(words.front()) && !stands_in(words, of_organisations());
}

bool has_word_of_organisations(std::string_view text) { return stands_in(words_of(plain_words(text)), of_organisations()); }

bool is_device(std::string_view text) {
  static const Phrases all(devices), idle(beside_devices);
  const std::vector<std::string> words = words_of(plain_words(text));
  const auto tells_nothing = [&](const std::string& word) { return all.has(word) || idle.has(word) || has_digit(word); };
  if (!stands_in(words, all)) return false;
  const bool possessive = text.find("'s ") != text.npos || text.find("\u2019s ") != text.npos;  // "Jane's iPhone"
  return std::all_of(words.begin(), words.end(), tells_nothing) || (possessive && all.has(words.back()));
}

}  // namespace coalis::io
