// Events at equal distances, as a series of a scenario holds them, for events that were held in months as they came.
#pragma once

#include <string>
#include <vector>

namespace coalis::io {

struct Rhythm {
  std::string per_year;   // four decimals, rounded up: rounded down, the last event would come after the last month
  std::string phase;      // months, two decimals
  std::vector<int> held;  // months of the series' events, ascending
};

// `months`: where events were held, ascending, each at least 0 and below `length`; one or more. As many are held in `length`
// months, as near to those months as equal distances allow; of more than 400 a year 400.
Rhythm rhythm_of(const std::vector<int>& months, int length);

}  // namespace coalis::io
