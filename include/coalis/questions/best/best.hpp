// What to do with some money: the question, everything resolved.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/questions/best/menu.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/parameter_sets.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/statistics/race.hpp"

namespace coalis {

// As they are given; messages name them as the command line does.
struct BestOptions {
  std::string scenario;                 // file
  std::vector<std::string> set;         // "path=value"
  double budget = 0;                    // planned, USD a year
  std::string aim = "engaged";          // an outcome
  std::vector<std::string> guards;      // "goal_attainment", "member_cost=5000": an outcome, and what it may lose
  std::vector<std::string> parameters;  // files of parameter sets, one a structure
  std::vector<std::string> structures;  // switches or their values
  int draws = 0;                        // of each file so many sets, drawn by weight; 0: not said
  std::string from_month;               // options begin in this month, "YYYY-MM" or its number from 0; "": 0
  std::size_t points = 120;             // of the first round
  std::size_t replicates = 500;         // of the figures
  std::uint64_t seed = 1;

  int draws_of_each() const { return draws > 0 ? draws : 50; }
};

struct BestInput {
  struct File {
    std::string name;
    ParameterSets sets;  // without columns of what is planned
  };
  Scenario scenario;
  std::vector<File> files;
  std::function<Asked<Scenario>(const Scenario&, const ParameterSets&, const ParameterSet&)> with_parameters;
  std::function<int(std::string_view outcome)> better;  // 1 if more is better, -1 if less is, 0 if neither
  // What a difference of an outcome over a run of so many months is times, if it is that of the time from a month on; nothing if
  // that cannot be told.
  std::function<std::optional<double>(std::string_view outcome, int months, int from)> stretch;
};

// A structure of the model, with the parameters that it has.
struct UnderStructure {
  Structure structure;
  Calibration calibration = Calibration::not_calibrated;
  std::string file;  // of its parameter sets, "" without
  ParameterSets sets;
  std::vector<std::size_t> set_of;  // [draw of a set]; none: the scenario's own parameters
  EvidenceBase base;                // of its parameters
};

struct GuardedOutcome {
  std::size_t outcome = 0;
  int better = 1;
  double tolerance = 0;  // of harm, in the outcome's unit
  double stretch = 1;    // as BestInput::stretch
};

struct BestQuestion {
  std::string file;
  Scenario scenario;
  std::vector<double> amounts;  // of money, ascending, the budget and the next step among them
  std::size_t budget = 0;       // which of them
  std::size_t aim = 0;          // of outcome_quantities()
  int better = 1;
  std::vector<GuardedOutcome> guards;
  std::vector<std::size_t> shown;          // outcomes beside the aim: participation, attainment, burden
  std::vector<double> stretch;             // [outcome shown] as BestInput::stretch
  std::vector<UnderStructure> structures;  // the scenario's own first
  int from = 0;
  Menu menu;
  std::vector<Possible> first;  // the scenario as it is, then the first round
  SearchRule rule;
  std::uint64_t seed = 1;

  // Those that the aim is averaged over: as far calibrated as the first.
  std::vector<std::size_t> counted() const;
  const EvidenceBase& evidence() const;                                                            // the weakest of those
  std::size_t sets() const { return std::max<std::size_t>(1, structures.front().set_of.size()); }  // which draws take in turn
  // Measures of a draw: the aim, guards; then the aim under each structure; then what is shown.
  std::size_t aim_under(std::size_t structure) const { return 1 + guards.size() + structure; }
  std::size_t shown_at(std::size_t place) const { return 1 + guards.size() + structures.size() + place; }
  std::size_t measures() const { return shown_at(shown.size()); }
  // An option under a structure with one of its sets.
  Scenario under(const Scenario& option, std::size_t structure, std::size_t set) const;
};

Asked<BestQuestion> ask_best(const BestOptions& options, const BestInput& input);

// New options near the best of a race, for every amount of money: what the first race had is not repeated. They are added to
// `known`.
std::vector<double> refine(const BestQuestion& question, std::vector<Possible>& known, std::span<const std::size_t> best);
// The same near the best of every way of coordinating within the budget, the way kept: what is best under one way is found one
// change after the other only if the way of the best so far is not the only one that is followed.
std::vector<double> look_around(const BestQuestion& question, std::vector<Possible>& known, std::span<const std::size_t> best);

}  // namespace coalis
