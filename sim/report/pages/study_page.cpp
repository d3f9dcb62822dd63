#include "coalis/report/pages/study_page.hpp"

#include <fmt/format.h>

#include "coalis/core/counted.hpp"
#include "coalis/report/words/assumed.hpp"

namespace coalis::report {
namespace {

using html::element;
using html::escaped;
using html::heading;
using html::paragraph;

// Without the list of options: the table has their numbers.
chart::Frontier unlisted(chart::Frontier frontier) {
  frontier.listed = false;
  return frontier;
}

// The picture that the page begins with; "" where there is none.
std::string first_picture(const StudyPage& page) {
  if (page.dose) return chart::svg(*page.dose);
  return page.frontiers.empty() ? "" : chart::svg(unlisted(page.frontiers.front()));
}

// What the file's answer says beyond what the page begins with.
std::string answer_in_full(const StudyPage& page) {
  if (page.answer.empty() || page.answer == page.short_answer) return "";
  const bool begun = page.answer.starts_with(page.short_answer);
  return heading(3, begun ? "What else was found" : "The answer in full") +
         element("blockquote", paragraph(begun ? page.answer.substr(page.short_answer.size() + 1) : page.answer));
}

std::string what_it_costs(const StudyPage& page) {
  std::vector<std::string> svgs;
  for (std::size_t f = page.dose ? 0 : 1; f < page.frontiers.size(); ++f) svgs.push_back(chart::svg(page.frontiers[f]));
  return svgs.empty() ? "" : heading(3, "What it costs") + html::figures(svgs);
}

std::string decision(const StudyPage& page) {
  std::vector<std::string> sure;
  for (const std::string& sentence : page.sure)
    if (!sentence.empty()) sure.push_back(escaped(sentence));
  const std::string how_sure = heading(3, "How sure is that?") + html::bullets(sure);
  return html::lead({page.short_answer, {page.definition, page.evidence}, first_picture(page), how_sure}) + answer_in_full(page) +
         what_it_costs(page) + heading(3, "What this cannot tell") +
         html::bullets({"What any real organisation or coalition will do. These are runs of a model.", "What happens to victims.",
                        "What lies between or beyond the values that were run."});
}

std::string figures(const StudyPage& page) {
  std::string text;
  if (page.parts) text += html::figures({chart::svg(*page.parts)});
  for (const std::string* said : {&page.agreement, &page.uncertainty, &page.spread})
    if (!said->empty()) text += paragraph(*said);
  if (!page.figures.empty()) {
    html::Table table{"The figures behind the answer", {"Figure", "What it is", "Value", "Verdict", "Structure"}, {}};
    if (page.parts) table.head.push_back("What its variance is (95 % interval)");
    for (const StudyFigure& f : page.figures) {
      auto& row = table.rows.emplace_back(std::vector{f.name, f.meaning, f.value, f.verdict.empty() ? "-" : f.verdict,
                                                      f.structure.empty() ? "the scenarios' own" : f.structure});
      if (page.parts) row.push_back(f.parts.empty() ? "-" : f.parts);
    }
    text += html::table(table);
  }
  return text + html::table(page.points);
}

std::string limits() {
  std::vector<std::string> assumed;
  for (const auto sentence : assumptions()) assumed.push_back(escaped(sentence));
  return heading(3, "Assumed, not found") + html::bullets(assumed) + paragraph(beyond_assumptions());
}

std::string provenance(const StudyPage& page) {
  html::Table made{"What made the runs and this page",
                   {"What", "Value"},
                   {{"Program", fmt::format("Coalis {}, commit {}, model version {}", page.program, page.commit, page.model)},
                    {"Seed and runs", fmt::format("seed {}, {} of each point", page.seed, counted(page.replicates, "run"))},
                    {"Study file", page.file},
                    {"SHA-1 of the study file", page.file_hash}}};
  for (const ParameterFile& file : page.parameters) made.rows.push_back({"SHA-1 of " + file.name, file.hash});
  return paragraph("The same commands give the same numbers on any machine:") +
         html::element("p", html::element("code", escaped(page.commands))) + html::table(made);
}

}  // namespace

std::string html(const StudyPage& page) {
  return html::document(
      {page.title,
       page.question,
       fmt::format("{} A study made with Coalis, {}.", html::ended(page.title), page.date),
       {{"decision", "For those who decide", decision(page)},
        {"figures", "All figures and points", figures(page), true},
        {"limits", "Limits", limits(), true},
        {"provenance", "Where this comes from, and the commands", provenance(page), true}},
       fmt::format("Made by Coalis {} ({}). No forecast: runs of a model under stated assumptions.", page.program, page.commit)});
}

}  // namespace coalis::report
