// For those who decide: answer and picture, how sure, what it costs and whom, what would change it, other outcomes, the options,
// when it shows, what it cannot tell.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "coalis/core/counted.hpp"
#include "coalis/core/month_text.hpp"
#include "coalis/questions/asked_month.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/short_sentences.hpp"
#include "coalis/statistics/intervals.hpp"
#include "comparison_sections.hpp"

namespace coalis::report {
namespace {

using html::bullets;
using html::escaped;
using html::heading;
using html::paragraph;

// Sentences of several options, one list.
std::string list_of(const std::vector<std::string>& sentences) {
  std::vector<std::string> items;
  for (const std::string& sentence : sentences)
    if (!sentence.empty()) items.push_back(escaped(html::with_minus_signs(sentence)));
  return items.empty() ? "" : bullets(items);
}

// Where the end says otherwise than the year before it, by more than matters.
std::string last_month_alone(const ComparisonPage& page, std::size_t option) {
  const Outcome& headline = outcome(page, page.headline);
  const OutcomeDifference& at_end = headline.differences[option - 1];
  const Course& course = headline.courses[option - 1];
  if (!course.followed || at_end.pairs == 0 || !(std::abs(at_end.mean - course.last_year) > at_end.matters + at_end.grain))
    return "";
  OutcomeDifference year{};
  year.outcome = page.headline, year.mean = course.last_year, year.decimals = decimals_of(at_end);
  return fmt::format("That is of {} alone: over the last twelve months it is {} on average.",
                     month_name(page.start, page.months - 1), change_text(year));
}

std::string sureness(const ComparisonPage& page, const std::vector<Option>& options, std::size_t i) {
  std::vector<std::string> said = how_sure(options[0], options[i], outcome(page, page.headline).differences[i - 1], page.included,
                                           !page.extrapolated[i - 1].empty());
  said.push_back(last_month_alone(page, i));
  said.push_back(short_sets_sentence(page, i));
  if (i == 1 || page.structures.size() > 1) said.push_back(structures_sentence(page, i));
  return heading(3, options.size() == 2 ? "How sure is that?" : fmt::format("How sure is that of {}?", options[i].label)) +
         list_of(said);
}

// The answer for each option beside its picture; what the words mean and what stands behind it are said once.
std::string answers(const ComparisonPage& page, const std::vector<Option>& options) {
  std::string text;
  for (std::size_t i = 1; i < options.size(); ++i) {
    const OutcomeDifference& difference = outcome(page, page.headline).differences[i - 1];
    html::Lead lead{short_answer(options[0], options[i], difference), {}, "", sureness(page, options, i)};
    // A phone's first screen has room for one: what was compared, where it is not what one would think, before what words mean.
    std::vector<std::string> notes{std::string(first_sentence_of(page.options[i].undone)),
                                   diluted_sentence(options[i], page.months, difference),
                                   i == 1 ? definition(page.headline) : ""};
    std::erase(notes, "");
    if (!notes.empty()) lead.below.push_back(notes.front());
    for (std::size_t n = notes.size(); n-- > 1;) lead.beside = paragraph(notes[n]) + lead.beside;
    if (i == 1) lead.below.push_back(evidence_line(evidence_of(page)));
    if (i <= page.dots.size()) lead.picture = chart::svg(page.dots[i - 1]);
    text += html::lead(lead);
  }
  return text;
}

std::string costs(const ComparisonPage& page, const std::vector<Option>& options) {
  std::vector<std::string> said;
  for (std::size_t i = 1; i < options.size(); ++i)
    for (const std::string& sentence : short_costs(options[0], options[i], page.months, costs_of(page, i)))
      said.push_back(sentence);
  return heading(3, "What it costs, and whom") + list_of(said);
}

std::string changes(const ComparisonPage& page) {
  std::vector<std::string> said;
  for (std::size_t i = 1; i < page.options.size(); ++i) {
    const Compared &c = page.options[i], &reference = page.options.front();
    if (const auto first = first_sentence_of(c.undone).size(); first + 1 < c.undone.size())
      said.push_back("Money: " + c.undone.substr(first + 1));
    else if (!c.budget.empty() && !reference.budget.empty())
      said.push_back(fmt::format("Money: {} and {} are compared at the same sum. At their own costs they may do otherwise.",
                                 c.option.label, reference.option.label));
    else if (!c.budget.empty())
      said.push_back(fmt::format("Money: {} is compared at the cost of {}. At its own cost it may do better, or worse.",
                                 c.option.label, reference.option.label));
    else if (std::abs(c.planned_cost - reference.planned_cost) > 0.01 * reference.planned_cost)
      said.push_back(fmt::format("Money: the options do not cost the same. At equal cost {} may do otherwise.", c.option.label));
    for (const auto& lever : page.extrapolated[i - 1])
      said.push_back(fmt::format("Data: {} lies outside what evidence supports.", lever));
  }
  said.push_back(
      fmt::format("What counts: here, a difference beyond {}. Another coalition may care about less, or only about more.",
                  matters_with_unit(words_of(page.headline), outcome(page, page.headline).differences.front().matters)));
  said.emplace_back("Data that do not exist yet: the same survey before and after a change, or in a second coalition.");
  return heading(3, "What would change the answer") + list_of(said);
}

// A picture for all outcomes, and the same as numbers.
std::string other_outcomes(const ComparisonPage& page) {
  std::vector<std::string> svgs;
  for (const chart::Bars& bars : outcome_bars(page)) svgs.push_back(chart::svg(bars));
  const std::string numbers =
      html::table(
          outcome_table(page, main_outcomes_of(page),
                        fmt::format("After {}: averages, in brackets where 8 in 10 runs lie", counted(page.months, "month")))) +
      paragraph("Alike: differing by no more than the difference that matters. Better and worse are counted from beyond it.") +
      paragraph("Not clear: the average may as well be 0, which is not the same as no effect.") +
      (page.from > 0 ? paragraph("Averages over the run count the months before the options begin, in which all are alike.")
                     : "") +
      paragraph("Ranges are rounded by themselves. Left out: runs in which an option has no value, as where nobody was invited.");
  return heading(3, "Options by outcomes") + html::figures(svgs) + html::folded("The same as a table", numbers);
}

// What each is and does otherwise.
std::string told_options(const ComparisonPage& page, const std::vector<Option>& options) {
  std::string list;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const Compared& c = page.options[i];
    list += html::element("dt", escaped(fmt::format("{}: {}{}", c.option.label, options[i].name,
                                                    i == 0 ? " (what the others are compared with)" : "")));
    std::string said = c.description.empty() ? "" : paragraph(c.description);
    if (i > 0 && i <= page.told.size())
      said += page.told[i - 1].empty() ? paragraph("Nothing sets it apart.") : list_of(page.told[i - 1]);
    list += html::element("dd", said + paragraph(fmt::format("Planned cost: {} USD a year{}.", grouped(c.planned_cost),
                                                             from_month_on(page.start, page.from))));
  }
  return heading(3, "What the options are") + html::element("dl", list);
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
  if (course.followed && too_little_to_matter(difference)) return start + "the difference at the end is too little to matter.";
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
    if (!course.half || too_little_to_matter(headline.differences[i - 1])) {
      text += paragraph(no_month(page, i, headline.differences[i - 1], course));
      continue;
    }
    text += paragraph(
        fmt::format("Half of the average difference that {} makes by the end is there by {}, and stays. That is {}.{}{}", label,
                    month_name(page.start, *course.half), month_of_run(page.options[i].option, *course.half),
                    course.first ? " It is the first in which something has happened under both options." : "",
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
  std::size_t same = 0, opposite = 0, clear = 0;
  for (std::size_t i = 1; i < page.structures.size(); ++i) {
    const int other = sign(page.structures[i]);
    same += own != 0 && other == own, opposite += own != 0 && other == -own, clear += other != 0;
  }
  const std::size_t others = page.structures.size() - 1;
  const std::string of = fmt::format("Other structures of the model: of {}, ", others);
  if (own == 0) return of + fmt::format("{} show a clear difference.", clear == 0 ? "none" : std::to_string(clear));
  if (same == others) return of + fmt::format("all agree on whether {} has more or less.", label);
  return of + fmt::format("{} agree on whether {} has more or less, {} say the opposite, {} show no clear difference.", same,
                          label, opposite, others - same - opposite);
}

std::string decision(const ComparisonPage& page) {
  const std::vector<Option> options = short_options(page);
  return answers(page, options) + costs(page, options) + changes(page) + other_outcomes(page) + told_options(page, options) +
         when(page) + cannot_tell(page);
}

}  // namespace coalis::report
