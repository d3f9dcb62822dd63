// What a comparison file holds beside its replicates: the scenarios, their parameter sets, other structures, what differences
// vary by.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "coalis/questions/comparison/compared.hpp"
#include "hdf5.hpp"

namespace coalis::io {

// Regions that all scenarios have, in the reference's order, and where each scenario has them.
struct SharedRegions {
  std::vector<std::string> names;
  std::vector<std::vector<std::size_t>> at;  // [scenario][shared region]
};

SharedRegions shared_regions(std::span<const ComparedScenario> scenarios);

h5::Dimension scenario_dimension(hid_t group, std::span<const ComparedScenario> scenarios);

void write_scenarios(hid_t file, std::span<const ComparedScenario> scenarios, const std::string& evidence, int from);
// As a study's result has them (study_result.cpp).
void write_sets(hid_t file, const ComparedSets& sets, std::size_t replicates);
// others: all scenarios but the reference.
void write_structures(hid_t file, std::span<const ComparedScenario> others, std::span<const ComparedStructure> list);
void write_variances(hid_t file, std::span<const ComparedScenario> others, std::span<const ComparedVariance> list);

}  // namespace coalis::io
