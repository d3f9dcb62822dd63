#include "explore_choices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include "coalis/io/answers/best_json.hpp"
#include "coalis/io/questions/study_file.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/model/setting_words.hpp"
#include "coalis/model/version.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/questions/policy/beginning.hpp"
#include "coalis/questions/policy/levers.hpp"
#include "coalis/questions/policy/ready_made.hpp"
#include "coalis/report/words/best_text.hpp"

namespace coalis {
namespace {

using Choices = report::ExplorerPage::Choices;

constexpr std::size_t most_choices = 40;  // of a study, each a button

// What is set of the levers; nothing if they cannot express it.
std::optional<std::vector<std::string>> levers_set(const Scenario& scenario, const Scenario& changed, int from) {
  const auto levers = levers_of(scenario);
  const auto values = lever_values(scenario, levers, changed, from);
  if (!values) return std::nullopt;
  std::vector<std::string> list;
  for (std::size_t i = 0; i < levers.size(); ++i)
    if ((*values)[i] != levers[i].now) list.push_back(fmt::format("{}={}", levers[i].key, number_text((*values)[i])));
  return list;
}

// The scenario with an option of an answer; nothing if it is none of its options.
std::optional<Scenario> with_changes(const Scenario& scenario, const std::vector<std::string>& changes, int from) {
  std::optional<Scenario> changed = scenario;
  for (const std::string& change : changes)
    if (changed) changed = with_ready_made(*changed, change);
  return changed ? beginning_in(scenario, *changed, from).question : std::nullopt;
}

bool same_cost(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b)); }

// Whether an answer is of this scenario as it is: every option is one of it, and is planned to cost what the answer says.
bool is_of(const BestAnswer& answer, const Scenario& scenario) {
  if (answer.from >= scenario.calendar.months) return false;
  return std::all_of(answer.rows.begin(), answer.rows.end(), [&](const BestRow& row) {
    const auto changed = with_changes(scenario, row.option.changes, answer.from);
    return changed && same_cost(planned_cost(*changed, answer.from), row.cost);
  });
}

std::string names_on(const OnPage& page) {
  std::string names;
  for (const auto& c : page.files) names += (names.empty() ? "" : ", ") + c.file;
  return names;
}

// The words of what a point chooses: "Paid coordination, ... 0.5; ...".
std::string words_of_point(const std::vector<Factor>& factors, const DesignPoint& point) {
  std::string text;
  for (std::size_t f = 0; f < factors.size(); ++f) {
    if (!factors[f].policy || point[f].empty()) continue;
    const bool named = !factors[f].settings.empty();
    text += fmt::format("{}{}", text.empty() ? "" : "; ",
                        named ? point[f] : fmt::format("{} {}", setting_words(factors[f].paths), point[f]));
  }
  return text.empty() ? "as it is" : text;
}

// The design's points without what nobody chooses, each once, in order.
std::vector<DesignPoint> options_of(const Study& study) {
  std::vector<DesignPoint> options;
  std::set<DesignPoint> known;
  for (DesignPoint point : make_design(study.design)) {
    for (std::size_t f = 0; f < point.size(); ++f)
      if (!study.design.factors[f].policy) point[f].clear();
    if (known.insert(point).second) options.push_back(std::move(point));
    if (options.size() == most_choices + 1) break;
  }
  return options;
}

std::optional<Diagnostic> problem_of_study(const std::string& path, const Study& study, const std::vector<DesignPoint>& options) {
  const auto& factors = study.design.factors;
  if (std::none_of(factors.begin(), factors.end(), [](const Factor& f) { return f.policy; }))
    return Diagnostic{path,
                      0,
                      0,
                      false,
                      "the study varies nothing that levers set",
                      "name its scenarios instead, or a study with factors that a coalition chooses"};
  if (options.size() > most_choices)
    return Diagnostic{path,
                      0,
                      0,
                      false,
                      fmt::format("the study has more than {} options, too many to choose from", most_choices),
                      "name a study with fewer values"};
  return std::nullopt;
}

// A study's options for one of its scenarios.
Choices choices_for(const StudyFile& file, std::size_t of, const Scenario& scenario, const std::vector<DesignPoint>& options,
                    std::vector<Diagnostic>& problems) {
  const Study& study = file.study;
  Choices choices;
  choices.title = study.name, choices.same_money = of == 0 ? "" : study.equal_budget;
  if (!study.question.empty()) choices.sentences.push_back(study.question);
  for (const DesignPoint& point : options) {
    std::vector<std::string> overrides;
    for (std::size_t f = 0; f < point.size(); ++f)
      if (!point[f].empty())
        for (std::string& one : overrides_of(study.design.factors[f], point[f], of)) overrides.push_back(std::move(one));
    const ScenarioFile changed = file.scenarios[of].with(overrides);
    if (!add_problems(problems, changed.diagnostics)) return choices;
    choices.list.push_back({std::to_string(choices.list.size() + 1), words_of_point(study.design.factors, point), "",
                            levers_set(scenario, changed.scenario, 0)});
  }
  return choices;
}

}  // namespace

Asked<Choices> best_choices(const std::string& path, const OnPage& page) {
  const BestAnswer answer = read_best_answer(path);
  const auto problem = [&](std::string what, std::string advice) -> Asked<Choices> {
    return {std::nullopt, {{path, 0, 0, false, std::move(what), std::move(advice)}}};
  };
  if (answer.made_by.model != model_version)
    return problem(fmt::format("the answer is of model version {}, this program has {}", answer.made_by.model, model_version),
                   "ask coalis best again");
  std::optional<std::size_t> named;
  for (std::size_t i = 0; i < page.scenarios.size(); ++i) {
    if (page.scenarios[i].name != answer.scenario) continue;
    named = i;
    if (!is_of(answer, page.scenarios[i])) continue;
    Choices choices = report::choices_of(answer);
    choices.coalition = i;
    const std::vector<std::size_t> shown = rows_shown(answer);
    for (std::size_t k = 0; k < shown.size(); ++k)
      choices.list[k].levers = levers_set(
          page.scenarios[i], *with_changes(page.scenarios[i], answer.rows[shown[k]].option.changes, answer.from), answer.from);
    return {std::move(choices), {}};
  }
  if (named)
    return problem(fmt::format("the answer is of {} otherwise than {} has it now", answer.scenario, page.files[*named].file),
                   "ask coalis best of that file again");
  return problem(fmt::format("the answer is of {}, which is not on the page ({})", answer.scenario, names_on(page)),
                 "name its scenario, too, or another answer");
}

Asked<std::vector<Choices>> study_choices(const std::string& path, const OnPage& page) {
  const StudyFile file = read_study(path);
  Asked<std::vector<Choices>> asked{std::nullopt, file.diagnostics};
  if (!file.ok()) return asked;
  const auto options = options_of(file.study);
  if (auto problem = problem_of_study(path, file.study, options)) {
    asked.problems.push_back(*std::move(problem));
    return asked;
  }
  std::vector<Choices> all;
  for (std::size_t of = 0; of < file.study.files.size(); ++of)
    for (std::size_t i = 0; i < page.scenarios.size(); ++i) {
      if (page.files[i].file != file.study.files[of].filename()) continue;
      all.push_back(choices_for(file, of, page.scenarios[i], options, asked.problems));
      all.back().coalition = i;
      if (all.back().list.empty()) return asked;
    }
  if (all.empty())
    asked.problems.push_back({path, 0, 0, false,
                              fmt::format("the study has none of the coalitions on the page ({})", names_on(page)),
                              "name its scenarios, too"});
  else
    asked.question = std::move(all);
  return asked;
}

}  // namespace coalis
