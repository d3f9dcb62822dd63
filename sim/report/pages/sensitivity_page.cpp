#include "coalis/report/pages/sensitivity_page.hpp"

#include <fmt/format.h>

namespace coalis::report {
namespace {

using html::paragraph;

std::string target(const SensitivityPage::Target& t) {
  std::vector<std::string> svgs;
  for (const auto& shares : t.shares) svgs.push_back(chart::svg(shares));
  if (t.ends) svgs.push_back(chart::svg(*t.ends));
  for (const auto& effects : t.screened) svgs.push_back(chart::svg(effects));
  std::string text = paragraph(t.summary);
  if (!svgs.empty()) text += html::figures(svgs);
  if (!t.warning.empty()) text += paragraph(t.warning);
  for (const auto& table : t.tables) text += html::table(table);
  return text;
}

std::string asked(const SensitivityPage& page) {
  std::vector<std::string> scenarios;
  for (const auto& scenario : page.scenarios) scenarios.push_back(html::escaped(scenario));
  return paragraph(page.question, "class=\"lead\"") + html::bullets(scenarios) +
         paragraph(
             "What is listed below was moved within the ranges that the study gives: what a coalition can choose, what it "
             "cannot, "
             "or both. Shares are of those ranges: a wider range weighs more. They say what the outcome hangs on, not whether "
             "more "
             "of it is better.") +
         (page.moved.rows.empty() ? "" : html::table(page.moved));
}

std::string provenance(const SensitivityPage& page) {
  html::Table made{"What made the runs and this page",
                   {"What", "Value"},
                   {{"Program", fmt::format("Coalis {}, commit {}, model version {}", page.program, page.commit, page.model)},
                    {"Runs", fmt::format("{} points, {} replicates of each", page.points, page.replicates)},
                    {"Result file", page.file},
                    {"SHA-1 of the result file", page.file_hash}}};
  return html::element("p", html::element("code", html::escaped(page.command))) + html::table(made);
}

}  // namespace

std::string html(const SensitivityPage& page) {
  html::Page whole{page.title,
                   page.title,
                   "What an outcome of the model hangs on.",
                   {{"question", "What was asked", asked(page)}},
                   fmt::format("Made by Coalis {}. No forecast: runs of a model under stated assumptions.", page.program)};
  for (const auto& t : page.targets) whole.sections.push_back({t.id, t.title, target(t)});
  whole.sections.push_back({"provenance", "Where this comes from", provenance(page)});
  return html::document(whole);
}

}  // namespace coalis::report
