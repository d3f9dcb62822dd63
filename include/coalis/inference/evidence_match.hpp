// Which answers of the simulated survey the categories of an evidence item stand for: by their names, or by what the item says of
// bins, direction and window; never by their position. What cannot be told is refused. docs/formats/evidence.md has the rules.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/inference/evidence.hpp"

namespace coalis {

inline constexpr std::size_t most_categories = 40;  // of an item
inline constexpr int most_events = 1'000'000;       // that a category's name may speak of

// A question of the simulated survey. Without bins and points of its own it is counted as the survey always counts it
// (survey_items.hpp).
struct SurveyQuestion {
  std::size_t item = 0;        // in survey_items
  std::size_t categories = 0;  // of the answers
  std::vector<int> from;       // attendance in bins of its own: the least number of each, ascending, the last open upwards
  int points = 0;              // a rating of so many points, 0: five
  int last_months = 0;         // window of attendance, as in EvidenceItem
  std::string since;
  bool sheets = false;   // of lists of who came: every member is counted, none is asked. `from`: as above, or of who came again 2
                         // * lag, and 1 more for those who stayed away
  int meetings = 0;      // of these lists, the last ones; 0: all
  bool besides = false;  // an item that the survey does not count unasked

  bool own() const { return sheets || besides || !from.empty() || points > 0; }
};

struct EvidenceMatch {
  SurveyQuestion question;
  std::vector<std::size_t> order;  // categories of the item, lowest (or first of the survey's) first
  std::vector<std::size_t> to;     // [category of the question]: place in `order`
};

struct MatchProblem {
  std::string problem, advice;
  std::optional<std::size_t> category;  // of the item, if it is one
};

// The match of an item that the survey has and that reports categories; else what is wrong with it.
std::optional<MatchProblem> match_categories(const EvidenceItem& item, EvidenceMatch& into);

// The numbers of events that a category's name stands for: "0", "never", "1-2", "3 to 5", "10 or more", "10+", ">3", "at least
// 4".
std::optional<Bin> bin_named(std::string_view name);
// The bins of an item's categories, given or named; empty if one has none.
std::vector<Bin> bins_of(const EvidenceItem& item);

// Whether the survey's item is the trainings of those trained, on average.
bool counts_trainings(std::string_view measures);
// Whether it is a rating on a scale.
bool is_rating(std::string_view measures);
// Whether the survey's item counts events attended.
bool counts_events(std::string_view measures);

}  // namespace coalis
