#include "difference_sizes.hpp"

#include <algorithm>
#include <cmath>

#include "coalis/core/number_text.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/sentences.hpp"
#include "coalis/statistics/intervals.hpp"

namespace coalis {
namespace {

constexpr int most_decimals = 3;

std::size_t decimals_in(const std::string& number) {
  const std::size_t point = number.find('.');
  return point == number.npos ? 0 : number.size() - point - 1;
}

bool in_whole_units(const OutcomeWords& words) { return words.scale == 1 && words.decimals == 0; }  // dollars, events

// Whether a difference and its levels, all in so many decimals, are seen to belong together.
bool agree(const OutcomeWords& words, OutcomeDifference d, int decimals) {
  if (d.pairs == 0 || d.same) return true;
  d.decimals = decimals;
  const auto most = static_cast<std::size_t>(decimals);
  for (const std::string& text :
       {size_of_mean(d), with_decimals(words, d.reference, decimals), with_decimals(words, d.other, decimals)})
    if (decimals_in(text) > most) return false;
  if (d.left_out > 0) return true;  // the levels are of more runs, which is said
  double one = 1;                   // std::pow would bring tables into the explorer's module
  for (int i = 0; i < decimals; ++i) one *= 10;
  const auto units = [&](double value) {
    return std::round(decimal_number(fixed(words.scale * value, decimals)).value_or(0) * one);
  };
  return units(d.other) - units(d.reference) == units(d.mean);
}

}  // namespace

bool is_clear(const OutcomeDifference& d) { return clear_sign(d.mean, mean_difference(d).half_width, d.grain) != 0; }

std::string with_decimals(const OutcomeWords& words, double value, int decimals) {
  std::string text = amount(words, value);
  return text == "0" || decimals_in(text) >= static_cast<std::size_t>(decimals) ? text : fixed(words.scale * value, decimals);
}

std::string size_beside(const OutcomeDifference& d, double value, int decimals) {
  const OutcomeWords& words = words_of(d.outcome);
  const double size = std::abs(value);
  const auto is_border = [&](int digits) {
    return with_decimals(words, size, digits) == with_decimals(words, d.matters, digits);
  };
  int digits = decimals;
  if (d.matters > 0 && std::abs(size - d.matters) > d.grain)
    while (digits <= most_decimals && is_border(digits)) ++digits;
  return with_decimals(words, size, digits > most_decimals ? decimals : digits);
}

std::string size_of_mean(const OutcomeDifference& d) {
  std::string text = size_beside(d, d.mean, decimals_of(d));
  const double size = words_of(d.outcome).scale * std::abs(d.mean);
  for (int decimals = 2; text == "0" && is_clear(d) && decimals <= most_decimals; ++decimals)
    if (const std::string finer = fixed(size, decimals); finer.find_first_of("123456789") != finer.npos) text = finer;
  return text;
}

int decimals_of(const OutcomeDifference& d) { return d.decimals ? *d.decimals : decimals_of_levels({d}); }

int decimals_of_levels(const std::vector<OutcomeDifference>& differences) {
  constexpr int most_to_agree = 1;
  const OutcomeWords& words = words_of(differences.front().outcome);
  if (in_whole_units(words)) return 0;
  for (int decimals = words.decimals; decimals <= most_to_agree; ++decimals)
    if (std::all_of(differences.begin(), differences.end(),
                    [&](const OutcomeDifference& d) { return agree(words, d, decimals); }))
      return decimals;
  std::size_t most = 1;
  for (OutcomeDifference d : differences) d.decimals = 1, most = std::max(most, decimals_in(size_of_mean(d)));
  return static_cast<int>(most);
}

void say_alike(std::vector<OutcomeDifference>& differences) {
  if (differences.empty()) return;
  const int decimals = decimals_of_levels(differences);
  for (OutcomeDifference& d : differences) d.decimals = decimals;
}

std::string level_said(const std::string& outcome, double value, int decimals) {
  return std::isnan(value) ? "missing" : with_decimals(words_of(outcome), value, decimals);
}

}  // namespace coalis
