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

}  // namespace coalis
