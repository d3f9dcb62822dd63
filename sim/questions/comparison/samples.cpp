#include "coalis/questions/comparison/samples.hpp"

#include <stdexcept>

#include "coalis/questions/level_trajectory.hpp"

namespace coalis {

PairedSamples::PairedSamples(std::size_t scenarios, int months, std::vector<double> matters)
    : months_(months),
      matters_(std::move(matters)),
      outcomes_(scenarios, Samples(matters_.size())),
      trajectories_(scenarios - 1) {}

void PairedSamples::add(std::span<const RunRecord> records) {
  if (records.size() != outcomes_.size()) throw std::invalid_argument("PairedSamples::add: a record a scenario");
  for (std::size_t i = 0; i < records.size(); ++i) outcomes_[i].add(records[i].outcomes);
  for (std::size_t i = 1; i < records.size(); ++i) trajectories_[i - 1].add(records[0].trajectories, records[i].trajectories);
}

PairedSummary PairedSamples::difference(std::size_t scenario, std::size_t outcome) const {
  return summarise_pairs(values(0, outcome), values(scenario, outcome), matters(outcome));
}

std::optional<int> PairedSamples::half_month(std::size_t scenario, std::size_t outcome) const {
  const auto trajectory = level_trajectory(outcome);
  if (!trajectory || months_ == 0) return std::nullopt;
  const MeanDifferences& differences = trajectories_.at(scenario - 1);
  const std::size_t first = *trajectory * static_cast<std::size_t>(months_);
  std::vector<double> mean;
  for (int month = 0; month < months_; ++month) mean.push_back(differences.mean(first + static_cast<std::size_t>(month)));
  return month_of_half(mean, differences.half_width(first + static_cast<std::size_t>(months_) - 1));
}

}  // namespace coalis
