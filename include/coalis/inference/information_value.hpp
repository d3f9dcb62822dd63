// What it would be worth to know parameters before choosing (expected value of partial perfect information). Numbers in, numbers
// out. docs/decisions/0024-best.md says how it is estimated.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace coalis {

inline constexpr std::size_t fewest_sets_to_learn_from = 20;

struct InformationValue {
  double value = 0, se = 0;  // gain of the outcome over the choice without it, on average; value: 0 or more
  double changes = 0;        // share of the parameter sets in which another option would be taken
};

// outcomes[option][set]: more is better; columns[parameter][set]: what is known before choosing. choice: the option that is taken
// without. Options are predicted by ridge regression from sets other than the one predicted for, so that the value is never that
// of a fit to noise; it is what a linear rule gains, at least. Zeros with less than 20 sets, one option or no columns.
InformationValue information_value(std::span<const std::vector<double>> outcomes, std::size_t choice,
                                   std::span<const std::vector<double>> columns);

}  // namespace coalis
