// The rules that everything said of a difference shares: how far a mean may still move, whether it is clear, whether a difference
// is beyond the one that matters. Numbers in, numbers out. docs/decisions/0006-paired-comparison.md says why.
#pragma once

#include <cstddef>
#include <span>

namespace coalis {

// The 97.5 % quantile of Student's t distribution with `free` degrees of freedom, to 8 decimals, so that it is the same number
// for every compiler and in Python. NaN below 1.
double student_quantile(std::size_t free);
// The same with `above` beyond it instead of 2.5 %: 0 < above < 1/2.
double student_quantile(std::size_t free, double above);

// Half the width of the nominal 95 % interval of a mean of `values` independent values with that standard error (Student's t).
// NaN below two values.
double half_width(double se, std::size_t values);

// What single precision, in which outcomes are recorded, cannot tell apart between values of this size: 2^-23 of the largest.
// Sums and differences of such values that should be equal are closer than that. NaN is left out; 0 without values.
double grain_of(std::span<const double> values);

// On which side a difference is beyond the one that matters: 1 if above `matters`, -1 if below -matters, else 0. A difference
// that is no further from the border than `grain` lies on it: 3 in 100 is not more than 3 in 100, however it was rounded.
int beyond(double difference, double matters, double grain);

// The sign of a mean whose interval excludes 0, by more than the grain; else 0. A missing half-width: 0.
int clear_sign(double mean, double half_width, double grain = 0);

}  // namespace coalis
