// The text of a file that somebody else's program has written, as UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace coalis::io {

struct DecodedText {
  std::string text;      // UTF-8 without a byte order mark; '\n' ends a line, whatever did
  std::string encoding;  // for people: "UTF-8", "UTF-16 (little-endian)", "Windows-1252"
};

// A byte order mark decides; without one zero bytes speak for UTF-16, and what is no UTF-8 is Windows-1252 (WHATWG's table, in
// which every byte is a character). What cannot be decoded becomes U+FFFD; half a character at the end is left
// out, and `encoding` says so; nothing is an error.
DecodedText decoded(std::string_view bytes);

// A cell's text for people: characters that are obeyed or not shown (core/characters.hpp) are left out, every kind of space and
// line break is one plain blank, none stands at an end. U+FFFD stays.
std::string cleaned(std::string_view cell);

}  // namespace coalis::io
