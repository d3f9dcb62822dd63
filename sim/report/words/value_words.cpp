// See value_words.hpp.
#include "coalis/report/words/value_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>

#include "coalis/core/month_text.hpp"
#include "coalis/core/number_text.hpp"
#include "coalis/core/path_names.hpp"
#include "coalis/model/setting_words.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"

namespace coalis {
namespace {

constexpr std::string_view none = "none";

// A text as TOML without its quotes.
std::string unquoted(std::string_view toml) {
  if (toml.size() < 2 || toml.front() != '"') return std::string(toml);
  std::string text;
  for (std::size_t i = 1; i + 1 < toml.size(); ++i) {
    if (toml[i] == '\\' && i + 2 < toml.size()) ++i;
    text += toml[i];
  }
  return text;
}

std::string one_value(std::string_view toml) {
  constexpr std::size_t long_number = 8;
  if (toml == "true") return "yes";
  if (toml == "false") return "no";
  std::string text = unquoted(toml);
  if (toml.starts_with('"')) return is_month(text) ? month_name(text, 0) : text;
  const auto number = decimal_number(toml);
  if (!number) return text;
  return significant(*number, toml.size() > long_number ? 4 : 9);
}

struct Choice {
  std::string_view key, name, words;  // key: "" is of any
};
constexpr std::array<Choice, 15> named_choices{{{"audience", "hub", "the hub's organisations"},
                                                {"audience", "all", "all that are enrolled"},
                                                {"audience", "core", "the active core"},
                                                {"convenor", "coordinator", "the coordinator"},
                                                {"convenor", "members", "its members"},
                                                {"", "mixture", "commitment is partly given, partly earned"},
                                                {"", "trait", "commitment is a fixed trait"},
                                                {"", "reinforcement", "commitment is earned"},
                                                {"", "benefit_cost", "weighs benefit and cost"},
                                                {"", "threshold", "comes if enough others do"},
                                                {"", "conditional_cooperation", "some come only if others do"},
                                                {"", "bounded_confidence", "views move among those that are near"},
                                                {"", "degroot", "views move towards all contacts"},
                                                {"", "friedkin_johnsen", "views move and are drawn back"},
                                                {"", "repulsion", "views may move apart"}}};

// In words where the value is one of few that have names.
std::string choice_words(std::string_view key, std::string text) {
  const bool rule = key == "engagement" || key == "decision" || key == "influence";
  for (const Choice& choice : named_choices)
    if (choice.name == text && (choice.key == key || (rule && choice.key.empty()))) return std::string(choice.words);
  return text;
}

// "3 hours": a number with the unit of its key, where that is not said by its words.
std::string in_unit(const FieldText& field, std::string text) {
  if (!decimal_number(text)) return text;
  const std::string_view many = text == "1" ? "" : "s";
  if (field.unit == "h") return fmt::format("{} hour{}", text, many);
  if (field.unit == "month") return fmt::format("{} month{}", text, many);
  if (field.unit == "$") return text + " USD";
  if (field.unit == "$/year") return text + " USD a year";
  return field.unit == "$/h" ? text + " USD an hour" : text;
}

// The items of a list as TOML.
std::vector<std::string_view> items_of(std::string_view list) {
  std::vector<std::string_view> items;
  bool quoted = false;
  int inside = 0;
  std::size_t from = 0;
  const auto keep = [&](std::size_t to) {
    std::string_view item = list.substr(from, to - from);
    while (item.starts_with(' ')) item.remove_prefix(1);
    if (!item.empty()) items.push_back(item);
    from = to + 1;
  };
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == '"' && (i == 0 || list[i - 1] != '\\')) quoted = !quoted;
    if (quoted) continue;
    inside += (list[i] == '[' || list[i] == '{') - (list[i] == ']' || list[i] == '}');
    if (list[i] == ',' && inside == 0) keep(i);
  }
  keep(list.size());
  return items;
}

// "hubs", "North and Central", "fte".
std::vector<std::string> names_of(const std::string& path) {
  std::string problem;
  return split_path(path, problem).value_or(std::vector<std::string>{path});
}

// Of the lists of items: what one of them is called, and all.
constexpr std::array<std::array<std::string_view, 3>, 5> lists{{{"hubs", "Hub", "hubs"},
                                                                {"series", "Events", "series of events"},
                                                                {"kinds", "Kind of event", "kinds of events"},
                                                                {"regions", "Region", "regions"},
                                                                {"roles", "Service domain", "service domains"}}};
const std::array<std::string_view, 3>* list_named(std::string_view table) {
  const auto found = std::find_if(lists.begin(), lists.end(), [&](const auto& list) { return list[0] == table; });
  return found == lists.end() ? nullptr : &*found;
}

// Without what is as it is by default, for that says nothing.
bool says_something(const Difference& d, const std::string& value) {
  const bool month = d.field.key == "from" || d.field.key == "until";
  return !month && !value.empty() && value_words(value) != value_words(d.field.initial);
}

std::string months_text(const std::string& from, const std::string& until) {
  return fmt::format("{} to {}", month_name(from, 0), month_name(until, -1));
}

// The rows of an item that only one of the two has, from `at` on; `at` is moved behind them.
SettingChange whole_item(const std::vector<Difference>& differences, std::size_t& at) {
  const Difference& first = differences[at];
  const auto names = names_of(first.path);
  const bool in_reference = first.a.has_value();
  std::string text, from, until;
  for (; at < differences.size(); ++at) {
    const Difference& d = differences[at];
    const auto here = names_of(d.path);
    if (here.size() < 3 || here[0] != names[0] || here[1] != names[1] || d.a.has_value() != in_reference) break;
    const std::string& value = in_reference ? *d.a : *d.b;
    if (d.field.key == "from") from = unquoted(value);
    if (d.field.key == "until") until = unquoted(value);
    if (!says_something(d, value)) continue;
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", setting_words(d.field.table + ".\"\"." + d.field.key),
                        in_unit(d.field, choice_words(d.field.key, value_words(value))));
  }
  if (is_month(from) && is_month(until)) text += (text.empty() ? "" : "; ") + months_text(from, until);
  if (text.empty()) text = "yes";
  SettingChange change{fmt::format("{} \"{}\"", (*list_named(names[0]))[1], names[1]), std::string(none), std::string(none)};
  (in_reference ? change.reference : change.other) = text;
  return change;
}

std::string part_of(const Difference& d, std::string_view key) {
  for (const auto& [name, value] : d.parts)
    if (name == key) return value;
  return "";
}

// "Paid coordination, full-time equivalents (Chicago), from January 2025"
SettingChange intervention(const Difference& d, const Calendar& calendar) {
  const std::string from = unquoted(part_of(d, "from")), until = unquoted(part_of(d, "until")), ramp = part_of(d, "ramp");
  const bool known = is_month(from) && is_month(until);
  std::string what = setting_words(unquoted(part_of(d, "set")));
  if (known && month_name(until, 0) != month_name(calendar.start, calendar.months))
    what += ", " + months_text(from, until);
  else if (known && from != calendar.start)
    what += ", from " + month_name(from, 0);
  std::string value = in_unit(d.field, value_words(part_of(d, "value")));
  if (ramp != "1" && !ramp.empty()) value += ", in " + ramp + " months";
  SettingChange change{std::move(what), "as it is", "as it is"};
  (d.a ? change.reference : change.other) = value;
  return change;
}

}  // namespace

std::string value_words(std::string_view toml) {
  if (!toml.starts_with('[') || !toml.ends_with(']')) return toml.empty() ? std::string(none) : one_value(toml);
  std::string text;
  for (const std::string_view item : items_of(toml.substr(1, toml.size() - 2)))
    text += (text.empty() ? "" : ", ") + value_words(item);
  return text.empty() ? std::string(none) : text;
}

std::string rule_words(std::string_view rule) { return choice_words("engagement", std::string(rule)); }

std::vector<std::string> rules_of(std::string_view structure) {
  std::vector<std::string> rules;
  for (std::size_t at = 0; at < structure.size();) {
    const std::size_t end = std::min(structure.find(", ", at), structure.size());
    rules.emplace_back(structure.substr(at, end - at));
    at = end + 2;
  }
  return rules;
}

std::vector<SettingChange> changes_in_words(const std::vector<Difference>& differences, const Calendar& calendar) {
  std::vector<SettingChange> changes;
  for (std::size_t at = 0; at < differences.size();) {
    const Difference& d = differences[at];
    const auto* list = list_named(names_of(d.path).front());
    if (d.path == "name" || d.path == "description") {
      ++at;
    } else if (list && !(d.a && d.b)) {
      changes.push_back(whole_item(differences, at));
    } else if (!d.parts.empty()) {
      changes.push_back(intervention(d, calendar)), ++at;
    } else if (d.path == "interventions") {
      changes.push_back({"Order of the changes during the run", "its own", "another"}), ++at;
    } else {
      const bool order = list && d.field.key.empty();
      changes.push_back({order ? fmt::format("Order of the {}", (*list)[2]) : setting_words(d.path),
                         d.a ? in_unit(d.field, choice_words(d.field.key, value_words(*d.a))) : std::string(none),
                         d.b ? in_unit(d.field, choice_words(d.field.key, value_words(*d.b))) : std::string(none)});
      ++at;
    }
  }
  return changes;
}

}  // namespace coalis
