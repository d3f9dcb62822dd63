#include "coalis/report/pages/fit_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "coalis/core/counted.hpp"
#include "coalis/report/pages/html.hpp"
#include "coalis/report/words/fit_words.hpp"
#include "coalis/report/words/value_words.hpp"

namespace coalis::report {
namespace {

using html::paragraph;

template <class Chart>
std::string figures(const std::vector<Chart>& charts) {
  std::vector<std::string> svgs;
  for (const Chart& one : charts) svgs.push_back(chart::svg(one));
  return html::figures(svgs);
}

// "mixture: commitment is partly given, partly earned"
std::string named_rule(const std::string& rule) {
  const std::string words = rule_words(rule);
  return words == rule ? rule : fmt::format("{}: {}", rule, words);
}

// What does not fit, in words.
std::string verdicts(const FitPage& page) {
  std::string text;
  for (const Fit& f : page.fits) {
    text += paragraph(fmt::format("{} ({}): {}", f.engagement, f.posterior, f.verdict));
    std::vector<std::string> items;
    for (const auto* sentences : {&f.not_explained, &f.rough})
      for (const std::string& sentence : *sentences) items.push_back(html::escaped(sentence));
    if (!items.empty()) text += html::bullets(items);
    const bool first = &f == &page.fits.front();  // what it means is said once
    if (!f.weights.empty()) text += paragraph(first ? f.weights : fmt::format("Design effects: {}.", f.weights_alone));
  }
  return text;
}

std::string fits(const FitPage& page) {
  const std::string& of = page.fits.front().of;
  html::Table table{
      fmt::format("How far the {} lies from each posterior, beside how far those that the model makes lie from each other", of),
      {"Structure", "Posterior", "Draws (worth)", "Distance", "Usual (9 in 10)", "Degrees of freedom", "p"},
      {}};
  for (const Fit& f : page.fits)
    table.rows.push_back({named_rule(f.engagement), f.posterior, fmt::format("{} ({:.0f})", f.draws, f.effective),
                          distance_text(f.distance, 1), distance_text(f.usual.low, 1) + " to " + distance_text(f.usual.high, 1),
                          fmt::format("{}", f.degrees_of_freedom), p_number(f.p)});
  return html::table(table) +
         paragraph(fmt::format(
             "p is the share of those that the model makes that lie as far from each other as the real one lies from them. "
             "Near 0 the model does not explain the {}. A smaller distance than usual is no better fit.",
             of)) +
         figures(page.checks) + verdicts(page);  // text fills what tall pictures leave of a sheet
}

std::string intervals(const FitPage& page) {
  if (!page.coverage) return paragraph("Not computed for all: coalis calibrate --check does it unless --table is 0.");
  std::vector<std::string> svgs{chart::svg(*page.coverage)};
  for (const chart::RankHistograms& one : page.ranks) svgs.push_back(chart::svg(one));
  return paragraph(
             "Coalitions were simulated with known parameters drawn from the prior, and what they gave was treated as if it were "
             "the "
             "evidence. Where 90 % intervals hold the known value more often than 97 %, they are wider than they say; less "
             "often than 85 %, too narrow.") +
         html::figures(svgs);
}

std::string known(const FitPage& page) {
  return paragraph(
             fmt::format("The share of the prior's variance that the evidence has taken away. Near 0 nothing was learnt. {}",
                         wider_words())) +
         html::figures({chart::svg(page.contraction)});
}

// All structures alike, or how many of them.
std::string short_fit_answer(const FitPage& page) {
  const std::string& verdict = page.fits.front().verdict;
  const auto same = [&](const Fit& f) { return f.verdict == verdict; };
  if (page.fits.size() == 1) return verdict;
  if (std::all_of(page.fits.begin(), page.fits.end(), same))
    return fmt::format("Under each of {} rules of commitment {}{}", page.fits.size(),
                       static_cast<char>(std::tolower(static_cast<unsigned char>(verdict.front()))), verdict.substr(1));
  const auto explains = std::count_if(page.fits.begin(), page.fits.end(), [](const Fit& f) { return f.not_explained.empty(); });
  return fmt::format("Of {} rules of commitment {} {} all that the {} says, the others do not.", page.fits.size(), explains,
                     explains == 1 ? "explains" : "explain", page.fits.front().of);
}

std::string decider_part(const FitPage& page) {
  const Fit& f = page.fits.front();
  const std::string made = f.of == "survey" ? "Surveys" : f.of == "list of who came" ? "Lists" : "Surveys and lists";
  std::vector<std::string> sure{fmt::format("{} of coalitions that the model makes differ from each other, too.", made),
                                fmt::format("The real {} lies {} from them: {}, where 9 in 10 of theirs lie {} to {} off.", f.of,
                                            f.distance <= f.usual.high ? "no farther" : "farther", distance_text(f.distance, 1),
                                            distance_text(f.usual.low, 1), distance_text(f.usual.high, 1)),
                                "That a model fits does not show that it is right: others may fit as well."};
  if (page.fits.size() > 1) sure.emplace_back(fmt::format("Where several rules fit, the {} cannot tell which is at work.", f.of));
  std::vector<std::string> missed;
  for (const Fit& one : page.fits)
    if (!one.not_explained.empty())
      missed.push_back(
          html::escaped(fmt::format("If {}: {} of the {} {} not explained.", rule_words(one.engagement),
                                    counted(one.not_explained.size(), "item"), f.of, are(one.not_explained.size()))));
  return html::lead({short_fit_answer(page),
                     {fmt::format("Fit: whether the model, with the parameters that suit it best, makes coalitions whose {} "
                                  "looks like the real one.",
                                  f.of),
                      fmt::format("Evidence: one {} of one coalition shows what goes together, not what causes what.", f.of)},
                     page.checks.empty() ? "" : chart::svg(page.first),
                     html::heading(3, "How sure is that?") + html::bullets(sure)}) +
         (missed.empty() ? "" : html::heading(3, "What it does not explain") + html::bullets(missed)) +
         (page.missed.items.empty() ? "" : html::heading(3, "All that lies outside") + html::figures({chart::svg(page.missed)})) +
         html::heading(3, "What this cannot tell") +
         html::bullets({"What happens elsewhere, or at another time.", "Which of several models that fit is the right one."});
}

std::string provenance(const FitPage& page) {
  return paragraph(
             fmt::format("Checks by Coalis {}, commit {}, model version {}. The page:", page.program, page.commit, page.model)) +
         html::command(page.command);
}

}  // namespace

std::string html(const FitPage& page) {
  const std::string& of = page.fits.front().of;
  return html::document({page.title,
                         page.title.ends_with('?') ? page.title : fmt::format("Does the model fit the {}?", of),
                         page.title.ends_with('?')
                             ? fmt::format("What the fitted model says of the {}, and whether to believe it.", of)
                             : html::ended(page.title),
                         {{"answer", "For those who decide", decider_part(page)},
                          {"fit", "Every item, and how far it lies from the model", fits(page), true},
                          {"known", "What is known of parameters", known(page), true},
                          {"intervals", "Are the intervals to be believed?", intervals(page), true},
                          {"provenance", "Where this comes from, and the commands", provenance(page), true}},
                         fmt::format("Made by Coalis {}. All structures are models, and the {} is one.", page.program, of)});
}

}  // namespace coalis::report
