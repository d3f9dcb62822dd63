// Overrides: "path=value" texts put into the tree of a scenario.
#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/characters.hpp"
#include "coalis/core/number_text.hpp"
#include "coalis/core/path_names.hpp"
#include "scenario_load.hpp"
#include "value_text.hpp"

namespace coalis::io {
namespace {

void set_place(Node& node, const Place& place) {
  node.place = place;
  if (auto* table = std::get_if<Table>(&node.value)) {
    for (Entry& entry : table->entries) {
      entry.place = place;
      set_place(entry.node, place);
    }
  } else if (auto* array = std::get_if<Array>(&node.value)) {
    for (Node& item : *array) set_place(item, place);
  }
}

// Whether a value of TOML is followed by a comment: a '#' outside of quotes.
bool has_comment(std::string_view text) {
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\')
      ++i;
    else if (quote)
      quote = text[i] == quote ? '\0' : quote;
    else if (text[i] == '"' || text[i] == '\'')
      quote = text[i];
    else if (text[i] == '#')
      return true;
  }
  return false;
}

// A value as in TOML; what is no TOML but looks like a word is text. Its characters are checked by whoever knows its key.
std::optional<Node> parse_value(std::string_view text, std::string_view key, const Place& place,
                                std::vector<Diagnostic>& diagnostics) {
  std::vector<Diagnostic> problems;
  if (text.find('\n') == std::string_view::npos) {
    if (auto tree = parse_toml(fmt::format("{} = {}", toml_string(key), text), place.file, problems)) {
      if (has_comment(text)) {
        diagnostics.push_back({place.file, 0, 0, false, fmt::format("'{}' has a comment behind its value", text),
                               "leave out '#' and what follows it; write a text in quotes"});
        return std::nullopt;
      }
      Node value = std::get<Table>(tree->value).entries.front().node;
      set_place(value, place);
      return value;
    }
  }
  const auto problem = [&](std::string what, std::string advice) {
    diagnostics.push_back({place.file, 0, 0, false, std::move(what), std::move(advice)});
    return std::nullopt;
  };
  if (text.find_first_not_of(' ') == text.npos) return problem("the value is empty", "write one; \"\" is an empty text");
  if (decimal_number(text.front() == '+' ? text.substr(1) : text))  // ".2", "2.", "007", "NaN"
    return problem(fmt::format("'{}' is no number of TOML", text),
                   "write digits on both sides of a point and no zeros before others, as in 0.2; a text in quotes");
  const std::string_view digits = text.substr(text.find_first_not_of("+-") == 1 ? 1 : 0);
  if (const auto power = digits.find_first_of("eE"); power != digits.npos && power > 0 &&
                                                     digits.find_first_not_of("0123456789.") == power &&
                                                     digits.find_first_not_of("0123456789+-", power + 1) == digits.npos)
    return problem(fmt::format("'{}' is no number that a computer has", text), "write one nearer to 0; a text in quotes");
  if (!problems.empty() && problems.front().advice.starts_with("write characters that can be seen"))
    return problem(problems.front().problem, problems.front().advice);
  if (std::string_view("[{\"'").find(text.front()) == std::string_view::npos) return Node{std::string(text), place};
  diagnostics.push_back({place.file, 0, 0, false, problems.empty() ? "the value is not TOML" : problems.front().problem,
                         "quote the value for the shell, as in --set 'path=\"text\"'"});
  return std::nullopt;
}

// The item of a list of tables that has a name.
Node* find_named(Array& array, std::string_view name, std::vector<std::string>& names) {
  for (Node& item : array) {
    const auto* table = std::get_if<Table>(&item.value);
    const Entry* entry = table ? table->find("name") : nullptr;
    const auto* text = entry ? std::get_if<std::string>(&entry->node.value) : nullptr;
    if (!text) continue;
    if (*text == name) return &item;
    names.push_back(*text);
  }
  return nullptr;
}

}  // namespace

void add_intervention(Node& root, const std::string& text, std::vector<Diagnostic>& diagnostics, std::string_view said) {
  const Place place{std::string(said) + text};
  const std::size_t equals = end_of_path(text);
  const auto names = names_set(text);
  auto value = parse_value(std::string_view(text).substr(equals + 1), names.empty() ? "value" : names.back(), place, diagnostics);
  if (!value) return;
  auto& table = std::get<Table>(root.value);
  Entry* list = table.find("interventions");
  if (!list) list = &table.entries.emplace_back(Entry{"interventions", place, Node{Array{}, place}});
  Table intervention;
  intervention.entries.push_back({"set", place, Node{text.substr(0, equals), place}});
  intervention.entries.push_back({"value", place, *std::move(value)});
  std::get<Array>(list->node.value).push_back(Node{std::move(intervention), place});
}

void apply_override(Node& root, const std::string& text, const Merged& merged, std::vector<Diagnostic>& diagnostics,
                    std::string_view said) {
  const Place place{std::string(said) + text};
  const auto error = [&](std::string problem, std::string advice) {
    diagnostics.push_back({place.file, 0, 0, false, std::move(problem), std::move(advice)});
  };
  if (const auto bad = bad_character(text, Lines::many)) return error(bad->what, "write characters that can be seen");
  const std::size_t equals = end_of_path(text);
  if (equals == std::string::npos) return error("no '=' in it", "write --set path=value, as in --set levers.information=0");
  std::string problem;
  const auto names = split_path(std::string_view(text).substr(0, equals), problem);
  if (!names) return error(problem, "write table.key or table.name.key, as in --set 'series.\"Outreach Day\".hours=4'");
  auto value = parse_value(std::string_view(text).substr(equals + 1), names->back(), place, diagnostics);
  if (!value) return;
  const std::size_t before = diagnostics.size();
  check_characters(names->back(), *value, diagnostics);  // a word is taken as it stands
  if (diagnostics.size() > before) return;

  Node* node = &root;
  for (std::size_t i = 0; i < names->size(); ++i) {
    const std::string& name = (*names)[i];
    if (auto* array = std::get_if<Array>(&node->value)) {
      if (!array->empty() && std::holds_alternative<std::string>(array->front().value))
        return error(fmt::format("'{}' is a list of texts, it has no '{}'", (*names)[i - 1], name),
                     "give the whole list, or change the file that it is from");
      std::vector<std::string> known;
      node = find_named(*array, name, known);
      const auto gone = merged.dropped.find({(*names)[i - 1], name});
      if (!node)
        return error(fmt::format("{} has nothing named '{}'", (*names)[i - 1], name),
                     gone == merged.dropped.end() ? choose_advice(name, known) : taken_away(gone->second));
      if (i + 1 == names->size()) return error(fmt::format("'{}' is no single value", name), "name one of its keys too");
      continue;
    }
    auto* table = std::get_if<Table>(&node->value);
    if (!table) return error(fmt::format("'{}' is a value, it has no '{}'", (*names)[i - 1], name), "shorten the path");
    Entry* entry = table->find(name);
    if (!entry && i == 1 && names->size() > 2 && names->front() == "kinds") {
      std::vector<std::string> known;
      for (const Entry& kind : table->entries) known.push_back(kind.key);
      return error(fmt::format("there is no kind '{}'", name), choose_advice(name, known));
    }
    if (!entry) entry = &table->entries.emplace_back(Entry{name, place, Node{Table{}, place}});
    entry->place = i + 1 == names->size() ? place : entry->place;
    node = &entry->node;
  }
  *node = *std::move(value);
}

void refuse_overlaps(std::span<const std::string> texts, std::vector<Diagnostic>& diagnostics, std::string_view said) {
  for (std::size_t later = 1; later < texts.size(); ++later) {
    const auto whole = names_set(texts[later]);
    for (std::size_t i = 0; i < later && !whole.empty(); ++i) {
      const auto part = names_set(texts[i]);
      if (part.size() <= whole.size() || !std::equal(whole.begin(), whole.end(), part.begin())) continue;
      diagnostics.push_back({std::string(said) + texts[later], 0, 0, false,
                             fmt::format("it replaces the whole of '{}', and with it what '{}' sets",
                                         std::string_view(texts[later]).substr(0, end_of_path(texts[later])), texts[i]),
                             "set each key by a path of its own"});
    }
  }
}

}  // namespace coalis::io
