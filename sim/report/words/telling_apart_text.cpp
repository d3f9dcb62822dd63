#include "coalis/report/words/telling_apart_text.hpp"

#include <fmt/format.h>

#include "coalis/core/counted.hpp"

namespace coalis {
namespace {

std::string months_of(const PossibleObservation& o) {
  const std::string months = counted(o.months, "month");
  return o.kind == PossibleObservation::Kind::lists_so_far ? months + " before the survey" : months + " after the survey";
}

// What the rows come to: the observation with the fewest errors, and the cheapest that errs as seldom.
std::string sentence(const TellingApartAnswer& answer) {
  const LeastEffort effort = least_effort(answer);
  const double guessing = 100 * answer.guessing();
  if (!effort.better_than_guessing)
    return fmt::format(
        "None of these would tell them apart: no observation is told from guessing, which errs in {:.0f} of 100 coalitions.\n",
        guessing);
  const auto &best = answer.rows[effort.cheapest], &least = answer.rows[effort.fewest_errors];
  const std::string where =
      fmt::format("{}, {} in {}, {}", best.observation.name, counted(best.observation.organisations, "organisation"),
                  best.coalitions == 1 ? "one coalition" : fmt::format("each of {} coalitions", best.coalitions),
                  months_of(best.observation));
  return fmt::format(
      "What tells them apart with the least effort: {}. The structure would then be named wrongly in {:.0f} of 100 cases "
      "(standard "
      "error {:.0f}){}; guessing errs in {:.0f}.\n",
      where, 100 * best.result.error, 100 * best.result.se,
      effort.cheapest == effort.fewest_errors
          ? ", the fewest of all that were tried"
          : fmt::format(", not clearly more than with what erred least ({:.0f} of 100)", 100 * least.result.error),
      guessing);
}

}  // namespace

std::string to_text(const TellingApartAnswer& answer) {
  std::string names;
  for (const auto& candidate : answer.candidates) names += (names.empty() ? "" : ", ") + candidate.structure;
  std::string text = fmt::format(
      "How often a coalition's structure of engagement would be named wrongly ({}; guessing: {:.2f}), {} of each\n\n"
      "{}\nobservation\torganisations\tcoalitions\tmonths\terror\ts.e.\n",
      names, answer.guessing(), counted(answer.replicates, "simulated coalition"), sentence(answer));
  for (const auto& row : answer.rows)
    text += fmt::format("{}\t{}\t{}\t{}\t{:.2f}\t{:.2f}\n", row.observation.name, row.observation.organisations, row.coalitions,
                        row.observation.months, row.result.error, row.result.se);
  return text +
         "\nOrganisations are per coalition, of those that were members at the time of the survey; all of them where they were "
         "fewer. Months are those after the "
         "survey (of lists so far: before it). Errors are those of a quadratic discriminant on simulated coalitions that it has "
         "not "
         "seen.\n";
}

}  // namespace coalis
