// All that the answer of a comparison is made of.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "coalis/model/record.hpp"
#include "coalis/statistics/paired_statistics.hpp"

namespace coalis {

// Outcomes of every replicate, mean differences over time. The first scenario is the reference.
class PairedSamples {
 public:
  // matters: the difference that matters, one an outcome.
  PairedSamples(std::size_t scenarios, int months, std::vector<double> matters);

  // One replicate: a record a scenario. Records without trajectories give no month_of_half.
  void add(std::span<const RunRecord> records);

  std::size_t scenarios() const { return outcomes_.size(); }
  std::size_t replicates() const { return outcomes_.front().replicates(); }
  double matters(std::size_t outcome) const { return matters_.at(outcome); }
  std::vector<double> values(std::size_t scenario, std::size_t outcome) const { return outcomes_.at(scenario).values(outcome); }
  PairedSummary difference(std::size_t scenario, std::size_t outcome) const;
  std::optional<int> half_month(std::size_t scenario, std::size_t outcome) const;

 private:
  int months_;
  std::vector<double> matters_;
  std::vector<Samples> outcomes_;              // [scenario]
  std::vector<MeanDifferences> trajectories_;  // [scenario - 1]
  std::vector<MeanDifferences> levels_;        // [scenario], trajectories themselves
};

}  // namespace coalis
