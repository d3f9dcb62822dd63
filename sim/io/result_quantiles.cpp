// Quantiles over replicates of every trajectory and month, from the file itself: memory is bounded by `block_values`.
#include <algorithm>
#include <array>
#include <boost/sort/spreadsort/float_sort.hpp>
#include <cmath>
#include <limits>
#include <span>

#include "coalis/core/quantile.hpp"
#include "result_sections.hpp"

namespace coalis::io {
namespace {

constexpr auto& probabilities = quantile_probabilities;
constexpr std::size_t block_values = std::size_t{1} << 24;  // read at once, 64 MB

// Quantiles of column `column` of [row][column], to out[probability * months].
void column_quantiles(const std::vector<float>& block, std::size_t columns, std::size_t column, float* out, std::size_t months) {
  std::vector<float> values;
  values.reserve(block.size() / columns);
  for (std::size_t i = column; i < block.size(); i += columns) {
    if (!std::isnan(block[i])) values.push_back(block[i]);
  }
  boost::sort::spreadsort::float_sort(values.begin(), values.end());  // three times as fast as std::sort
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    out[k * months] = static_cast<float>(quantile(std::span<const float>(values), probabilities[k]));
  }
}

}  // namespace

std::vector<float> quantiles_by_month(hid_t variable, std::span<const hsize_t> inner, std::size_t months, std::size_t rows,
                                      const Loop& loop) {
  std::vector<float> result(probabilities.size() * months), block;
  const std::size_t width = std::clamp<std::size_t>(block_values / std::max<std::size_t>(1, rows), 1, months);
  for (std::size_t first = 0; first < months; first += width) {
    const std::size_t columns = std::min(width, months - first);
    h5::read_columns(variable, inner, first, columns, block);
    auto column = [&](int i) {
      column_quantiles(block, columns, static_cast<std::size_t>(i), &result[first + static_cast<std::size_t>(i)], months);
    };
    loop.run(
        static_cast<int>(columns), [](void* context, int i) { (*static_cast<decltype(column)*>(context))(i); }, &column);
  }
  return result;
}

void write_quantiles(hid_t file, const Scenario& scenario, const std::vector<Quantity>& quantities,
                     const std::vector<hid_t>& trajectories, std::size_t rows, const Loop& loop) {
  const h5::Handle group = h5::create_group(file, "trajectory_quantiles");
  const h5::Dimension probability(group, {"quantile", "1", "probability"}, std::span<const double>(probabilities));
  const h5::Dimension month = month_dimension(group, scenario);
  const auto months = static_cast<std::size_t>(scenario.calendar.months);
  for (std::size_t i = 0; i < quantities.size(); ++i) {
    const auto values = quantiles_by_month(trajectories[i], {}, months, rows, loop);
    h5::write_variable<float>(group, quantities[i], {&probability, &month}, std::numeric_limits<float>::quiet_NaN(), values);
  }
}

}  // namespace coalis::io
