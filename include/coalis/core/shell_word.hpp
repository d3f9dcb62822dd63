// A text as one word of a shell's command line, for commands that are shown to be given again.
#pragma once

#include <string>
#include <string_view>

namespace coalis {

inline std::string shell_word(std::string_view text) {
  std::string word = "'";
  for (const char c : text) c == '\'' ? word.append("'\\''") : word.append(1, c);
  return word + "'";
}

// The name of a file as such a word, without its folders.
inline std::string word_of_file(std::string_view path) { return shell_word(path.substr(path.find_last_of('/') + 1)); }

}  // namespace coalis
