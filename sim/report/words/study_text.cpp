#include "coalis/report/words/study_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "coalis/core/counted.hpp"
#include "coalis/core/shell_word.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/questions/study/shared_sets.hpp"
#include "coalis/report/words/answer_text.hpp"
#include "coalis/report/words/assumed.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/sentences.hpp"
#include "coalis/report/words/survey_words.hpp"
#include "questions/study/values.hpp"

namespace coalis {
namespace {

// "calibrated", "calibrated at 2 of its 4 points"
std::string calibrated_text(const CalibratedAt& at) {
  return at.points == at.of ? std::string(to_string(at.calibration))
                            : fmt::format("{} at {} of its {} points", to_string(at.calibration), at.points, at.of);
}

}  // namespace

StudyWords::StudyWords(const StudyQuestion& study, const StudyFindings& findings)
    : study_(study),
      findings_(findings),
      plan_(study.study.answer),
      points_(coordinates_of(study)),
      titles_(scenario_titles(study)) {}

std::string StudyWords::text() const {
  const std::string& question = study_.study.question;
  std::string text = fmt::format("{}\n\n{}\n", question, paragraph());
  if (const std::string said = agreement(); !said.empty()) text += "\n" + said + "\n";
  text += "\n" + uncertainty() + "\n";
  if (const std::string said = spread(); !said.empty()) text += "\n" + said + "\n";
  text += "\nFigures\n";
  for (std::size_t f = 0; f < plan_.figures.size(); ++f) text += figure_lines(f);
  text += "\nAssumed, not found (docs/model.md says more):\n";
  for (const auto sentence : assumptions()) text += fmt::format("  - {}\n", sentence);
  return text + fmt::format("{}\n", beyond_assumptions());
}

std::string StudyWords::parts_text(const FigureValue& value) {
  if (!value.parts || std::isnan(value.parts->share)) return "";
  const SharedParts& parts = *value.parts;
  const auto shares = percents({parts.share, 1 - parts.share});
  return fmt::format("parameters {} ({} to {}), luck {}", shares[0], fixed(100 * parts.share_low, 0),
                     fixed(100 * parts.share_high, 0), shares[1]);
}

std::string StudyWords::label(std::size_t dimension, const std::string& value) const {
  if (dimension > 0) return value.empty() ? "as it is" : unquoted(value);
  const auto title = titles_.find(value);
  return title == titles_.end() ? value : fmt::format("'{}{}'", title->second, became(value));
}

ValueLabel StudyWords::labels() const {
  return [this](std::size_t dimension, const std::string& value) { return label(dimension, value); };
}

// What equal budget made of a scenario, which differs from point to point if its budget does.
std::string StudyWords::became(const std::string& scenario) const {
  std::optional<std::string> one;
  for (std::size_t p = 0; p < points_.size(); ++p) {
    if (points_[p][0] != scenario) continue;
    const std::string& here = study_.points[p].became;
    if (one && *one != here) return ", " + budget_lever_words(study_.study.equal_budget) + " scaled to equal planned cost";
    one = here;
  }
  return one.value_or("");
}

std::string StudyWords::paragraph() const {
  return AnswerText(plan_.text, plan_.figures).fill(findings_.columns.front().values, labels());
}

std::string StudyWords::agreement() const {
  if (findings_.columns.size() < 2) return "";
  std::vector<std::string> names;
  std::vector<std::vector<FigureValue>> values;
  for (const FoundUnder& column : findings_.columns) {
    names.push_back(column.structure);
    values.push_back(column.values);
  }
  std::string text = agreement_text(plan_.figures, names, values, labels());
  text += fmt::format(" The paragraph above is of {}.", names.front());
  text += study_.parameters.empty() ? " With these parameters" : " Parameter sets:";
  for (std::size_t s = 0; s < findings_.columns.size(); ++s)
    text += fmt::format("{} {} {}", s == 0 ? "" : ",", findings_.columns[s].structure,
                        study_.parameters.empty() ? "is " + calibrated_text(findings_.columns[s].calibrated)
                                                  : "has those of " + files_of(names[s]));
  return text + ".";
}

// "mixture.csv (fitted under structure.engagement=mixture)": of the points under a structure.
std::string StudyWords::files_of(const std::string& structure) const {
  std::string text;
  std::vector<std::size_t> seen;
  for (std::size_t p = 0; p < points_.size(); ++p) {
    const std::size_t f = study_.points[p].parameters;
    if (unquoted(points_[p][*plan_.structures]) != structure || std::find(seen.begin(), seen.end(), f) != seen.end()) continue;
    seen.push_back(f);
    const StudyParameters& file = study_.parameters[f];
    text += fmt::format("{}{}{}", text.empty() ? "" : " and ", file.name,
                        file.structure.empty() ? "" : fmt::format(" (fitted under {})", file.structure));
  }
  return text;
}

std::string StudyWords::uncertainty() const {
  const std::size_t asked = study_.study.replicates;
  const std::string parameters = parameters_text(study_);
  std::string text = fmt::format(
      "± is half of a 95 % Monte Carlo interval over {}{}: {}, the same at all points that are compared. It does "
      "not "
      "cover {}. A difference is called clear if its interval excludes 0; a turn, a peak or a best value goes by differences "
      "that are clear and "
      "at least what matters",
      counted(findings_.replicates, "paired run"),
      findings_.replicates < asked ? fmt::format(" (of {} that were asked for)", asked) : "",
      parameters.empty() ? "luck alone" : fmt::format("luck and parameters ({})", parameters),
      parameters.empty() ? own_parameters(study_)
                         : std::string("rules, parameters that these files do not vary, and what one survey cannot say"));
  std::vector<std::string> matters;
  std::set<std::pair<std::size_t, double>> said;  // each once, in the unit in which it comes first
  for (const Figure& figure : plan_.figures) {
    if (figure.kind == FigureKind::level || !said.emplace(figure.outcome, matters_of(figure)).second) continue;
    matters.push_back(fmt::format("{}{} for {}", significant(matters_of(figure) * (figure.percent ? 100 : 1), 6),
                                  figure.percent ? " percentage points" : "",
                                  title_within(words_of(all_outcome_quantities()[figure.outcome].name))));
  }
  text += (matters.empty() ? "" : fmt::format(" ({})", fmt::join(matters, ", "))) + ".";
  for (const std::string& notice : study_.notices) text += " " + notice;
  return text + spent() + fits_text(study_, findings_.fitted);
}

std::string StudyWords::spent() const {
  std::string text;
  for (const CostIncurred& cost : findings_.spent)
    text += fmt::format("{} {} {} {}", text.empty() ? "" : ";", label(0, cost.scenario),
                        cost.of_members ? "takes of members" : "spends",
                        spent_text(cost.mean, cost.half_width, label(0, study_.study.scenarios.front())));
  return text.empty() ? "" : " Planned costs are equal, costs incurred need not be:" + text + ".";
}

std::string StudyWords::spread() const {
  if (study_.together() < 2) return "";
  double low = 1, high = 0;
  std::string lowest, highest;
  for (const FoundUnder& column : findings_.columns)
    for (std::size_t f = 0; f < column.figures.size(); ++f) {
      const auto& parts = column.values[f].parts;
      if (!parts || std::isnan(parts->share)) continue;
      const std::string name = column.figures[f].name + (findings_.columns.size() > 1 ? " under " + column.structure : "");
      if (lowest.empty() || parts->share < low) low = parts->share, lowest = name;
      if (highest.empty() || parts->share > high) high = parts->share, highest = name;
    }
  if (lowest.empty()) return "";
  return fmt::format(
      "How much single runs differ by luck and how much by parameters: the share of their variance that is parameters is {} "
      "({}){}; the rest is luck. It stands with each figure, with its 95 % interval; runs that share a set of parameters tell "
      "the two apart "
      "(law of total variance).",
      percent(low), lowest, lowest == highest ? "" : fmt::format(" to {} ({})", percent(high), highest));
}

std::string StudyWords::selection(const Selection& selection) const {
  std::string text;
  for (const Coordinate& c : selection) {
    const std::string value = label(c.dimension, c.value);
    text += text.empty() ? "" : ", ";
    text += c.dimension == 0 ? value : fmt::format("{} {}", study_.study.design.factors[c.dimension - 1].name, value);
  }
  return text;
}

std::string StudyWords::meaning(const Figure& figure) const {
  std::string text = all_outcome_quantities()[figure.outcome].name;
  if (!figure.at.empty()) text += ": " + selection(figure.at);
  if (!figure.from.empty()) text += fmt::format(" instead of {}", selection(figure.from));
  if (figure.kind == FigureKind::half_month) text = "month in which half of the difference is reached in " + text;
  if (figure.kind == FigureKind::best) text = fmt::format("{} {}", figure.lowest ? "lowest" : "highest", text);
  if (figure.kind == FigureKind::peak) text = fmt::format("{} of {}", figure.lowest ? "bottom" : "peak", text);
  if (figure.kind == FigureKind::crossing)
    text = figure.fraction > 0
               ? fmt::format("where {} of the first difference is left of {}", significant(figure.fraction, 6), text)
               : "where the difference turns round in " + text;
  const bool along = figure.kind == FigureKind::crossing || figure.kind == FigureKind::peak || figure.kind == FigureKind::best;
  if (along)
    text += ", along " + (figure.along == 0 ? std::string("scenarios") : study_.study.design.factors[figure.along - 1].name);
  return text + (figure.percent ? " (%)" : "") + (figure.assumed ? "; its sign is assumed, not found" : "");
}

std::string StudyWords::figure_lines(std::size_t f) const {
  std::string lines = fmt::format("  {}: {}\n", plan_.figures[f].name, meaning(plan_.figures[f]));
  for (const FoundUnder& column : findings_.columns) {
    const Figure& figure = column.figures[f];
    const FigureValue& value = column.values[f];
    const std::string range = range_text(figure, value), verdict = verdict_text(figure, value);
    const std::string parts = parts_text(value);
    lines += fmt::format("    {}{}{}{}{}\n", findings_.columns.size() > 1 ? fmt::format("{:<20}", column.structure) : "",
                         figure_text(figure, value, labels()), range.empty() ? "" : fmt::format("   80 % of runs {}", range),
                         verdict.empty() ? "" : fmt::format("   {}", verdict), parts.empty() ? "" : fmt::format("   {}", parts));
  }
  return lines;
}

std::string study_command(const StudyQuestion& study, std::string_view verb) {
  std::string text = fmt::format("coalis study {} {}", verb, shell_word(study.file));
  for (const std::string& given : study.parameter_files) text += " --parameters " + shell_word(given);
  if (study.replicates_given > 0) text += fmt::format(" --replicates {}", study.replicates_given);
  return text;
}

std::string kept_text(std::size_t done, std::size_t of) {
  return fmt::format("{} of {} {} kept", done, counted(of, "run"), are(of));
}

std::string kept_text(const StudyQuestion& study, std::size_t done, std::size_t of, const std::string& options) {
  return fmt::format("{}; go on with: {}{}", kept_text(done, of), study_command(study, "run"), options);
}

}  // namespace coalis
