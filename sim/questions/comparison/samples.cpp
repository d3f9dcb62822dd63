#include "coalis/questions/comparison/samples.hpp"

#include <algorithm>
#include <stdexcept>

#include "coalis/questions/level_trajectory.hpp"

namespace coalis {

PairedSamples::PairedSamples(std::size_t scenarios, int months, std::vector<double> matters)
    : months_(months),
      matters_(std::move(matters)),
      outcomes_(scenarios, Samples(matters_.size())),
      trajectories_(scenarios - 1),
      levels_(scenarios) {}

void PairedSamples::add(std::span<const RunRecord> records) {
  if (records.size() != outcomes_.size()) throw std::invalid_argument("PairedSamples::add: a record a scenario");
  for (std::size_t i = 0; i < records.size(); ++i) outcomes_[i].add(records[i].outcomes);
  const std::vector<float> zeros(records[0].trajectories.size(), 0);
  for (std::size_t i = 0; i < records.size(); ++i) levels_[i].add(zeros, records[i].trajectories);
  for (std::size_t i = 1; i < records.size(); ++i) trajectories_[i - 1].add(records[0].trajectories, records[i].trajectories);
}

PairedSummary PairedSamples::difference(std::size_t scenario, std::size_t outcome) const {
  return summarise_pairs(values(0, outcome), values(scenario, outcome), matters(outcome));
}

std::optional<int> PairedSamples::half_month(std::size_t scenario, std::size_t outcome) const {
  const auto trajectory = level_trajectory(outcome);
  if (!trajectory || months_ == 0) return std::nullopt;
  const MeanDifferences& differences = trajectories_.at(scenario - 1);
  const auto months = static_cast<std::size_t>(months_), begin = *trajectory * months;
  std::vector<double> mean;
  for (std::size_t month = 0; month < months; ++month) mean.push_back(differences.mean(begin + month));
  const std::size_t first =
      std::max(first_movement(levels_[0], begin, months), first_movement(levels_.at(scenario), begin, months));
  return month_of_half(mean, differences.half_width(begin + months - 1), first);
}

}  // namespace coalis
