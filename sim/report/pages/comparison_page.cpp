// The page as a list of sections, and the texts that several of them show.
#include "coalis/report/pages/comparison_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "coalis/questions/asked_month.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/short_sentences.hpp"
#include "coalis/statistics/intervals.hpp"
#include "comparison_sections.hpp"

namespace coalis::report {

const Outcome& outcome(const ComparisonPage& page, std::string_view name) {
  const auto found = std::find_if(page.outcomes.begin(), page.outcomes.end(), [&](const Outcome& o) { return o.name == name; });
  if (found == page.outcomes.end()) throw std::out_of_range("the page has no outcome " + std::string(name));
  return *found;
}

std::string level_text(const Outcome& o, std::size_t option) {
  const Level& level = o.levels[option];
  if (std::isnan(level.mean)) return "missing";
  const OutcomeWords words = words_of(o.name);
  const int decimals = o.differences.empty() ? words.decimals : decimals_of(o.differences.front());  // one for all
  const std::string mean = level_said(o.name, level.mean, decimals), low = amount(words, level.low),
                    high = amount(words, level.high);
  return low == mean && high == mean ? mean : fmt::format("{} ({} to {})", mean, low, high);
}

// What is not clear is said not to be: it is not the same as no difference.
std::string difference_text(const OutcomeDifference& d) {
  if (d.pairs == 0) return "missing";
  if (d.same) return "the same";
  const bool clear = clear_sign(d.mean, mean_difference(d).half_width, d.grain) != 0;
  std::string change = change_text(d);
  const std::string range = range_text(d);
  const std::string unclear = clear ? "" : change == "no difference" ? "" : ", not clear";
  if (!clear && change == "no difference") change = "no clear difference";
  if (change == range) return change + unclear;
  return fmt::format("{} ({}){}", change, range == "no difference" ? "0 to 0" : range, unclear);
}

std::string runs_text(const OutcomeDifference& d) {
  if (d.pairs == 0 || d.same) return "-";
  const OutcomeWords words = words_of(d.outcome);
  const bool up = words.better != Better::less;  // better is said first
  return fmt::format("{} {}, {} alike, {} {}{}", up ? d.above : d.below, direction_word(words, up), d.pairs - d.above - d.below,
                     up ? d.below : d.above, direction_word(words, !up),
                     d.left_out > 0 ? fmt::format(", {} left out", d.left_out) : "");
}

html::Table outcome_table(const ComparisonPage& page, const std::vector<std::string>& names, const std::string& caption) {
  html::Table table{caption, {"Outcome"}, {}};
  for (const Compared& c : page.options) table.head.push_back(c.option.label);
  for (std::size_t i = 1; i < page.options.size(); ++i) {
    const std::string pair = page.options[i].option.label + " against " + page.options[0].option.label;
    table.head.push_back(pair);
    table.head.push_back(fmt::format("{}: runs of {}", pair, page.replicates));
  }
  for (const auto& name : names) {
    const Outcome& o = outcome(page, name);
    const OutcomeWords words = words_of(name);
    auto& row = table.rows.emplace_back(std::vector{fmt::format("{}, {}", words.title, words.unit)});
    for (std::size_t i = 0; i < page.options.size(); ++i) row.push_back(level_text(o, i));
    for (const OutcomeDifference& d : o.differences) {
      row.push_back(difference_text(d));
      row.push_back(runs_text(d));
    }
  }
  return table;
}

std::vector<Option> short_options(const ComparisonPage& page) {
  std::vector<std::string> names;
  for (const Compared& c : page.options) names.push_back(c.option.name);
  names = short_names(names);
  std::vector<Option> options;
  for (std::size_t i = 0; i < names.size(); ++i)
    options.push_back({page.options[i].option.label, names[i], page.options[i].option.before});
  return options;
}

YearlyCosts costs_of(const ComparisonPage& page, std::size_t option) {
  const auto members = [&](std::size_t i) { return outcome(page, "member_cost").levels[i].mean; };
  const auto incurred = [&](const char* name) { return mean_difference(outcome(page, name).differences[option - 1]); };
  return {page.options[0].planned_cost,  page.options[option].planned_cost, members(0), members(option),
          incurred("coordination_cost"), incurred("member_cost"),           page.from,  from_month_on(page.start, page.from)};
}

EvidenceBase evidence_of(const ComparisonPage& page) {
  EvidenceBase all = page.evidence.front();
  const Option& reference = page.options.front().option;
  for (std::size_t i = 1; i < page.options.size() && all.sites > 0; ++i)
    all = of_both({reference.label, ""}, all, {page.options[i].option.label, ""}, page.evidence[i]);
  return all;
}

Sentences answer_of(const ComparisonPage& page, std::size_t option) {
  return sentences(page.options[0].option, page.options[option].option, page.months,
                   outcome(page, page.headline).differences[option - 1], page.included,
                   of_both({page.options[0].option.label, ""}, page.evidence[0], {page.options[option].option.label, ""},
                           page.evidence[option]),
                   costs_of(page, option), page.extrapolated[option - 1]);
}

std::string html(const ComparisonPage& page) {
  html::Page whole{page.title,
                   page.question,
                   fmt::format("{}Made with Coalis, {}.", page.own_title ? html::ended(page.title) + " " : "", page.date),
                   {{"decision", "For those who decide", decision(page)},
                    {"comparison", "The comparison in full", comparison(page), true},
                    {"scenarios", "What was compared, value by value", scenarios(page), true},
                    {"structures", "Under other structures of the model", structures(page), true},
                    {"variances", "Luck, parameters and rules", variances(page), true},
                    {"evidence", "Evidence and fit", evidence(page), true},
                    {"methods", "Methods", methods(page), true},
                    {"limits", "Limits", limits(page), true},
                    {"provenance", "Where this comes from, and the commands", provenance(page), true},
                    {"glossary", "Words", glossary(page), true}},
                   fmt::format("Made by Coalis {} ({}). No forecast: runs of a model under stated assumptions.",
                               page.origin.program, page.origin.commit.substr(0, 12))};
  const auto examined = [](const html::Page::Section& s) { return !s.html.empty(); };
  whole.sections.erase(std::stable_partition(whole.sections.begin(), whole.sections.end(), examined), whole.sections.end());
  return html::document(whole);
}

}  // namespace coalis::report
