// An estimate with its bootstrap interval.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace coalis {

struct Estimate {
  double value, low, high;  // nominal 95 %, percentiles of the resamples (Efron and Tibshirani 1993); NaN without values
};

// Of a statistic of n exchangeable rows: estimate(rows) sees the row numbers of a resample, first all rows once for the value.
// A pure function of its arguments. NaN resamples are left out.
Estimate bootstrap_interval(std::size_t rows, std::size_t resamples, std::uint64_t seed,
                            const std::function<double(std::span<const std::size_t>)>& estimate);

}  // namespace coalis
