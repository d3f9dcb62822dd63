// Exports of surveys: closed questions are counted; what people wrote in words of their own is never taken.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "coalis/core/counted.hpp"
#include "coalis/core/names.hpp"
#include "gathering.hpp"

namespace coalis::io {
namespace {

constexpr int highest_point = 10;

// Scales in words, lowest first.
constexpr std::array<std::array<std::string_view, 5>, 6> scales{
    {{"strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree"},
     {"very poor", "poor", "fair", "good", "excellent"},
     {"very poor", "poor", "fair", "good", "very good"},
     {"not at all", "a little", "somewhat", "well", "very well"},
     {"never", "rarely", "sometimes", "often", "always"},
     {"very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied"}}};

struct Answers {
  std::vector<std::string> cells;  // not empty
  enum class Form { none, yes_or_no, numbers, words, open } form = Form::none;
  std::array<int, highest_point + 1> points{};
  int yes = 0, no = 0, least = highest_point, most = 0;
  std::size_t scale = 0;
};

bool is_yes(const std::string& words) {
  return words == "yes" || words == "ja" || words == "si" || words == name_key("sí") || words == "oui" || words == "y";
}
bool is_no(const std::string& words) { return words == "no" || words == "nein" || words == "non" || words == "n"; }

// "4", "4,0", "4 - good", "5 (excellent)"; -1: none.
int point_of(const std::string& cell) {
  std::size_t digits = 0;
  while (digits < cell.size() && cell[digits] >= '0' && cell[digits] <= '9') ++digits;
  if (digits == 0 || digits > 2) return -1;
  const std::string_view rest = std::string_view(cell).substr(digits);
  const bool decimals = rest.size() > 1 && (rest[0] == ',' || rest[0] == '.') && rest.find_first_not_of('0', 1) == rest.npos;
  const bool words = rest.starts_with(" - ") || rest.starts_with(" (") || rest.starts_with(" = ") || rest.starts_with(": ");
  const int point = std::stoi(cell.substr(0, digits));
  return point <= highest_point && (rest.empty() || decimals || words) ? point : -1;
}

Answers answers_of(const std::vector<const SourceRow*>& rows, std::size_t column) {
  Answers all;
  for (const SourceRow* row : rows)
    if (!row->cell(column).empty()) all.cells.push_back(row->cell(column));
  if (all.cells.empty()) return all;
  bool numbers = true, yes_or_no = true;
  for (const std::string& cell : all.cells) {
    const std::string words = plain_words(cell);
    all.yes += is_yes(words), all.no += is_no(words);
    yes_or_no = yes_or_no && (is_yes(words) || is_no(words));
    const int point = point_of(cell);
    numbers = numbers && point >= 0;
    if (point >= 0)
      ++all.points[static_cast<std::size_t>(point)], all.least = std::min(all.least, point), all.most = std::max(all.most, point);
  }
  all.form = yes_or_no ? Answers::Form::yes_or_no : numbers ? Answers::Form::numbers : Answers::Form::open;
  for (all.scale = 0; all.form == Answers::Form::open && all.scale < scales.size(); ++all.scale) {
    const auto& scale = scales[all.scale];
    if (std::all_of(all.cells.begin(), all.cells.end(), [&](const std::string& cell) {
          return std::find(scale.begin(), scale.end(), plain_words(cell)) != scale.end();
        })) {
      all.form = Answers::Form::words;
      break;
    }
  }
  return all;
}

// The item of the simulated survey that a question asks for, by its words; "" none.
std::string measured(const std::string& question, Answers::Form form) {
  const std::string words = " " + plain_words(question);
  const auto has = [&](std::initializer_list<std::string_view> begins) {
    return std::any_of(begins.begin(), begins.end(),
                       [&](std::string_view one) { return words.find(" " + name_key(one)) != words.npos; });
  };
  const bool rating = form == Answers::Form::numbers || form == Answers::Form::words, counts = form == Answers::Form::numbers;
  const bool yes_or_no = form == Answers::Form::yes_or_no;
  if (yes_or_no && has({"training", "workshop", "schulung", "fortbildung", "capacit", "formation"})) return "trained";
  if (yes_or_no && has({"collaborat", "work with", "works with", "zusammenarbeit", "arbeiten", "colabor", "trabaj", "travaill"}))
    return has({"outside", "außerhalb", "fuera", "hors"}) ? "collaborates_outside" : "collaborates_inside";
  if (counts && has({"how many", "number of", "wie viele", "anzahl", "cuánt", "combien"})) {
    if (has({"outreach"})) return "outreach_days_attended";
    if (has({"meeting", "sitzung", "treffen", "reuni", "réunion"})) return "meetings_attended";
  }
  if (rating && has({"lead", "led", "coordinat", "leitung", "geleitet", "koordin", "lider", "coordin", "pilot"}))
    return "leadership_rating";
  if (rating && has({"goal", "ziel", "objetiv", "meta", "objectif", "achiev"})) return "goal_attainment_rating";
  return "";
}

// Which end of the numbers is high, if the question says it: "1 = poor", "5 = excellent".
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

std::optional<ImportedItem> item_of(const SourceTable& table, const std::string& question, const Answers& answers,
                                    std::string measures, Gathering& all) {
  ImportedItem item{"", std::move(measures), "", {}, {}};
  if (answers.form == Answers::Form::yes_or_no) {
    item.categories = {"yes", "no"}, item.counts = {answers.yes, answers.no};
  } else if (item.measures.ends_with("_attended")) {
    item.categories = {"0", "1", "2", "3", "4 or more"}, item.counts.assign(5, 0);
    for (std::size_t p = 0; p < answers.points.size(); ++p) item.counts[std::min<std::size_t>(p, 4)] += answers.points[p];
  } else if (answers.form == Answers::Form::words) {
    for (const std::string_view word : scales[answers.scale]) {
      item.categories.emplace_back(word);
      item.counts.push_back(static_cast<int>(std::count_if(answers.cells.begin(), answers.cells.end(),
                                                           [&](const std::string& cell) { return plain_words(cell) == word; })));
    }
    item.lowest = item.categories.front();
  } else {
    const int first = answers.least == 0 ? 0 : 1, last = first == 0          ? (answers.most <= 4 ? 4 : 10)
                                                         : answers.most <= 5 ? 5
                                                         : answers.most <= 7 ? 7
                                                                             : 10;
    std::string direction = direction_told(question);
    if (direction.empty())
      direction =
          all.answered(all.imported().answers.scale, "--scale",
                       "Which end of a rating in numbers is high: up (the highest number) or down?", {"up", "down"}, table.file);
    for (int point = first; point <= last; ++point)
      item.categories.push_back(std::to_string(point)), item.counts.push_back(answers.points[static_cast<std::size_t>(point)]);
    if (first == 0 && direction == "down") return std::nullopt;
    if (first == 1) item.lowest = direction == "down" ? item.categories.back() : item.categories.front();
  }
  return item;
}

bool is_personal(Holds holds) {
  return holds == Holds::metadata || holds == Holds::person || holds == Holds::email || holds == Holds::address ||
         holds == Holds::duration;
}

// Responses that count: finished, no trial, at least one answer.
std::vector<const SourceRow*> responses(const SourceTable& table, ImportedFile& file) {
  std::vector<const SourceRow*> rows;
  for (const SourceRow& row : table.rows) {
    std::string reason;
    bool any = false;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const std::string heading = plain_words(table.names[c]), words = plain_words(row.cell(c));
      any = any || (!is_personal(table.columns[c]) && !words.empty());
      if (has_words(heading, "finished") && (words == "false" || words == "0" || words == "no"))
        reason = "an answer that was not finished";
      if (has_words(words, "survey preview")) reason = "an answer on trial";
    }
    if (reason.empty() && !any) reason = "nothing is answered";
    reason.empty() ? rows.push_back(&row) : file.left_out[reason].push_back(row.line);
  }
  return rows;
}

}  // namespace

void read_survey(const SourceTable& table, Gathering& all, ImportedFile& file) {
  const std::vector<const SourceRow*> rows = responses(table, file);
  file.used = static_cast<int>(rows.size());
  std::set<std::string> measured_already;
  std::size_t open = 0, other = 0, ticked = 0;
  for (std::size_t c = 0; c < table.names.size(); ++c) {
    if (table.names[c].find("___") != std::string::npos) ++ticked;
    if (is_personal(table.columns[c]) || table.names[c].find("___") != std::string::npos) continue;
    Answers answers = answers_of(rows, c);
    if (answers.form == Answers::Form::numbers && answers.most <= 1 &&
        !measured(table.names[c], Answers::Form::yes_or_no).empty())
      answers.form = Answers::Form::yes_or_no, answers.yes = answers.points[1], answers.no = answers.points[0];
    if (answers.form == Answers::Form::none) continue;
    if (answers.form == Answers::Form::open) {
      ++open;
      continue;
    }
    const std::string measures = measured(table.names[c], answers.form);
    if (measures.empty() || !measured_already.insert(measures).second) {
      ++other;
      continue;
    }
    if (auto item = item_of(table, table.names[c], answers, measures, all)) {
      item->id = fmt::format("{}, column {}", table.file, c + 1);
      all.imported().items.push_back(std::move(*item));
    }
  }
  const auto say = [&](std::size_t count, const char* noun, const char* what) {
    if (count > 0) all.imported().not_expressed.push_back(fmt::format("{}: {} {}", table.file, counted(count, noun), what));
  };
  say(other, "closed question", "that the simulated survey does not ask");
  say(open, "column", "with answers in words, which are not read");
  say(ticked, "column", "of boxes of which several can be ticked; the survey of the model has no such question");
}

}  // namespace coalis::io
