#include "coalis/questions/study/part.hpp"

#include <algorithm>
#include <limits>

namespace coalis {

RunRange runs_of(const StudyQuestion& study, StudyPart part) {
  const std::size_t runs = study.runs();
  const std::size_t paired = study.points.size() * (study.parameters.empty() ? 1 : replicates_a_set);
  const std::size_t groups = (runs + paired - 1) / paired;
  const std::size_t things = groups < part.of ? runs : groups, of_a_thing = groups < part.of ? 1 : paired;
  const auto begin_of = [&](std::size_t number) { return std::min(runs, number * things / part.of * of_a_thing); };
  return {begin_of(part.number - 1), begin_of(part.number)};
}

std::pair<std::uint32_t, std::uint32_t> replicates_of(const StudyQuestion& study, StudyPart part) {
  const RunRange range = runs_of(study, part);
  if (range.size() == 0) return {std::numeric_limits<std::uint32_t>::max(), 0};
  // Within the block of a parameter set runs go point by point.
  const std::uint32_t together = study.parameters.empty() ? 1 : replicates_a_set;
  return {study.replicate_of(range.first) / together * together,
          study.replicate_of(range.end - 1) / together * together + (together - 1)};
}

}  // namespace coalis
