// See quantiles.hpp. Values are counted in cells of equal width; only cells that hold a wanted one are put in order.
#include "coalis/ensemble/quantiles.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "coalis/core/quantile.hpp"

namespace coalis {
namespace {

constexpr std::size_t few = 128;  // sorting is as fast
constexpr std::size_t cells_most = 1024;
constexpr std::uint32_t unwanted = ~std::uint32_t{0};

// An integer in the order of the numbers, and back: the compiler makes vectors of minima of integers, but not of floats.
template <class T>
using Key = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;
template <class T>
Key<T> ordered_key(Key<T> bits) {
  return bits ^ (bits >> (8 * sizeof(T) - 1) & std::numeric_limits<Key<T>>::max());
}

template <class T>
std::pair<T, T> extremes(std::span<const T> values) {
  Key<T> low = std::numeric_limits<Key<T>>::max(), high = std::numeric_limits<Key<T>>::min();
  for (const T x : values) {
    const Key<T> key = ordered_key<T>(std::bit_cast<Key<T>>(x));
    low = std::min(low, key);
    high = std::max(high, key);
  }
  return {std::bit_cast<T>(ordered_key<T>(low)), std::bit_cast<T>(ordered_key<T>(high))};
}

// Cells of equal width and how many values each has.
struct Cells {
  std::vector<std::uint16_t> of;  // [value]
  std::vector<std::uint32_t> size;
};

template <class T>
std::optional<Cells> counted(std::span<const T> values) {
  const auto [low, high] = extremes(values);
  Cells cells{std::vector<std::uint16_t>(values.size()), std::vector<std::uint32_t>(std::min(cells_most, values.size() / 2))};
  const T scale = static_cast<T>(cells.size.size()) / (high - low);
  if (!std::isfinite(high - low) || !std::isfinite(scale)) return std::nullopt;
  const auto last = static_cast<std::int32_t>(cells.size.size() - 1);
  for (std::size_t i = 0; i < values.size(); ++i)  // rounding keeps the order of values: their cells do not decrease
    cells.of[i] = static_cast<std::uint16_t>(std::min(static_cast<std::int32_t>((values[i] - low) * scale), last));
  for (const std::uint16_t cell : cells.of) ++cells.size[cell];
  return cells;
}

// Values of wanted cells, one cell after the other; next[cell]: where the cell's begin, and after it where they end.
template <class T>
std::vector<T> gathered(std::span<const T> values, const Cells& cells, std::vector<std::uint32_t>& next, std::size_t count) {
  std::vector<T> result(count);
  std::array<std::size_t, 1024> chosen;
  for (std::size_t i = 0; i < values.size();) {
    std::size_t found = 0;
    for (const std::size_t end = std::min(values.size(), i + chosen.size()); i < end; ++i) {
      chosen[found] = i;  // without a branch, which would often be guessed wrongly
      found += next[cells.of[i]] != unwanted;
    }
    for (std::size_t k = 0; k < found; ++k) result[next[cells.of[chosen[k]]]++] = values[chosen[k]];
  }
  return result;
}

// Puts values where sorting would put them, at the ranks that quantiles need; elsewhere is anything.
template <class T>
void order_for(std::span<T> values, std::span<const double> probabilities) {
  const auto cells = values.size() > few ? counted<T>(values) : std::nullopt;
  if (!cells) return std::sort(values.begin(), values.end());
  struct Wanted {
    std::size_t cell, rank, at;  // of its first value, in order and among the gathered
  };
  std::vector<Wanted> wanted;
  std::vector<std::uint32_t> next(cells->size.size(), unwanted);
  std::size_t rank = 0, cell = 0, count = 0;
  for (const double probability : probabilities) {
    const auto below = static_cast<std::size_t>(std::floor(probability * static_cast<double>(values.size() - 1)));
    for (const std::size_t order : {below, std::min(below + 1, values.size() - 1)}) {
      while (rank + cells->size[cell] <= order) rank += cells->size[cell++];
      if (next[cell] != unwanted) continue;
      next[cell] = static_cast<std::uint32_t>(count);
      wanted.push_back({cell, rank, count});
      count += cells->size[cell];
    }
  }
  std::vector<T> some = gathered<T>(values, *cells, next, count);
  for (const Wanted& w : wanted) {
    const auto begin = some.begin() + static_cast<std::ptrdiff_t>(w.at), end = some.begin() + next[w.cell];
    if (!std::is_sorted(begin, end)) std::sort(begin, end);  // shares of few organisations: a cell of equal values
    std::copy(begin, end, values.begin() + static_cast<std::ptrdiff_t>(w.rank));
  }
}

}  // namespace

template <class T>
void quantiles_of(std::span<T> values, std::span<const double> probabilities, std::span<double> result) {
  order_for(values, probabilities);
  for (std::size_t k = 0; k < probabilities.size(); ++k) result[k] = quantile(std::span<const T>(values), probabilities[k]);
}

template void quantiles_of(std::span<float>, std::span<const double>, std::span<double>);
template void quantiles_of(std::span<double>, std::span<const double>, std::span<double>);

}  // namespace coalis
