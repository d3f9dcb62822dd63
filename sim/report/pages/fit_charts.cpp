#include "coalis/report/pages/fit_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "coalis/core/letter_case.hpp"
#include "coalis/core/letters.hpp"
#include "coalis/core/names.hpp"
#include "coalis/model/setting_words.hpp"
#include "coalis/report/charts/chart_text.hpp"
#include "coalis/report/words/check_text.hpp"
#include "coalis/report/words/fit_words.hpp"
#include "coalis/report/words/value_words.hpp"
#include "coalis/statistics/share.hpp"

namespace coalis::report {
namespace {

std::string with_spaces(std::string id) {
  std::replace(id.begin(), id.end(), '_', ' ');
  return id;
}

// "Meetings attended: "; a question ends by itself. What has a name of its own keeps it.
std::string named(const ItemCheck& item) {
  const std::string name = item.id == item.measures ? capitalised(with_spaces(item.id)) : item.id;
  return name + (name.ends_with('?') ? " " : ": ");
}

chart::Bands bands(const ShareRange& of) { return {of.median, {of.q25, of.q75}, {of.q10, of.q90}, {of.low, of.high}}; }

// One line for each answer to the item; of yes and no, one is enough beside others.
void add_item(std::vector<chart::PredictiveChecks::Item>& items, const ItemCheck& item, bool brief = false) {
  const bool only_yes = brief && item.categories.size() == 2 && item.categories.front().of == 0;
  const bool yes_is_last = only_yes && name_key(item.categories.back().name) == "yes";
  for (const ItemCheck::Category& category : item.categories) {
    if (only_yes && &category != (yes_is_last ? &item.categories.back() : &item.categories.front())) continue;
    auto& row = items.emplace_back();
    row.name = named(item) + with_spaces(category.name);
    row.predicted = bands(category.posterior);
    row.observed = category.observed;
    const int n = category.of > 0 ? category.of : item.n;
    if (std::isfinite(category.observed) && n > 0) {
      const Interval survey = wilson(static_cast<std::size_t>(std::lround(category.observed * n)), static_cast<std::size_t>(n));
      row.interval = {survey.low, survey.high};
    }
    row.held_out = item.use == "validate";
  }
}

Fit fit_of(const PosteriorCheck& check) {
  Fit fit;
  fit.posterior = check.posterior.filename().string();
  fit.engagement = check.engagement;
  fit.draws = static_cast<int>(check.draws);
  fit.effective = check.effective_size;
  fit.distance = check.total.distance;
  fit.degrees_of_freedom = check.degrees_of_freedom;
  fit.usual = {check.total.reference.low, check.total.reference.high};
  fit.p = check.total.p;
  fit.of = evidence_named(item_fits(check));
  fit.verdict = fit_verdict(check);
  fit.not_explained = not_explained(item_fits(check));
  fit.rough = rough_words(check);
  fit.weights = weights_text(item_weights(check)), fit.weights_alone = weights_list(item_weights(check));
  return fit;
}

std::string maker_of(const PosteriorCheck& check) {
  return fmt::format("Coalis {}, model version {}", check.made_by.program, check.made_by.model);
}

const char* shares_of(const std::string& evidence) {
  return evidence == "survey" ? "Share of the answers to each item" : "Shares of those who answered or could come";
}

chart::Quantity shares_drawn(const std::string& evidence) {
  return {evidence == "survey"             ? "answers"
          : evidence == "list of who came" ? "members"
                                           : "members or answers",
          "in 100", 100, 0, "more"};
}

chart::PredictiveChecks checks_of(const NamedCheck& named) {
  const PosteriorCheck& check = named.check;
  chart::PredictiveChecks data;
  data.caption.id = "checks";
  const std::string of = evidence_named(item_fits(check));
  data.caption.title = fmt::format("What the fitted model predicts of the {}", of);
  data.caption.subtitle =
      fmt::format("{}; {}, {}", shares_of(of), check.posterior.filename().string(), rule_words(check.engagement));
  data.caption.source = fmt::format("{}, {}", maker_of(check), named.file);
  data.caption.interval = "Ranges: chance and parameters, of one structure";
  data.quantity = shares_drawn(of);
  for (const ItemCheck& item : check.items)
    if (item.use != "specify") add_item(data.items, item);
  return data;
}

std::string sources(std::span<const NamedCheck> checks) {
  std::string all = maker_of(checks.front().check);
  for (const NamedCheck& one : checks) all += ", " + one.file;
  return all;
}

std::vector<chart::Option> options(std::span<const NamedCheck> checks) {
  std::vector<chart::Option> all;
  for (std::size_t i = 0; i < checks.size(); ++i) all.push_back({letter_of(i), rule_words(checks[i].check.engagement)});
  return all;
}

chart::PredictiveChecks empty_chart(std::span<const NamedCheck> checks, std::size_t number, bool held_out) {
  chart::PredictiveChecks chart;
  chart.caption.id = fmt::format("checks-{}", number);
  chart.caption.title =
      held_out ? "What the fit has not seen: predicted and observed" : "What the fit has seen: predicted and observed";
  const std::string of = evidence_named(item_fits(checks.front().check));
  chart.caption.subtitle = shares_of(of);
  chart.caption.interval = "Ranges: chance and parameters";
  chart.caption.source = sources(checks);
  chart.quantity = shares_drawn(of);
  for (const chart::Option& option : options(checks)) chart.models.push_back(option.name);
  return chart;
}

// Items of every posterior beside each other, in charts of so many rows that they can be read.
std::vector<chart::PredictiveChecks> side_by_side(std::span<const NamedCheck> checks) {
  constexpr std::size_t most_rows = 11;
  std::vector<chart::PredictiveChecks> charts;
  for (const bool held_out : {false, true}) {
    bool begun = false;
    for (std::size_t i = 0; i < checks.front().check.items.size(); ++i) {
      std::vector<std::vector<chart::PredictiveChecks::Item>> rows;  // [posterior][category]
      for (const NamedCheck& one : checks) {
        const ItemCheck& item = one.check.items.at(i);
        if (item.use == (held_out ? "validate" : "calibrate")) add_item(rows.emplace_back(), item, true);
      }
      if (rows.empty()) continue;
      if (!begun || charts.back().items.size() + rows.front().size() > most_rows)
        charts.push_back(empty_chart(checks, charts.size() + 1, held_out));
      begun = true;
      for (std::size_t c = 0; c < rows.front().size(); ++c) {
        auto& row = charts.back().items.emplace_back(rows.front()[c]);
        for (std::size_t k = 1; k < rows.size(); ++k) row.more.push_back(rows[k][c].predicted);
      }
    }
  }
  return charts;
}

// How many models miss the item: it lies outside of where 9 in 10 of their surveys do.
std::ptrdiff_t missed_by(const chart::PredictiveChecks::Item& item) {
  const auto misses = [&](const chart::Bands& bands) {
    return item.observed < bands.nearly_all.low || item.observed > bands.nearly_all.high;
  };
  return (misses(item.predicted) ? 1 : 0) + std::count_if(item.more.begin(), item.more.end(), misses);
}

// What the first screen has room for, the worst first, and all that any model misses, where that is more.
void add_first(FitPage& page) {
  const auto& charts = page.checks;
  chart::PredictiveChecks first = charts.front();
  first.items.clear();
  for (const chart::PredictiveChecks& one : charts) first.items.insert(first.items.end(), one.items.begin(), one.items.end());
  std::stable_sort(first.items.begin(), first.items.end(),
                   [](const auto& a, const auto& b) { return missed_by(a) > missed_by(b); });
  const auto missed = static_cast<std::size_t>(
      std::count_if(first.items.begin(), first.items.end(), [](const auto& item) { return missed_by(item) > 0; }));
  const std::size_t all = first.items.size(), room = page.fits.size() > 1 ? 4 : 7;
  std::vector<chart::PredictiveChecks::Item> outside(first.items.begin(),
                                                     first.items.begin() + static_cast<std::ptrdiff_t>(missed));
  first.items.resize(std::min(all, room));
  const std::string& of = page.fits.front().of;
  first.caption.id = "first-checks";
  first.caption.title = fmt::format("What the model predicts of the {}, and what was found", of);
  first.caption.subtitle = missed == 0 ? fmt::format("{} of {}; all lie within their ranges", first.items.size(), all)
                                       : fmt::format("Worst first: {} of {} lie outside; all are below", missed, all);
  page.first = first;
  if (missed <= room) return;
  first.items = std::move(outside);
  first.caption.id = "missed", first.caption.title = "All that lies outside of its range", first.caption.subtitle = "";
  page.missed = std::move(first);
}

chart::Profile profile(std::span<const NamedCheck> checks, std::string id, std::string title, const std::string& unit) {
  chart::Profile chart;
  chart.caption.id = std::move(id);
  chart.caption.title = std::move(title);
  chart.caption.source = sources(checks);
  chart.quantity = {unit, "%", 100, 0, ""};
  chart.series = options(checks);
  for (const auto& parameter : checks.front().check.parameters) chart.rows.push_back({parameter_words(parameter), {}});
  return chart;
}

chart::Profile contraction(std::span<const NamedCheck> checks) {
  auto chart = profile(checks, "contraction",
                       "What the " + evidence_named(item_fits(checks.front().check)) + " has taught of each parameter",
                       "share of the prior's variance that is gone");
  chart.reference = 0;
  for (const NamedCheck& one : checks)
    for (std::size_t i = 0; i < chart.rows.size(); ++i) chart.rows[i].values.push_back(one.check.parameters.at(i).contraction);
  return chart;
}

std::string made_from(const CoverageCheck& coverage) {
  return fmt::format("{} simulated surveys; posterior: the {} nearest of {} runs", coverage.settings.truths,
                     coverage.settings.nearest, chart::number(static_cast<double>(coverage.settings.table), 0));
}

chart::Profile coverage(std::span<const NamedCheck> checks) {
  auto chart =
      profile(checks, "coverage", "How often 90 % intervals hold the truth", "share of the 90 % intervals that hold the truth");
  chart.caption.subtitle = made_from(*checks.front().check.coverage);
  chart.expected = {0.85, 0.97};
  chart.expected_is = "as it should be; above, intervals are wider than they say";
  chart.reference = 0.9;
  for (const NamedCheck& one : checks)
    for (std::size_t i = 0; i < chart.rows.size(); ++i)
      chart.rows[i].values.push_back(one.check.coverage->parameters.at(i).nearest.coverage);
  return chart;
}

chart::RankHistograms ranks(const NamedCheck& named) {
  const CoverageCheck& coverage = *named.check.coverage;
  chart::RankHistograms chart;
  const std::string& engagement = named.check.engagement;
  chart.caption.id = "ranks-" + engagement;
  chart.caption.title = "Where the truth lies among the draws: " + engagement;
  chart.caption.subtitle = made_from(coverage);
  chart.caption.source = fmt::format("{}, {}", maker_of(named.check), named.file);
  chart.band = {static_cast<double>(coverage.band_low), static_cast<double>(coverage.band_high)};
  for (std::size_t p = 0; p < coverage.parameters.size(); ++p) {
    const ParameterCoverage& parameter = coverage.parameters[p];
    auto& panel = chart.panels.emplace_back();
    panel.name = parameter_words(named.check.parameters.at(p));
    panel.counts.assign(parameter.nearest.ranks.begin(), parameter.nearest.ranks.end());
    chart.expected = static_cast<double>(coverage.settings.truths) / static_cast<double>(panel.counts.size());
  }
  return chart;
}

}  // namespace

FitAndChecks fit_and_checks(const NamedCheck& check) { return {fit_of(check.check), checks_of(check)}; }

FitPage fit_page(std::span<const NamedCheck> checks, const std::string& title, const std::string& command) {
  const MadeBy& maker = checks.front().check.made_by;
  FitPage page;
  page.title = title;
  page.command = command;
  for (const NamedCheck& one : checks) {
    page.fits.push_back(fit_of(one.check));
    if (one.check.coverage) page.ranks.push_back(ranks(one));
  }
  if (page.title.empty()) page.title = fmt::format("How well the model fits the {}", page.fits.front().of);
  page.checks = side_by_side(checks);
  if (!page.checks.empty()) add_first(page);
  page.contraction = contraction(checks);
  if (std::all_of(checks.begin(), checks.end(), [](const NamedCheck& one) { return one.check.coverage.has_value(); }))
    page.coverage = coverage(checks);
  page.program = maker.program;
  page.commit = maker.commit;
  page.model = maker.model;
  return page;
}

}  // namespace coalis::report
