// Counted nouns: the one place that knows that one month is no months.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace coalis {

// "months", "studies", "series".
inline std::string plural(std::string_view noun) {
  std::string text(noun);
  const auto ends = [&](std::string_view end) { return noun.ends_with(end); };
  if (ends("series")) return text;
  const bool vowel_before_y = noun.size() > 1 && std::string_view("aeiou").find(noun[noun.size() - 2]) != std::string_view::npos;
  if (ends("y") && !vowel_before_y) return text.replace(text.size() - 1, 1, "ies");
  return text + (ends("s") || ends("x") || ends("ch") || ends("sh") ? "es" : "s");
}

// "1 month", "2 months", "0 months".
template <class Count>
std::string counted(Count count, std::string_view noun) {
  return std::to_string(count) + " " + (count == 1 ? std::string(noun) : plural(noun));
}

inline const char* are(std::size_t count) { return count == 1 ? "is" : "are"; }

}  // namespace coalis
