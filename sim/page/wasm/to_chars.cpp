// std::to_chars of doubles and floats by fmt, which is in the module anyway: the library's own brings 110 kB of tables. The same
// texts.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

namespace {

std::to_chars_result put(char* first, char* last, std::string_view text) {
  if (last - first < static_cast<std::ptrdiff_t>(text.size())) return {last, std::errc::value_too_large};
  return {std::copy(text.begin(), text.end(), first), std::errc()};
}

// The fewest digits that read back as the value, and the power of ten of the last of them.
struct Digits {
  std::string text;
  int power;
};
template <class T>
Digits shortest(T value) {
  const auto decimal = fmt::detail::dragonbox::to_decimal(value);
  return {std::to_string(decimal.significand), decimal.exponent};
}

std::string fixed(const Digits& d) {
  const int point = static_cast<int>(d.text.size()) + d.power;  // digits before it
  if (d.power >= 0) return d.text + std::string(static_cast<std::size_t>(d.power), '0');
  if (point > 0) return d.text.substr(0, static_cast<std::size_t>(point)) + "." + d.text.substr(static_cast<std::size_t>(point));
  return "0." + std::string(static_cast<std::size_t>(-point), '0') + d.text;
}

std::string scientific(const Digits& d) {
  const int power = static_cast<int>(d.text.size()) - 1 + d.power;
  return fmt::format("{}{}{}e{}{:02}", d.text.substr(0, 1), d.text.size() > 1 ? "." : "", d.text.substr(1), power < 0 ? "-" : "+",
                     power < 0 ? -power : power);
}

template <class T>
std::string plain(T value, bool always_fixed) {
  if (!std::isfinite(value) || value == 0) return fmt::format("{}", double{value});
  Digits d = shortest(std::abs(value));
  const std::string sign = value < 0 ? "-" : "", as_fixed = fixed(d), as_scientific = scientific(d);
  // Above 2^53 a fixed text has the digits of the value itself, not zeros.
  const bool is_fixed = always_fixed || as_fixed.size() <= as_scientific.size();
  if (is_fixed && d.power > 0) return fmt::format("{:.0f}", double{value});
  return sign + (is_fixed ? as_fixed : as_scientific);
}

}  // namespace

_LIBCPP_BEGIN_NAMESPACE_STD

to_chars_result to_chars(char* first, char* last, float value) { return put(first, last, plain(value, false)); }
to_chars_result to_chars(char* first, char* last, double value) { return put(first, last, plain(value, false)); }
to_chars_result to_chars(char* first, char* last, double value, chars_format format) {
  return put(first, last,
             format == chars_format::fixed        ? plain(value, true)
             : format == chars_format::scientific ? fmt::format("{:e}", value)
                                                  : plain(value, false));
}
to_chars_result to_chars(char* first, char* last, double value, chars_format format, int precision) {
  if (format == chars_format::fixed) return put(first, last, fmt::format("{:.{}f}", value, precision));
  if (format == chars_format::scientific) return put(first, last, fmt::format("{:.{}e}", value, precision));
  return put(first, last, fmt::format("{:.{}g}", value, precision));
}

_LIBCPP_END_NAMESPACE_STD
