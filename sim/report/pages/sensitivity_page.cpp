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
  return html::bullets(scenarios) +
         paragraph(
             "What is listed below was moved within the ranges that the study gives: what a coalition can choose, what it "
             "cannot, "
             "or both. Shares are of those ranges: a wider range weighs more. They say what the outcome hangs on, not whether "
             "more "
             "of it is better.") +
         (page.moved.rows.empty() ? "" : html::table(page.moved));
}

std::string decider_part(const SensitivityPage& page) {
  std::vector<std::string> sure;
  for (const std::string& sentence : page.sure) sure.push_back(html::escaped(sentence));
  std::string options;
  if (page.scenarios.size() > 1)
    for (const std::string& scenario : page.scenarios) options += (options.empty() ? "" : " ") + html::ended(scenario);
  return html::lead({page.answer,
                     {options, page.definition, "Evidence: of the model alone. It says what to find out, not what to do."},
                     page.picture,
                     html::heading(3, "How sure is that?") + html::bullets(sure)}) +
         html::heading(3, "What this cannot tell") +
         html::bullets({"What any real organisation or coalition will do. These are runs of a model.",
                        "What lies beyond the ranges that were moved."});
}

std::string provenance(const SensitivityPage& page) {
  html::Table made{"What made the runs and this page",
                   {"What", "Value"},
                   {{"Program", fmt::format("Coalis {}, commit {}, model version {}", page.program, page.commit, page.model)},
                    {"Runs", fmt::format("{} points, {} replicates of each", page.points, page.replicates)},
                    {"Result file", page.file},
                    {"SHA-1 of the result file", page.file_hash}}};
  return html::command(page.command) + html::table(made);
}

}  // namespace

std::string html(const SensitivityPage& page) {
  html::Page whole{page.title,
                   page.question,
                   fmt::format("{} What an outcome of the model hangs on.", html::ended(page.title)),
                   {{"answer", "For those who decide", decider_part(page)}},
                   fmt::format("Made by Coalis {}. No forecast: runs of a model under stated assumptions.", page.program)};
  for (const auto& t : page.targets) whole.sections.push_back({t.id, t.title, target(t), true});
  whole.sections.push_back({"question", "What was moved, and its keys", asked(page), true});
  whole.sections.push_back({"provenance", "Where this comes from, and the commands", provenance(page), true});
  return html::document(whole);
}

}  // namespace coalis::report
