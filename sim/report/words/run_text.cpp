// First what a reader without statistics needs, then the table for a researcher, last what was put in by assumption.
#include "coalis/report/words/run_text.hpp"

#include <fmt/format.h>

#include "coalis/core/counted.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/version.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/assumed.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/sentences.hpp"
#include "coalis/report/words/survey_words.hpp"

namespace coalis {
namespace {

Summary outcome(const RunAnswer& answer, std::string_view name) {
  return answer.outcomes.summary(index_of(outcome_quantities(), name));
}
Summary figure(const RunAnswer& answer, std::string_view name) {
  return answer.survey.summary(index_of(survey_quantities(), name));
}

std::string head(const RunAnswer& answer) {
  const Scenario& s = answer.question.scenario;
  std::string text = s.name.empty() ? "" : s.name + "\n";
  if (!s.description.empty()) text += s.description + "\n";
  text += fmt::format("{}: {}. {}{}, {}, {}.\n", span_of_months(s.calendar.start, s.calendar.months),
                      counted(s.calendar.months, "month"), counted(s.organisations.member_count(), "member organisation"),
                      s.organisations.nonmembers > 0 ? " and " + counted(s.organisations.nonmembers, "other") : "",
                      counted(s.regions.size(), "region"), counted(s.hubs.size(), "hub"));
  text += fmt::format("{}, seed {}, model version {}.\n", counted(answer.replicates, "replicate"), answer.question.seed,
                      model_version);
  const std::size_t sets = answer.question.scenarios.size();  // different ones
  if (sets > 1)
    text += fmt::format(
        "Every replicate has a parameter set of {}, drawn by its weight ({}); its values go before the scenario's. Means are "
        "over sets, ranges over sets and chance together.\n",
        answer.question.parameters, counted(sets, "different one"));
  if (sets == 1)
    text += fmt::format("Every replicate has the same parameter set of {}; it goes before the scenario's own values.\n",
                        answer.question.parameters);
  if (sets > 0 || answer.question.base.sites == 0) text += evidence_sentence(answer.question.base) + "\n";
  if (answer.cut_short())
    text += fmt::format("Interrupted: {} had been asked for.\n", counted(answer.question.replicates, "replicate"));
  return text + "A range is where the middle 80 % of the replicates lie.\n";
}

std::string events(const RunAnswer& answer) {
  std::string text = "\nEvents held in the run\n";
  for (const char* kind : {"meeting", "outreach", "training"}) {
    const Summary held = outcome(answer, std::string("events_held.") + kind);
    if (held.n > 0)
      text += fmt::format("  {:<12} {:>5}   range {} to {}\n", kind, fixed(held.mean, 1), fixed(held.q10, 0), fixed(held.q90, 0));
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
std::string own_items(const RunAnswer& answer) {
  std::string text;
  std::size_t figure = 0;
  for (std::size_t i = 0; i < answer.question.own.items().size(); ++i) {
    const ComparedItem& item = answer.question.own.items()[i];
    text += fmt::format("  {}\t\n", answer.question.own.title(i));
    for (std::size_t k = 0; k < item.names.size(); ++k) {
      const Summary share = answer.own_shares.summary(figure++);
      text += row(item.names[k], share, observed_share(item, k));
    }
  }
  return text;
}

std::string survey(const RunAnswer& answer) {
  const Summary returned = figure(answer, "returned");
  if (returned.n == 0) return "";
  std::string text = fmt::format("\nThe simulated survey: {:.0f} reached, {:.0f} agreed, {:.0f} returned; shares of answers:\n",
                                 figure(answer, "reached").mean, figure(answer, "agreed").mean, returned.mean);
  const bool beside = !answer.question.evidence.empty();
  text += fmt::format("\tsimulated\trange{}\n", beside ? "\tevidence" : "");
  for (const auto& comparison : survey_comparisons()) {
    const EvidenceItem* item = item_beside(answer.question.evidence, comparison);
    text += fmt::format("  {}\t\n", survey_title(item ? item->id : "", comparison.item));
    for (const auto& line : comparison.lines)
      text += row(line.label, figure(answer, line.figure), evidence_share(item, line.category));
  }
  return text + own_items(answer);
}

std::string table(const RunAnswer& answer) {
  const auto& quantities = all_outcome_quantities();
  std::string text = "\nOutcome, over replicates\tmean\ts.e.\t80 % of replicates\tunit\n";
  for (const std::size_t i : answer.question.outcomes) {
    const Summary s = answer.outcomes.summary(i);
    text += fmt::format("{}\t{}\t{}\t{:>5} .. {:>5}\t{}", quantities[i].name, number(s.mean), number(s.se), number(s.q10),
                        number(s.q90), quantities[i].unit == "1" ? "share or index" : quantities[i].unit);
    text += s.n < answer.replicates ? fmt::format("; in {}\n", counted(s.n, "replicate")) : "\n";
  }
  const std::string left_out = outcomes_left_out(answer.question.outcomes);
  return text + (left_out.empty() ? "" : left_out + ".\n");
}

std::string foot(const RunAnswer& answer) {
  std::string text = "\nAssumed, not found (docs/model.md says more):\n";
  for (const auto sentence : assumptions()) text += fmt::format("  - {}\n", sentence);
  text += fmt::format("{}\n", beyond_assumptions());
  if (!answer.file.empty()) text += fmt::format("\nResult file: {} (docs/formats/result.md)\n", answer.file);
  return text;
}

}  // namespace

std::string to_text(const RunAnswer& answer) {
  return head(answer) + events(answer) + survey(answer) + table(answer) + foot(answer);
}

}  // namespace coalis
