// Limits: what follows from one survey, from assumptions, from the difference between a run and a coalition.
#include <fmt/format.h>

#include "comparison_sections.hpp"

namespace coalis::report {

namespace {

// What stands behind the options; each by itself where they differ.
std::string behind(const ComparisonPage& page) {
  std::string fitted, basis, others;
  for (std::size_t i = 0; i < page.options.size(); ++i) {
    const EvidenceBase& base = page.evidence[i];
    const std::string& label = page.options[i].option.label;
    if (base.sites > 0)
      fitted += (fitted.empty() ? "" : ", ") + label, basis = base.basis;
    else
      others += fmt::format("{}{} is {}", others.empty() ? "" : "; ", label, base.basis);
  }
  if (fitted.empty() || others.empty()) return fitted_sentence(evidence_of(page));
  return fmt::format("A fit stands behind {}, but not behind all options: the model was fitted to {}, asked once. {}.", fitted,
                     basis.empty() ? "numbers of one coalition" : basis, others);
}

}  // namespace

std::string limits(const ComparisonPage& page) {
  constexpr const char* costs =
      "Costs are assumptions: a full post 75,000 USD a year, a meeting 300, unless the scenarios say otherwise. Members' own "
      "time is not in the planned cost.";
  std::vector<std::string> items{
      html::escaped(behind(page)),
      evidence_of(page).sites > 0 ? "Most parameters are assumptions or were fitted jointly; single values are not identified."
                                  : "Parameters are assumptions for these coalitions; single values are not identified.",
      page.included.parameter_sets > 1
          ? "Ranges over runs are chance and parameter sets together. They do not hold what is unknown about how coalitions work."
          : "Ranges over runs are chance alone. They do not hold what is unknown about parameters and about how coalitions work.",
      "A word for likelihood is about runs of this model, not about the world.",
      costs,
      "The difference that matters is a choice. It is printed wherever runs are counted by it."};
  return html::bullets(items);
}

}  // namespace coalis::report
