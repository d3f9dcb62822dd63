#include "coalis/report/pages/study_page.hpp"

#include <fmt/format.h>

#include "coalis/core/counted.hpp"
#include "coalis/report/words/assumed.hpp"

namespace coalis::report {
namespace {

using html::escaped;
using html::heading;
using html::paragraph;

std::string decision(const StudyPage& page) {
  std::string answer = page.answer.empty() ? paragraph("The study names no answer; its points are in the table below.")
                                           : paragraph(page.answer, "class=\"lead\"");
  if (!page.agreement.empty()) answer += paragraph(page.agreement);
  answer += paragraph(page.uncertainty);
  if (!page.spread.empty()) answer += paragraph(page.spread);
  return heading(3, "Question") + paragraph(page.question) + heading(3, "Answer") +
         html::element("div", answer, "class=\"answer\"") + heading(3, "What this cannot tell") +
         html::bullets({"What any real organisation or coalition will do. These are runs of a model.", "What happens to victims.",
                        "What lies between or beyond the values that were run."});
}

std::string figures(const StudyPage& page) {
  std::vector<std::string> svgs;
  if (page.dose) svgs.push_back(chart::svg(*page.dose));
  for (const chart::Frontier& frontier : page.frontiers) svgs.push_back(chart::svg(frontier));
  if (page.parts) svgs.push_back(chart::svg(*page.parts));
  std::string text = html::figures(svgs);
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
       page.title,
       fmt::format("A study made with Coalis on {}. Read the first part; the rest says what it rests on.", page.date),
       {{"decision", "For those who decide", decision(page)},
        {"figures", "Figures", figures(page)},
        {"limits", "Limits", limits()},
        {"provenance", "Where this comes from", provenance(page)}},
       fmt::format("Made by Coalis {} ({}). No forecast: runs of a model under stated assumptions.", page.program, page.commit)});
}

}  // namespace coalis::report
