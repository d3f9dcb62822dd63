// Numbers of events as people write them.
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <utility>

#include "coalis/core/characters.hpp"
#include "coalis/inference/evidence_match.hpp"

namespace coalis {
namespace {

constexpr std::array<std::pair<std::string_view, int>, 19> words{{{"none", 0},
                                                                  {"never", 0},
                                                                  {"zero", 0},
                                                                  {"no", 0},
                                                                  {"once", 1},
                                                                  {"one", 1},
                                                                  {"twice", 2},
                                                                  {"two", 2},
                                                                  {"thrice", 3},
                                                                  {"three", 3},
                                                                  {"four", 4},
                                                                  {"five", 5},
                                                                  {"six", 6},
                                                                  {"seven", 7},
                                                                  {"eight", 8},
                                                                  {"nine", 9},
                                                                  {"ten", 10},
                                                                  {"eleven", 11},
                                                                  {"twelve", 12}}};
constexpr std::array<std::string_view, 12> units{"times",     "time",    "meetings", "meeting",   "events",   "event",
                                                 "plenaries", "plenary", "days",     "trainings", "training", "day"};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

// In lower case, with plain signs and without what is counted: "3 to 5 meetings" is "3-5".
std::string plain(std::string_view name) {
  std::string text;
  for (const char c : name) text += c == '\t' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const char* dash : {"\u2013", "\u2014", "\u2212", "\u2010", "\u2011"}) replace_all(text, dash, "-");
  replace_all(text, "\u2265", ">="), replace_all(text, "\u2264", "<=");
  replace_all(text, " to ", "-"), replace_all(text, "..", "-");
  for (const std::string_view unit : units)
    if (text.size() > unit.size() && text.ends_with(unit) && text[text.size() - unit.size() - 1] == ' ')
      text.erase(text.size() - unit.size());
    else
      replace_all(text, " " + std::string(unit) + " ", " ");
  return std::string(trimmed(text));
}

std::optional<int> number(std::string_view text) {
  text = trimmed(text);
  for (const auto& [word, value] : words)
    if (text == word) return value;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || value < 0 || value > most_events)
    return std::nullopt;
  return value;
}

// The number after a beginning or before an ending.
std::optional<int> after(std::string_view text, std::string_view start) {
  return text.starts_with(start) ? number(text.substr(start.size())) : std::nullopt;
}
std::optional<int> before(std::string_view text, std::string_view end) {
  return text.ends_with(end) ? number(text.substr(0, text.size() - end.size())) : std::nullopt;
}

}  // namespace

std::optional<Bin> bin_named(std::string_view name) {
  const std::string text = plain(name);
  if (const auto n = number(text)) return Bin{*n, *n};
  for (const char* end :
       {" or more", " and more", " or over", " and over", " or above", "+", " +", " and up", "-", " or more often"})
    if (const auto n = before(text, end)) return Bin{*n, Bin::open};
  for (const char* start : {">=", "at least ", "from "})
    if (const auto n = after(text, start)) return Bin{*n, Bin::open};
  for (const char* start : {">", "more than ", "over ", "above "})
    if (const auto n = after(text, start)) return Bin{*n + 1, Bin::open};
  for (const char* start : {"<=", "up to ", "up-", "at most "})
    if (const auto n = after(text, start)) return Bin{0, *n};
  for (const char* end : {" or fewer", " or less"})
    if (const auto n = before(text, end)) return Bin{0, *n};
  for (const char* start : {"<", "less than ", "fewer than ", "under ", "below "})
    if (const auto n = after(text, start); n && *n > 0) return Bin{0, *n - 1};
  for (const char* between : {"-", " or ", " and "})
    if (const auto at = text.find(between); at != text.npos) {
      const auto from = number(text.substr(0, at)), to = number(text.substr(at + std::string_view(between).size()));
      if (from && to && *from <= *to) return Bin{*from, *to};
    }
  return std::nullopt;
}

std::vector<Bin> bins_of(const EvidenceItem& item) {
  if (!item.bins.empty()) return item.bins;
  std::vector<Bin> bins;
  for (const std::string& name : item.categories) {
    const auto bin = bin_named(name);
    if (!bin) return {};
    bins.push_back(*bin);
  }
  const auto lower = [](const Bin& a, const Bin& b) { return a.from < b.from; };
  if (item.open_upwards && !bins.empty()) std::max_element(bins.begin(), bins.end(), lower)->to = Bin::open;
  return bins;
}

}  // namespace coalis
