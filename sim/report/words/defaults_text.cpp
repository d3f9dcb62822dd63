#include "coalis/report/words/defaults_text.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "coalis/model/fields.hpp"
#include "coalis/model/record.hpp"
#include "coalis/network/outcomes.hpp"

namespace coalis {
namespace {

bool is_list(std::string_view table) {
  return table == "regions" || table == "roles" || table == "hubs" || table == "series" || table == "interventions";
}

std::string header(std::string_view table) {
  if (table.empty()) return "top of the file";
  if (table == "kinds") return "[kinds.NAME]";
  return is_list(table) ? fmt::format("[[{}]]", table) : fmt::format("[{}]", table);
}

std::string initial(const FieldText& field) { return field.required ? "required" : field.initial.empty() ? "-" : field.initial; }

// The meaning, and for a lever the values that something speaks for.
std::string meaning(const FieldText& field) {
  return field.supported.empty() ? field.meaning : fmt::format("{} Supported: {}.", field.meaning, field.supported);
}

// What a value may be: its range, or its type where it has none.
std::string values(const FieldText& field) {
  if (field.range.empty()) return field.type;
  return field.type == "number" ? field.range : field.type + " " + field.range;
}

// Calls each(field, first of its table).
template <class Each>
void for_each_field(Each each) {
  std::string table = "?";
  for (const FieldText& field : field_texts()) {
    each(field, field.table != table);
    table = field.table;
  }
}

// Outcomes have no key in a scenario; their differences that matter are set by coalis compare --matters.
std::string outcomes_text() {
  std::string text = "\nOutcomes\n";
  const auto print = [&](const std::vector<Quantity>& quantities) {
    for (const Quantity& q : quantities)
      text += fmt::format("  {:<43} {:<7} {:<10} {}\n", q.name, number_text(q.matters), q.unit, q.meaning);
  };
  print(outcome_quantities());
  text += "\nOutcomes that are computed only when asked for by name (--outcomes, or outcomes of a study)\n";
  print(network_quantities());
  print(association_quantities());
  return text + "\nColumns: outcome, difference that matters (coalis compare --matters), unit, meaning.\n";
}

// Without characters that would end a cell of a Markdown table.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '|' ? "\\|" : std::string(1, c);
  return result;
}

}  // namespace

std::string defaults_text() {
  std::string text;
  for_each_field([&](const FieldText& field, bool first) {
    if (first) text += fmt::format("\n{}\n", header(field.table));
    text += fmt::format("  {:<23} {:<22} {:<15} {:<34} {}  {}\n", field.key, initial(field), field.unit, values(field),
                        field.source, meaning(field));
  });
  text +=
      "\nColumns: key, default, unit, values, source (E evidence, C calibrated jointly, A assumption), meaning.\n"
      "Supported: the values of a lever that something speaks for; outside them an answer is an extrapolation.\n";
  return text + outcomes_text();
}

std::string defaults_toml() {
  std::string text;
  for_each_field([&](const FieldText& field, bool first) {
    if (first && !field.table.empty())
      text += fmt::format("\n{}\n", header(field.table) == "[kinds.NAME]" ? "[kinds.meeting]" : header(field.table));
    const bool given = !field.initial.empty();
    text += fmt::format("{}{} = {}  # {}: {}{} [{}]\n", given ? "" : "# ", field.key, given ? field.initial : "...",
                        values(field), field.required ? "required; " : "", meaning(field), field.source);
  });
  return text;
}

std::string defaults_markdown() {
  std::string text;
  for_each_field([&](const FieldText& field, bool first) {
    if (first)
      text += fmt::format("\n### {}\n\n| key | default | unit | values | source | meaning |\n|---|---|---|---|---|---|\n",
                          field.table.empty() ? header(field.table) : "`" + header(field.table) + "`");
    const std::string value = field.required || field.initial.empty() ? initial(field) : "`" + field.initial + "`";
    text += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", field.key, value, field.unit, escaped(values(field)), field.source,
                        escaped(meaning(field)));
  });
  return text;
}

}  // namespace coalis
