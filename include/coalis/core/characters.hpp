// The characters of a text (UTF-8): which are valid, and which a terminal, a browser or a file format obeys instead of showing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace coalis {

struct Character {
  std::size_t bytes;  // 0: the text does not begin with valid UTF-8 (RFC 3629)
  char32_t code;
};
// The first of a text that is not empty.
Character first_character(std::string_view text);

// Obeyed, not shown: C0, DEL and C1, line and paragraph separators, marks of direction (Unicode's Bidi_Control), the byte order
// mark and noncharacters, which XML cannot hold; and what is not shown at all, as zero-width spaces, tags and soft hyphens. Line
// breaks and tabs are among them.
bool is_control(char32_t code);

// Where the first character stands that a text must not have: a control character or no UTF-8.
struct BadCharacter {
  std::size_t at;    // bytes
  std::string what;  // "the control character U+001B", "the byte 0xFF, which is no UTF-8"
};
enum class Lines { one, many };  // whether line breaks and tabs are allowed
std::optional<BadCharacter> bad_character(std::string_view text, Lines lines);

// Without the blanks, tabs and line ends at both ends.
constexpr std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// The text with all such characters written out: \u001b, and \xff for a byte that is no UTF-8.
std::string visible(std::string_view text, Lines lines);

}  // namespace coalis
