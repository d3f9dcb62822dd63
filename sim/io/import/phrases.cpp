// See phrases.hpp.
#include "phrases.hpp"

#include <algorithm>

#include "coalis/core/names.hpp"
#include "column_words.hpp"

namespace coalis::io {

Phrases::Phrases(std::string_view list) {
  while (!list.empty()) {
    const auto end = std::min(list.find('|'), list.size());
    all_.insert(name_key(list.substr(0, end)));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

bool Phrases::stand_in(std::string_view words) const {
  return std::any_of(all_.begin(), all_.end(), [&](const std::string& one) { return has_words(words, one); });
}

bool Phrases::begin_in(std::string_view words) const {
  const std::string text = " " + std::string(words);
  return std::any_of(all_.begin(), all_.end(), [&](const std::string& one) { return text.find(" " + one) != text.npos; });
}

}  // namespace coalis::io
