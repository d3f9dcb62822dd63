// What source documents report, item by item: the evidence as data (docs/formats/evidence.md).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coalis {

// What a figure may be used for. A figure that sets an input or that the fit has seen through any parameter never tests the fit.
inline constexpr std::array<std::string_view, 4> evidence_uses{"specify", "calibrate", "validate", "context"};

// Another way to read a figure that the source leaves open.
struct EvidenceReading {
  std::string name;
  std::vector<int> counts;  // as of the item
  int n = 0;
};

// Numbers of events from..to, both included.
struct Bin {
  static constexpr int open = -1;
  int from = 0, to = open;
  bool operator==(const Bin&) const = default;
};

struct EvidenceItem {
  std::string id;
  std::string measures;  // the survey's item that it is compared with (survey_items.hpp); empty: that of its id
  std::string source;    // its key in [sources]
  std::string use;       // one of evidence_uses
  std::vector<std::string> categories;
  std::vector<int> counts;                      // one a category; -1: not reported
  std::optional<double> share;                  // 0..1, of items that report no counts
  std::vector<int> of;                          // of items of rates: one a category, those of whom counts came
  int meetings = 0;                             // of lists of who came: so many, the last ones; 0: all
  int n = 0;                                    // answers; 0: unknown
  std::optional<std::array<int, 2>> n_between;  // the fewest and the most answers that a share may be of
  std::vector<EvidenceReading> alternatives;
  std::vector<Bin> bins;                       // of numbers of events, one a category; empty: as the categories are named
  std::string lowest;                          // category of a rating that is its lowest; empty: as they are named
  int last_months = 0;                         // attendance is asked for so many months up to the survey; 0: for all of the run
  std::string since;                           // or from this month on, "YYYY-MM"
  bool open_upwards = false;                   // files of version 1: the last category holds all above it
  int line = 0, column = 0;                    // in the file, of its window if it has one; 0 without
  std::string outcome;                         // that `range` limits
  std::vector<std::array<double, 2>> between;  // instead of counts, one a category: what is said roughly (rough.hpp)
  std::optional<std::array<double, 2>> range;  // of that outcome: histories outside of it did not happen
};

inline std::string_view measured(const EvidenceItem& item) { return item.measures.empty() ? item.id : item.measures; }

}  // namespace coalis
