// Names that may be one organisation's: they are asked about, never taken as one.
#include <algorithm>
#include <array>

#include "coalis/core/edit_distance.hpp"
#include "gathering.hpp"

namespace coalis::io {
namespace {

// Without articles and legal forms.
std::string core_of(const std::string& name) {
  static const std::set<std::string> idle{"the", "of",    "and",  "inc", "llc", "ltd", "corp", "co",  "ev", "e",
                                          "v",   "ggmbh", "gmbh", "der", "die", "das", "und",  "y",   "de", "la",
                                          "el",  "los",   "sa",   "ac",  "a",   "et",  "le",   "les", "du", "for"};
  std::string core;
  std::string words = plain_words(name) + " ";
  while (!words.empty()) {
    const std::string word = words.substr(0, words.find(' '));
    words.erase(0, word.size() + 1);
    if (!word.empty() && !idle.contains(word)) core += (core.empty() ? "" : " ") + word;
  }
  return core;
}

using Letters = std::array<int, 256>;
Letters letters_of(const std::string& text) {
  Letters letters{};
  for (const char c : text) ++letters[static_cast<unsigned char>(c)];
  return letters;
}

// No edit distance is smaller.
std::size_t least_distance(const Letters& a, const Letters& b) {
  int more = 0, fewer = 0;
  for (std::size_t i = 0; i < a.size(); ++i) (a[i] > b[i] ? more : fewer) += std::abs(a[i] - b[i]);
  return static_cast<std::size_t>(std::max(more, fewer));
}

struct Compared {
  std::string words, core, initials;
  Letters letters;
};

std::string why_similar(const Compared& a, const Compared& b) {
  if (!a.core.empty() && a.core == b.core) return "the same but for a legal form or small words";
  const auto short_for = [](const Compared& x, const Compared& y) { return x.core.size() >= 3 && x.core == y.initials; };
  if (short_for(a, b) || short_for(b, a)) return "one may be the initials of the other";
  const auto begins = [](const Compared& x, const Compared& y) {
    return x.core.find(' ') != x.core.npos && y.core.starts_with(x.core + " ");
  };
  if (begins(a, b) || begins(b, a)) return "one begins with the other";
  const std::size_t shorter = std::min(a.core.size(), b.core.size());
  const std::size_t allowed = shorter >= 16 ? 3 : shorter >= 8 ? 2 : shorter >= 4 ? 1 : 0;
  if (allowed == 0 || least_distance(a.letters, b.letters) > allowed) return "";
  const std::size_t distance = edit_distance(a.core, b.core);
  const bool numbers_differ = std::any_of(a.core.begin(), a.core.end(), [](char c) { return c >= '0' && c <= '9'; });
  return distance <= allowed && !numbers_differ ? "few letters differ" : "";
}

}  // namespace

std::string initials_of(const std::string& words) {
  std::string initials;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] != ' ' && (i == 0 || words[i - 1] == ' ')) initials += words[i];
  return initials;
}

std::vector<SameName> similar_names(const std::vector<ImportedOrganisation>& organisations, const std::vector<SameName>& names) {
  std::set<std::pair<std::string, std::string>> known;
  for (const SameName& pair : names) known.insert({pair.name, pair.other}), known.insert({pair.other, pair.name});
  std::vector<Compared> all;
  for (const ImportedOrganisation& organisation : organisations) {
    const std::string core = core_of(organisation.name);
    all.push_back({plain_words(organisation.name), core, initials_of(core), letters_of(core)});
  }
  std::vector<SameName> found;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = i + 1; j < all.size() && found.size() < most_similar_names; ++j)
      if (std::string why = why_similar(all[i], all[j]);
          !why.empty() && !known.contains({organisations[i].name, organisations[j].name}))
        found.push_back({organisations[i].name, organisations[j].name, "", std::move(why)});
  return found;
}

}  // namespace coalis::io
