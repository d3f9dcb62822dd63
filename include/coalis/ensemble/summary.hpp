// Statistics of a figure over replicates.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace coalis {

// Over the replicates in which the figure is not missing (not NaN). Quantiles are of type 7.
struct Summary {
  double mean, se, sd;   // se: Monte Carlo standard error of the mean, sd / sqrt(n); both NaN below two values
  double q10, q50, q90;  // NaN without values
  std::size_t n;
};

Summary summarise(std::span<const double> values);

// The values of several figures over the replicates of an ensemble.
class Samples {
 public:
  explicit Samples(std::size_t figures) : columns_(figures) {}
  void add(std::span<const double> row);  // one replicate: a value a figure, NaN is missing
  std::span<const double> values(std::size_t figure) const { return columns_.at(figure); }
  Summary summary(std::size_t figure) const { return summarise(values(figure)); }
  std::size_t replicates() const { return columns_.empty() ? 0 : columns_.front().size(); }

 private:
  std::vector<std::vector<double>> columns_;
};

}  // namespace coalis
