// One organisation's life in plain words.
#pragma once

#include <cstdint>
#include <string>

#include "coalis/model/scenario.hpp"
#include "coalis/story/story.hpp"

namespace coalis {

struct Story {
  const Scenario& scenario;
  const Life& life;
  int organisation;
  std::uint32_t replicate;
  std::uint64_t seed;
  bool recorded;  // the run's hash is that of a result file
  int from, to;   // months told, both included
};

// Who it is, a line a month in which something happened, its state at the end of every year, and how often it came.
std::string to_text(const Story& story);

}  // namespace coalis
