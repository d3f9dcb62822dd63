// How far one survey lies from another: homogeneity deviance by item, divided by the item's design effect.
// docs/decisions/0010-calibration.md says why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/inference/evidence.hpp"
#include "coalis/inference/survey_items.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

// Log-likelihood ratio statistic for two samples of counts having the same shares. Both samples count with their own noise: under
// the same shares it is about chi-square with (cells - 1) degrees of freedom, whatever their sizes. A sample without answers is
// infinitely far from any other.
double homogeneity_deviance(std::span<const std::int32_t> a, std::span<const std::int32_t> b);

// An item of the evidence beside one of the simulated survey: the survey's categories fall into cells, each with its answers.
// A category that the source does not report shares the cell of its neighbour, which gets the answers left over.
inline constexpr std::size_t most_cells = 2 * most_categories;  // a rate has two

struct ComparedItem {
  std::string id, measures, use;  // measures: the survey's item
  SurveyQuestion question;
  std::size_t first = 0;                  // of the question's categories in SurveyCounts
  std::vector<std::size_t> cell;          // [category of the question]
  std::vector<std::size_t> reported;      // [category of the item in the survey's order]: its cell
  std::vector<std::string> names;         // of the cells; of rates: of the categories
  std::vector<std::int32_t> counts;       // answers of the evidence by cell
  std::vector<EvidenceReading> readings;  // other readings, by cell
  double design_effect = 1;  // mean deviance of two surveys of the same coalition, in units of its degrees of freedom
  // Its figures are shares of those who came, each of its own: two cells a category, who came and who did not.
  bool rates = false;

  int degrees_of_freedom() const { return static_cast<int>(rates ? names.size() : counts.size() - 1); }
  // Of counts in its cells: by category its share, NaN of nobody.
  std::vector<double> shares(std::span<const std::int32_t> cells) const;
  // Of two samples of counts in its cells; of rates the sum over them, where one of nobody beside one of somebody counts as one
  // degree of freedom, neither near nor far.
  double deviance(std::span<const std::int32_t> a, std::span<const std::int32_t> b) const;
  std::vector<std::int32_t> cells_of(const SurveyCounts& survey) const;
  // Deviance over design effect: of the evidence, or of any other counts in its cells.
  double distance(const SurveyCounts& survey) const { return distance(counts, survey); }
  double distance(std::span<const std::int32_t> observed, const SurveyCounts& survey) const;
};

// What an item asks and was answered, so that a fit can say what it has seen: "meetings_attended, last 12 months: none 20, once
// 10".
std::string figures_text(const ComparedItem& item);

// The items of the evidence that the simulated survey has, in the evidence's order; of the given use, or all with figures for "".
// Says what is wrong with an item in `problems`: "ITEM: what; what to do".
std::vector<ComparedItem> compared_items(std::span<const EvidenceItem> evidence, std::string_view use,
                                         std::vector<std::string>& problems);
// Has the questions of their own counted. Throws as Questionnaire::add does, with the item's name.
Questionnaire questionnaire_for(std::span<ComparedItem> items, const Scenario& scenario);

// Sum over items.
double distance(std::span<const ComparedItem> items, const SurveyCounts& survey);
int degrees_of_freedom(std::span<const ComparedItem> items);

// The surveys of replicates first..first+count-1; a frame of the scenario's members.
std::vector<SurveyCounts> simulated_surveys(const Scenario& scenario, std::uint64_t seed, std::uint32_t first, std::size_t count,
                                            const Execution& execution, const Questionnaire& questions = {});

// First-order correction of Rao and Scott (1984, doi:10.1214/aos/1176346391): coalitions with the same parameters differ by more
// than the sampling of respondents (how many events were held, who met whom). Surveys are taken two by two.
void set_design_effects(std::span<ComparedItem> items, std::span<const SurveyCounts> surveys);

}  // namespace coalis
