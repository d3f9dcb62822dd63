// First what a reader without statistics needs, then the table for a researcher, last what was put in by assumption.
#include "run_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <span>
#include <stdexcept>

#include "coalis/core/build_info.hpp"
#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/model/record.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/assumed.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/sentences.hpp"
#include "coalis/report/words/survey_words.hpp"

namespace coalis::cli {
namespace {

Summary outcome(const Answer& answer, std::string_view name) {
  return answer.outcomes.summary(index_of(outcome_quantities(), name));
}
Summary figure(const Answer& answer, std::string_view name) { return answer.survey.summary(index_of(survey_quantities(), name)); }

std::string head(const Answer& answer) {
  const Scenario& s = answer.scenario;
  std::string text = fmt::format("{}\n", s.name);
  if (!s.description.empty()) text += s.description + "\n";
  text += fmt::format("{} to {}: {}. {}{}, {}, {}.\n", month_name(s.calendar.start, 0),
                      month_name(s.calendar.start, s.calendar.months - 1), counted(s.calendar.months, "month"),
                      counted(s.organisations.member_count(), "member organisation"),
                      s.organisations.nonmembers > 0 ? " and " + counted(s.organisations.nonmembers, "other") : "",
                      counted(s.regions.size(), "region"), counted(s.hubs.size(), "hub"));
  text += fmt::format("{}, seed {}, model version {}.\n", counted(answer.replicates, "replicate"), answer.seed, model_version);
  if (!answer.parameters.empty())
    text += fmt::format(
        "Every replicate has a parameter set of {}, drawn by its weight; its values go before the scenario's. Means are over "
        "sets, ranges over sets and chance together.\n{}\n",
        answer.parameters, evidence_sentence(answer.base));
  else if (answer.base.sites == 0)
    text += evidence_sentence(answer.base) + "\n";
  if (answer.replicates < answer.asked)
    text += fmt::format("Interrupted: {} had been asked for.\n", counted(answer.asked, "replicate"));
  return text + "A range is where the middle 80 % of the replicates lie.\n";
}

std::string events(const Answer& answer) {
  std::string text = "\nEvents held in the run\n";
  for (const char* kind : {"meeting", "outreach", "training"}) {
    const Summary held = outcome(answer, std::string("events_held.") + kind);
    if (held.n > 0) text += fmt::format("  {:<12} {:>5.1f}   range {:.0f} to {:.0f}\n", kind, held.mean, held.q10, held.q90);
  }
  const Summary never = outcome(answer, "never_attended");
  if (never.n > 0) {
    text += fmt::format("\nNever attended a meeting: {} of those who were ever members; range {}\n", percent(never.mean),
                        percent_range(never));
  }
  return text;
}

// A row of the table of the survey.
std::string row(std::string_view category, const Summary& share, const std::string& evidence) {
  return fmt::format("    {}\t{}\t{}{}\n", category, percent(share.mean), percent_range(share),
                     evidence.empty() ? "" : "\t" + evidence);
}

// The items that are counted in categories of their own.
std::string own_items(const Answer& answer) {
  std::string text;
  std::size_t figure = 0;
  for (std::size_t i = 0; i < answer.own.items().size(); ++i) {
    const ComparedItem& item = answer.own.items()[i];
    text += fmt::format("  {}\t\n", answer.own.title(i));
    for (std::size_t k = 0; k < item.names.size(); ++k) {
      const Summary share = answer.own_shares.summary(figure++);
      text += row(item.names[k], share, observed_share(item, k));
    }
  }
  return text;
}

std::string survey(const Answer& answer) {
  const Summary returned = figure(answer, "returned");
  if (returned.n == 0) return "";
  std::string text = fmt::format("\nThe simulated survey: {:.0f} reached, {:.0f} agreed, {:.0f} returned; shares of answers:\n",
                                 figure(answer, "reached").mean, figure(answer, "agreed").mean, returned.mean);
  const bool beside = !answer.evidence.items.empty();
  text += fmt::format("\tsimulated\trange{}\n", beside ? "\tevidence" : "");
  for (const auto& comparison : survey_comparisons()) {
    const EvidenceItem* item = item_beside(answer.evidence.items, comparison);
    text += fmt::format("  {}\t\n", comparison.title);
    for (const auto& line : comparison.lines)
      text += row(line.label, figure(answer, line.figure), evidence_share(item, line.category));
  }
  return text + own_items(answer);
}

std::string table(const Answer& answer) {
  const auto& quantities = all_outcome_quantities();
  std::string text = "\nOutcome, over replicates\tmean\ts.e.\t80 % of replicates\tunit\n";
  for (const std::size_t i : answer.shown) {
    const Summary s = answer.outcomes.summary(i);
    text += fmt::format("{}\t{}\t{}\t{:>5} .. {:>5}\t{}", quantities[i].name, number(s.mean), number(s.se), number(s.q10),
                        number(s.q90), quantities[i].unit == "1" ? "share or index" : quantities[i].unit);
    text += s.n < answer.replicates ? fmt::format("; in {}\n", counted(s.n, "replicate")) : "\n";
  }
  const std::string left_out = outcomes_left_out(answer.shown);
  return text + (left_out.empty() ? "" : left_out + ".\n");
}

std::string foot(const Answer& answer) {
  std::string text = "\nAssumed, not found (docs/model.md says more):\n";
  for (const auto sentence : assumptions()) text += fmt::format("  - {}\n", sentence);
  text += fmt::format("{}\n", beyond_assumptions());
  if (answer.file) text += fmt::format("\nResult file: {} (docs/formats/result.md)\n", answer.file->string());
  return text;
}

nlohmann::ordered_json to_json(const Summary& s) {  // NaN becomes null
  return {{"mean", s.mean}, {"se", s.se}, {"sd", s.sd}, {"q10", s.q10}, {"q50", s.q50}, {"q90", s.q90}, {"n", s.n}};
}

nlohmann::ordered_json to_json(const std::vector<Quantity>& quantities, const Samples& samples) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < quantities.size(); ++i) object[quantities[i].name] = to_json(samples.summary(i));
  return object;
}

nlohmann::ordered_json own_items_json(const Answer& answer) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  std::size_t figure = 0;
  for (const ComparedItem& item : answer.own.items())
    for (std::size_t k = 0; k < item.names.size(); ++k)
      json[item.id][item.names[k]] = to_json(answer.own_shares.summary(figure++));
  return json;
}

}  // namespace

std::string to_text(const Answer& answer) {
  return head(answer) + events(answer) + survey(answer) + table(answer) + foot(answer);
}

nlohmann::ordered_json to_json(const Answer& answer) {
  const Scenario& s = answer.scenario;
  nlohmann::ordered_json json{{"scenario", s.name},
                              {"start", s.calendar.start},
                              {"months", s.calendar.months},
                              {"organisations", s.organisations.count()},
                              {"seed", answer.seed},
                              {"replicates", answer.replicates},
                              {"interrupted", answer.replicates < answer.asked},
                              {"model_version", model_version},
                              {"program_version", build_info().version},
                              {"commit", build_info().commit},
                              {"file", nullptr}};
  if (answer.file) json["file"] = visible(answer.file->string(), Lines::one);
  if (!answer.parameters.empty()) json["parameters"] = visible(answer.parameters, Lines::one);
  json["outcomes"] = nlohmann::ordered_json::object();
  for (const std::size_t i : answer.shown)
    json["outcomes"][all_outcome_quantities()[i].name] = to_json(answer.outcomes.summary(i));
  json["survey"] = nlohmann::ordered_json::object();
  const nlohmann::ordered_json figures = to_json(survey_quantities(), answer.survey);
  for (const auto& [name, figure] : figures.items()) json["survey"]["survey." + name] = figure;
  json["evidence"] = nlohmann::ordered_json::object();
  for (const auto& item : answer.evidence.items) {
    auto& entry = json["evidence"][item.id] = {{"source", item.source}, {"use", item.use}};
    if (item.n > 0) entry["n"] = item.n;
    if (item.share) entry["share"] = *item.share;
    if (!item.counts.empty()) entry["categories"] = item.categories, entry["counts"] = item.counts;
  }
  json["fitted"] = {{"to_this_coalition", answer.base.sites > 0}, {"basis", answer.base.basis}, {"items", answer.base.items}};
  if (!answer.own.empty()) json["survey_items"] = own_items_json(answer);
  json["assumed"] = assumptions();
  return json;
}

}  // namespace coalis::cli
