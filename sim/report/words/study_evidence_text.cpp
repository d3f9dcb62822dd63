// What stands behind the runs of a study: what its parameters were fitted to, and how its scenarios are called.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>

#include "coalis/core/names.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/fitted.hpp"
#include "coalis/report/words/study_text.hpp"
#include "questions/study/values.hpp"

namespace coalis {
namespace {

// Behind a number of points.
std::string_view points_of(const StudyQuestion& study) {
  return points_examined(study).size() < study.points.size() ? "points that were looked at" : "points";
}

}  // namespace

std::map<std::string, std::string> scenario_titles(const StudyQuestion& study) {
  std::map<std::string, std::string> names, titles;
  const auto points = coordinates_of(study);
  for (std::size_t p = 0; p < points.size(); ++p) names.emplace(points[p][0], study.points[p].resolved.name);
  for (const auto& [scenario, name] : names) {
    const std::string file = std::filesystem::path(scenario).stem().string();
    const auto same =
        std::count_if(names.begin(), names.end(), [&name = name](const auto& other) { return other.second == name; });
    const bool blank = is_blank(name);
    titles[scenario] = blank ? file : same > 1 ? fmt::format("{}, {}", name, file) : name;
  }
  return titles;
}

std::string fits_text(const StudyQuestion& study, const std::vector<FittedAt>& fitted) {
  std::string text;
  for (std::size_t f = 0; f < fitted.size(); ++f) {
    const FittedAt& at = fitted[f];
    const bool all = at.points == at.of, none = at.points == 0;
    text += fmt::format(" {}: {}{}{}.", study.parameters[f].name, none ? "" : "fitted to " + at.base.basis,
                        all || none ? "" : fmt::format(" at {} of {} {}, at the others ", at.points, at.of, points_of(study)),
                        all ? "" : at.other.basis);
  }
  return text;
}

std::string own_parameters(const StudyQuestion& study) {
  const auto points = coordinates_of(study);
  const auto& structures = study.study.answer.structures;
  std::size_t fitted = 0, all = 0;
  bool one_coalition = true;
  std::string why, survey = "one survey";
  for (const std::size_t p : points_examined(study)) {
    if (structures && points[p][*structures] != points.front()[*structures]) continue;
    const EvidenceBase base = evidence_base(study.points[p].resolved);
    ++all, fitted += base.sites > 0;
    if (base.sites > 0 && !base.basis.empty()) survey = base.basis;  // says what lies beyond it
    one_coalition = one_coalition && default_coalition(study.points[p].resolved);
    if (base.sites == 0 && why.empty()) why = base.basis;
  }
  if (fitted == all) return fmt::format("parameters and rules, which are calibrated to {} or assumed", survey);
  if (fitted == 0 && !one_coalition)
    return "parameters and rules, which are assumed: they were not fitted to this coalition (defaults are those of Illinois)";
  if (fitted == 0) return fmt::format("parameters and rules, which are assumed as they are here: {}", why);
  return fmt::format(
      "parameters and rules, which are calibrated to {} or assumed, and at {} of {} {} assumed as they are there ({})", survey,
      all - fitted, all, points_of(study), why);
}

}  // namespace coalis
