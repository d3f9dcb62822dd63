// See told_changes.hpp. Hubs and series that only one of the two has are told together; what has no words of its own is told by
// those of its key.
#include "coalis/report/words/told_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "coalis/core/counted.hpp"
#include "coalis/core/letter_case.hpp"
#include "coalis/core/number_text.hpp"
#include "coalis/core/path_names.hpp"
#include "coalis/model/setting_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/short_sentences.hpp"

namespace coalis {
namespace {

constexpr std::size_t most_told = 9;

std::vector<std::string> parts_of_path(const std::string& path) {
  std::string problem;
  return split_path(path, problem).value_or(std::vector<std::string>{path});
}

std::string joined_names(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + ("\"" + names[i] + "\"");
  return text;
}

std::string times_a_year(const std::string& toml) { return value_words(toml) + " a year"; }

// A hub, series, kind, region or role that only one of the two has.
struct WholeItem {
  std::string name;
  std::map<std::string, std::string> values;  // by key, TOML
};
// By list, and whether the other has it.
using WholeItems = std::map<std::pair<std::string, bool>, std::vector<WholeItem>>;

bool in_a_list(const std::vector<std::string>& parts) {
  static const std::set<std::string> lists{"hubs", "series", "kinds", "regions", "roles"};
  return parts.size() >= 3 && lists.contains(parts[0]);
}

std::string with_posts(const WholeItem& hub) {
  const auto fte = hub.values.find("fte");
  const auto number = fte == hub.values.end() ? std::nullopt : decimal_number(fte->second);
  return number ? ", with " + post_words(*number) : "";
}

// Series of as many events a year stand together: "New: "meetings, West" and "meetings, South", 2 a year each."
void tell_series(std::vector<std::string>& told, const std::vector<WholeItem>& series, const char* what) {
  std::map<std::string, std::vector<std::string>> by_number;
  for (const WholeItem& one : series) {
    const auto found = one.values.find("per_year");
    by_number[found == one.values.end() ? "" : found->second].push_back(one.name);
  }
  for (const auto& [number, names] : by_number) {
    const std::string often = number.empty() ? "" : ", " + times_a_year(number) + (names.size() > 1 ? " each" : "");
    told.push_back(fullest({fmt::format("{}: {}{}.", what, joined_names(names), often),
                            fmt::format("{}: {} of events{}.", what, counted(names.size(), "sort"), often)}));
  }
}

void tell_whole(std::vector<std::string>& told, const WholeItems& all) {
  for (const auto& [which, items] : all) {
    const auto& [list, added] = which;
    if (list == "series") {
      tell_series(told, items, added ? "New" : "No longer");
      continue;
    }
    static const std::map<std::string, const char*> singular{
        {"hubs", "place of coordination"}, {"kinds", "kind of event"}, {"regions", "region"}, {"roles", "service domain"}};
    for (const WholeItem& item : items)
      told.push_back(fullest(
          {added ? fmt::format("A new {}, \"{}\"{}.", singular.at(list), item.name, list == "hubs" ? with_posts(item) : "")
                 : fmt::format("No {} \"{}\".", singular.at(list), item.name),
           fmt::format("{} {}.", added ? "A new" : "One less", singular.at(list))}));
  }
}

std::string part_named(const Difference& d, std::string_view key) {
  const auto found = std::find_if(d.parts.begin(), d.parts.end(), [&](const auto& part) { return part.first == key; });
  return found == d.parts.end() ? "" : value_words(found->second);
}

// "1.2 posts in Chicago, from January 2006."; "" of what has no words of its own.
std::string told_intervention(const Difference& d, const SettingChange& c) {
  const std::string path = part_named(d, "set"), value = part_named(d, "value"), words = setting_words(path);
  if (!decimal_number(value) || !(path.ends_with(".fte") || path.ends_with(".per_year")) || !c.what.starts_with(words)) return "";
  const std::size_t ramp = c.other.find(", in ");
  return fullest({fmt::format("{}{}{}.", capitalised(told_setting({path}, value)),
                              ramp == c.other.npos ? "" : c.other.substr(ramp), c.what.substr(words.size())),
                  ""});
}

// An intervention as far as it is told: two that differ in what is not told are one.
std::string intervention_told(const Difference& d) {
  std::string text;
  for (const char* key : {"set", "from", "until", "ramp", "value"}) text += part_named(d, key) + "\n";
  return text;
}

// Those that both have, as far as they are told.
std::set<std::string> in_both(const std::vector<Difference>& differences) {
  std::set<std::string> of_a, both;
  for (const Difference& d : differences)
    if (!d.parts.empty() && d.a) of_a.insert(intervention_told(d));
  for (const Difference& d : differences)
    if (!d.parts.empty() && d.b && of_a.contains(intervention_told(d))) both.insert(intervention_told(d));
  return both;
}

// Both have the key, or it is no part of an item.
std::string told_value(const Difference& d, const Calendar& calendar) {
  const auto parts = parts_of_path(d.path);
  const bool both = d.a && d.b;
  const auto a = both ? decimal_number(*d.a) : std::nullopt, b = both ? decimal_number(*d.b) : std::nullopt;
  if (a && b && in_a_list(parts) && parts[2] == "fte" && post_words(*a) == post_words(*b)) return "";  // it would say nothing
  if (a && b && in_a_list(parts) && parts[2] == "fte")
    return capitalised(fmt::format("{} in {} instead of {}.", post_words(*b), parts[1], post_words(*a)));
  if (a && b && in_a_list(parts) && parts[2] == "per_year")
    return fmt::format("\"{}\" {} instead of {}.", parts[1], times_a_year(*d.b), value_words(*d.a));
  if (both && in_a_list(parts) && parts[2] == "serves") {
    const std::string now = value_words(*d.b);
    return fullest({fmt::format("{} serves {} instead of {}.", parts[1], now, value_words(*d.a)),
                    fmt::format("{} serves {}.", parts[1], now), fmt::format("{} serves other regions.", parts[1])});
  }
  const auto changes = changes_in_words({d}, calendar);
  if (changes.empty()) return "";
  const SettingChange& c = changes.front();
  if (c.other == c.reference) return "";
  if (!d.parts.empty() && d.b)
    if (std::string said = told_intervention(d, c); !said.empty()) return said;
  const std::string instead = c.reference == "as it is" || c.reference == "none" ? "" : " instead of " + c.reference;
  return fullest({fmt::format("{}: {}{}.", c.what, c.other, instead), fmt::format("{}: {}.", c.what, c.other),
                  fmt::format("{}: otherwise.", c.what), "Something else that has a long name."});
}

}  // namespace

std::string post_words(double posts) {
  if (posts == 0) return "no paid post";
  if (posts == 0.25) return "a quarter of a post";
  if (posts == 0.5) return "half a post";
  if (posts == 0.75) return "three quarters of a post";
  if (posts == 1) return "one full post";
  return significant(posts, 2) + (posts < 1 ? " of a post" : " posts");
}

std::string told_setting(const std::vector<std::string>& paths, const std::string& value) {
  std::vector<std::string> names, keys;
  for (const std::string& path : paths) {
    const auto parts = parts_of_path(path);
    if (in_a_list(parts)) names.push_back(parts[1]), keys.push_back(parts[0] + "." + parts[2]);
  }
  const auto all_are = [&](const char* key) {
    return !paths.empty() && keys.size() == paths.size() &&
           std::all_of(keys.begin(), keys.end(), [&](const std::string& one) { return one == key; });
  };
  const auto number = decimal_number(value);
  if (number && all_are("hubs.fte"))
    return post_words(*number) + " in " + (names.size() == 1 ? names.front() : "each of " + counted(names.size(), "place"));
  if (number && all_are("series.per_year")) return joined_names(names) + " " + times_a_year(value);
  std::string rule = rule_words(value_words(value));
  if (!paths.empty() && paths.front().starts_with("structure.")) return rule;
  return fmt::format("{}: {}", setting_words(paths), rule);
}

std::vector<std::string> told_changes(const std::vector<Difference>& differences, const Calendar& calendar) {
  std::vector<std::string> told, values;
  WholeItems whole;
  const std::set<std::string> alike = in_both(differences);
  for (const Difference& d : differences) {
    if (!d.parts.empty() && alike.contains(intervention_told(d))) continue;
    const auto parts = parts_of_path(d.path);
    if (d.path == "name" || d.path == "description" || d.path == "evidence") continue;  // nothing that a coalition does
    if (d.a.has_value() == d.b.has_value() || !in_a_list(parts) || !d.parts.empty()) {
      if (std::string said = told_value(d, calendar); !said.empty()) values.push_back(std::move(said));
      continue;
    }
    auto& items = whole[{parts[0], d.b.has_value()}];
    if (items.empty() || items.back().name != parts[1]) items.push_back({parts[1], {}});
    items.back().values[parts[2]] = d.b ? *d.b : *d.a;
  }
  tell_whole(told, whole);
  told.insert(told.end(), values.begin(), values.end());
  if (told.size() > most_told) {
    const std::size_t more = told.size() - most_told;
    told.resize(most_told);
    told.push_back(fmt::format("{} below.", counted(more, "more difference")));
  }
  return told;
}

}  // namespace coalis
