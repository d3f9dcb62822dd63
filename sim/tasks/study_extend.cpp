#include "coalis/tasks/study_extend.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>

#include "coalis/core/counted.hpp"

namespace coalis {
namespace {

// A number of the study that grows.
struct Number {
  std::string_view noun;      // its key is the plural
  std::uint64_t wanted, now;  // wanted: 0 if it was not asked for
  int line;                   // of the study file
};

}  // namespace

Asked<std::string> extended(const StudyFile& file, const std::string& name, const StudyGrowth& growth) {
  const Study& study = file.study;
  if (growth.points > 0 && study.design.kind != DesignKind::sobol)
    return {std::nullopt,
            {option_problem(name, "only a design of kind 'sobol' can have more points: those of a Latin hypercube would all move",
                            "make a new study")}};
  std::string text = file.text;
  for (const Number& g : {Number{"replicate", growth.replicates, study.replicates, file.replicates_line},
                          Number{"point", growth.points, study.design.points, file.points_line}}) {
    if (g.wanted == 0 || g.wanted == g.now) continue;
    if (g.wanted < g.now)
      return {
          std::nullopt,
          {option_problem(name, fmt::format("has {} already", counted(g.now, g.noun)), "give that number to go on, or more")}};
    text = with_number(text, g.line, plural(g.noun), g.wanted);
  }
  StudyFile after = parse_study(text, name);
  const bool right = after.ok();
  return {right ? std::optional(std::move(text)) : std::nullopt, std::move(after.diagnostics)};
}

}  // namespace coalis
