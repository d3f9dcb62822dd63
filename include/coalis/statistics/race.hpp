// A race of options for the best: all run the same draws, and those that are clearly beaten run no more. Numbers in, numbers out:
// what an option is and how it is drawn, the caller knows. docs/decisions/0024-best.md says which rule this is and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace coalis {

// What draws give of one option: [measure][draw]. More is better in each. Measure 0 is the aim, then come those that are guarded,
// then any that the race does not look at. NaN is missing.
using OptionDraws = std::vector<std::vector<double>>;
// Draws first..first+count-1 of every option of the list; draw d of all options shares what chance there is. Fewer options than
// asked for: cancelled.
using DrawOptions =
    std::function<std::vector<OptionDraws>(std::span<const std::size_t> options, std::size_t first, std::size_t count)>;

struct RaceRule {
  std::size_t reference = 0;         // the option that guards are held against; it runs to the end, beaten or not
  std::vector<double> tolerances{};  // [guard] what an option may lose against the reference without harm, 0 or more
  double error = 0.05;               // the probability, at most, with which the best option that does no harm leaves
  std::size_t first = 32;            // draws at the first look; every other has twice as many
  std::size_t most = 1024;           // draws at the last look, at most
  double fine = 0;                   // the race ends when all that are left are known to each other to so much
};

// A look at the race: what was drawn of each option by then, and how many were left afterwards.
struct RaceLook {
  std::size_t draws = 0, left = 0;
};
struct Raced {
  std::vector<std::size_t> left;   // not beaten, ascending
  std::vector<OptionDraws> draws;  // [option]; of those that left early fewer
  std::vector<RaceLook> looks;
  std::size_t drawn = 0;  // of all options together
  bool whole = true;      // false: cancelled
};
// costs: [option]. An option is beaten by one alone that costs no more and does no harm. first_draw: below it draws are used up.
Raced race(std::span<const std::size_t> options, std::span<const double> costs, const RaceRule& rule, std::size_t first_draw,
           const DrawOptions& draw);

// First a look around, by few draws; then races, each among what the one before has left and new options near its best, until
// there is nothing new; then draws that nobody has seen.
struct SearchRule {
  RaceRule race;            // its error is that of everything together
  std::size_t fresh = 512;  // draws of the figures
  std::size_t races = 8;    // at most, 2 or more
  std::size_t rounds = 6;   // of the look around, at most; each draws its new options as often as a race's first look

  // Draws of the figures begin here, however many races there were; those of the look around behind them.
  std::size_t first_fresh() const { return races * race.most; }
  bool is_fresh(std::size_t draw) const { return draw >= first_fresh() && draw - first_fresh() < fresh; }
};
// Adds options near those (the best first) that have not been looked at, and returns their costs.
using Refine = std::function<std::vector<double>(std::span<const std::size_t> best)>;
// What adds options: `around`, which may be empty, before the first race, from all there are by their means over few draws (those
// that seem to do harm left out); `near` between races, from those that are left.
struct Suggestions {
  Refine near, around{};
};
struct Searched {
  std::vector<double> costs;           // [option], those that were given first
  std::vector<Raced> races;            // two or more, unless cancelled
  std::size_t first_fresh = 0;         // the draws before it are used up
  std::vector<std::size_t> finalists;  // ascending, with the reference
  std::vector<OptionDraws> fresh;      // [finalist]
  std::size_t drawn = 0;               // of all options together
  bool whole = true;
};
Searched search_options(std::vector<double> costs, const SearchRule& rule, const Suggestions& suggest, const DrawOptions& draw);

// The answer for some money, over the finalists that cost no more: the option with the highest mean of the last race, which has
// no part in the figures, the cheapest of equal ones; and those that fresh draws do not tell from the best, the true best among
// them but for the error.
struct BestWithin {
  std::size_t choice = 0;        // an option
  std::vector<std::size_t> set;  // options, ascending; empty: all that cost so little do harm, or none does, and no choice
};
BestWithin best_within(const Searched& searched, const SearchRule& rule, double money);

// How often each option has the highest mean in resamples of the draws (bootstrap, the same draws of all options): shares that
// add up to 1. values[option][draw]. A pure function of its arguments.
std::vector<double> best_in_resamples(std::span<const std::span<const double>> values, std::size_t resamples, std::uint64_t seed);

}  // namespace coalis
