// Exports of surveys: closed questions are counted; what people wrote in words of their own is never taken.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "coalis/core/counted.hpp"
#include "coalis/core/names.hpp"
#include "gathering.hpp"
#include "survey_questions.hpp"

namespace coalis::io {
namespace {

constexpr int highest_point = 10;  // of a rating

// Scales in words, lowest first.
constexpr std::array<std::array<std::string_view, 5>, 8> scales{
    {{"strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree"},
     {"strongly disagree", "disagree", "neutral", "agree", "strongly agree"},
     {"poor", "fair", "good", "very good", "excellent"},
     {"very poor", "poor", "fair", "good", "excellent"},
     {"very poor", "poor", "fair", "good", "very good"},
     {"not at all", "a little", "somewhat", "well", "very well"},
     {"never", "rarely", "sometimes", "often", "always"},
     {"very dissatisfied", "dissatisfied", "neutral", "satisfied", "very satisfied"}}};

struct Answers {
  std::vector<std::string> cells;  // not empty
  AnswerForm form = AnswerForm::none;
  std::map<int, int> numbers;  // how many gave each
  int yes = 0, no = 0;
  std::size_t scale = 0;
  int least() const { return numbers.begin()->first; }
  int most() const { return numbers.rbegin()->first; }
};

bool is_yes(const std::string& words) {
  return words == "yes" || words == "ja" || words == "si" || words == name_key("sí") || words == "oui" || words == "y";
}
bool is_no(const std::string& words) { return words == "no" || words == "nein" || words == "non" || words == "n"; }

// "4", "4,0", "4 - good", "5 (excellent)"; -1: none.
int number_of(const std::string& cell) {
  std::size_t digits = 0;
  while (digits < cell.size() && cell[digits] >= '0' && cell[digits] <= '9') ++digits;
  if (digits == 0 || digits > 3) return -1;
  const std::string_view rest = std::string_view(cell).substr(digits);
  const bool decimals = rest.size() > 1 && (rest[0] == ',' || rest[0] == '.') && rest.find_first_not_of('0', 1) == rest.npos;
  const bool words = rest.starts_with(" - ") || rest.starts_with(" (") || rest.starts_with(" = ") || rest.starts_with(": ");
  return rest.empty() || decimals || words ? std::stoi(cell.substr(0, digits)) : -1;
}

// The scale that all cells are words of, if it is one: two that give them different places are none.
std::optional<std::size_t> scale_of(const std::vector<std::string>& cells) {
  std::optional<std::size_t> found;
  std::vector<std::ptrdiff_t> first;
  for (std::size_t s = 0; s < scales.size(); ++s) {
    std::vector<std::ptrdiff_t> places;
    for (const std::string& cell : cells)
      places.push_back(std::find(scales[s].begin(), scales[s].end(), plain_words(cell)) - scales[s].begin());
    if (std::find(places.begin(), places.end(), std::ptrdiff_t{5}) != places.end()) continue;
    if (found && places != first) return std::nullopt;
    if (!found) found = s, first = places;
  }
  return found;
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
    const int number = number_of(cell);
    numbers = numbers && number >= 0;
    ++all.numbers[number];
  }
  const auto scale = scale_of(all.cells);
  all.scale = scale.value_or(0);
  all.form = yes_or_no ? AnswerForm::yes_or_no : numbers ? AnswerForm::numbers : scale ? AnswerForm::words : AnswerForm::open;
  return all;
}

// A rating in numbers. Which end is high is said by the question, or asked.
void count_points(const SourceTable& table, const std::string& question, const Answers& answers, Gathering& all,
                  ImportedItem& item) {
  const int first = answers.least() == 0 ? 0 : 1, most = answers.most();
  const int last = first == 0 ? (most <= 4 ? 4 : highest_point) : most <= 5 ? 5 : most <= 7 ? 7 : highest_point;
  std::string direction = direction_told(question);
  if (direction.empty())
    direction =
        all.answered(all.imported().answers.scale, "--scale",
                     "Which end of a rating in numbers is high: up (the highest number) or down?", {"up", "down"}, table.file);
  for (int point = first; point <= last; ++point) {
    item.categories.push_back(fmt::format("{}{}", first == 0 && direction == "down" ? "point " : "", point));
    item.counts.push_back(answers.numbers.contains(point) ? answers.numbers.at(point) : 0);
  }
  if (direction == "down")
    item.lowest = item.categories.back();
  else if (first == 1)
    item.lowest = item.categories.front();
}

ImportedItem item_of(const SourceTable& table, const std::string& question, const Answers& answers, std::string measures,
                     Gathering& all) {
  ImportedItem item;
  item.measures = std::move(measures);
  if (answers.form == AnswerForm::yes_or_no) {
    item.categories = {"yes", "no"}, item.counts = {answers.yes, answers.no};
  } else if (item.measures.ends_with("_attended")) {
    item.categories = {"0", "1", "2", "3", "4 or more"}, item.counts.assign(5, 0);
    for (const auto& [number, count] : answers.numbers) item.counts[static_cast<std::size_t>(std::min(number, 4))] += count;
  } else if (answers.form == AnswerForm::words) {
    for (const std::string_view word : scales[answers.scale]) {
      item.categories.emplace_back(word);
      item.counts.push_back(static_cast<int>(std::count_if(answers.cells.begin(), answers.cells.end(),
                                                           [&](const std::string& cell) { return plain_words(cell) == word; })));
    }
    item.lowest = item.categories.front();
  } else {
    count_points(table, question, answers, all, item);
  }
  if (item.measures == "trained" || item.measures.ends_with("_attended")) item.last_months = months_asked(question);
  return item;
}

// What its program adds, and who answered: no question of the survey. A question may have such a word among others.
bool is_question(const SourceTable& table, std::size_t column) {
  if (table.columns[column] == Holds::email) return false;
  const std::vector<std::string> texts = heading_texts(table.names[column]);
  return std::none_of(texts.begin(), texts.end(), [](const std::string& text) {
    const Heading said = heading_of(text);
    return said.whole && (said.holds == Holds::metadata || said.holds == Holds::person || said.holds == Holds::address ||
                          said.holds == Holds::email || said.holds == Holds::name || said.holds == Holds::organisation ||
                          said.holds == Holds::status || said.holds == Holds::duration || said.holds == Holds::date);
  });
}

// Responses that count: finished, no trial, at least one answer.
std::vector<const SourceRow*> responses(const SourceTable& table, ImportedFile& file) {
  std::vector<const SourceRow*> rows;
  std::vector<bool> asks, ends;
  for (std::size_t c = 0; c < table.names.size(); ++c) {
    asks.push_back(is_question(table, c));
    ends.push_back(!asks.back() && has_words(plain_words(table.names[c]), "finished"));
  }
  for (const SourceRow& row : table.rows) {
    std::string reason;
    bool any = false;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const std::string words = plain_words(row.cell(c));
      any = any || (asks[c] && !words.empty());
      if (ends[c] && (words == "false" || words == "0" || words == "no")) reason = "an answer that was not finished";
      if (!asks[c] && has_words(words, "survey preview")) reason = "an answer on trial";
    }
    if (reason.empty() && !any) reason = "nothing is answered";
    reason.empty() ? rows.push_back(&row) : file.left_out[reason].push_back(row.line);
  }
  return rows;
}

// 1 and 0 for yes and no, where the question is one of yes and no.
void take_numbers_as_yes_and_no(const std::string& question, Answers& answers) {
  if (answers.form != AnswerForm::numbers || answers.most() > 1 || measured(question, AnswerForm::yes_or_no).empty()) return;
  answers.form = AnswerForm::yes_or_no;
  answers.yes = answers.numbers[1], answers.no = answers.numbers[0];
}

}  // namespace

void read_survey(const SourceTable& table, Gathering& all, ImportedFile& file) {
  const std::vector<const SourceRow*> rows = responses(table, file);
  file.used = static_cast<int>(rows.size());
  std::set<std::string> measured_already;
  std::size_t open = 0, other = 0, ticked = 0;
  for (std::size_t c = 0; c < table.names.size(); ++c) {
    const std::string& question = table.names[c];
    const bool boxes = question.find("___") != std::string::npos;
    ticked += boxes;
    if (boxes || !is_question(table, c)) continue;
    Answers answers = answers_of(rows, c);
    take_numbers_as_yes_and_no(question, answers);
    open += answers.form == AnswerForm::open;
    if (answers.form == AnswerForm::none || answers.form == AnswerForm::open) continue;
    const std::string measures = measured(question, answers.form);
    const bool rating = answers.form == AnswerForm::numbers && !measures.ends_with("_attended");
    if (measures.empty() || (rating && answers.most() > highest_point) || !measured_already.insert(measures).second) {
      ++other;
      continue;
    }
    ImportedItem item = item_of(table, question, answers, measures, all);
    item.id = fmt::format("{}, column {}", table.file, c + 1);
    std::string asked = measures;
    std::replace(asked.begin(), asked.end(), '_', ' ');
    file.notes.push_back(fmt::format("column {} is compared with what the simulated survey calls '{}': {}", c + 1, asked,
                                     counted(answers.cells.size(), "answer")));
    all.imported().items.push_back(std::move(item));
  }
  const auto say = [&](std::size_t count, const char* noun, const char* what) {
    if (count > 0) all.imported().not_expressed.push_back(fmt::format("{}: {} {}", table.file, counted(count, noun), what));
  };
  say(other, "closed question", "that the simulated survey does not ask, or that an earlier column answers");
  say(open, "column", "with answers in words, which are not read");
  say(ticked, "column", "of boxes of which several can be ticked; the survey of the model has no such question");
}

}  // namespace coalis::io
