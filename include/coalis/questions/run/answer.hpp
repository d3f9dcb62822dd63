// What comes of a run.
#pragma once

#include <cstddef>
#include <string>

#include "coalis/questions/run/run.hpp"
#include "coalis/statistics/summary.hpp"

namespace coalis {

struct RunAnswer {
  explicit RunAnswer(RunQuestion asked);

  RunQuestion question;
  Samples outcomes, survey;    // as outcomes_of() and survey_quantities() have them
  Samples own_shares;          // OwnItems::shares(); no rows without such items
  std::size_t replicates = 0;  // that were run: all, or what was finished before an interruption
  std::string file{};          // that holds them, "" none

  void add(const RunRecord& record);
  bool cut_short() const { return replicates < question.replicates; }
};

}  // namespace coalis
