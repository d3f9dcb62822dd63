// For those who decide: question, options, answer, outcomes and costs, what would change the answer, when it shows, what it
// cannot tell.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "coalis/core/counted.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/statistics/intervals.hpp"
#include "comparison_sections.hpp"

namespace coalis::report {
namespace {

using html::bullets;
using html::escaped;
using html::heading;
using html::paragraph;

// Outcomes that a coordinator asks about, in this order; the rest are in the section on the comparison.
constexpr std::array outcomes_in_order{
    "engaged",         "never_attended",        "participation_remote", "regional_gap", "withdrawn",
    "goal_attainment", "service_effectiveness", "inside_collaboration", "hours_given",  "coordination_cost",
    "member_cost"};

std::string options(const ComparisonPage& page) {
  std::string list;
  for (const Compared& c : page.options) {
    const bool reference = &c == &page.options.front();
    list += html::element("dt", escaped(fmt::format("{}: {}{}", c.option.label, c.option.name,
                                                    reference ? " (what the others are compared with)" : "")));
    std::string said = c.description;
    if (!said.empty()) said += std::string_view(".!?").find(said.back()) != std::string_view::npos ? " " : ". ";
    list += html::element("dd", escaped(fmt::format("{}Planned cost: {} USD a year.{}{}", said, grouped(c.planned_cost),
                                                    c.budget.empty() ? "" : " ", c.budget)));
  }
  return heading(3, "Options") + html::element("dl", list);
}

std::string answers(const ComparisonPage& page) {
  std::string text;
  for (std::size_t i = 1; i < page.options.size(); ++i) {
    const Sentences s = answer_of(page, i);
    text += paragraph(s.effect, "class=\"lead\"") + paragraph(s.likelihood) + paragraph(html::with_minus_signs(s.cost));
    if (i + 1 == page.options.size()) text += paragraph(s.uncertainty) + paragraph(s.evidence);
  }
  return heading(3, "Answer") + html::element("div", text, "class=\"answer\"") + paragraph(definition(page.headline));
}

std::string table(const ComparisonPage& page) {
  std::vector<std::string> names{page.headline};
  for (const char* name : outcomes_in_order)
    if (name != page.headline) names.emplace_back(name);
  return heading(3, "Options by outcomes") +
         html::table(outcome_table(
             page, names, fmt::format("After {}: averages, in brackets where 8 in 10 runs lie", counted(page.months, "month")))) +
         paragraph(
             "Alike: differing by no more than the difference that matters. Better and worse are counted from beyond it. Ranges "
             "are rounded by themselves. Left out: runs in which one of the two options or both have no value, as where nobody "
             "was invited; the difference is of the others.");
}

std::string changes(const ComparisonPage& page) {
  std::vector<std::string> items;
  for (std::size_t i = 1; i < page.options.size(); ++i) {
    const Compared &c = page.options[i], &reference = page.options.front();
    if (i == 1 || page.structures.size() > 1) items.push_back(escaped(structures_sentence(page, i)));
    if (const std::string sentence = sets_sentence(page, i); !sentence.empty()) items.push_back(escaped(sentence));
    if (!c.budget.empty())
      items.push_back(
          escaped(fmt::format("Money: {} is compared at the cost of {}, which the changes under Options bring about. At its own "
                              "cost it may do better, or worse.",
                              c.option.label, reference.option.label)));
    else if (std::abs(c.planned_cost - reference.planned_cost) > 0.01 * reference.planned_cost)
      items.push_back(
          escaped(fmt::format("Money: the options do not cost the same. At equal cost {} may do otherwise.", c.option.label)));
    if (const auto& levers = page.extrapolated[i - 1]; !levers.empty()) {
      std::string list;
      for (const auto& lever : levers) list += (list.empty() ? "" : ", ") + lever;
      items.push_back(
          escaped(fmt::format("Data: {} {} outside what evidence supports.", list, levers.size() == 1 ? "lies" : "lie")));
    }
  }
  items.push_back(escaped(
      fmt::format("What counts as a difference: here, beyond {}. Another coalition may care about less, or only about more.",
                  matters_with_unit(words_of(page.headline), outcome(page, page.headline).differences.front().matters))));
  items.push_back("Data that do not exist yet: the same survey before and after a change, or in a second coalition.");
  return heading(3, "What would change the answer") + bullets(items);
}

// What was larger before the end is no half of something that grows.
std::string larger_before(const ComparisonPage& page, const OutcomeDifference& difference, const Course& course) {
  constexpr double much_larger = 1.5;
  if (std::abs(course.at_largest) <= much_larger * std::abs(difference.mean)) return "";
  OutcomeDifference then{};
  then.outcome = page.headline, then.mean = course.at_largest, then.decimals = decimals_of(difference);
  return fmt::format(" It was larger before the end: {} on average in {}.", change_text(then),
                     month_name(page.start, course.largest));
}

// Why no month can be named.
std::string no_month(const ComparisonPage& page, std::size_t option, const OutcomeDifference& difference, const Course& course) {
  const std::string& label = page.options[option].option.label;
  if (difference.pairs == 0) return fmt::format("For {} there is nothing to compare.", label);
  if (difference.same)
    return fmt::format("{} and {} are the same in every run: there is nothing to show.", label,
                       page.options.front().option.label);
  const std::string start = fmt::format("For {} no month can be named: ", label);
  if (course.followed) return start + "the average difference at the end is not clear.";
  return start +
         fmt::format("\"{}\" adds up over months, and is not followed from month to month.", words_of(page.headline).title);
}

std::string when(const ComparisonPage& page) {
  std::string text;
  for (std::size_t i = 1; i < page.options.size(); ++i) {
    const std::string& label = page.options[i].option.label;
    const Outcome& headline = outcome(page, page.headline);
    const Course& course = headline.courses[i - 1];
    if (!course.half) {
      text += paragraph(no_month(page, i, headline.differences[i - 1], course));
      continue;
    }
    text += paragraph(fmt::format("Half of the average difference that {} makes by the end is there by {}, {}{}, and stays.{}",
                                  label, month_name(page.start, *course.half), month_of_run(page.options[i].option, *course.half),
                                  course.first ? ", the first in which something has happened under both options" : "",
                                  larger_before(page, headline.differences[i - 1], course)));
  }
  return heading(3, "How long until it shows") + text;
}

// Which structures were fitted to whose survey decides what can be said of causes.
std::string which_cause(const ComparisonPage& page) {
  if (page.evidence.front().sites == 0)
    return "Which cause is at work: no fit stands behind these options that could tell whether commitment is a fixed trait or is "
           "earned.";
  if (page.rivals_fitted)
    return "Which cause is at work: models in which commitment is a fixed trait fit the survey as well as ones in which it is "
           "earned.";
  return "Which cause is at work: the model was fitted to numbers of this coalition under one structure; others may explain them "
         "as "
         "well, or better.";
}

std::string cannot_tell(const ComparisonPage& page) {
  return heading(3, "What this cannot tell") +
         bullets({"What any real organisation or coalition will do. These are runs of a model.", "What happens to victims.",
                  "Whether the same people would fill the posts, or whether partners would accept the change.",
                  which_cause(page)});
}

}  // namespace

std::string structures_sentence(const ComparisonPage& page, std::size_t option) {
  const std::string& label = page.options[option].option.label;
  if (page.structures.size() < 2) return "Other structures of the model were not run; they may answer otherwise.";
  if (std::all_of(page.structures.begin(), page.structures.end(),
                  [&](const StructureRow& row) { return std::isnan(row.mean[option - 1]); }))
    return fmt::format("Other structures of the model: {} has no value to compare under any.", label);
  const auto sign = [&](const StructureRow& row) {
    return clear_sign(row.mean[option - 1], half_width(row.error[option - 1], page.replicates));
  };
  const int own = sign(page.structures.front());
  std::size_t same = 0, opposite = 0;
  for (std::size_t i = 1; i < page.structures.size(); ++i) {
    const int other = sign(page.structures[i]);
    same += own != 0 && other == own;
    opposite += own != 0 && other == -own;
  }
  const std::size_t others = page.structures.size() - 1;
  return fmt::format(
      "Other structures of the model: of {}, {} agree on whether {} has more or less, {} say the opposite, {} show no clear "
      "difference.",
      others, same, label, opposite, others - same - opposite);
}

std::string decision(const ComparisonPage& page) {
  return heading(3, "Question") + paragraph(page.question) + options(page) + answers(page) + table(page) + changes(page) +
         when(page) + cannot_tell(page);
}

}  // namespace coalis::report
