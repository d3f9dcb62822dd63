// See characters.hpp.
#include "coalis/core/characters.hpp"

namespace coalis {
namespace {

std::string hexadecimal(char32_t code, int digits) {
  std::string text;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) text += "0123456789abcdef"[(code >> shift) & 0xFu];
  return text;
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

// Not shown at all, so that two names can look the same: Unicode's Default_Ignorable_Code_Point but for joiners and variation
// selectors, which scripts and signs need; and annotations.
bool is_invisible(char32_t code) {
  const auto within = [&](char32_t from, char32_t to) { return code >= from && code <= to; };
  return code == 0xAD || code == 0x34F || within(0x115F, 0x1160) || within(0x17B4, 0x17B5) || code == 0x180E || code == 0x200B ||
         within(0x2060, 0x2065) || within(0x206A, 0x206F) || code == 0x3164 || code == 0xFFA0 || within(0xFFF0, 0xFFFB) ||
         within(0x1BCA0, 0x1BCA3) || within(0x1D173, 0x1D17A) || within(0xE0000, 0xE0FFF);
}

bool allowed(const Character& c, Lines lines) {
  if (c.bytes == 0) return false;
  return !is_control(c.code) || (lines == Lines::many && (c.code == '\n' || c.code == '\t'));
}

}  // namespace

Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0u) == 0x80u; };
  const char32_t first = byte(0), low1 = byte(1) & 0x3Fu, low2 = byte(2) & 0x3Fu, low3 = byte(3) & 0x3Fu;
  if (first < 0x80) return {1, first};
  if (first >= 0xC2 && first <= 0xDF && follows(1)) return {2, (first & 0x1Fu) << 6 | low1};
  if (first >= 0xE0 && first <= 0xEF && follows(1) && follows(2)) {
    if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)) return {0, 0};  // overlong, surrogates
    return {3, (first & 0x0Fu) << 12 | low1 << 6 | low2};
  }
  if (first >= 0xF0 && first <= 0xF4 && follows(1) && follows(2) && follows(3)) {
    if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) return {0, 0};
    return {4, (first & 0x07u) << 18 | low1 << 12 | low2 << 6 | low3};
  }
  return {0, 0};
}

bool is_control(char32_t code) {
  const auto within = [&](char32_t from, char32_t to) { return code >= from && code <= to; };
  const bool direction = code == 0x061C || within(0x200E, 0x200F) || within(0x202A, 0x202E) || within(0x2066, 0x2069);
  const bool noncharacter = within(0xFDD0, 0xFDEF) || (code & 0xFFFEu) == 0xFFFE;
  return code < 0x20 || within(0x7F, 0x9F) || within(0x2028, 0x2029) || direction || code == 0xFEFF || noncharacter ||
         is_invisible(code);
}

std::optional<BadCharacter> bad_character(std::string_view text, Lines lines) {
  for (std::size_t at = 0; at < text.size();) {
    const Character c = first_character(text.substr(at));
    if (c.bytes == 0)
      return BadCharacter{
          at, "the byte 0x" + upper(hexadecimal(static_cast<unsigned char>(text[at]), 2)) + ", which is no UTF-8 text"};
    if (!allowed(c, lines))
      return BadCharacter{at, (is_invisible(c.code) ? "the invisible character U+" : "the control character U+") +
                                  upper(hexadecimal(c.code, c.code > 0xFFFF ? 6 : 4))};
    at += c.bytes;
  }
  return std::nullopt;
}

std::string visible(std::string_view text, Lines lines) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    const Character c = first_character(text.substr(at));
    if (allowed(c, lines))
      shown += text.substr(at, c.bytes);
    else if (c.bytes == 0)
      shown += "\\x" + hexadecimal(static_cast<unsigned char>(text[at]), 2);
    else
      shown += (c.code > 0xFFFF ? "\\U" : "\\u") + hexadecimal(c.code, c.code > 0xFFFF ? 8 : 4);
    at += c.bytes == 0 ? 1 : c.bytes;
  }
  return shown;
}

}  // namespace coalis
