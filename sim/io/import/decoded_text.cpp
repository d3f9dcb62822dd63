// See decoded_text.hpp.
#include "decoded_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "coalis/core/characters.hpp"

namespace coalis::io {
namespace {

constexpr char32_t replacement = 0xFFFD;

// 0x80 to 0x9F of Windows-1252; the five it leaves open are controls, as in WHATWG's table.
constexpr std::array<char16_t, 32> windows_1252{
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178};

void append_utf8(char32_t code, std::string& text) {
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

std::string of_utf16(std::string_view bytes, bool little) {
  std::string text;
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(little ? first | second << 8 : first << 8 | second);
  };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    const char32_t high = unit(at);
    const bool leads = high >= 0xD800 && high <= 0xDBFF, follows = high >= 0xDC00 && high <= 0xDFFF;
    const char32_t low = leads && at + 3 < bytes.size() ? unit(at + 2) : 0;
    if (leads && low >= 0xDC00 && low <= 0xDFFF) {
      append_utf8(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), text);
      at += 2;
    } else {
      append_utf8(leads || follows ? replacement : high, text);
    }
  }
  return text;
}

std::string of_windows_1252(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(byte >= 0x80 && byte <= 0x9F ? windows_1252[byte - 0x80] : byte, text);
  }
  return text;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Character c = first_character(text.substr(at));
    if (c.bytes == 0) return false;
    at += c.bytes;
  }
  return true;
}

// Of text in a Latin alphabet every other byte is 0.
enum class Zeros { none, first, second };
Zeros zero_bytes(std::string_view bytes) {
  std::array<std::size_t, 2> zeros{};
  const std::size_t looked_at = std::min<std::size_t>(bytes.size(), 4096);
  for (std::size_t i = 0; i < looked_at; ++i)
    if (bytes[i] == '\0') ++zeros[i % 2];
  if (zeros[0] + zeros[1] < looked_at / 4 || zeros[0] == zeros[1]) return Zeros::none;
  return zeros[0] > zeros[1] ? Zeros::first : Zeros::second;
}

std::string with_plain_line_ends(std::string text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r')
      plain += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n')
      plain += '\n';
  return plain;
}

}  // namespace

DecodedText decoded(std::string_view bytes) {
  const auto made = [](std::string text, const char* encoding) {
    return DecodedText{with_plain_line_ends(std::move(text)), encoding};
  };
  // Half a character is nobody's text; told, for the file may be cut off.
  const auto of_pairs = [&](std::string_view pairs, bool little) {
    return DecodedText{
        with_plain_line_ends(of_utf16(pairs, little)),
        fmt::format("UTF-16 ({}-endian){}", little ? "little" : "big",
                    pairs.size() % 2 == 1 ? "; half a character at its end was left out: is the file whole?" : "")};
  };
  if (bytes.starts_with("\xFF\xFE")) return of_pairs(bytes.substr(2), true);
  if (bytes.starts_with("\xFE\xFF")) return of_pairs(bytes.substr(2), false);
  const bool marked = bytes.starts_with("\xEF\xBB\xBF");
  if (marked) bytes.remove_prefix(3);
  if (!marked && bytes.size() > 1) {
    if (const Zeros zeros = zero_bytes(bytes); zeros == Zeros::second)
      return of_pairs(bytes, true);
    else if (zeros == Zeros::first)
      return of_pairs(bytes, false);
  }
  if (is_utf8(bytes)) return made(std::string(bytes), "UTF-8");
  return made(of_windows_1252(bytes), "Windows-1252");
}

std::string cleaned(std::string_view cell) {
  std::string text;
  for (std::size_t at = 0; at < cell.size();) {
    const Character c = first_character(cell.substr(at));
    const bool blank = c.code == ' ' || c.code == '\n' || c.code == '\t' || c.code == 0x2028 || c.code == 0x2029 ||
                       c.code == 0xA0 || c.code == 0x1680 || (c.code >= 0x2000 && c.code <= 0x200A) || c.code == 0x202F ||
                       c.code == 0x205F || c.code == 0x3000;
    if (c.bytes > 0 && blank) {
      if (!text.empty() && text.back() != ' ') text += ' ';
    } else if (c.bytes > 0 && !is_control(c.code)) {
      text += cell.substr(at, c.bytes);
    }
    at += std::max<std::size_t>(c.bytes, 1);
  }
  if (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

}  // namespace coalis::io
