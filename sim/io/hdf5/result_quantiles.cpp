// Quantiles over replicates of every trajectory and month, from the file itself; memory does not grow with the replicates.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

#include "coalis/statistics/column_store.hpp"
#include "coalis/statistics/quantiles.hpp"
#include "result_sections.hpp"

namespace coalis::io {
namespace {

constexpr std::size_t values_at_once = std::size_t{1} << 15;  // at once, 128 KB
constexpr std::size_t memory_bytes = std::size_t{1} << 18;    // of a variable by month; what is more waits in a temporary file

// To out[probability * months].
void write_quantiles_of(std::vector<float> values, float* out, std::size_t months) {
  std::erase_if(values, [](float x) { return std::isnan(x); });
  std::array<double, quantile_probabilities.size()> quantiles{};
  quantiles_of<float>(values, quantile_probabilities, quantiles);
  for (std::size_t k = 0; k < quantiles.size(); ++k) out[k * months] = static_cast<float>(quantiles[k]);
}

}  // namespace

std::vector<float> quantiles_by_month(hid_t variable, std::span<const hsize_t> inner, std::size_t months, std::size_t rows,
                                      const Loop& loop) {
  ColumnStore<float> columns(months, memory_bytes);
  const std::size_t most = std::max<std::size_t>(1, values_at_once / std::max<std::size_t>(1, months));
  for (std::size_t first = 0; first < rows; first += most)
    columns.add(h5::read_months(variable, inner, first, std::min(most, rows - first)));
  std::vector<float> result(quantile_probabilities.size() * months);
  for_each(loop, static_cast<int>(months), [&](int month) {
    const auto m = static_cast<std::size_t>(month);
    write_quantiles_of(columns.column(m), &result[m], months);
  });
  return result;
}

void write_quantiles(hid_t file, const Scenario& scenario, const std::vector<Quantity>& quantities,
                     const std::vector<hid_t>& trajectories, std::size_t rows, const Loop& loop) {
  const h5::Handle group = h5::create_group(file, "trajectory_quantiles");
  const h5::Dimension probability(group, {"quantile", "1", "probability"}, std::span<const double>(quantile_probabilities));
  const h5::Dimension month = month_dimension(group, scenario);
  const auto months = static_cast<std::size_t>(scenario.calendar.months);
  for (std::size_t i = 0; i < quantities.size(); ++i) {
    const auto values = quantiles_by_month(trajectories[i], {}, months, rows, loop);
    h5::write_variable<float>(group, quantities[i], {&probability, &month}, std::numeric_limits<float>::quiet_NaN(), values);
  }
}

}  // namespace coalis::io
