// See names.hpp.
#include "coalis/core/names.hpp"

#include <algorithm>

#include "coalis/core/characters.hpp"
#include "equal_characters.hpp"

namespace coalis {
namespace {

bool within(char32_t code, char32_t from, char32_t to) { return from <= code && code <= to; }

// Unicode's space separators but for the plain space.
bool is_other_space(char32_t code) {
  return code == 0xA0 || code == 0x1680 || within(code, 0x2000, 0x200A) || code == 0x202F || code == 0x205F || code == 0x3000;
}

// Marks that are put on the letter before, in any order.
bool is_mark(char32_t code) {
  return within(code, 0x300, 0x36F) || within(code, 0x1AB0, 0x1AFF) || within(code, 0x1DC0, 0x1DFF) ||
         within(code, 0x20D0, 0x20FF) || within(code, 0xFE20, 0xFE2F);
}

// Seen only with others beside it, if at all: joiners, variation selectors, the blank of Braille, marks without a letter.
bool leaves_no_trace(char32_t code) {
  return code == ' ' || within(code, 0x200C, 0x200D) || within(code, 0xFE00, 0xFE0F) || within(code, 0xE0100, 0xE01EF) ||
         code == 0x2800 || is_mark(code);
}

char32_t lower(char32_t code) {
  const auto after = std::upper_bound(lower_cases.begin(), lower_cases.end(), code,
                                      [](char32_t value, const LowerCase& range) { return value < range.first; });
  if (after == lower_cases.begin()) return code;
  const LowerCase& range = *(after - 1);
  if (code > range.last || (code - range.first) % range.step != 0) return code;
  return static_cast<char32_t>(static_cast<std::int32_t>(code) + range.to_lower);
}

void decompose(char32_t code, std::u32string& into) {
  if (within(code, 0xAC00, 0xD7A3)) {  // a syllable of Hangul
    const char32_t at = code - 0xAC00;
    into += {0x1100 + at / 588, 0x1161 + at % 588 / 28};
    if (at % 28 != 0) into.push_back(0x11A7 + at % 28);
    return;
  }
  const auto found = std::lower_bound(decompositions.begin(), decompositions.end(), code,
                                      [](const Decomposition& one, char32_t value) { return one.whole < value; });
  if (found == decompositions.end() || found->whole != code) return into.push_back(lower(code));
  decompose(found->first, into);
  if (found->second != 0) decompose(found->second, into);
}

void append(char32_t code, std::string& text) {
  const auto byte = [&](char32_t bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0 | code >> 6);
  } else {
    if (code < 0x10000) {
      byte(0xE0 | code >> 12);
    } else {
      byte(0xF0 | code >> 18);
      byte(0x80 | (code >> 12 & 0x3F));
    }
    byte(0x80 | (code >> 6 & 0x3F));
  }
  byte(0x80 | (code & 0x3F));
}

}  // namespace

std::string name_key(std::string_view name) {
  std::u32string codes;
  for (std::size_t at = 0; at < name.size();) {
    const Character c = first_character(name.substr(at));
    if (c.bytes == 0)
      codes.push_back(0x110000 + static_cast<unsigned char>(name[at]));  // no character at all
    else if (c.code == ' ' || is_other_space(c.code)) {
      if (!codes.empty() && codes.back() != ' ') codes.push_back(' ');
    } else {
      decompose(c.code == '/' ? U'_' : c.code, codes);
    }
    at += std::max<std::size_t>(c.bytes, 1);
  }
  if (!codes.empty() && codes.back() == ' ') codes.pop_back();
  for (auto from = codes.begin(); from != codes.end();) {
    from = std::find_if(from, codes.end(), is_mark);
    const auto to = std::find_if_not(from, codes.end(), is_mark);
    std::sort(from, to);
    from = to;
  }
  std::string key;
  for (const char32_t code : codes) append(code, key);
  return key;
}

bool is_blank(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    const Character c = first_character(name.substr(at));
    if (c.bytes == 0 || !leaves_no_trace(c.code)) return false;
    at += c.bytes;
  }
  return true;
}

std::string blank_problem(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    const Character c = first_character(name.substr(at));
    if (is_other_space(c.code)) return "has a space that is not the plain one and looks like it";
    at += std::max<std::size_t>(c.bytes, 1);
  }
  if (!name.empty() && is_blank(name)) return "has no character that can be seen";
  const bool at_end = !name.empty() && (name.front() == ' ' || name.back() == ' ');
  return at_end ? "has a space at an end" : "";
}

}  // namespace coalis
