#include "coalis/tasks/told.hpp"

#include <utility>

#include "coalis/core/characters.hpp"
#include "coalis/io/answers/comparison_json.hpp"
#include "coalis/io/answers/run_json.hpp"
#include "coalis/io/answers/study_json.hpp"
#include "coalis/questions/outcomes_named.hpp"
#include "coalis/report/words/comparison_text.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/run_text.hpp"
#include "coalis/report/words/study_text.hpp"
#include "coalis/tasks/study_store.hpp"

namespace coalis {
namespace {

constexpr std::size_t most_points_told = 24;

template <class Answer>
std::string all_figures(const Answer& answer) {
  if (answer.question.outcomes != main_outcomes()) return json_text(answer);
  Answer all = answer;
  all.question.outcomes = *outcomes_asked({}, true).question;
  return json_text(all);
}

ToldAnswer kept_answer(std::string text, std::string figures) {
  std::string printed = fitted(visible(text, Lines::many), printed_width);
  return {std::move(text), std::move(printed), std::move(figures)};
}

bool has_figures(const StudyQuestion& study) { return !study.study.answer.figures.empty(); }

}  // namespace

std::string figures_of(const RunAnswer& answer) { return all_figures(answer); }
std::string figures_of(const ComparisonAnswer& answer) { return all_figures(answer); }

std::string text_of(const StudyQuestion& study, const RunStore& store, const Watch& watch) {
  if (has_figures(study)) {
    const StudyFindings findings = read_findings(study, store, watch);
    return watch.cancelled() ? "" : StudyWords(study, findings).text();
  }
  const PointSamples samples = read_samples(study, store, most_points_told, watch);
  return watch.cancelled() ? "" : outcomes_text(study, read_fitted(study), samples);
}

std::string figures_of(const StudyQuestion& study, RunStore& store, const Watch& watch) {
  if (has_figures(study)) {
    const StudyFindings findings = read_findings(study, store, watch);
    return watch.cancelled() ? "" : json_text(study, findings);
  }
  StandingLook standing(study, store);
  StudyStanding found = standing.look(watch);
  found.at_work = false, found.rate = 0;  // of the moment: equal studies have equal files
  return watch.cancelled() ? "" : json_text(study, found);
}

ToldAnswer told(const RunAnswer& answer) { return kept_answer(to_text(answer), figures_of(answer)); }
ToldAnswer told(const ComparisonAnswer& answer) { return kept_answer(to_text(answer), figures_of(answer)); }

ToldAnswer told(const StudyQuestion& study, RunStore& store, const Watch& watch) {
  if (!has_figures(study)) return kept_answer(text_of(study, store, watch), figures_of(study, store, watch));
  const StudyFindings findings = read_findings(study, store, watch);  // once, as it reads all runs
  if (watch.cancelled()) return {};
  return kept_answer(StudyWords(study, findings).text(), json_text(study, findings));
}

}  // namespace coalis
