// Limits: what follows from one survey, from assumptions, from the difference between a run and a coalition.
#include <fmt/format.h>

#include "comparison_sections.hpp"

namespace coalis::report {

std::string limits(const ComparisonPage& page) {
  std::vector<std::string> items{
      html::escaped(fitted_sentence(evidence_of(page))),
      evidence_of(page).sites > 0 ? "Most parameters are assumptions or were fitted jointly; single values are not identified."
                                  : "Parameters are assumptions for these coalitions; single values are not identified.",
      page.included.parameter_sets > 1
          ? "Ranges over runs are chance and parameter sets together. They do not hold what is unknown about how coalitions work."
          : "Ranges over runs are chance alone. They do not hold what is unknown about parameters and about how coalitions work.",
      "A word for likelihood is about runs of this model, not about the world.",
      "Costs are assumptions: a full post 75,000 USD a year, a meeting 300, unless the scenarios say otherwise. Members' own "
      "time is not in the "
      "planned cost.",
      "The difference that matters is a choice. It is printed wherever runs are counted by it."};
  return html::bullets(items);
}

}  // namespace coalis::report
