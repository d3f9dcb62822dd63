// What is said of a study besides its answer: its parameter sets, its outcomes, how far it is, what it will take.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coalis/core/counted.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/study/shared_sets.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/study_text.hpp"

namespace coalis {

std::string parameters_text(const StudyQuestion& study) {
  std::string text;
  for (const StudyParameters& file : study.parameters) {
    text += fmt::format("{}{} of the {} of {}", text.empty() ? "" : ", ", sets_drawn(file).size(),
                        counted(file.sets.sets.size(), "set"), file.name);
  }
  if (text.empty()) return "";
  return fmt::format("{} in {} by weight, {} each", text, counted(study.parameters.front().drawn.size(), "draw"),
                     counted(replicates_a_set, "run"));
}

std::string outcomes_by_point(const StudyQuestion& study, const PointSamples& first) {
  std::string text;
  for (const auto outcome : study.study.outcomes) {
    std::vector<Summary> summaries;
    double largest = 0;
    for (const Samples& samples : first) {
      const Summary& s = summaries.emplace_back(samples.summary(outcome));
      for (const double value : {s.mean, s.q10, s.q90})
        if (std::abs(value) > largest) largest = std::abs(value);
    }
    const auto figure = [&](double value) { return fixed(value, decimals_beside(largest)); };
    text += fmt::format("\n{}: mean and 80 % range over replicates\n", all_outcome_quantities()[outcome].name);
    text += "  mean\tfrom\tto\tn\tpoint\n";
    for (std::size_t p = 0; p < first.size(); ++p) {
      const Summary& s = summaries[p];
      text += fmt::format("  {}\t{}\t{}\t{}\t{}\n", figure(s.mean), figure(s.q10), figure(s.q90), s.n, study.describe(p));
    }
  }
  if (first.size() < study.points.size())
    text += fmt::format("\n{}: coalis study status.\n", counted(study.points.size() - first.size(), "more point"));
  return text;
}

std::string outcomes_text(const StudyQuestion& study, const std::vector<FittedAt>& fitted, const PointSamples& first) {
  const std::string behind =
      study.parameters.empty()
          ? fmt::format("Ranges are of luck alone. They do not cover {}.", own_parameters(study))
          : fmt::format("Ranges are of luck and parameters ({}).{}", parameters_text(study), fits_text(study, fitted));
  return study.study.question + "\n" + outcomes_by_point(study, first) + "\n" + behind +
         "\nThe study has no [answer] (docs/formats/study.md): these are its outcomes, and no sentence says what they mean.\n";
}

std::string standing_text(const StudyQuestion& study, const StudyStanding& standing, const std::string& go_on) {
  std::string text = fmt::format("{}\n{}\n\n{} of {} done, {} failed, {} missing", study.study.name, study.study.question,
                                 standing.done, counted(study.runs(), "run"), standing.failed, standing.missing);
  if (standing.at_work && standing.rate > 0) {
    text += fmt::format("; {} runs a second, {} left", significant(standing.rate, 3),
                        duration_text(static_cast<double>(standing.missing) / standing.rate));
  } else if (standing.at_work) {
    text += "; at work";
  } else if (standing.missing > 0) {
    text += "; nobody is at work, go on with: " + go_on;
  }
  text += "\n";
  if (const std::string parameters = parameters_text(study); !parameters.empty()) text += "Parameters: " + parameters + "\n";
  return text + outcomes_by_point(study, standing.samples);
}

namespace {

std::string parts_at_work(const StudyForecast& f) {
  return fmt::format("          in each of {} processes at once, {:.1f} core-hours, in {}; memory is that of one\n", f.processes,
                     f.core_hours(), counted(f.files, "file"));
}

}  // namespace

std::string forecast_text(const StudyQuestion& study, const StudyForecast& f) {
  const std::size_t runs = study.all_runs();
  std::string text = fmt::format("{}\n{}\n\n  runs    {} x {} = {}", study.study.name, study.study.question,
                                 counted(study.designed, "point"), counted(study.study.replicates, "replicate"), runs);
  text += f.missing < runs ? fmt::format(", of which {} {} missing\n", f.missing, are(f.missing)) : "\n";
  if (study.designed > study.points.size())
    text += fmt::format("          {} of the points were looked at; coalis study run checks them all before it begins\n",
                        study.points.size());
  if (const std::string sets = parameters_text(study); !sets.empty()) text += fmt::format("  sets    {}\n", sets);
  if (f.seconds > 0)
    text += fmt::format("  time    about {} with {}\n", duration_text(f.seconds), counted(f.threads, "thread")) +
            (f.processes > 1 ? parts_at_work(f) : "");
  return text + fmt::format("  memory  about {} of {} free\n  disk    {} of {} free\n", bytes_text(f.needs.all_memory()),
                            bytes_text(f.room.memory.bytes), bytes_text(f.needs.all_disk()), bytes_text(f.room.disk));
}

}  // namespace coalis
