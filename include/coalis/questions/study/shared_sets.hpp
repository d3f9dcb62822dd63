// The parameter sets that the runs of a study share: matched with its points.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "coalis/questions/study/points.hpp"

namespace coalis {

// A file of parameter sets as a study takes it.
struct SharedSets {
  StudyParameters parameters;  // with the sets that the study draws
  ParameterSets structure;     // its columns of structure, taken out of the sets
  std::string plans;           // columns left to the scenarios
};

// From the sets that were read. An error if they were fitted under more than one structure.
Asked<SharedSets> shared_sets(ParameterSets sets, std::string name, std::string hash, const Study& study);

// The scenario's structure with the columns of structure of such a file.
using StructureWith = std::function<Asked<Structure>(const Scenario&, const ParameterSets& structure)>;

// Gives every point its file: the one that was fitted under the point's structure. Errors are a point without a file, or with
// two, and a factor that sets what the sets set (named settings go before the sets; notices say so).
std::vector<Diagnostic> share(StudyQuestion& study, std::vector<SharedSets> files, const StructureWith& structure_with);

// Places of the sets that are drawn, each once, ascending.
std::vector<std::size_t> sets_drawn(const StudyParameters& file);

// The scenario of a point with a set of numbers, a number a column, if the numbers have been checked. Throws
// std::invalid_argument for a column that the scenario does not have as a number.
Scenario with_numbers(const StudyPoint& point, const ParameterSets& sets, const std::vector<double>& numbers);

}  // namespace coalis
