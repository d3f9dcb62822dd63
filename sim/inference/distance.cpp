#include "coalis/inference/distance.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "coalis/core/double_math.hpp"
#include "coalis/inference/sheets.hpp"

namespace coalis {
namespace {

// x log x, from a table where counts are usual.
double x_log_x(std::int32_t x) {
  static const auto table = [] {
    std::array<double, 1024> values{};
    for (std::size_t i = 1; i < values.size(); ++i) values[i] = static_cast<double>(i) * log_double(static_cast<double>(i));
    return values;
  }();
  const auto i = static_cast<std::size_t>(x);
  return i < table.size() ? table[i] : static_cast<double>(x) * log_double(static_cast<double>(x));
}

std::int32_t total(std::span<const std::int32_t> counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int32_t{0});
}

// How the documents count recruitment: frame, unreachable, refused, recruited, returned. The survey's categories exclude each
// other. The item is in this order.
EvidenceItem with_exclusive_categories(EvidenceItem item) {
  if (measured(item) != "recruitment" || item.counts.size() != 5) return item;
  const auto& c = item.counts;
  item.counts = {c[1], c[2], c[3] - c[4], c[4]};
  item.categories = {"unreachable", "refused", "recruited, not returned", "returned"};
  item.n = c[0];
  return item;
}

// Categories and counts in the order of the survey's answers.
EvidenceItem in_order(EvidenceItem item, const std::vector<std::size_t>& order) {
  const auto sorted = [&](auto& values) {
    if (values.size() != order.size()) return;
    auto given = values;
    for (std::size_t k = 0; k < order.size(); ++k) values[k] = given[order[k]];
  };
  sorted(item.categories), sorted(item.counts), sorted(item.of);
  for (EvidenceReading& reading : item.alternatives) sorted(reading.counts);
  return item;
}

// A share as the counts of yes and no, of the fewest answers that it may be of; of the most as another reading.
EvidenceItem with_counts(EvidenceItem item) {
  if (!item.counts.empty() || !item.share || (!item.n_between && item.n <= 0)) return item;
  const auto split = [&](int n) {
    const int yes = static_cast<int>(std::lround(*item.share * n));
    return std::vector<int>{yes, n - yes};
  };
  item.categories = {"yes", "no"};
  if (!item.n_between) {
    item.counts = split(item.n);
    return item;
  }
  const auto [fewest, most] = *item.n_between;
  item.counts = split(fewest);
  item.n = fewest;
  item.alternatives.push_back({"of " + std::to_string(most) + " answers", split(most), most});
  return item;
}

// Counts by cell; what is not reported is what is left over of n.
std::vector<std::int32_t> by_cell(const ComparedItem& compared, const std::vector<int>& counts, int n) {
  std::vector<std::int32_t> cells(compared.names.size(), 0);
  int left = n > 0 ? n : -1;
  for (const int count : counts) left -= std::max(0, count);
  for (std::size_t category = 0; category < counts.size(); ++category) {
    const int count = counts[category] >= 0 ? counts[category] : std::max(0, left);
    cells[compared.reported[category]] += count;
  }
  return cells;
}

// The cell of each category of the question: that of the item's category it falls into, which is its own, or that of the one
// below if the source does not report it.
void set_cells(ComparedItem& compared, const EvidenceItem& item, const std::vector<std::size_t>& to) {
  std::vector<std::size_t> cell_of;  // [category of the item]
  for (std::size_t k = 0; k < item.counts.size(); ++k) {
    if (item.counts[k] >= 0 || compared.names.empty()) {
      compared.names.push_back(item.categories[k]);
    } else {
      compared.names.back() += " or " + item.categories[k];
    }
    cell_of.push_back(compared.names.size() - 1);
  }
  for (const std::size_t k : to) compared.cell.push_back(cell_of[k]);
  compared.reported = std::move(cell_of);
}

std::string problem_of(const EvidenceItem& item) {
  const auto missing = std::count_if(item.counts.begin(), item.counts.end(), [](int count) { return count < 0; });
  const int sum = std::accumulate(item.counts.begin(), item.counts.end(), 0, [](int s, int c) { return s + std::max(0, c); });
  if (item.counts.front() < 0) return "does not report its first category; give its count";
  if (missing > 1) return "leaves more than one category unreported; merge them in the file";
  if (missing == 1 && item.n < sum) return "leaves a category unreported without an n of all answers; give n";
  for (const EvidenceReading& reading : item.alternatives)
    if (reading.counts.size() != item.counts.size())
      return "has another reading ('" + reading.name + "') with a different number of counts; give one a category";
  return "";
}

std::vector<std::int32_t> cells_of_rates(const EvidenceItem& item) {
  std::vector<std::int32_t> cells;
  for (std::size_t k = 0; k < item.counts.size(); ++k) {
    cells.push_back(item.counts[k]);
    cells.push_back(item.of[k] - item.counts[k]);
  }
  return cells;
}

// An item of rates: its question's cells are its own.
ComparedItem compared_rates(const EvidenceItem& item, const EvidenceMatch& match) {
  const EvidenceItem sorted = in_order(item, match.order);
  ComparedItem compared{item.id, std::string(measured(item)), item.use, match.question, 0, match.to, {}, sorted.categories, {},
                        {}};
  for (std::size_t k = 0; k < sorted.counts.size(); ++k) compared.reported.push_back(2 * k);
  compared.counts = cells_of_rates(sorted);
  compared.rates = true;
  return compared;
}

}  // namespace

double homogeneity_deviance(std::span<const std::int32_t> a, std::span<const std::int32_t> b) {
  const std::int32_t n = total(a), m = total(b);
  if (n == 0 || m == 0) return std::numeric_limits<double>::infinity();
  double sum = x_log_x(n + m) - x_log_x(n) - x_log_x(m);
  for (std::size_t k = 0; k < a.size(); ++k) sum += x_log_x(a[k]) + x_log_x(b[k]) - x_log_x(a[k] + b[k]);
  return std::max(0.0, 2 * sum);
}

std::string figures_text(const ComparedItem& item) {
  std::string text = item.measures;
  if (item.question.last_months > 0) text += ", last " + std::to_string(item.question.last_months) + " months";
  if (!item.question.since.empty()) text += ", since " + item.question.since;
  if (item.question.sheets && !item.rates && item.question.meetings > 0)
    text += ", last " + std::to_string(item.question.meetings) + " meetings";
  for (std::size_t k = 0; k < item.names.size(); ++k) {
    text += (k == 0 ? ": " : ", ") + item.names[k] + " ";
    text += item.rates ? std::to_string(item.counts[2 * k]) + " of " + std::to_string(item.counts[2 * k] + item.counts[2 * k + 1])
                       : std::to_string(item.counts[k]);
  }
  return text;
}

std::vector<double> ComparedItem::shares(std::span<const std::int32_t> cells) const {
  const auto share = [](double part, double whole) {
    return whole > 0 ? part / whole : std::numeric_limits<double>::quiet_NaN();
  };
  const double all = total(cells);
  std::vector<double> result;
  for (std::size_t k = 0; k < names.size(); ++k)
    result.push_back(rates ? share(cells[2 * k], cells[2 * k] + cells[2 * k + 1]) : share(cells[k], all));
  return result;
}

double ComparedItem::deviance(std::span<const std::int32_t> a, std::span<const std::int32_t> b) const {
  if (!rates) return homogeneity_deviance(a, b);
  double sum = 0;
  for (std::size_t k = 0; k + 1 < a.size(); k += 2) {
    const bool somebody = total(a.subspan(k, 2)) > 0, also = total(b.subspan(k, 2)) > 0;
    if (somebody && also)
      sum += homogeneity_deviance(a.subspan(k, 2), b.subspan(k, 2));
    else if (somebody || also)
      sum += 1;
  }
  return sum;
}

std::vector<std::int32_t> ComparedItem::cells_of(const SurveyCounts& survey) const {
  std::vector<std::int32_t> cells(counts.size(), 0);
  for (std::size_t k = 0; k < cell.size(); ++k) cells[cell[k]] += survey[first + k];
  return cells;
}

double ComparedItem::distance(std::span<const std::int32_t> observed, const SurveyCounts& survey) const {
  std::array<std::int32_t, most_cells> cells{};
  for (std::size_t k = 0; k < cell.size(); ++k) cells[cell[k]] += survey[first + k];
  return deviance(observed, std::span(cells).first(observed.size())) / design_effect;
}

std::vector<ComparedItem> compared_items(std::span<const EvidenceItem> evidence, std::string_view use,
                                         std::vector<std::string>& problems) {
  std::vector<ComparedItem> result;
  for (const EvidenceItem& given : evidence) {
    const auto item = survey_item_named(measured(given));
    if (!item || (!use.empty() && given.use != use)) continue;
    const EvidenceItem counted = with_counts(given);
    if (counted.counts.empty()) continue;
    EvidenceMatch match;
    if (const auto wrong = match_categories(counted, match)) {
      problems.push_back(given.id + ": " + wrong->problem + "; " + wrong->advice);
      continue;
    }
    if (of_rates(measured(given))) {
      if (counted.of.size() != counted.counts.size())
        problems.push_back(given.id + ": does not say of how many its counts are; give `of`, one a category");
      else
        result.push_back(compared_rates(counted, match));
      continue;
    }
    const EvidenceItem exclusive = with_exclusive_categories(in_order(counted, match.order));
    if (const auto problem = problem_of(exclusive); !problem.empty()) {
      problems.push_back(given.id + ": " + problem);
      continue;
    }
    if (exclusive.counts.size() == 4 && counted.counts.size() == 5) match.to.resize(4);  // of recruitment
    ComparedItem compared{
        given.id, std::string(measured(given)), given.use, match.question, survey_items[*item].first, {}, {}, {}, {}, {}};
    set_cells(compared, exclusive, match.to);
    compared.counts = by_cell(compared, exclusive.counts, exclusive.n);
    for (const EvidenceReading& reading : exclusive.alternatives)
      compared.readings.push_back({reading.name, by_cell(compared, reading.counts, reading.n), reading.n});
    result.push_back(std::move(compared));
  }
  return result;
}

Questionnaire questionnaire_for(std::span<ComparedItem> items, const Scenario& scenario) {
  Questionnaire questions;
  for (ComparedItem& item : items) try {
      if (item.question.own()) item.first = questions.add(item.question, scenario);
    } catch (const std::invalid_argument& error) {
      throw std::invalid_argument(item.id + ": " + error.what());
    }
  return questions;
}

double distance(std::span<const ComparedItem> items, const SurveyCounts& survey) {
  double sum = 0;
  for (const ComparedItem& item : items) sum += item.distance(survey);
  return sum;
}

int degrees_of_freedom(std::span<const ComparedItem> items) {
  int sum = 0;
  for (const ComparedItem& item : items) sum += item.degrees_of_freedom();
  return sum;
}

std::vector<SurveyCounts> simulated_surveys(const Scenario& scenario, std::uint64_t seed, std::uint32_t first, std::size_t count,
                                            const Execution& execution, const Questionnaire& questions) {
  std::vector<SurveyCounts> surveys;
  surveys.reserve(count);
  const Recording recording = questions.recording({false, false, false, false, true, false});
  const int frame = scenario.organisations.member_count();
  run_ensemble(scenario, seed, replicate_range(first, count), recording, execution,
               [&](const RunRecord& record) { surveys.push_back(questions.count(record, frame)); });
  return surveys;
}

void set_design_effects(std::span<ComparedItem> items, std::span<const SurveyCounts> surveys) {
  for (ComparedItem& item : items) {
    item.design_effect = 1;
    double sum = 0;
    std::size_t pairs = 0;
    for (std::size_t i = 0; i + 1 < surveys.size(); i += 2) {
      const double deviance = item.distance(item.cells_of(surveys[i]), surveys[i + 1]);
      if (!std::isfinite(deviance)) continue;
      sum += deviance;
      ++pairs;
    }
    if (sum > 0) item.design_effect = sum / static_cast<double>(pairs) / item.degrees_of_freedom();
  }
}

}  // namespace coalis
