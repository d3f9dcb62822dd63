// The policy explorer behind a page: coalitions, two options of one of them with their levers, their paired runs. What does not
// change is kept: the runs of the other option, and an option's own when only what is asked of them changes.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/engine/simulate.hpp"
#include "coalis/questions/comparison/answer.hpp"
#include "coalis/questions/comparison/ask.hpp"
#include "kept_runs.hpp"
#include "levers.hpp"

namespace coalis::page {

struct Coalition {
  std::string file;  // without folders
  Scenario scenario;
  std::vector<Lever> levers;
};

class Explorer {
 public:
  static constexpr std::size_t sides = 2;

  // Version of the program that made the page.
  std::string program;

  // A scenario as packed() has it. False if it is none of this model version.
  bool add_coalition(std::string file, std::string_view packed);
  // Parameter sets for all coalitions of which they can be (questions/packed_sets.hpp); false if the text is none.
  bool add_sets(std::string_view text);
  bool sets_fit(std::size_t coalition) const;  // whether they were fitted to it
  const std::vector<Coalition>& coalitions() const { return coalitions_; }

  // Begins a side from a coalition, its levers as they are.
  void begin_from(std::size_t side, std::size_t coalition);
  void set(std::size_t side, std::size_t lever, double value);
  double value(std::size_t side, std::size_t lever) const { return sides_.at(side).values.at(lever); }
  std::size_t coalition_of(std::size_t side) const { return sides_.at(side).coalition; }

  std::string outcome = "engaged";  // the answer is about
  std::string same_money;           // what B scales to the cost of A, "" nothing
  int engagement = -1;              // of both, -1: as the coalition has it
  bool with_sets = false;
  std::uint64_t seed = 1;

  // Resolves what is asked; false if it cannot be, error() says why. Keeps the runs that it can.
  bool begin(std::size_t replicates);
  // Runs replicates up to `count`; returns how many pairs there are.
  std::size_t run(std::size_t count);
  const std::string& error() const { return error_; }

  // After begin(), of the pairs so far.
  ComparisonAnswer answer() const;
  KeptRuns kept(const ComparisonAnswer& answer) const { return {answer, pairs(), program}; }
  std::span<const Pair> pairs() const { return {pairs_.data(), pairs_done()}; }
  const Comparison& question() const { return question_.value(); }
  std::string file_of(std::size_t side) const;       // the option as a scenario file
  std::string name_of_file(std::size_t side) const;  // "option-b.toml", or the coalition's own
  std::string command() const;                       // that asks the same
  bool changed(std::size_t side) const;

  // Hashes of the first replicates of a coalition as it is.
  std::vector<std::uint64_t> hashes(std::size_t coalition, std::size_t replicates) const;

 private:
  struct Side {
    std::size_t coalition = 0;
    std::vector<double> values;
    std::vector<Scenario> ran;  // the scenario of its runs, or one a parameter set
    std::size_t done = 0;       // replicates
    std::unique_ptr<Simulator> simulator;
    std::size_t simulated = 0;  // of `ran`
  };
  Scenario scenario_of(const Side& side) const;
  void keep_or_forget(std::size_t side, std::vector<Scenario> scenarios, bool other_luck);
  void simulate(std::size_t side, std::size_t replicate);
  std::size_t pairs_done() const { return std::min({sides_[0].done, sides_[1].done, asked_}); }

  std::vector<Coalition> coalitions_;
  std::optional<ParameterSets> sets_;
  std::array<Side, sides> sides_;
  std::optional<Comparison> question_;
  std::vector<std::size_t> variant_of_;  // [replicate]
  std::uint64_t ran_seed_ = 1;
  std::size_t asked_ = 0;
  std::vector<Pair> pairs_;
  std::string error_;
};

}  // namespace coalis::page
