#include "coalis/report/pages/fit_page.hpp"

#include <fmt/format.h>

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
    for (const std::string& sentence : f.not_explained) items.push_back(html::escaped(sentence));
    if (!items.empty()) text += html::bullets(items);
    if (!f.weights.empty()) text += paragraph(f.weights);
  }
  return text;
}

std::string fits(const FitPage& page) {
  html::Table table{"How far the survey lies from each posterior, beside how far the model's own surveys lie from each other",
                    {"Structure", "Posterior", "Draws (worth)", "Distance", "Usual (9 in 10)", "Degrees of freedom", "p"},
                    {}};
  for (const Fit& f : page.fits)
    table.rows.push_back({named_rule(f.engagement), f.posterior, fmt::format("{} ({:.0f})", f.draws, f.effective),
                          distance_text(f.distance, 1), distance_text(f.usual.low, 1) + " to " + distance_text(f.usual.high, 1),
                          fmt::format("{}", f.degrees_of_freedom), p_number(f.p)});
  return html::table(table) +
         paragraph(
             "p is the share of the model's own surveys that lie as far from each other as the evidence lies from them. Near "
             "0 the model does not explain the survey. A smaller distance than usual is no better fit.") +
         verdicts(page) + figures(page.checks);
}

std::string intervals(const FitPage& page) {
  if (!page.coverage) return paragraph("Not computed for all: coalis calibrate --check does it unless --table is 0.");
  return paragraph(
             "Surveys were simulated with known parameters drawn from the prior, and each was treated as if it were the "
             "evidence. Where 90 % intervals hold the known value more often than 97 %, they are wider than they say; less "
             "often than 85 %, too narrow.") +
         html::figures({chart::svg(*page.coverage)}) + figures(page.ranks);
}

std::string known(const FitPage& page) {
  return paragraph(
             fmt::format("The share of the prior's variance that the evidence has taken away. Near 0 nothing was learnt. {}",
                         wider_words())) +
         html::figures({chart::svg(page.contraction)});
}

std::string provenance(const FitPage& page) {
  return paragraph(
             fmt::format("Checks by Coalis {}, commit {}, model version {}. The page:", page.program, page.commit, page.model)) +
         html::element("p", html::element("code", html::escaped(page.command)));
}

}  // namespace

std::string html(const FitPage& page) {
  return html::document(
      {page.title,
       page.title,
       "What the fitted model says of the survey, what the survey says of parameters, and whether to believe it.",
       {{"fit", "Does it fit?", fits(page)},
        {"known", "What is known of parameters", known(page)},
        {"intervals", "Are the intervals to be believed?", intervals(page)},
        {"provenance", "Where this comes from", provenance(page)}},
       fmt::format("Made by Coalis {}. All structures are models, and the survey is one survey.", page.program)});
}

}  // namespace coalis::report
