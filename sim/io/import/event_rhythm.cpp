// See event_rhythm.hpp.
#include "event_rhythm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace coalis::io {
namespace {

constexpr std::int64_t whole_units = 10'000;  // of per_year: four decimals
constexpr int phase_steps = 20;               // of a month

// The rule of convening.cpp for a regular series.
std::vector<int> held_in(double per_year, double phase, int length) {
  std::vector<int> months;
  double accumulated = phase * per_year / 12;
  for (int month = 0; month < length; ++month) {
    const double before = accumulated;
    accumulated += per_year / 12;
    const int due = static_cast<int>(std::floor(accumulated + 1e-9) - std::floor(before + 1e-9));
    months.insert(months.end(), static_cast<std::size_t>(due), month);
  }
  return months;
}

long months_apart(const std::vector<int>& a, const std::vector<int>& b) {
  long sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]);
  return sum;
}

}  // namespace

Rhythm rhythm_of(const std::vector<int>& months, int length) {
  constexpr std::int64_t most = 400 * whole_units;
  const std::int64_t told = static_cast<std::int64_t>(months.size()) * 12 * whole_units;
  const std::int64_t units = std::min(most, (told + length - 1) / length);
  const double per_year = static_cast<double>(units) / static_cast<double>(whole_units);
  Rhythm best{fmt::format("{}.{:04}", units / whole_units, units % whole_units), "0.00", held_in(per_year, 0, length)};
  long least = best.held.size() == months.size() ? months_apart(best.held, months) : -1;
  // A phase of a whole distance would hold one event more. Of less than one event in two years whole months are tried.
  const int stride = units * 2 < whole_units ? phase_steps : 1;
  for (int step = stride; step * units < 12 * whole_units * phase_steps && least > 0; step += stride) {
    std::vector<int> held = held_in(per_year, static_cast<double>(step) / phase_steps, length);
    if (held.size() != months.size()) continue;
    if (const long sum = months_apart(held, months); sum < least)
      least = sum, best.phase = fmt::format("{}.{:02}", step / phase_steps, step % phase_steps * 5), best.held = std::move(held);
  }
  return best;
}

}  // namespace coalis::io
