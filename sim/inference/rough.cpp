#include "coalis/inference/rough.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "coalis/inference/checks.hpp"

namespace coalis {
namespace {

constexpr double printed = 1e-9;  // of a share that is a limit itself

// Of the k-th figure, in ascending order; surveys without answers have none.
std::vector<double> figures_of(const RoughItem& item, std::size_t k, std::span<const SurveyPair> pairs) {
  std::vector<double> values;
  for (const SurveyPair& pair : pairs)
    if (const double value = item.figures(pair.survey)[k]; !std::isnan(value)) values.push_back(value);
  std::sort(values.begin(), values.end());
  return values;
}

}  // namespace

std::vector<double> RoughItem::figures(const SurveyCounts& survey) const {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  if (mean) return {survey[first] > 0 ? static_cast<double>(survey[first + 1]) / survey[first] : missing};
  std::vector<double> shares(names.size(), 0);
  double answers = 0;
  for (std::size_t k = 0; k < to.size(); ++k) {
    shares[to[k]] += survey[first + k];
    answers += survey[first + k];
  }
  for (double& share : shares) share = answers > 0 ? share / answers : missing;
  return shares;
}

std::vector<RoughItem> rough_items(std::span<const EvidenceItem> evidence, std::vector<std::string>& problems) {
  std::vector<RoughItem> items;
  for (const EvidenceItem& given : evidence) {
    const auto place = survey_item_named(measured(given));
    if (!place || given.between.empty() || (given.use != "validate" && given.use != "specify")) continue;
    EvidenceMatch match;
    if (const auto wrong = match_categories(given, match)) {
      problems.push_back(given.id + ": " + wrong->problem + "; " + wrong->advice);
      continue;
    }
    RoughItem item{given.id, std::string(measured(given)), given.use, match.question, survey_items[*place].first, match.to, {},
                   {}};
    for (const std::size_t c : match.order) {
      item.names.push_back(given.categories[c]);
      item.between.push_back(given.between[c]);
    }
    item.mean = counts_trainings(item.measures);
    items.push_back(std::move(item));
  }
  return items;
}

void ask_rough(std::span<RoughItem> items, const Scenario& scenario, Questionnaire& questions) {
  for (RoughItem& item : items) try {
      if (item.question.own()) item.first = questions.add(item.question, scenario);
    } catch (const std::invalid_argument& error) {
      throw std::invalid_argument(item.id + ": " + error.what());
    }
}

RoughCheck check_rough(const RoughItem& item, std::span<const SurveyPair> prior, std::span<const SurveyPair> posterior) {
  RoughCheck check{item.id, item.measures, item.use, item.mean, {}};
  for (std::size_t k = 0; k < item.names.size(); ++k) {
    const auto before = figures_of(item, k, prior), after = figures_of(item, k, posterior);
    const double least = item.between[k][0], most = item.between[k][1];
    const auto inside = std::count_if(after.begin(), after.end(),
                                      [&](double value) { return value >= least - printed && value <= most + printed; });
    const double within = after.empty() ? 0 : static_cast<double>(inside) / static_cast<double>(after.size());
    check.figures.push_back({item.names[k], least, most, range_of(before), range_of(after), within});
  }
  return check;
}

}  // namespace coalis
