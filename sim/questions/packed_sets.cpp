#include "coalis/questions/packed_sets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/number_text.hpp"
#include "coalis/core/path_names.hpp"
#include "coalis/model/find_row.hpp"
#include "coalis/statistics/resampling.hpp"

namespace coalis {
namespace {

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.emplace_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// The lists of a fit stand in one line each; no item has a tab.
std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += "\t" + item;
  return text;
}

template <class T>
bool set_number(T& table, std::string_view key, double value) {
  const Field<T>* row = find_row<T>(key);
  if (!row) return false;
  if (const auto* real = std::get_if<double T::*>(&row->member)) return table.**real = value, true;
  if (const auto* whole = std::get_if<int T::*>(&row->member)) return table.**whole = static_cast<int>(value), true;
  return false;
}

bool set_switch(Scenario& s, std::string_view key, const std::string& value) {
  const Field<Structure>* row = find_row<Structure>(key);
  const auto names = choices(row ? row->refers : Refers::nothing);
  const auto found = std::find(names.begin(), names.end(), value);
  if (found == names.end()) return false;
  s.structure.*std::get<int Structure::*>(row->member) = static_cast<int>(found - names.begin());
  return true;
}

bool set_path(Scenario& s, const std::string& path, const std::string& value) {
  std::string problem;
  const auto names = split_path(path, problem);
  if (!names || names->size() < 2) return false;
  if (names->front() == "structure") return set_switch(s, names->back(), value);
  const auto number = decimal_number(value);
  if (!number) return false;
  if (names->front() == "parameters") return set_number(s.parameters, names->back(), *number);
  if (names->front() == "environment") return set_number(s.environment, names->back(), *number);
  if (names->front() == "organisations") return set_number(s.organisations, names->back(), *number);
  if (names->front() != "kinds" || names->size() != 3) return false;
  const auto kind = std::find_if(s.kinds.begin(), s.kinds.end(), [&](const Kind& k) { return k.name == (*names)[1]; });
  return kind != s.kinds.end() && set_number(*kind, names->back(), *number);
}

}  // namespace

std::string packed_sets(const ParameterSets& sets, int draws, std::uint64_t seed) {
  std::vector<double> weights;
  for (const ParameterSet& set : sets.sets) weights.push_back(set.weight);
  const auto counts = systematic_resampling(weights, draws, seed);
  const FittedSets& f = sets.fitted;
  std::string text;
  for (const std::string* one : {&sets.file, &f.scenario, &f.evidence, &f.coalition, &f.values, &f.structure})
    text += *one + "\n";
  text += "items" + joined(f.items) + "\nfigures" + joined(f.figures) + "\npaths" + joined(sets.paths);
  for (std::size_t i = 0; i < sets.sets.size(); ++i)  // the first of the file says what all were fitted with
    if (i == 0 || counts[i] > 0) text += fmt::format("\n{}\t{}{}", sets.sets[i].line, counts[i], joined(sets.sets[i].values));
  return text;
}

std::optional<ParameterSets> unpacked_sets(std::string_view text) {
  const auto lines = split(text, '\n');
  constexpr std::size_t head = 9;
  if (lines.size() <= head) return std::nullopt;
  ParameterSets sets;
  FittedSets& f = sets.fitted;
  std::size_t at = 0;
  for (std::string* one : {&sets.file, &f.scenario, &f.evidence, &f.coalition, &f.values, &f.structure}) *one = lines[at++];
  for (auto* list : {&f.items, &f.figures, &sets.paths}) {
    *list = split(lines[at++], '\t');
    list->erase(list->begin());
  }
  for (; at < lines.size(); ++at) {
    auto cells = split(lines[at], '\t');
    if (cells.size() != sets.paths.size() + 2) return std::nullopt;
    const auto line = decimal_number(cells[0]), weight = decimal_number(cells[1]);
    if (!line || !weight) return std::nullopt;
    cells.erase(cells.begin(), cells.begin() + 2);
    sets.sets.push_back({static_cast<int>(*line), *weight, std::move(cells)});
  }
  return sets;
}

Asked<Scenario> with_packed_set(const Scenario& scenario, const ParameterSets& sets, const ParameterSet& set) {
  Scenario result = scenario;
  for (std::size_t i = 0; i < sets.paths.size(); ++i)
    if (!set_path(result, sets.paths[i], set.values[i]))
      return {std::nullopt, {option_problem(sets.file, sets.paths[i] + " cannot be set on a page", "leave the sets out")}};
  return {std::move(result), {}};
}

}  // namespace coalis
