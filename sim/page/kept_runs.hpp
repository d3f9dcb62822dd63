// Paired runs in memory, as a kept comparison: what charts and pages are made of.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "coalis/questions/comparison/answer.hpp"
#include "coalis/questions/comparison/compared.hpp"

namespace coalis::page {

using Pair = std::array<RunRecord, 2>;

class KeptRuns final : public KeptComparison {
 public:
  // pairs: with trajectories and regions. program: its version.
  KeptRuns(const ComparisonAnswer& answer, std::span<const Pair> pairs, const std::string& program);

  std::vector<double> values(const std::string& group, const std::string& name, std::size_t scenario) const override;
  std::vector<float> over_time(const std::string& group, const std::string& name, std::size_t months) const override;
  bool has_own_item(std::size_t) const override { return false; }
  std::vector<std::string> regions() const override { return regions_; }
  std::vector<ComparedStructure> structures() const override { return {}; }
  std::vector<ComparedVariance> variances() const override { return {}; }

 private:
  std::span<const Pair> pairs_;
  std::vector<std::string> regions_;
};

}  // namespace coalis::page
