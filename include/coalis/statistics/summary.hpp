// Statistics of a figure over replicates.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "coalis/statistics/column_store.hpp"

namespace coalis {

// Over the replicates in which the figure is not missing (not NaN). Quantiles are of type 7.
struct Summary {
  double mean, se, sd;   // se: Monte Carlo standard error of the mean, sd / sqrt(n); both NaN below two values
  double q10, q50, q90;  // NaN without values
  std::size_t n;
  std::size_t draws = 0;  // of parameter sets that the replicates share; 0: replicates are independent
};

// Half the width of the nominal 95 % interval of the mean (intervals.hpp); NaN below two independent values.
double half_width(const Summary& summary);

Summary summarise(std::span<const double> values);

// The values of several figures over the replicates of an ensemble; memory does not grow with the replicates (column_store.hpp).
class Samples {
 public:
  explicit Samples(std::size_t figures) : rows_(figures) {}
  void add(std::span<const double> row);  // one replicate: a value a figure, NaN is missing
  // [replicate], read anew at every call. Throws std::runtime_error if the temporary file cannot be read.
  std::vector<double> values(std::size_t figure) const { return rows_.column(figure); }
  Summary summary(std::size_t figure) const;
  std::size_t replicates() const { return rows_.rows(); }

 private:
  ColumnStore<double> rows_;
};

}  // namespace coalis
