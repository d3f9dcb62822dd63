// A study's answer in sentences and tables of text, from values.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/questions/study/findings.hpp"
#include "coalis/report/words/answer_text.hpp"

namespace coalis {

// The sentences of an answer. Study and findings must outlive it.
class StudyWords {
 public:
  StudyWords(const StudyQuestion& study, const StudyFindings& findings);

  // For people: the question, the paragraph, the figures behind it, what the uncertainty is of, what is assumed.
  std::string text() const;

  std::string paragraph() const;    // of the first structure; the others stand beside it
  std::string agreement() const;    // of several structures; "" with one
  std::string uncertainty() const;  // what it is of
  std::string spread() const;       // what the runs differ by; "" without parameter sets
  // Of one figure: "engaged: fte 1 instead of fte 0.35, along meetings"
  std::string meaning(const Figure& figure) const;
  // How people call a value of a dimension.
  ValueLabel labels() const;
  // "parameters 35 % (20 to 50), luck 65 %"; "" where that cannot be said.
  static std::string parts_text(const FigureValue& value);

 private:
  std::string label(std::size_t dimension, const std::string& value) const;
  std::string became(const std::string& scenario) const;
  std::string files_of(const std::string& structure) const;
  std::string spent() const;
  std::string selection(const Selection& selection) const;
  std::string figure_lines(std::size_t figure) const;

  const StudyQuestion& study_;
  const StudyFindings& findings_;
  const AnswerPlan& plan_;
  std::vector<Coordinates> points_;
  std::map<std::string, std::string> titles_;
};

// "coalis study run 'STUDY' --parameters 'FILE' --replicates 100"
std::string study_command(const StudyQuestion& study, std::string_view verb);
// "120 of 200 runs are kept; go on with: coalis study run 'STUDY'", and further options of that command. of: runs of the study or
// of a part.
std::string kept_text(const StudyQuestion& study, std::size_t done, std::size_t of, const std::string& options);
// The same of what another command is to find: "120 of 200 runs are kept".
std::string kept_text(std::size_t done, std::size_t of);

// How people call each scenario of a study, by what the study calls it: by its name; by its file if it has none, and by both
// where another has the same name.
std::map<std::string, std::string> scenario_titles(const StudyQuestion& study);

// What the runs have of parameter sets, in a sentence: "... 97 sets of parameters, drawn 100 times by weight from mixture.csv,
// two runs each". "" without.
std::string parameters_text(const StudyQuestion& study);
// What they were fitted to: " FILE: fitted to ...", a sentence a file.
std::string fits_text(const StudyQuestion& study, const std::vector<FittedAt>& fitted);
// Whose parameters the scenarios have of their own: "parameters and rules, which are calibrated to one survey or assumed". At the
// points of the first structure, for of the others it is said beside it.
std::string own_parameters(const StudyQuestion& study);

// The study's outcomes of its first points, a table an outcome.
std::string outcomes_by_point(const StudyQuestion& study, const PointSamples& first);
// Of a study that has no answer: its outcomes, of its first points, and what stands behind them.
std::string outcomes_text(const StudyQuestion& study, const std::vector<FittedAt>& fitted, const PointSamples& first);

// How far it is, and its outcomes so far. go_on: what does the runs that are missing.
std::string standing_text(const StudyQuestion& study, const StudyStanding& standing, const std::string& go_on);

// What it will take.
std::string forecast_text(const StudyQuestion& study, const StudyForecast& forecast);

}  // namespace coalis
