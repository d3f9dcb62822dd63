// coalis study answer, and the end of coalis study run: figures from the store, the paragraph that they fill.
#include "study_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/fitted.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/questions/study/figures.hpp"
#include "coalis/report/words/answer_text.hpp"
#include "coalis/report/words/assumed.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/sentences.hpp"
#include "coalis/statistics/variance_parts.hpp"
#include "coalis/tasks/missing_runs.hpp"
#include "commands.hpp"
#include "print.hpp"
#include "study_commands.hpp"
#include "study_parameters.hpp"
#include "terminal.hpp"
#include "watching.hpp"

namespace coalis::cli {
namespace {

using Json = nlohmann::ordered_json;

DesignRuns runs_of(const PreparedStudy& study, const RunStore& store) {
  DesignRuns runs;
  runs.points = coordinates_of(study);
  runs.months = study.points.front().resolved.calendar.months;
  const std::vector<double> none(outcomes_of(study.study().further()).size(), std::numeric_limits<double>::quiet_NaN());
  runs.together = study.together();
  runs.outcomes.assign(study.points.size(), Samples(none.size()));
  for (std::size_t run = 0; run < study.runs(); ++run) {
    const RunKey key = study.key_of(run);
    if (store.done(key))
      runs.outcomes[study.point_of(run)].add(store.read(key).record.outcomes);
    else
      runs.outcomes[study.point_of(run)].add(none);
  }
  runs.trajectories = [&study, &store](std::size_t point, std::size_t replicate) {
    const RunKey key = study.key_of(point, static_cast<std::uint32_t>(replicate));
    return store.done(key) ? store.read(key).record.trajectories : std::vector<float>{};
  };
  return runs;
}

// Replicates of which every point is done: those that are paired throughout.
std::size_t complete_replicates(const PreparedStudy& study, const RunStore& store) {
  std::size_t complete = 0;
  for (std::uint32_t r = 0; r < study.study().replicates; ++r) {
    bool whole = true;
    for (std::size_t p = 0; p < study.points.size() && whole; ++p) whole = store.done(study.key_of(p, r));
    complete += whole;
  }
  return complete;
}

// The figures under one structure; all of them under "" without structures.
struct Column {
  std::string structure;
  std::string calibration;
  std::vector<Figure> figures;
  std::vector<FigureValue> values;
};

class Findings {
 public:
  Findings(const PreparedStudy& study, const RunStore& store)
      : study_(study), plan_(study.study().answer), runs_(runs_of(study, store)), complete_(complete_replicates(study, store)) {
    std::vector<std::string> structures{""};
    if (plan_.structures) structures = values_along(runs_.points, *plan_.structures);
    for (const std::string& structure : structures) {
      Column column{plain(structure), calibration(structure), plan_.figures, {}};
      for (Figure& figure : column.figures) {
        if (plan_.structures) figure = narrowed(figure, {*plan_.structures, structure});
        column.values.push_back(evaluate(figure, runs_));
      }
      columns_.push_back(std::move(column));
    }
  }

  std::string text() const {
    const std::string& question = study_.study().question;
    std::string text = fmt::format("{}\n\n{}\n", question, paragraph());
    if (columns_.size() > 1) text += "\n" + agreement() + "\n";
    text += "\n" + uncertainty() + "\n";
    if (const std::string said = spread(); !said.empty()) text += "\n" + said + "\n";
    text += "\nFigures\n";
    for (std::size_t f = 0; f < plan_.figures.size(); ++f) text += figure_lines(f);
    text += "\nAssumed, not found (docs/model.md says more):\n";
    for (const auto sentence : assumptions()) text += fmt::format("  - {}\n", sentence);
    return text + fmt::format("{}\n", beyond_assumptions());
  }

  Json json() const {
    Json json{{"study", study_.study().name},
              {"question", study_.study().question},
              {"answer", paragraph()},
              {"agreement", columns_.size() > 1 ? Json(agreement()) : Json(nullptr)},
              {"uncertainty", uncertainty()},
              {"spread", spread().empty() ? Json(nullptr) : Json(spread())},
              {"parameters", parameters_json(study_)},
              {"replicates", complete_},
              {"points", study_.points.size()},
              {"model_version", model_version},
              {"figures", Json::array()},
              {"assumed", assumptions()}};
    for (const Column& column : columns_)
      for (std::size_t f = 0; f < column.figures.size(); ++f) json["figures"].push_back(figure_json(column, f));
    return json;
  }

  std::vector<FigureParts> parts() const {
    std::vector<FigureParts> list;
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    if (study_.parameters.empty()) return list;
    for (const Column& column : columns_)
      for (std::size_t f = 0; f < column.figures.size(); ++f) {
        const FigureValue& value = column.values[f];
        list.push_back({column.figures[f].name, all_outcome_quantities()[column.figures[f].outcome].name, column.structure,
                        value.difference ? value.difference->mean + 0.0
                        : value.level    ? value.level->mean
                                         : none,
                        value.difference ? value.difference->se
                        : value.level    ? value.level->se
                                         : none,
                        value.parts.value_or(SharedParts{none, none, none, none, none})});
      }
    return list;
  }

  std::size_t complete() const { return complete_; }

 private:
  static std::string share_text(double share) { return fmt::format("{:.0f} %", 100 * share); }
  static Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

  // "parameters 35 % (20 to 50), luck 65 %"; "" where that cannot be said.
  static std::string parts_text(const FigureValue& value) {
    if (!value.parts || std::isnan(value.parts->share)) return "";
    const SharedParts& parts = *value.parts;
    return fmt::format("parameters {} ({:.0f} to {:.0f}), luck {}", share_text(parts.share), 100 * parts.share_low,
                       100 * parts.share_high, share_text(1 - parts.share));
  }

  std::string label(std::size_t dimension, const std::string& value) const {
    if (dimension > 0) return value.empty() ? "as it is" : plain(value);
    for (std::size_t p = 0; p < runs_.points.size(); ++p)
      if (runs_.points[p][0] == value) return fmt::format("'{}{}'", study_.points[p].resolved.name, became(value));
    return value;
  }
  // What equal budget made of a scenario, which differs from point to point if its budget does.
  std::string became(const std::string& scenario) const {
    std::optional<std::string> one;
    for (std::size_t p = 0; p < runs_.points.size(); ++p) {
      if (runs_.points[p][0] != scenario) continue;
      const std::string& here = study_.points[p].became;
      if (one && *one != here) return ", " + study_.study().equal_budget + " scaled to equal planned cost";
      one = here;
    }
    return one.value_or("");
  }
  ValueLabel labels() const {
    return [this](std::size_t dimension, const std::string& value) { return label(dimension, value); };
  }

  // The best calibrated of its points: a study may change parameters at others.
  std::string calibration(const std::string& structure) const {
    if (!plan_.structures) return "";
    Calibration best = Calibration::not_calibrated;
    for (std::size_t p = 0; p < runs_.points.size(); ++p) {
      const Scenario& s = study_.points[p].resolved;
      if (runs_.points[p][*plan_.structures] == structure) best = std::min(best, calibration_of(s));
    }
    return std::string(to_string(best));
  }

  // Of the first structure; the others stand beside it.
  std::string paragraph() const { return AnswerText(plan_.text, plan_.figures).fill(columns_.front().values, labels()); }

  std::string agreement() const {
    std::vector<std::string> names;
    std::vector<std::vector<FigureValue>> values;
    for (const Column& column : columns_) {
      names.push_back(column.structure);
      values.push_back(column.values);
    }
    std::string text = agreement_text(plan_.figures, names, values, labels());
    text += fmt::format(" The paragraph above is of {}.", names.front());
    text += study_.parameters.empty() ? " With these parameters" : " Parameter sets:";
    for (std::size_t s = 0; s < columns_.size(); ++s)
      text += fmt::format("{} {} {}", s == 0 ? "" : ",", columns_[s].structure,
                          study_.parameters.empty() ? "is " + columns_[s].calibration : "has those of " + files_of(names[s]));
    return text + ".";
  }

  // "mixture.csv (fitted under structure.engagement=mixture)": of the points under a structure.
  std::string files_of(const std::string& structure) const {
    std::string text;
    std::vector<std::size_t> seen;
    for (std::size_t p = 0; p < runs_.points.size(); ++p) {
      const std::size_t f = study_.points[p].parameters;
      if (plain(runs_.points[p][*plan_.structures]) != structure || std::find(seen.begin(), seen.end(), f) != seen.end())
        continue;
      seen.push_back(f);
      const StudyParameters& file = study_.parameters[f];
      text += fmt::format("{}{}{}", text.empty() ? "" : " and ", file.name,
                          file.structure.empty() ? "" : fmt::format(" (fitted under {})", file.structure));
    }
    return text;
  }

  std::string uncertainty() const {
    const std::size_t asked = study_.study().replicates;
    const std::string parameters = parameters_text(study_);
    std::string text = fmt::format(
        "± is half of a 95 % Monte Carlo interval over {}{}: {}, the same in every world that is compared. It does "
        "not "
        "cover {}. A difference is called clear if its interval excludes 0; a turn, a peak or a best value goes by differences "
        "that are clear and "
        "at least what matters",
        counted(complete_, "paired run"), complete_ < asked ? fmt::format(" (of {} that were asked for)", asked) : "",
        parameters.empty() ? "luck alone" : fmt::format("luck and parameters ({})", parameters),
        parameters.empty() ? own_parameters()
                           : std::string("rules, parameters that these files do not vary, and what one survey cannot say"));
    std::vector<std::string> matters;
    for (const Figure& figure : plan_.figures) {
      const Quantity& q = all_outcome_quantities()[figure.outcome];
      const std::string one = fmt::format("{} for {}", significant(figure.matters.value_or(q.matters), 6), q.name);
      if (figure.kind == FigureKind::level || std::find(matters.begin(), matters.end(), one) != matters.end()) continue;
      matters.push_back(one);
    }
    text += (matters.empty() ? "" : fmt::format(" ({})", fmt::join(matters, ", "))) + ".";
    for (const std::string& notice : study_.notices) text += " " + notice;
    return text + spent() + fits();
  }

  // Equal planned costs are not equal costs: what was spent, replicate by replicate, over all points.
  std::string spent() const {
    if (study_.study().equal_budget.empty()) return "";
    std::string text;
    const auto scenarios = values_along(runs_.points, 0);
    for (std::size_t s = 1; s < scenarios.size(); ++s)
      for (const auto& [outcome, what] : {std::pair{"coordination_cost", "spends"}, {"member_cost", "takes of members"}}) {
        Figure figure{.name = outcome, .kind = FigureKind::difference, .at = {{0, scenarios[s]}}, .from = {{0, scenarios[0]}}};
        figure.outcome = index_of(all_outcome_quantities(), outcome);
        if (!figure_problem(figure, runs_.points).empty()) continue;
        const PairedSummary d = *evaluate(figure, runs_).difference;
        text += fmt::format("{} {} {} {}", text.empty() ? "" : ";", label(0, scenarios[s]), what,
                            spent_text(d.mean, half_width(d), label(0, scenarios[0])));
      }
    return text.empty() ? "" : " Planned costs are equal, costs incurred need not be:" + text + ".";
  }

  // Whose parameters they are, where the scenarios have their own.
  std::string own_parameters() const {
    const bool fitted = std::all_of(study_.points.begin(), study_.points.end(),
                                    [](const StudyPoint& p) { return default_coalition(p.resolved); });
    return fitted ? "parameters and rules, which are calibrated to one survey or assumed"
                  : "parameters and rules, which are assumed: they were not fitted to this coalition (defaults are those of "
                    "Illinois)";
  }

  // What parameter sets were fitted to, a sentence a file.
  std::string fits() const {
    std::string text;
    for (std::size_t f = 0; f < study_.parameters.size(); ++f) {
      EvidenceBase weakest{1};
      for (const StudyPoint& p : study_.points) {
        if (p.parameters != f) continue;
        const ParameterSets& sets = study_.parameters[f].sets;
        const ScenarioFile first = with_parameters(p.resolved, sets, sets.sets.front());
        const EvidenceBase base = evidence_base(p.resolved, sets, first.ok() ? &first.scenario : nullptr);
        if (weakest.sites > 0) weakest = base;
      }
      text += fmt::format(" {}: {}{}.", study_.parameters[f].name, weakest.sites > 0 ? "fitted to " : "", weakest.basis);
    }
    return text;
  }

  // What the runs differ by, in a sentence; "" without parameter sets.
  std::string spread() const {
    if (study_.together() < 2) return "";
    double low = 1, high = 0;
    std::string lowest, highest;
    for (const Column& column : columns_)
      for (std::size_t f = 0; f < column.figures.size(); ++f) {
        const auto& parts = column.values[f].parts;
        if (!parts || std::isnan(parts->share)) continue;
        const std::string name = column.figures[f].name + (columns_.size() > 1 ? " under " + column.structure : "");
        if (lowest.empty() || parts->share < low) low = parts->share, lowest = name;
        if (highest.empty() || parts->share > high) high = parts->share, highest = name;
      }
    if (lowest.empty()) return "";
    return fmt::format(
        "How much single runs differ by luck and how much by parameters: the share of their variance that is parameters is {} "
        "({}){}; the rest is luck. It stands with each figure, with its 95 % interval; runs that share a set of parameters tell "
        "the two apart "
        "(law of total variance).",
        share_text(low), lowest, lowest == highest ? "" : fmt::format(" to {} ({})", share_text(high), highest));
  }

  std::string selection(const Selection& selection) const {
    std::string text;
    for (const Coordinate& c : selection) {
      const std::string value = label(c.dimension, c.value);
      text += text.empty() ? "" : ", ";
      text += c.dimension == 0 ? value : fmt::format("{} {}", study_.study().design.factors[c.dimension - 1].name, value);
    }
    return text;
  }

  // "engaged: fte 1 instead of fte 0.35, along meetings"
  std::string meaning(const Figure& figure) const {
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
      text += ", along " + (figure.along == 0 ? std::string("scenarios") : study_.study().design.factors[figure.along - 1].name);
    return text + (figure.percent ? " (%)" : "") + (figure.assumed ? "; its sign is assumed, not found" : "");
  }

  std::string figure_lines(std::size_t f) const {
    std::string lines = fmt::format("  {}: {}\n", plan_.figures[f].name, meaning(plan_.figures[f]));
    for (const Column& column : columns_) {
      const Figure& figure = column.figures[f];
      const FigureValue& value = column.values[f];
      const std::string range = range_text(figure, value), verdict = verdict_text(figure, value);
      const std::string parts = parts_text(value);
      lines +=
          fmt::format("    {}{}{}{}{}\n", columns_.size() > 1 ? fmt::format("{:<20}", column.structure) : "",
                      figure_text(figure, value, labels()), range.empty() ? "" : fmt::format("   80 % of runs {}", range),
                      verdict.empty() ? "" : fmt::format("   {}", verdict), parts.empty() ? "" : fmt::format("   {}", parts));
    }
    return lines;
  }

  Json figure_json(const Column& column, std::size_t f) const {
    const Figure& figure = column.figures[f];
    const FigureValue& value = column.values[f];
    Json json{{"name", figure.name},
              {"figure", figure_names[static_cast<std::size_t>(figure.kind)]},
              {"outcome", all_outcome_quantities()[figure.outcome].name},
              {"structure", column.structure.empty() ? Json(nullptr) : Json(column.structure)},
              {"meaning", meaning(plan_.figures[f])},
              {"text", figure_text(figure, value, labels())},
              {"verdict", verdict_text(figure, value)},
              {"assumed", figure.assumed}};
    if (value.level) json.update({{"mean", value.level->mean}, {"se", value.level->se}, {"replicates", value.level->n}});
    if (value.difference) {
      const PairedSummary& d = *value.difference;
      json.update({{"mean", d.mean + 0.0}, {"se", d.se}, {"q10", d.most.low}, {"q90", d.most.high}, {"pairs", d.pairs}});
      json.update({{"at", d.other.mean}, {"from", d.reference.mean}, {"above", d.above}, {"below", d.below}});
    }
    if (!value.values.empty()) json["values"] = value.values;
    if (value.parts)
      json["variance"] = {{"chance", finite(value.parts->chance)},         {"parameters", finite(value.parts->parameters)},
                          {"share", finite(value.parts->share)},           {"share_low", finite(value.parts->share_low)},
                          {"share_high", finite(value.parts->share_high)}, {"text", parts_text(value)}};
    if (figure.kind == FigureKind::half_month) json["month"] = value.month ? Json(*value.month) : Json(nullptr);
    return json;
  }

  const PreparedStudy& study_;
  const AnswerPlan& plan_;
  DesignRuns runs_;
  std::size_t complete_;
  std::vector<Column> columns_;
};

}  // namespace

std::string plain(const std::string& value) {
  return value.size() >= 2 && value.front() == '"' && value.back() == '"' ? value.substr(1, value.size() - 2) : value;
}

std::string outcomes_by_point(const PreparedStudy& study, const SummaryOf& summary, std::size_t most) {
  std::string text;
  const auto figure = [](double value) { return significant(value, 4); };
  for (const auto outcome : study.study().outcomes) {
    text += fmt::format("\n{}: mean and 80 % range over replicates\n", all_outcome_quantities()[outcome].name);
    text += "  mean\tfrom\tto\tn\tpoint\n";
    for (std::size_t p = 0; p < std::min(most, study.points.size()); ++p) {
      const Summary s = summary(p, outcome);
      text += fmt::format("  {}\t{}\t{}\t{}\t{}\n", figure(s.mean), figure(s.q10), figure(s.q90), s.n, study.describe(p));
    }
  }
  if (most < study.points.size())
    text += fmt::format("\n{}: coalis study status.\n", counted(study.points.size() - most, "more point"));
  return text;
}

std::string answer_text(const PreparedStudy& study, const RunStore& store) {
  if (!study.study().answer.figures.empty()) return Findings(study, store).text();
  constexpr std::size_t most = 24;  // points
  std::vector<Samples> samples(std::min(most, study.points.size()), Samples(outcomes_of(study.study().further()).size()));
  for (std::size_t p = 0; p < samples.size(); ++p)
    for (std::uint32_t r = 0; r < study.study().replicates; ++r)
      if (const RunKey key = study.key_of(p, r); store.done(key)) samples[p].add(store.read(key).record.outcomes);
  return study.study().question + "\n" +
         outcomes_by_point(
             study, [&](std::size_t point, std::size_t outcome) { return samples[point].summary(outcome); }, most) +
         "\nThe study has no [answer] (docs/formats/study.md): these are its outcomes, and no sentence says what they mean.\n";
}

Json answer_json(const PreparedStudy& study, const RunStore& store) { return Findings(study, store).json(); }

std::vector<FigureParts> answer_parts(const PreparedStudy& study, const RunStore& store) {
  return study.study().answer.figures.empty() ? std::vector<FigureParts>{} : Findings(study, store).parts();
}

int study_answer(const StudyAnswerOptions& options) {
  const auto study = prepare_study(options.file, options.parameters, options.replicates);
  if (!study) return bad_input;
  if (study->study().answer.figures.empty()) {
    print_message("{}: has no answer; add [answer] (docs/formats/study.md), or see coalis study status\n", options.file);
    return bad_input;
  }
  try {
    RunStore store = study->open_store(Access::read);
    tell(store, notices_alone());
    const Findings findings(*study, store);
    if (findings.complete() == 0) {
      print_message("{}: no replicate is done yet; do them with: {}\n", options.file, study->command("run"));
      return failure;
    }
    if (options.json)
      print_answer("{}\n", findings.json().dump(2));
    else
      print_text(findings.text());
    return success;
  } catch (const std::runtime_error& error) {
    print_message("{}\n", error.what());
    return file_error;
  }
}

}  // namespace coalis::cli
