// [answer] of a study file: its figures and its text.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "coalis/network/outcomes.hpp"
#include "coalis/questions/level_trajectory.hpp"
#include "io/scenario/scenario_load.hpp"
#include "io/scenario/value_text.hpp"
#include "questions/study/values.hpp"
#include "study_reading.hpp"

namespace coalis::io {
namespace {

const std::vector<std::string> answer_keys{"text", "structures", "figures"};
const std::vector<std::string> figure_keys{"name",   "figure",   "outcome", "at",      "from",   "along",
                                           "lowest", "fraction", "matters", "percent", "assumed"};

bool among(const std::string& key, const std::vector<std::string>& keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

class AnswerReading {
 public:
  AnswerReading(Reading& reading, Study& study) : reading_(reading), study_(study) {}

  void read(const Node& node) {
    const auto* table = std::get_if<Table>(&node.value);
    if (!table) return reading_.error(node.place, "answer takes a table", "begin it with [answer]");
    unknown_keys(*table, "[answer]", answer_keys);
    AnswerPlan& answer = study_.answer;
    const Entry* text = table->find("text");
    if (!text) return reading_.error(node.place, "'text' is missing in [answer]", "add text = \"\"\"...\"\"\"");
    answer.text = read_text(reading_, "text", text->node).value_or("");
    answer.line = text->node.place.line;
    answer.column = text->node.place.column;
    if (const Entry* structures = table->find("structures")) {
      if (const auto name = read_text(reading_, "structures", structures->node))
        answer.structures = dimension(*name, structures->node.place);
    }
    const Entry* figures = table->find("figures");
    const auto* array = figures ? std::get_if<Array>(&figures->node.value) : nullptr;
    if (!array || array->empty())
      return reading_.error(figures ? figures->node.place : node.place, "an answer needs figures", "add [[answer.figures]]");
    for (const Node& figure : *array) {
      if (const auto* one = std::get_if<Table>(&figure.value))
        read_figure(*one, figure.place);
      else
        reading_.error(figure.place, "figures takes tables", "begin each with [[answer.figures]]");
    }
    if (!answer.structures) answer.structures = structures_unnamed();
  }

 private:
  // Structures are worlds that nobody chooses, and none is known to be right: if no figure names them, all are shown side by side
  // rather than averaged.
  std::optional<std::size_t> structures_unnamed() const {
    const auto names = [](const Selection& selection, std::size_t dimension) {
      return std::any_of(selection.begin(), selection.end(), [&](const Coordinate& c) { return c.dimension == dimension; });
    };
    if (study_.design.kind != DesignKind::full_factorial) return std::nullopt;  // else not every structure has every point
    std::optional<std::size_t> found;
    for (std::size_t f = 0; f < study_.design.factors.size(); ++f) {
      const auto& paths = study_.design.factors[f].paths;
      if (paths.empty() || !paths.front().starts_with("structure.")) continue;
      if (found) return std::nullopt;
      found = f + 1;
    }
    const auto& figures = study_.answer.figures;
    const bool named = found && std::any_of(figures.begin(), figures.end(), [&](const Figure& figure) {
                         return names(figure.at, *found) || names(figure.from, *found) || figure.along == *found;
                       });
    return named ? std::nullopt : found;
  }

  void unknown_keys(const Table& table, std::string_view where, const std::vector<std::string>& keys) {
    for (const Entry& entry : table.entries) {
      if (!among(entry.key, keys)) unknown_key(reading_, entry, where, keys);
    }
  }

  void read_figure(const Table& table, const Place& place) {
    unknown_keys(table, "[[answer.figures]]", figure_keys);
    Figure figure;
    figure.line = place.line;
    figure.column = place.column;
    const auto kind = named(table, "figure", place, {figure_names.begin(), figure_names.end()}, "there is no kind of figure");
    std::vector<std::string> outcomes;
    for (const Quantity& q : all_outcome_quantities()) outcomes.push_back(q.name);
    const auto outcome = named(table, "outcome", place, outcomes, "there is no outcome");
    const Entry* name = table.find("name");
    if (!name) return reading_.error(place, "'name' is missing in [[answer.figures]]", "add one, for {NAME} in the text");
    if (const auto text = read_text(reading_, "name", name->node)) figure.name = *text;
    if (figure.name.empty() || !std::all_of(figure.name.begin(), figure.name.end(), is_bare))
      reading_.error(name->place, "the name of a figure is of letters, digits, '_' and '-'", "choose another");
    if (among_figures(figure.name))
      reading_.error(name->place, fmt::format("two figures are named '{}'", figure.name), "give one of them another name");
    if (!kind || !outcome) return;
    figure.kind = static_cast<FigureKind>(*kind);
    figure.outcome = *outcome;
    if (const Entry* at = table.find("at")) figure.at = selection(at->node);
    read_along(table, place, figure);
    read_from(table, place, figure);
    read_rest(table, figure);
    if (figure.kind == FigureKind::half_month) check_half_month(place, figure);
    study_.answer.figures.push_back(std::move(figure));
  }

  bool among_figures(const std::string& name) const {
    const auto& figures = study_.answer.figures;
    return std::any_of(figures.begin(), figures.end(), [&](const Figure& f) { return f.name == name; });
  }

  // The place of a text in a list.
  std::optional<std::size_t> named(const Table& table, std::string_view key, const Place& place,
                                   const std::vector<std::string>& names, std::string_view problem) {
    const Entry* entry = table.find(key);
    if (!entry) {
      reading_.error(place, fmt::format("'{}' is missing in [[answer.figures]]", key), choose_advice("", names));
      return std::nullopt;
    }
    const auto text = read_text(reading_, key, entry->node);
    if (!text) return std::nullopt;
    const auto found = std::find(names.begin(), names.end(), *text);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    reading_.error(entry->node.place, fmt::format("{} '{}'", problem, *text), choose_advice(*text, names));
    return std::nullopt;
  }

  void read_from(const Table& table, const Place& place, Figure& figure) {
    const bool needed =
        figure.kind == FigureKind::difference || figure.kind == FigureKind::crossing || figure.kind == FigureKind::half_month;
    const Entry* from = table.find("from");
    if (needed != (from != nullptr))
      return reading_.error(
          from ? from->place : place,
          fmt::format("a {} {} 'from'", figure_names[static_cast<std::size_t>(figure.kind)], needed ? "needs" : "has no"),
          needed ? "add what it is compared with, as in from = { fte = 0.35 }" : "remove it");
    if (!from) return;
    figure.from = selection(from->node);
    for (const Coordinate& c : figure.from) {
      if (table.find("along") && c.dimension == figure.along) continue;
      if (std::none_of(figure.at.begin(), figure.at.end(), [&](const Coordinate& a) { return a.dimension == c.dimension; }))
        reading_.error(from->place, "'from' names something that 'at' does not", "name in both what differs");
    }
  }

  void read_along(const Table& table, const Place& place, Figure& figure) {
    const bool needed = figure.kind == FigureKind::crossing || figure.kind == FigureKind::peak || figure.kind == FigureKind::best;
    const Entry* along = table.find("along");
    if (needed != (along != nullptr))
      return reading_.error(
          along ? along->place : place,
          fmt::format("a {} {} 'along'", figure_names[static_cast<std::size_t>(figure.kind)], needed ? "needs" : "has no"),
          needed ? "add the factor whose values are compared" : "remove it");
    if (!along) return;
    if (const auto name = read_text(reading_, "along", along->node)) {
      if (const auto found = dimension(*name, along->node.place)) figure.along = *found;
      if (figure.kind == FigureKind::best && !study_.is_policy(figure.along))
        reading_.error(along->node.place, fmt::format("nobody can choose '{}', so that none of its values is the best", *name),
                       figure.along == 0
                           ? "show a level for each scenario, or say scenarios_are = \"options\" at the top"
                           : "repeat the answer side by side with structures = \"...\", or say policy = true at the "
                             "factor if it can be chosen");
    }
    for (const Coordinate& c : figure.at)
      if (c.dimension == figure.along)
        reading_.error(along->place, "'at' gives a value to what 'along' runs over", "remove it from 'at'");
  }

  void read_rest(const Table& table, Figure& figure) {
    const auto flag = [&](std::string_view key, bool& into) {
      if (const Entry* entry = table.find(key)) into = read_switch(reading_, key, entry->node).value_or(false);
    };
    flag("lowest", figure.lowest);
    flag("percent", figure.percent);
    flag("assumed", figure.assumed);
    if (const Entry* entry = table.find("fraction"))
      figure.fraction = read_number(reading_, "fraction", entry->node, {0, 1}, "").value_or(0);
    if (const Entry* entry = table.find("matters")) figure.matters = read_number(reading_, "matters", entry->node, {0, 1e9}, "");
  }

  void check_half_month(const Place& place, const Figure& figure) {
    if (study_.record == StudyRecord::outcomes)
      reading_.error(place, "half_month needs the months of the runs", "add record = \"trajectories\" at the top");
    else if (!level_trajectory(figure.outcome))
      reading_.error(place, fmt::format("'{}' has no months that end in it", all_outcome_quantities()[figure.outcome].name),
                     "choose an outcome that is a state, such as engaged or goal_attainment");
  }

  std::optional<std::size_t> dimension(const std::string& name, const Place& place) {
    std::vector<std::string> names{"scenario"};
    for (const Factor& factor : study_.design.factors) names.push_back(factor.name);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    reading_.error(place, fmt::format("there is no factor '{}'", name), choose_advice(name, names));
    return std::nullopt;
  }

  Selection selection(const Node& node) {
    Selection result;
    const auto* table = std::get_if<Table>(&node.value);
    if (!table) {
      reading_.error(node.place, "a table of values is needed", "write { fte = 1.0 } or { scenario = \"illinois\" }");
      return result;
    }
    for (const Entry& entry : table->entries) {
      const auto found = dimension(entry.key, entry.place);
      if (!found) continue;
      if (const auto value = value_of(*found, entry)) result.push_back({*found, *value});
    }
    return result;
  }

  // As the design has it.
  std::optional<std::string> value_of(std::size_t dimension, const Entry& entry) {
    const auto text = toml_text(entry.node);
    const std::string wanted = text ? plain_text(*text) : "";
    const auto values = dimension == 0 ? study_.scenarios : values_of(study_.design, dimension - 1);
    std::vector<std::string> names;
    for (const std::string& value : values) {
      const std::string name = dimension == 0 ? std::filesystem::path(value).stem().string() : plain_text(value);
      if (dimension == 0 ? is_scenario(value, wanted) : name == wanted) return value;
      names.push_back(name);
    }
    if (wanted.empty() && study_.design.kind == DesignKind::one_factor) return "";
    reading_.error(entry.node.place, fmt::format("'{}' does not take the value {}", entry.key, text ? *text : "given"),
                   names.empty() ? "its values are drawn; name another factor" : choose_advice(wanted, names));
    return std::nullopt;
  }

  static std::vector<std::string> values_of(const DesignPlan& design, std::size_t factor) {
    if (design.kind == DesignKind::table) {
      std::vector<std::string> values;
      for (const DesignPoint& row : design.rows) values.push_back(row[factor]);
      return values;
    }
    return levels_of(design.factors[factor]);
  }

  Reading& reading_;
  Study& study_;
};

}  // namespace

bool is_scenario(const std::string& listed, const std::string& text) {
  return listed == text || std::filesystem::path(listed).stem().string() == text;
}

std::optional<std::string> toml_text(const Node& node) {
  if (const auto* integer = std::get_if<std::int64_t>(&node.value)) return std::to_string(*integer);
  if (const auto* real = std::get_if<double>(&node.value)) return number_text(*real);
  if (const auto* yes = std::get_if<bool>(&node.value)) return *yes ? "true" : "false";
  if (const auto* text = std::get_if<std::string>(&node.value)) return toml_string(*text);
  const auto* list = std::get_if<Array>(&node.value);
  if (!list) return std::nullopt;
  std::vector<std::string> items;
  for (const Node& item : *list) {
    auto text = toml_text(item);
    if (!text) return std::nullopt;
    items.push_back(*std::move(text));
  }
  return toml_list(items);
}

void read_answer(Reading& reading, const Node& answer, Study& study) { AnswerReading(reading, study).read(answer); }

}  // namespace coalis::io
