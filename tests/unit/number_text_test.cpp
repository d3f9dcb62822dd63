// Numbers read from text: as the standard's from_chars reads them, which g++ has.
#include "coalis/core/number_text.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <charconv>
#include <clocale>
#include <cmath>
#include <cstring>
#include <random>
#include <string>

namespace coalis {
namespace {

std::optional<double> by_from_chars(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

bool same(std::optional<double> a, std::optional<double> b) {
  return a.has_value() == b.has_value() &&
         (!a || std::bit_cast<std::uint64_t>(*a) == std::bit_cast<std::uint64_t>(*b) || (std::isnan(*a) && std::isnan(*b)));
}

TEST(DecimalNumber, ReadsWhatIsOneAndNothingElse) {
  for (const char* text :
       {"0", "-0", "1", "1.", ".5", "-.5e3", "1e5", "1E+5", "1e-5", "00012", "inf", "-INFINITY", "nan", "4e-324", "1e-310",
        "1.7976931348623157e308", "0.1000000000000000055511151231257827021181583404541015625"}) {
    EXPECT_TRUE(decimal_number(text)) << text;
    EXPECT_TRUE(same(decimal_number(text), by_from_chars(text))) << text;
  }
  for (const char* text : {"", ".", "-", "+1", " 1", "1 ", "1e", "1e+", "0x10", "1_000", "1,5", "--1", "1e999", "-1e999",
                           "1e-999", "2e-324", "infin", "e5", "1.2.3"}) {
    EXPECT_FALSE(decimal_number(text)) << text;
    EXPECT_TRUE(same(decimal_number(text), by_from_chars(text))) << text;
  }
}

TEST(DecimalNumber, GivesTheNearestNumber) {
  std::mt19937_64 engine(1);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t bits = engine();
    double value;
    std::memcpy(&value, &bits, sizeof value);
    char text[64];
    const auto format = i % 2 ? std::chars_format::scientific : std::chars_format::general;
    // Fewer digits than it takes, and more: the halfway cases in between are where rounding goes wrong.
    const auto end = std::to_chars(text, text + sizeof text, value, format, static_cast<int>(engine() % 25)).ptr;
    const std::string_view written(text, static_cast<std::size_t>(end - text));
    ASSERT_TRUE(same(decimal_number(written), by_from_chars(written))) << written;
  }
}

}  // namespace
}  // namespace coalis
