// Options by outcomes as bars: the averages of each option, and in words how the others differ from the reference.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "coalis/core/counted.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/short_sentences.hpp"
#include "coalis/statistics/intervals.hpp"
#include "comparison_sections.hpp"

namespace coalis::report {
namespace {

// In this order; the rest are in the section on the comparison.
constexpr std::array brought{"engaged", "never_attended", "participation_remote", "regional_gap", "withdrawn"};
constexpr std::array takes{"goal_attainment", "service_effectiveness", "inside_collaboration",
                           "hours_given",     "coordination_cost",     "member_cost"};

// "B: 10 fewer, worse"; no clear difference is said to be that, and not to be none.
// Of a rate over the run what it differs by since both differ: the months before would make it look small.
std::string verdict_beside(const ComparisonPage& page, const Option& option, const OutcomeDifference& d) {
  const OutcomeWords& words = words_of(d.outcome);
  const auto said = [&](const std::string& text) { return fmt::format("{}: {}", option.label, text); };
  if (d.pairs == 0) return said("nothing to compare");
  if (d.same) return said("the same in every run");
  if (clear_sign(d.mean, mean_difference(d).half_width, d.grain) == 0) return said("no clear difference");
  const auto since = where_they_differ(option, page.months, d);
  const std::string when = since ? " since " + month_name(page.start, option.before) : "";
  const std::string judged = words.better == Better::neither ? "" : fmt::format(", {}", direction_word(words, d.mean > 0));
  const bool small = too_little_to_matter(since ? *since : d);
  return said(change_text(since ? *since : d) + when + judged + (small ? ", too little to matter" : ""));
}

// Over which months it is, where options begin within them.
std::string measured_over(const ComparisonPage& page, std::string_view name) {
  const bool some_before =
      std::any_of(page.options.begin() + 1, page.options.end(), [&](const Compared& c) { return c.option.before > 0; });
  return some_before && is_a_year(words_of(name)) ? fmt::format(", over all {}", counted(page.months, "month")) : "";
}

chart::Bars::Group group_of(const ComparisonPage& page, const Outcome& o) {
  const OutcomeWords& words = words_of(o.name);
  chart::Bars::Group group;
  group.quantity = {std::string(words.title) + measured_over(page, o.name), std::string(words.unit), words.scale, words.decimals,
                    std::string(words.more)};
  group.whole = words.scale == 100 ? 1 : 0;  // of 100, so that bars can be held against each other
  const int decimals = o.differences.empty() ? words.decimals : decimals_of(o.differences.front());
  for (const Level& level : o.levels)
    group.bars.push_back({level.mean, {level.low, level.high}, level_said(o.name, level.mean, decimals)});
  for (std::size_t i = 1; i < page.options.size(); ++i)
    group.below.push_back(verdict_beside(page, page.options[i].option, o.differences[i - 1]));
  return group;
}

template <class Names>
chart::Bars bars_of(const ComparisonPage& page, const char* id, const char* title, const Names& names, bool headline) {
  chart::Bars bars;
  bars.caption = {
      .id = id,
      .title = title,
      .subtitle = "Averages of all runs",
      .source = fmt::format("Coalis {}, model version {}, {}", page.origin.program, page.origin.model, page.origin.file),
      .interval = page.included.parameter_sets > 1 ? "Ranges: chance and parameters" : "Ranges: chance alone",
      .runs = page.replicates,
      .runs_are = "paired runs",
      .seed = page.origin.seed};
  for (const Option& option : short_options(page)) bars.options.push_back({option.label, option.name});
  if (headline) bars.groups.push_back(group_of(page, outcome(page, page.headline)));
  for (const char* name : names)
    if (name != page.headline) bars.groups.push_back(group_of(page, outcome(page, name)));
  bars.note =
      "Bars: averages. Lines: where 8 in 10 runs lie. Shares and points are drawn of 100, others each on a scale of its own.";
  return bars;
}

}  // namespace

std::vector<std::string> main_outcomes_of(const ComparisonPage& page) {
  std::vector<std::string> names{page.headline};
  const auto add = [&](const auto& list) {
    for (const char* name : list)
      if (name != page.headline) names.emplace_back(name);
  };
  add(brought), add(takes);
  return names;
}

std::vector<chart::Bars> outcome_bars(const ComparisonPage& page) {
  constexpr std::size_t most_options = 6;
  if (page.options.size() > most_options) return {};
  return {bars_of(page, "outcomes-members", "What becomes of members", brought, true),
          bars_of(page, "outcomes-coalition", "What the coalition attains, and what it takes", takes, false)};
}

}  // namespace coalis::report
