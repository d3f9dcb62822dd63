#include "coalis/io/answers/best_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "coalis/core/month_text.hpp"
#include "coalis/io/text/json_file.hpp"
#include "coalis/model/outcome_rows.hpp"
#include "coalis/report/words/best_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "io/text/checked_json.hpp"
#include "minus_zero.hpp"

namespace coalis {
namespace {

using BestJson = nlohmann::ordered_json;

constexpr JsonFormat answer_format{best_format, 1, "an answer of coalis best", "name a file that coalis best -o has written"};
constexpr double most_runs_said = 1e12, most_sites = 1e6;
constexpr double most_share = 1 + 1e-9;  // sums of many parts are rounded

// Writing.

BestJson best_figure_json(const BestFigure& figure) { return {{"mean", figure.mean}, {"half_width", figure.half_width}}; }

BestJson row_json(const BestRow& row) {
  BestJson json{{"name", row.option.name},
                {"changes", row.option.changes},
                {"planned_cost", row.cost},
                {"aim", best_figure_json(row.aim)},
                {"low", row.low},
                {"high", row.high},
                {"gain", best_figure_json(row.gain)},
                {"best", row.best},
                {"best_in_sets", row.best_in_sets},
                {"by_structure", row.by_structure},
                {"expected_regret", row.expected_regret},
                {"worst_regret", row.worst_regret},
                {"beyond_evidence", row.beyond},
                {"allowed", row.allowed},
                {"shown", BestJson::array()}};
  for (const BestFigure& figure : row.shown) json["shown"].push_back(best_figure_json(figure));
  return json;
}

BestJson answer_json(const BestAnswer& a) {
  BestJson json{{"format", answer_format.name},
                {"version", answer_format.version},
                {"program_version", a.made_by.program},
                {"commit", a.made_by.commit},
                {"model_version", a.made_by.model},
                {"command", a.command},
                {"sentences", best_sentences(a)},
                {"scenario", a.scenario},
                {"file", a.file},
                {"start", a.start},
                {"from_month", a.from},
                {"months", a.months},
                {"aim", a.aim},
                {"better", a.better},
                {"guards", a.guards},
                {"shown", a.shown},
                {"structures", a.structures},
                {"parameters", a.files},
                {"counted", a.counted},
                {"budget", a.budget},
                {"budget_step", a.budget_step},
                {"seed", a.seed},
                {"options_looked_at", a.looked_at},
                {"runs", a.runs},
                {"runs_if_all_alike", a.runs_alike},
                {"replicates", a.draws},
                {"parameter_sets", a.sets},
                {"more", best_figure_json(a.more)},
                {"variance", {{"chance", a.chance}, {"parameters", a.parameters}, {"structure", a.structure}}},
                {"options", BestJson::array()},
                {"steps", BestJson::array()},
                {"information", BestJson::array()},
                {"looks", BestJson::array()}};
  if (a.evidence) json["evidence"] = {{"sites", a.evidence->sites}, {"basis", a.evidence->basis}};
  for (const BestRow& row : a.rows) json["options"].push_back(row_json(row));
  for (const BestStep& step : a.steps)
    json["steps"].push_back({{"money", step.money}, {"choice", step.choice}, {"not_told_apart", step.set}});
  for (const BestInformation& one : a.information)
    json["information"].push_back({{"about", one.about}, {"value", one.value}, {"se", one.se}, {"changes", one.changes}});
  for (const RaceLook& look : a.looks) json["looks"].push_back({{"draws", look.draws}, {"left", look.left}});
  return json;
}

// Reading.

// Null is no value.
double best_number(const CheckedJson& json, double least, double most) {
  return json.absent() ? std::numeric_limits<double>::quiet_NaN() : json.number(least, most);
}
double best_amount(const CheckedJson& json) { return best_number(json, 0, largest_number); }
double best_share(const CheckedJson& json) { return best_number(json, 0, most_share); }
BestFigure best_figure(const CheckedJson& json, double least, double most) {
  return {best_number(json["mean"], least, most), best_amount(json["half_width"])};
}
// What an outcome, or a difference of it, is at most.
double most_of(const std::string& outcome) {
  const auto row = std::find_if(outcome_rows.begin(), outcome_rows.end(), [&](const OutcomeRow& r) { return r.name == outcome; });
  return row != outcome_rows.end() && row->unit == "1" ? most_share : largest_number;
}
std::vector<std::string> best_texts(const CheckedJson& list) {
  std::vector<std::string> texts;
  for (std::size_t i = 0, count = list.size(0); i < count; ++i) texts.push_back(list.at(i).text());
  return texts;
}
std::size_t place_in(const CheckedJson& json, std::size_t size) { return json.whole(0, static_cast<double>(size) - 1); }

BestRow read_row(const CheckedJson& json, const BestAnswer& answer) {
  BestRow row;
  row.option = {json["name"].text(), best_texts(json["changes"])};
  const double most = most_of(answer.aim);
  row.cost = best_amount(json["planned_cost"]);
  row.aim = best_figure(json["aim"], 0, most), row.gain = best_figure(json["gain"], -most, most);
  row.low = best_number(json["low"], 0, most), row.high = best_number(json["high"], 0, most);
  row.best = best_share(json["best"]), row.best_in_sets = best_share(json["best_in_sets"]);
  const CheckedJson by_structure = json["by_structure"];
  for (std::size_t s = 0, count = by_structure.size(0); s < count; ++s)
    row.by_structure.push_back(best_number(by_structure.at(s), 0, most));
  row.expected_regret = best_number(json["expected_regret"], 0, most),
  row.worst_regret = best_number(json["worst_regret"], 0, most);
  row.beyond = best_texts(json["beyond_evidence"]), row.allowed = json["allowed"].flag();
  const CheckedJson shown = json["shown"];
  json["aim"].require(std::isfinite(row.aim.mean) && std::isfinite(row.cost), "has no value");
  shown.require(shown.size(0) == answer.shown.size(), "has another length than the outcomes shown");
  for (std::size_t i = 0; i < answer.shown.size(); ++i) {
    const double largest = most_of(answer.shown[i]);
    row.shown.push_back(best_figure(shown.at(i), -largest, largest));
  }
  by_structure.require(row.by_structure.size() == answer.structures.size(), "has another length than the structures");
  return row;
}

void require_outcome(const CheckedJson& outcome) try { words_of(outcome.text()); } catch (const std::out_of_range&) {
  outcome.require(false, "is no outcome of this program");
}

void read_steps(const CheckedJson& json, BestAnswer& answer) {
  const CheckedJson steps = json["steps"];
  for (std::size_t i = 0, count = steps.size(1); i < count; ++i) {
    const CheckedJson one = steps.at(i), set = one["not_told_apart"];
    BestStep step{best_amount(one["money"]), place_in(one["choice"], answer.rows.size()), {}};
    for (std::size_t k = 0, size = set.size(1); k < size; ++k) step.set.push_back(place_in(set.at(k), answer.rows.size()));
    answer.steps.push_back(std::move(step));
  }
  answer.budget_step = place_in(json["budget_step"], answer.steps.size());
}

void read_question(const CheckedJson& json, BestAnswer& a) {
  a.made_by = {json["program_version"].text(), json["commit"].text(), json["model_version"].text()};
  a.command = json["command"].text();
  a.scenario = json["scenario"].text(), a.file = json["file"].text(), a.start = json["start"].text();
  a.from = json["from_month"].whole<int>(0, 11'999);
  if (json.find("months")) {
    a.months = json["months"].whole<int>(0, 12'000);
    json["months"].require(a.months == 0 || a.from < a.months, "is not above from_month");
  }
  a.aim = json["aim"].text();
  require_outcome(json["aim"]);
  a.better = json["better"].whole<int>(-1, 1);
  json["better"].require(a.better != 0, "is neither 1 nor -1");
  json["start"].require(is_month(a.start), "is no month");
  a.guards = best_texts(json["guards"]), a.shown = best_texts(json["shown"]);
  for (const char* list : {"guards", "shown"})
    for (std::size_t i = 0, count = json[list].size(0); i < count; ++i) require_outcome(json[list].at(i));
  a.structures = best_texts(json["structures"]), a.files = best_texts(json["parameters"]);
  const CheckedJson counted = json["counted"];
  for (std::size_t i = 0, count = counted.size(1); i < count; ++i) a.counted.push_back(counted.at(i).flag());
  counted.require(a.counted.size() == a.structures.size(), "has another length than the structures");
  if (!json.find("evidence")) return;
  const CheckedJson evidence = json["evidence"];
  a.evidence = EvidenceBase{evidence["sites"].whole<int>(0, most_sites), evidence["basis"].text()};
}

BestAnswer read_answer(const CheckedJson& json) {
  BestAnswer a;
  read_question(json, a);
  a.budget = json["budget"].number(0, largest_number);
  a.seed = json["seed"].whole<std::uint64_t>(0, static_cast<double>(std::numeric_limits<std::uint64_t>::max()));
  a.looked_at = json["options_looked_at"].whole(1, most_runs_said);
  a.runs = json["runs"].whole(1, most_runs_said), a.runs_alike = json["runs_if_all_alike"].whole(1, most_runs_said);
  a.draws = json["replicates"].whole(1, most_runs_said), a.sets = json["parameter_sets"].whole(0, most_runs_said);
  a.more = best_figure(json["more"], -most_of(a.aim), most_of(a.aim));
  const CheckedJson variance = json["variance"], rows = json["options"], information = json["information"], looks = json["looks"];
  a.chance = variance["chance"].number_or_none(largest_number),
  a.parameters = variance["parameters"].number_or_none(largest_number);
  a.structure = variance["structure"].number_or_none(largest_number);
  for (std::size_t i = 0, count = rows.size(1); i < count; ++i) a.rows.push_back(read_row(rows.at(i), a));
  read_steps(json, a);
  for (std::size_t i = 0, count = information.size(0); i < count; ++i) {
    const CheckedJson one = information.at(i);
    a.information.push_back({one["about"].text(), best_amount(one["value"]), best_amount(one["se"]), best_share(one["changes"])});
  }
  for (std::size_t i = 0, count = looks.size(0); i < count; ++i)
    a.looks.push_back({looks.at(i)["draws"].whole(0, most_runs_said), looks.at(i)["left"].whole(0, most_runs_said)});
  return a;
}

}  // namespace

std::string json_text(const BestAnswer& answer) { return checked_json_text(without_minus_zero(answer_json(answer)), 2); }

BestAnswer read_best_answer(const std::filesystem::path& path) {
  const BestJson json = read_json_file(path, answer_format);
  try {
    return read_answer(CheckedJson(json));
  } catch (const WrongJson& wrong) {
    throw json_file_error(path, answer_format, fmt::format("it is damaged ({})", wrong.what()));
  }
}

}  // namespace coalis
