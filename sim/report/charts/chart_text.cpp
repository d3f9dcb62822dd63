// Text in charts: escaping, metrics, lines, numbers.
#include "coalis/report/charts/chart_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "chart_widths.hpp"
#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/core/number_text.hpp"

namespace coalis::chart {
namespace {

constexpr std::uint32_t replacement = 0xFFFD;

struct CodePoint {
  std::uint32_t value;
  std::size_t bytes;
};

// XML takes it and a browser shows it.
bool allowed_in_xml(std::uint32_t c) {
  if (is_control(c)) return c == '\t' || c == '\n' || c == '\r';
  return (c < 0xD800 || c > 0xDFFF) && c <= 0x10FFFF;
}

// The code point that text begins with; a byte that begins none is a replacement of one byte.
CodePoint first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {allowed_in_xml(lead) ? lead : replacement, 1};
  const std::size_t bytes = lead >= 0xF0 && lead < 0xF5   ? 4
                            : lead >= 0xE0 && lead < 0xF0 ? 3
                            : lead >= 0xC2 && lead < 0xE0 ? 2
                                                          : 0;
  if (bytes == 0 || text.size() < bytes) return {replacement, 1};
  std::uint32_t value = lead & (0x7Fu >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {replacement, 1};
    value = value << 6 | (byte(i) & 0x3Fu);
  }
  constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  if (value < least[bytes] || !allowed_in_xml(value)) return {replacement, 1};
  return {value, bytes};
}

// Thousandths of the size. What is not measured is as wide as the wide ones of its kind in DejaVu Sans.
double width_of(std::uint32_t c, bool bold) {
  if (c >= first_measured && c < first_measured + regular_widths.size())
    return (bold ? bold_widths : regular_widths)[c - first_measured];
  if (c >= 0x2070 && c <= 0x2079) return bold ? 438 : 401;  // superscripts
  switch (c) {
    case 0x207B: return 528;  // their minus
    case 0x2009:
    case 0x202F: return 334;  // thin spaces, or a space in their place
    case 0x2013: return 556;  // en dash
    case 0x2018:
    case 0x2019: return bold ? 380 : 334;  // quotes
    case 0x201C:
    case 0x201D: return bold ? 658 : 519;
    case 0x2192:
    case 0x2212:
    case 0x2264:
    case 0x2265: return 838;   // arrow, minus, at most, at least
    case 0x2026: return 1000;  // ellipsis
    default: break;
  }
  if (c < 0x1100) return bold ? 950 : 800;    // other alphabets, but for their few widest letters
  if (c < 0x2E80) return bold ? 1150 : 1000;  // signs
  return c < 0x1F000 ? 1000 : 1400;
}

// The longest beginning of text, in whole code points and at least one, that is no wider than width.
std::size_t fitting(std::string_view text, double width, double size, bool bold) {
  std::size_t end = 0;
  double thousandths = 0;  // as text_width() adds them
  while (end < text.size()) {
    const CodePoint c = first_of(text.substr(end));
    thousandths += width_of(c.value, bold);
    if (end > 0 && thousandths / 1000 * size > width) break;
    end += c.bytes;
  }
  return end;
}

std::vector<std::string> words_of(std::string_view text, double width, double size, bool bold) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(" \t\n\r", at)) != text.npos) {
    std::string_view word = text.substr(at, text.find_first_of(" \t\n\r", at) - at);
    at += word.size();
    for (std::size_t part; (part = fitting(word, width, size, bold)) < word.size();) {
      words.emplace_back(word.substr(0, part));
      word.remove_prefix(part);
    }
    words.emplace_back(word);
  }
  return words;
}

// Digits with "," between thousands; "-" becomes U+2212.
std::string grouped(std::string_view plain) {
  const bool negative = plain.front() == '-';
  if (negative) plain.remove_prefix(1);
  const std::size_t whole = std::min(plain.find('.'), plain.size());
  std::string out = negative ? "\u2212" : "";
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (i > 0 && i < whole && (whole - i) % 3 == 0) out += ',';
    out += plain[i];
  }
  return out;
}

constexpr double huge = 1e9;
constexpr int usual_digits = 2;  // behind the point of a huge number

std::string huge_number(double value, int digits) {
  std::array<char, 64> buffer;
  const char* end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific, digits).ptr;
  const std::string_view plain(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = plain.find('e');
  int power = 0;
  std::from_chars(plain.data() + e + 2, end, power);  // behind "e+"
  return grouped(plain.substr(0, e)) + "\u00D7" + power_of_ten(power);
}

}  // namespace

std::string escape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const CodePoint c = first_of(text);
    switch (c.value) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case replacement: out += "\uFFFD"; break;
      default: out += text.substr(0, c.bytes);
    }
    text.remove_prefix(c.bytes);
  }
  return out;
}

double text_width(std::string_view text, double size, bool bold) {
  double thousandths = 0;
  while (!text.empty()) {
    const CodePoint c = first_of(text);
    thousandths += width_of(c.value, bold);
    text.remove_prefix(c.bytes);
  }
  return thousandths / 1000 * size;
}

std::string shorten(std::string_view text, double width, double size, bool bold) {
  if (text_width(text, size, bold) <= width) return std::string(text);
  std::string_view kept = text.substr(0, fitting(text, width - text_width("…", size, bold), size, bold));
  kept = kept.substr(0, kept.find_last_not_of(" ,;:(") + 1);
  return std::string(kept) + "…";
}

std::vector<std::string> wrap(std::string_view text, double width, double size, bool bold, std::size_t most) {
  std::vector<std::string> lines;
  for (const std::string& word : words_of(text, width, size, bold)) {
    if (!lines.empty() && (lines.size() == most || text_width(lines.back() + " " + word, size, bold) <= width)) {
      lines.back() += " " + word;
    } else {
      lines.push_back(word);
    }
  }
  if (lines.size() == most) lines.back() = shorten(lines.back(), width, size, bold);
  return lines;
}

std::vector<std::string> wrap_evenly(std::string_view text, double width, double size, bool bold, std::size_t most) {
  std::vector<std::string> lines = wrap(text, width, size, bold, most);
  if (lines.size() < 2 || lines.back().ends_with("…")) return lines;
  for (double narrower = width - size; narrower > width / 2; narrower -= size) {
    std::vector<std::string> tried = wrap(text, narrower, size, bold, most + 1);
    if (tried.size() > lines.size()) break;
    lines = std::move(tried);
  }
  return lines;
}

std::string number(double value, int decimals) {
  if (!std::isfinite(value)) return "no value";
  if (std::abs(value) >= huge) return huge_number(value, usual_digits);
  constexpr int finest = 9;  // beyond, the hair of halves_away would show
  std::array<char, 64> buffer;
  const char* end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), decimals <= finest ? halves_away(value) : value,
                                  std::chars_format::fixed, std::clamp(decimals, 0, 15))
                        .ptr;
  std::string_view plain(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  if (plain.front() == '-' && plain.find_first_not_of("-0.") == plain.npos) plain.remove_prefix(1);
  return grouped(plain);
}

std::string number_within(double value, int decimals, double width, double size) {
  std::string text = number(value, decimals);
  if (!std::isfinite(value) || std::abs(value) < huge) return text;
  for (int digits = usual_digits - 1; digits >= 0 && text_width(text, size) > width; --digits) text = huge_number(value, digits);
  return text;
}

std::string power_of_ten(int power) {
  constexpr std::array<std::string_view, 10> raised{"\u2070", "\u00B9", "\u00B2", "\u00B3", "\u2074",
                                                    "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
  std::string out = "10";
  for (const char c : std::to_string(power)) out += c == '-' ? "\u207B" : raised[static_cast<std::size_t>(c - '0')];
  return out;
}

std::string signed_number(double value, int decimals) {
  const std::string text = number(value, decimals);
  const bool positive = value > 0 && std::isfinite(value) && text.find_first_not_of("0.,") != text.npos;
  return positive ? "+" + text : text;
}

std::string counted(std::size_t count, std::string_view noun) {
  return number(static_cast<double>(count), 0) + " " + (count == 1 ? std::string(noun) : plural(noun));
}

}  // namespace coalis::chart
