#include "coalis/core/number_text.hpp"

#include <cerrno>
#include <clocale>
#include <cmath>
#include <cstdlib>
#include <string>

namespace coalis {
namespace {

// So many digits at the beginning, taken away.
std::size_t take_digits(std::string_view& text) {
  std::size_t count = 0;
  for (; count < text.size() && '0' <= text[count] && text[count] <= '9'; ++count) continue;
  text.remove_prefix(count);
  return count;
}

bool take(std::string_view& text, std::string_view any_of) {
  const bool there = !text.empty() && any_of.find(text.front()) != any_of.npos;
  if (there) text.remove_prefix(1);
  return there;
}

bool is_decimal(std::string_view text) {
  take(text, "-");
  std::size_t digits = take_digits(text);
  if (take(text, ".")) digits += take_digits(text);
  if (digits == 0) return false;
  if (!take(text, "eE")) return text.empty();
  take(text, "+-");
  return take_digits(text) > 0 && text.empty();
}

bool is_not_finite(std::string_view text) {
  take(text, "-");
  std::string word;
  for (const char c : text) word += static_cast<char>('A' <= c && c <= 'Z' ? c - 'A' + 'a' : c);
  return word == "inf" || word == "infinity" || word == "nan";
}

}  // namespace

std::optional<double> decimal_number(std::string_view text) {
  if (!is_decimal(text) && !is_not_finite(text)) return std::nullopt;
  static const locale_t plain = newlocale(LC_ALL_MASK, "C", nullptr);
  const std::string ended(text);
  const int before = errno;
  errno = 0;
  const double value = strtod_l(ended.c_str(), nullptr, plain);
  const bool out_of_range = errno == ERANGE && (std::isinf(value) || value == 0);
  errno = before;
  return out_of_range ? std::nullopt : std::optional(value);
}

}  // namespace coalis
