// The charts of an answer, and what is in them as tables.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "coalis/core/month_text.hpp"
#include "coalis/model/setting_words.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/comparison/differences.hpp"
#include "coalis/questions/comparison/variants.hpp"
#include "coalis/questions/fitted.hpp"
#include "coalis/report/charts/chart_text.hpp"
#include "coalis/report/pages/comparison_page.hpp"
#include "coalis/report/words/comparison_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "io/text/csv_field.hpp"
#include "report/pages/comparison_charts.hpp"
#include "report/pages/comparison_sections.hpp"
#include "texts.hpp"

namespace coalis::page {
namespace {

std::vector<Scenario> scenarios_of(const ComparisonAnswer& answer) { return answer.question.own_scenarios(); }

// As much of a report as the charts of its headline take.
report::ComparisonPage headline_page(const Explorer& explorer, const ComparisonAnswer& answer) {
  const Comparison& question = answer.question;
  const std::size_t outcome = question.outcomes.front();
  report::ComparisonPage page;
  page.headline = explorer.outcome;
  page.start = answer.reference().calendar.start, page.months = answer.reference().calendar.months;
  page.replicates = answer.replicates();
  page.included.parameter_sets = question.parameter_sets();
  page.origin.program = explorer.program, page.origin.model = model_version;
  page.origin.file = explorer.name_of_file(0) == explorer.name_of_file(1)
                         ? explorer.name_of_file(0)
                         : explorer.name_of_file(0) + " and " + explorer.name_of_file(1);
  for (const Contender& c : question.scenarios)
    page.options.push_back(
        {{c.label, c.scenario.name, months_alike(answer.reference(), c.scenario)}, "", c.planned_cost, "", "", ""});
  page.outcomes.push_back(
      {explorer.outcome,
       {},
       {plain_numbers(explorer.outcome, answer.samples.difference(1, outcome), answer.samples.matters(outcome))},
       {}});
  return page;
}

// None where no other structures were run.
std::vector<report::StructureRow> structure_rows(const ComparisonAnswer& answer) {
  std::vector<report::StructureRow> rows;
  if (answer.variants.empty()) return rows;
  const std::size_t outcome = answer.question.outcomes.front();
  for (const ComparedStructure& s : structures_compared(answer))
    rows.push_back({s.structure, s.calibration, s.mean[outcome], s.error[outcome]});
  return rows;
}

struct Charts {
  ComparisonAnswer answer;
  report::ComparisonPage page;
  explicit Charts(const Explorer& explorer) : answer(explorer.answer()), page(headline_page(explorer, answer)) {
    report::add_charts(page, explorer.kept(answer), scenarios_of(answer));
  }
};

report::Outcome outcome_of(const ComparisonAnswer& answer, std::size_t outcome) {
  const std::string& name = outcome_quantities()[outcome].name;
  const PairedSummary d = answer.samples.difference(1, outcome);
  report::Outcome one{name, {}, {plain_numbers(name, d, answer.samples.matters(outcome))}, {}};
  for (const Summary& level : {d.reference, d.other}) one.levels.push_back({level.mean, level.q10, level.q90});
  return one;
}

// What a chart has been made of, for a table and a file.
struct Numbers {
  html::Table shown;                           // as texts
  std::vector<std::string> head;               // of the file
  std::vector<std::vector<std::string>> rows;  // to every digit
};

struct Writing {
  const chart::Quantity& quantity;
  std::string shown(double value) const {
    return std::isnan(value) ? "missing" : chart::number(value * quantity.factor, quantity.decimals + 1);
  }
  std::string signed_shown(double value) const {
    return std::isnan(value) ? "missing" : chart::signed_number(value * quantity.factor, quantity.decimals + 1);
  }
  static std::string whole(double value) { return std::isnan(value) ? "" : number_text(value); }
};

std::vector<std::string> to_cells(const Writing& write, const chart::Bands& b, bool difference) {
  std::vector<std::string> cells;
  for (const double x : {b.median, b.most.low, b.most.high}) cells.push_back(difference ? write.signed_shown(x) : write.shown(x));
  return cells;
}
std::vector<std::string> all_digits(const chart::Bands& b) {
  std::vector<std::string> cells;
  for (const double x : {b.median, b.half.low, b.half.high, b.most.low, b.most.high, b.nearly_all.low, b.nearly_all.high})
    cells.push_back(Writing::whole(x));
  return cells;
}
const std::vector<std::string> band_head{"median", "low50", "high50", "low80", "high80", "low95", "high95"};

void append(std::vector<std::string>& to, std::vector<std::string> cells) {
  to.insert(to.end(), std::make_move_iterator(cells.begin()), std::make_move_iterator(cells.end()));
}

std::string unit_text(const chart::Quantity& q) { return q.unit.empty() ? q.name : q.name + ", " + q.unit; }

Numbers of_dots(const Charts& charts) {
  const chart::DifferenceDots& dots = charts.page.dots.front();
  const Writing write{dots.quantity};
  const OutcomeDifference& d = charts.page.outcomes.front().differences.front();
  const PairedSummary s = charts.answer.samples.difference(1, charts.answer.question.outcomes.front());
  Numbers n;
  n.shown = {"Difference at the end: " + unit_text(dots.quantity), {"Of the runs", "From", "To"}, {}};
  n.shown.rows.push_back({"Average", write.signed_shown(s.mean), ""});
  n.shown.rows.push_back({"Half lie", write.signed_shown(s.half.low), write.signed_shown(s.half.high)});
  n.shown.rows.push_back({"8 in 10 lie", write.signed_shown(s.most.low), write.signed_shown(s.most.high)});
  n.shown.rows.push_back({"19 in 20 lie", write.signed_shown(s.nearly_all.low), write.signed_shown(s.nearly_all.high)});
  n.shown.rows.push_back({report::runs_text(d), "", ""});
  n.head = {"replicate", "A", "B", "difference"};
  const std::size_t outcome = charts.answer.question.outcomes.front();
  const auto a = charts.answer.samples.values(0, outcome), b = charts.answer.samples.values(1, outcome);
  for (std::size_t r = 0; r < a.size(); ++r)
    n.rows.push_back({std::to_string(r), Writing::whole(a[r]), Writing::whole(b[r]), Writing::whole(b[r] - a[r])});
  return n;
}

Numbers of_fan(const Charts& charts) {
  const chart::DifferenceFan& fan = charts.page.fans.front();
  const Writing write{fan.quantity};
  Numbers n;
  n.shown = {"Difference, month by month: " + unit_text(fan.quantity), {"Month", "Median", "8 in 10 runs from", "To"}, {}};
  n.head = {"month"}, append(n.head, band_head);
  for (std::size_t m = 0; m < fan.months.size(); ++m) {
    const std::string month = month_name(charts.page.start, static_cast<int>(m));
    append(n.shown.rows.emplace_back(std::vector{month}), to_cells(write, fan.months[m], true));
    append(n.rows.emplace_back(std::vector{month}), all_digits(fan.months[m]));
  }
  return n;
}

Numbers of_levels(const Charts& charts) {
  const chart::Levels& levels = *charts.page.levels;
  const Writing write{levels.quantity};
  Numbers n;
  n.shown = {"Each option, month by month: " + unit_text(levels.quantity), {"Month"}, {}};
  n.head = {"month"};
  for (const auto& panel : levels.panels) {
    const std::string& letter = panel.option.letter;
    append(n.shown.head, {letter + ": median", letter + ": 8 in 10 runs from", letter + ": to"});
    for (const auto& head : band_head) n.head.push_back(letter + "." + head);
  }
  for (std::size_t m = 0; m < levels.panels.front().months.size(); ++m) {
    const std::string month = month_name(charts.page.start, static_cast<int>(m));
    auto& shown = n.shown.rows.emplace_back(std::vector{month});
    auto& row = n.rows.emplace_back(std::vector{month});
    for (const auto& panel : levels.panels)
      append(shown, to_cells(write, panel.months[m], false)), append(row, all_digits(panel.months[m]));
  }
  return n;
}

Numbers of_regions(const Charts& charts) {
  const chart::RegionTiles& tiles = charts.page.regions.front();
  const Writing write{tiles.quantity};
  Numbers n;
  n.shown = {"Difference by region: " + unit_text(tiles.quantity), {"Region", "Median", "8 in 10 runs from", "To"}, {}};
  n.head = {"region", "median", "low80", "high80"};
  for (const auto& r : tiles.regions) {
    n.shown.rows.push_back(
        {r.name, write.signed_shown(r.median), write.signed_shown(r.most.low), write.signed_shown(r.most.high)});
    n.rows.push_back({r.name, Writing::whole(r.median), Writing::whole(r.most.low), Writing::whole(r.most.high)});
  }
  return n;
}

bool has(const report::ComparisonPage& page, Chart chart) {
  switch (chart) {
    case Chart::dots: return !page.dots.empty();
    case Chart::fan: return !page.fans.empty();
    case Chart::levels: return page.levels.has_value();
    case Chart::regions: return !page.regions.empty() && page.regions.front().regions.size() > 1;
  }
  return false;
}

std::optional<Numbers> numbers_of(const Explorer& explorer, Chart chart) {
  const Charts charts(explorer);
  if (!has(charts.page, chart)) return std::nullopt;
  switch (chart) {
    case Chart::dots: return of_dots(charts);
    case Chart::fan: return of_fan(charts);
    case Chart::levels: return of_levels(charts);
    case Chart::regions: return of_regions(charts);
  }
  return std::nullopt;
}

std::string csv_row(const std::vector<std::string>& cells) {
  std::string text;
  for (std::size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? "," : "") + io::csv_field(cells[i]);
  return text + "\n";
}

}  // namespace

std::string chart_svg(const Explorer& explorer, Chart chart) {
  const Charts charts(explorer);
  if (!has(charts.page, chart)) return "";
  switch (chart) {
    case Chart::dots: return chart::svg(charts.page.dots.front());
    case Chart::fan: return chart::svg(charts.page.fans.front());
    case Chart::levels: return chart::svg(*charts.page.levels);
    case Chart::regions: return chart::svg(charts.page.regions.front());
  }
  return "";
}

std::string chart_table(const Explorer& explorer, Chart chart) {
  const auto numbers = numbers_of(explorer, chart);
  return numbers ? html::table(numbers->shown) : "";
}

std::string chart_csv(const Explorer& explorer, Chart chart) {
  const auto numbers = numbers_of(explorer, chart);
  if (!numbers) return "";
  std::string text = csv_row(numbers->head);
  for (const auto& row : numbers->rows) text += csv_row(row);
  return text;
}

std::string structures_text(const Explorer& explorer, const ComparisonAnswer& answer) {
  if (answer.variants.empty()) return "";
  report::ComparisonPage page = headline_page(explorer, answer);
  page.structures = structure_rows(answer);
  return report::structures_sentence(page, 1);
}

std::string decision_html(const Explorer& explorer) {
  const ComparisonAnswer answer = explorer.answer();
  const Comparison& question = answer.question;
  report::ComparisonPage page = headline_page(explorer, answer);
  page.question = fmt::format("What changes by {} if the coalition is run otherwise than \"{}\"?",
                              month_name(page.start, page.months - 1), page.options.front().option.name);
  page.outcomes.clear();
  for (std::size_t outcome = 0; outcome < outcome_quantities().size(); ++outcome)
    page.outcomes.push_back(outcome_of(answer, outcome));
  const auto headline = std::find_if(page.outcomes.begin(), page.outcomes.end(),
                                     [&](const report::Outcome& one) { return one.name == page.headline; });
  headline->courses.push_back(report::course_of(explorer.kept(answer), page.headline, 0, page.months));
  for (const Contender& c : question.scenarios) {
    const auto side = static_cast<std::size_t>(&c - question.scenarios.data());
    report::Compared& option = page.options[side];
    option.description = explorer.changed(side) ? "" : c.scenario.description,
    option.budget = spoken(budget_sentence(question, c)), option.undone = undone_by_budget(question, c);
    page.evidence.push_back(c.base);
    page.evidence.back().basis = spoken(c.base.basis);
  }
  for (std::string& lever :
       page.extrapolated.emplace_back(extrapolated_levers(question.scenarios[0].scenario, question.scenarios[1].scenario)))
    lever = "\"" + setting_words(lever) + "\"";
  page.rivals_fitted = page.evidence.front().sites > 0 && default_coalition(answer.reference());
  page.structures = structure_rows(answer);
  if (answer.variants.empty()) return report::decision(page);
  return report::decision(page) + html::heading(3, "Under other structures of the model") + report::structures(page);
}

}  // namespace coalis::page
