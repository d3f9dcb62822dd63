// See setting_words.hpp. Words are the meaning of the row up to what is added behind ';' or ':'.
#include "coalis/model/setting_words.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "coalis/core/path_names.hpp"
#include "coalis/model/fields.hpp"

namespace coalis {
namespace {

// By "table.key".
const std::map<std::string, std::string, std::less<>>& all_words() {
  static const auto words = [] {
    std::map<std::string, std::string, std::less<>> map;
    for (const FieldMeaning& field : field_meanings()) {
      std::string text(field.meaning.substr(0, field.meaning.find_first_of(";:")));
      if (text.ends_with('.')) text.pop_back();
      map.emplace(std::string(field.table).append(".").append(field.key), std::move(text));
    }
    return map;
  }();
  return words;
}

bool of_items(std::string_view table) {
  constexpr std::array<std::string_view, 5> tables{"hubs", "series", "kinds", "regions", "roles"};
  return std::find(tables.begin(), tables.end(), table) != tables.end();
}

// "" if no row has the key.
std::string words_of(const std::vector<std::string>& names) {
  const std::size_t key = of_items(names.front()) ? 2 : names.size() == 1 ? 0 : 1;
  if (names.size() <= key) return "";
  const auto found = all_words().find((key == 0 ? "" : names.front()) + "." + names[key]);
  if (found == all_words().end()) return "";
  std::string of;  // which hub, which sector
  for (std::size_t i = 1; key > 0 && i < names.size(); ++i)
    if (i != key) of += (of.empty() ? "" : ", ") + names[i];
  return of.empty() ? found->second : found->second + " (" + of + ")";
}

// Where the path that begins at `at` ends; `at` if none does.
std::size_t end_of_names(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (true) {
    const std::size_t begin = end;
    if (begin < text.size() && text[begin] == '"') {
      const std::size_t close = text.find('"', begin + 1);
      if (close == text.npos) return at;
      end = close + 1;
    } else {
      while (end < text.size() && is_bare(text[end])) ++end;
    }
    if (end == begin || end + 1 >= text.size() || text[end] != '.' || !(text[end + 1] == '"' || is_bare(text[end + 1])))
      return end;
    ++end;
  }
}

}  // namespace

std::string setting_words(std::string_view path) {
  std::string problem;
  const auto names = split_path(path, problem);
  std::string words = names && !names->empty() ? words_of(*names) : "";
  return words.empty() ? std::string(path) : words;
}

std::string setting_words(std::span<const std::string> paths) {
  std::string all, stem, of;
  bool alike = true;
  for (const std::string& path : paths) {
    const std::string words = setting_words(path);
    const std::size_t open = words.ends_with(')') ? words.find(" (") : words.npos;
    alike = alike && open != words.npos && (stem.empty() || words.substr(0, open) == stem);
    all += (all.empty() ? "" : " and ") + words;
    if (!alike) continue;
    stem = words.substr(0, open);
    of += (of.empty() ? "" : " and ") + words.substr(open + 2, words.size() - open - 3);
  }
  return alike && !stem.empty() ? stem + " (" + of + ")" : all;
}

std::string with_others(std::string_view path, std::span<const std::string> also) {
  std::string text(path);
  for (const std::string& other : also) text += " and " + other;
  return text;
}

std::string spoken(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const bool begins = is_bare(text[at]) && (at == 0 || !(is_bare(text[at - 1]) || text[at - 1] == '.' || text[at - 1] == '"'));
    const std::size_t end = begins ? end_of_names(text, at) : at;
    const std::string_view path = text.substr(at, end - at);
    const std::string words = path.find('.') == path.npos ? std::string(path) : setting_words(path);
    if (end == at)
      result += text[at++];
    else
      result += words == path ? words : "\"" + words + "\"", at = end;
  }
  return result;
}

}  // namespace coalis
