// Does the answer hold under other structures, and what does it owe to chance, parameters and structure?
#pragma once

#include <cstddef>
#include <vector>

#include "coalis/questions/comparison/answer.hpp"
#include "coalis/questions/comparison/compared.hpp"
#include "coalis/questions/structures.hpp"

namespace coalis {

inline bool several_structures(const ComparisonAnswer& answer) { return answer.question.structures.size() > 1; }
// Structures of one class, the own among them.
std::size_t structures_of(const ComparisonAnswer& answer, Calibration calibration);

// Whether the answer holds under other structures.
struct Held {
  std::size_t structures = 0;
  std::size_t same = 0, unclear = 0, opposite = 0;  // sign of the difference
  std::size_t ranking = 0;                          // of the scenarios by mean level
};
// Over the other structures of one class, with the scenarios' own parameters.
Held held(const ComparisonAnswer& answer, Calibration calibration, std::size_t scenario, std::size_t outcome);

// Whether there is anything to say of parts of the variance.
inline bool variance_examined(const ComparisonAnswer& answer) { return answer.again || !answer.variants.empty(); }
// Structures of a class and what their runs, over parameter sets if there are any, owe to what.
ComparedParts parts_of(const ComparisonAnswer& answer, Calibration calibration, std::size_t scenario, std::size_t outcome);

// Of all outcomes of a run: mean differences of the own structure and of the others; what the differences vary by.
std::vector<ComparedStructure> structures_compared(const ComparisonAnswer& answer);
std::vector<ComparedVariance> variances_of(const ComparisonAnswer& answer);

}  // namespace coalis
