// What to do with some money: the answer, as plain numbers and words that a page can be made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "coalis/questions/best/best.hpp"
#include "coalis/questions/made_by.hpp"

namespace coalis {

// A mean and half the width of its interval; NaN: not known.
struct BestFigure {
  double mean = std::numeric_limits<double>::quiet_NaN(), half_width = std::numeric_limits<double>::quiet_NaN();
};

// An option that was left, by runs that had no part in choosing it. Levels and differences are in the outcomes' own units.
struct BestRow {
  PolicyOption option;
  double cost = 0;
  BestFigure aim;            // 95 % interval
  double low = 0, high = 0;  // middle 80 % of the runs
  BestFigure gain;           // better than it is by so much; the intervals of all rows hold together, at 95 %
  double best = 0;           // share of resamples of the runs in which none within the budget does better
  double best_in_sets = std::numeric_limits<double>::quiet_NaN();  // share of parameter sets and structures; NaN without sets
  std::vector<double> by_structure;                                // mean of the aim
  double expected_regret = 0, worst_regret = 0;  // over structures: what is lost against the best within the budget there
  std::vector<BestFigure> shown;                 // differences from as it is
  std::vector<std::string> beyond;               // what of it is outside of the range that evidence supports, in words
  bool allowed = true;                           // costs no more than the budget and does no clear harm to what is guarded
};

// For some money: which row is chosen, and which rows cannot be told from the best.
struct BestStep {
  double money = 0;
  std::size_t choice = 0;
  std::vector<std::size_t> set;
};

struct BestInformation {
  std::string about;                      // "all parameters", a group, "the model's structure"
  double value = 0, se = 0, changes = 0;  // inference/information_value.hpp
};

struct BestAnswer {
  std::string scenario, file, aim;
  int better = 1;
  std::vector<std::string> guards, shown;      // outcomes
  std::vector<std::string> structures, files;  // as to_string() has them, their parameter sets
  std::vector<bool> counted;                   // [structure]
  std::optional<EvidenceBase> evidence;        // the weakest of those counted; files of older programs do not say it
  double budget = 0;
  std::vector<BestRow> rows;  // as it is, then by cost
  std::vector<BestStep> steps;
  std::size_t budget_step = 0;
  BestFigure more;  // what the next step of money adds to the aim
  std::vector<BestInformation> information;
  double chance = 0, parameters = 0, structure = 0;  // of the variance of single runs' gains of the choice; parts as far as asked
  std::size_t looked_at = 0, runs = 0, runs_alike = 0;  // options; runs, and how many if all had as many as the last
  std::vector<RaceLook> looks;                          // of all races
  std::size_t draws = 0, sets = 0;                      // of the figures; parameter sets of each structure, 0 without
  int from = 0;
  std::string start;  // of the calendar
  int months = 0;     // of the run; 0: an older program's answer
  std::uint64_t seed = 0;
  MadeBy made_by;
  std::string command;  // that gives it again, "" if none did

  const BestStep& step() const { return steps[budget_step]; }
  const BestRow& choice() const { return rows[step().choice]; }
};

// Every option within the budget does harm to what is guarded.
struct NothingAllowed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// options: what was raced, by number. Throws NothingAllowed.
BestAnswer best_answer(const BestQuestion& question, const std::vector<Possible>& options, const Searched& searched);

}  // namespace coalis
