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
#include "coalis/questions/policy/levers.hpp"
#include "kept_runs.hpp"

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
  std::vector<bool> hubs_chosen(std::size_t side) const;  // one a region; none where no hub can be moved

  std::string outcome = "engaged";       // the answer is about
  std::string same_money;                // what B scales to the cost of A, "" nothing
  std::array<int, 3> rules{-1, -1, -1};  // of both: engagement, decision, influence; -1: as the coalition has it
  bool with_sets = false;                // not under other rules than the coalition's, for which they were not fitted
  bool with_structures = false;          // also under the other rules of engagement
  std::uint64_t seed = 1;
  std::optional<double> guess;  // of the difference B - A, in the outcome's unit as it is said

  // Resolves what is asked; false if it cannot be, error() says why. Keeps the runs that it can.
  bool begin(std::size_t replicates);
  // Pairs of runs that are asked: of the coalition's own structure first, then of each other.
  std::size_t pairs_asked() const { return asked_ * pairs_.size(); }
  // Runs pairs up to `count` of them; returns how many there are.
  std::size_t run(std::size_t count);
  const std::string& error() const { return error_; }

  // After begin(), of the pairs so far.
  ComparisonAnswer answer() const;
  KeptRuns kept(const ComparisonAnswer& answer) const { return {answer, pairs(), program}; }
  std::span<const Pair> pairs() const { return pairs_of(0); }  // of the own structure
  const Comparison& question() const { return question_.value(); }
  std::string file_of(std::size_t side) const;       // the option as a scenario file
  std::string name_of_file(std::size_t side) const;  // "option-b.toml", or the coalition's own
  std::string command() const;                       // that asks the same
  bool changed(std::size_t side) const;

  // Hashes of the first replicates of a coalition as it is.
  std::vector<std::uint64_t> hashes(std::size_t coalition, std::size_t replicates) const;

 private:
  // Runs of a side under a structure.
  struct Runs {
    std::vector<Scenario> of;  // the scenario, or one a parameter set
    std::size_t done = 0;      // replicates
    std::unique_ptr<Simulator> simulator;
    std::size_t simulated = 0;  // of `of`
  };
  struct Side {
    std::size_t coalition = 0;
    std::vector<double> values;
    std::vector<Runs> runs;  // [structure]
  };
  Scenario scenario_of(const Side& side) const;
  bool rules_moved() const { return rules != std::array{-1, -1, -1}; }
  bool uses_sets() const { return with_sets && sets_ && !rules_moved(); }
  bool run_whole() const;
  void keep_or_forget(Runs& runs, std::vector<Scenario> scenarios, bool other_luck);
  void simulate(std::size_t structure, std::size_t side, std::size_t replicate);
  std::size_t pairs_done(std::size_t structure) const;
  std::span<const Pair> pairs_of(std::size_t structure) const { return {pairs_[structure].data(), pairs_done(structure)}; }

  std::vector<Coalition> coalitions_;
  std::optional<ParameterSets> sets_;
  std::array<Side, sides> sides_;
  std::optional<Comparison> question_;
  std::vector<std::size_t> variant_of_;  // [replicate]
  std::uint64_t ran_seed_ = 1;
  std::size_t asked_ = 0;
  std::vector<std::vector<Pair>> pairs_;  // [structure][replicate]
  std::string error_;
};

}  // namespace coalis::page
