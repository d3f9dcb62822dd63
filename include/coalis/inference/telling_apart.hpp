// Which observation would tell rival structures apart that fit the evidence alike: features of simulated observations, and how
// often a structure would be named wrongly from them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "coalis/model/record.hpp"

namespace coalis {

using Features = std::vector<double>;

// Error of the best guess, all candidates being equally likely beforehand.
struct Discrimination {
  double error, se;                            // share of cases given to another candidate; s.e. over cases
  std::vector<std::vector<double>> confusion;  // [true candidate][candidate named], shares
};

// samples[candidate][case][feature], cases independent; a missing feature (NaN) counts as that feature's mean over all cases.
// Quadratic discriminant analysis (Gaussian classes, covariances shrunk by a tenth towards the pooled one), trained on cases of
// even number and tested on odd ones, then the other way round: the error is one that can be had, not the least possible.
// coalitions: so many test cases of one candidate are judged together. Throws std::invalid_argument with fewer than two
// candidates or too few cases to train on.
Discrimination discriminate(std::span<const std::vector<Features>> samples, std::size_t coalitions);

// Months from `begin` to before `end`.
struct Months {
  int begin, end;
};

// Organisations that were members before a month, in random order, of a record with trajectories by organisation; a pure function
// of the replicate.
std::vector<int> panel(const RunRecord& record, int organisations, int month, std::uint64_t seed);

// What attendance lists of a panel say: months attended (any event) as share of the months before and of those after; of both the
// mean and the standard deviation over organisations, their correlation, and the mean change of those that came never before and
// of those that did. A record with trajectories by organisation.
Features attendance_features(const RunRecord& record, int organisations, std::span<const int> panel, Months before, Months after);

// What two surveys of the same panel say, of those that returned both: for meetings attended, leadership and goal attainment
// rated the change of the mean and the correlation; the change in the share that collaborates inside. Records with a survey.
Features survey_features(const RunRecord& first, const RunRecord& second, std::span<const int> panel);

}  // namespace coalis
