// A study divided among many processes, as a queue starts them: which runs are whose depends on the study and the part alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "coalis/questions/study/points.hpp"

namespace coalis {

inline constexpr std::uint32_t most_parts = 1'000'000;

// Part `number`, counted from 1, of so many; the whole study is one of one.
struct StudyPart {
  std::uint32_t number = 1, of = 1;
  bool whole() const { return of == 1; }
};

// Runs by their numbers, `end` excluded.
struct RunRange {
  std::size_t first = 0, end = 0;
  std::size_t size() const { return end - first; }
};

// The runs of a part. Those of one replicate, or of the two that share a parameter set, are in one part at all points: what is
// paired is done together. Where there are more parts than that, each has its share of the runs, and some may have none.
RunRange runs_of(const StudyQuestion& study, StudyPart part);

// The replicates that a part has runs of, first and last; the greatest number and 0 if it has none.
std::pair<std::uint32_t, std::uint32_t> replicates_of(const StudyQuestion& study, StudyPart part);

}  // namespace coalis
