// See study_points.hpp.
#include "study_points.hpp"

#include <algorithm>

#include "coalis/model/setting_words.hpp"
#include "coalis/report/words/short_sentences.hpp"
#include "coalis/report/words/study_text.hpp"
#include "coalis/report/words/told_changes.hpp"
#include "questions/study/values.hpp"

namespace coalis::report {
namespace {

// Whether its name is that of a key, so that the key's words say more.
bool named_by_key(const Factor& factor) {
  return std::any_of(factor.paths.begin(), factor.paths.end(),
                     [&](const std::string& path) { return path == factor.name || path.ends_with("." + factor.name); }) ||
         factor.name.find('.') != factor.name.npos;
}

std::string without_underscores(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace

std::string title_of(const Factor& factor) {
  if (!named_by_key(factor)) return without_underscores(factor.name);
  return factor.paths.empty() ? setting_words(factor.name) : setting_words(factor.paths);
}

std::string told_value_of(const Factor& factor, const std::string& value) {
  if (named_by_key(factor) && !factor.paths.empty()) return told_setting(factor.paths, value);
  const bool rules = !factor.paths.empty() && factor.paths.front().starts_with("structure.");
  const std::string title = title_of(factor), said = rules ? rule_words(unquoted(value)) : unquoted(value);
  return title.ends_with(" year") ? said + " " + title : title + " " + said;
}

PointNames::PointNames(const StudyQuestion& study)
    : study_(study), coordinates_(coordinates_of(study)), titles_(scenario_titles(study)) {
  std::vector<std::string> names;
  for (const auto& [scenario, title] : titles_) names.push_back(title);
  if (names.empty()) return;
  names = short_names(names);
  auto next = names.begin();
  for (auto& [scenario, title] : titles_) title = *next++;
}

template <class Wanted>
std::string PointNames::name_by(std::size_t point, Wanted wanted) const {
  std::string text = study_.study.scenarios.size() > 1 && wanted(0) ? scenario(point) : "";
  if (!text.empty()) text += study_.points[point].became;
  const auto& factors = study_.study.design.factors;
  for (std::size_t f = 0; f < factors.size(); ++f) {
    const std::string& value = coordinates_[point][f + 1];
    if (!value.empty() && wanted(f + 1)) text += (text.empty() ? "" : ", ") + told_value_of(factors[f], value);
  }
  return text;
}

std::string PointNames::name(std::size_t point) const {
  const std::string text = name_by(point, [](std::size_t) { return true; });
  return text.empty() ? "as it is" : text;
}

std::string PointNames::option(std::size_t point) const {
  const std::string text = name_by(point, [&](std::size_t dimension) { return study_.study.is_policy(dimension); });
  return text.empty() ? "as it is" : text;
}

std::string PointNames::world(std::size_t point) const {
  return name_by(point, [&](std::size_t dimension) { return !study_.study.is_policy(dimension); });
}

}  // namespace coalis::report
