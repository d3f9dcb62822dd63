// See short_forecast_text.hpp.
#include "coalis/report/words/short_forecast_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coalis/core/counted.hpp"
#include "coalis/report/words/forecast_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/short_sentences.hpp"

namespace coalis {
namespace {

constexpr std::array<Forecaster, 2> rules_beside{Forecaster::last_year, Forecaster::beta_binomial};
constexpr std::size_t few_meetings = 6;

std::string quoted(const ForecastAnswer& answer, Forecaster forecaster) {
  return '"' + short_forecaster(answer, forecaster) + '"';
}

double error_of(const ForecastAnswer& answer, Forecaster forecaster) {
  return answer.scores[static_cast<std::size_t>(forecaster)].crps;
}

int clearly_worse_than(const ForecastAnswer& answer, Forecaster rule) {
  return clearly_worse(answer.worse[static_cast<std::size_t>(rule)]);
}

// In as many decimals as tell the three apart.
std::string error_text(const ForecastAnswer& answer, Forecaster forecaster) {
  const auto all = [&](int decimals) {
    std::vector<std::string> texts;
    for (const auto& score : answer.scores) texts.push_back(fixed(score.crps, decimals));
    std::sort(texts.begin(), texts.end());
    return std::adjacent_find(texts.begin(), texts.end()) == texts.end();
  };
  return fixed(error_of(answer, forecaster), all(2) ? 2 : 3);
}

// "Against "record, evened out" the model's error is larger by 0.038 meetings a member (95 % interval: 0.000 to 0.079)."
std::string against(const ForecastAnswer& answer, Forecaster rule) {
  const Estimate& worse = answer.worse[static_cast<std::size_t>(rule)];
  const double low = worse.value < 0 ? -worse.high : worse.low, high = worse.value < 0 ? -worse.low : worse.high;
  return fmt::format("Against {} the model's error is {} by {} meetings a member (95 % interval: {} to {}).{}",
                     quoted(answer, rule), worse.value < 0 ? "smaller" : "larger", fixed(std::abs(worse.value), 3), fixed(low, 3),
                     fixed(high, 3),
                     too_small(worse)            ? " That is too little to matter."
                     : clearly_worse(worse) == 0 ? " That may be chance."
                                                 : "");
}

std::string meetings_held(const ForecastAnswer& answer, Forecaster forecaster) {
  return std::to_string(answer.scores[static_cast<std::size_t>(forecaster)].covered_in_all);
}

}  // namespace

std::string short_forecaster(const ForecastAnswer& answer, Forecaster forecaster) {
  const bool a_year = answer.question.last_year.size() < answer.question.past.size();
  switch (forecaster) {
    case Forecaster::last_year: return a_year ? "as often as last year" : "as often as before";
    case Forecaster::beta_binomial: return "record, evened out";
    default: return "the model";
  }
}

std::string short_forecast_answer(const ForecastAnswer& answer) {
  const int own = clearly_worse_than(answer, Forecaster::last_year), even = clearly_worse_than(answer, Forecaster::beta_binomial);
  const std::string model = error_text(answer, Forecaster::model), last = error_text(answer, Forecaster::last_year),
                    evened = error_text(answer, Forecaster::beta_binomial);
  if (own > 0 && even > 0)
    return fmt::format(
        "Both plain rules forecast better than the model: their errors are {} and {} meetings a member, the model's {}.", last,
        evened, model);
  if (own > 0 || even > 0)
    return fmt::format("A plain rule forecasts better than the model: {} has an error of {} meetings a member, the model {}.",
                       quoted(answer, own > 0 ? Forecaster::last_year : Forecaster::beta_binomial), own > 0 ? last : evened,
                       model);
  if (own < 0 && even < 0)
    return fmt::format("The model forecasts better than two plain rules: its error is {} meetings a member, theirs {} and {}.",
                       model, last, evened);
  if (own < 0 || even < 0)
    return fmt::format("The model forecasts better than {}; these meetings cannot tell it from {}.",
                       quoted(answer, own < 0 ? Forecaster::last_year : Forecaster::beta_binomial),
                       quoted(answer, own < 0 ? Forecaster::beta_binomial : Forecaster::last_year));
  return fmt::format(
      "These meetings cannot tell the model's forecast from two plain rules: its error is {} meetings a member, theirs {} and "
      "{}.",
      model, last, evened);
}

std::string forecast_definition(const ForecastAnswer& answer) {
  const ForecastQuestion& q = answer.question;
  return fmt::format(
      "Forecast: who comes to the {}, told from the {} before. Error: how far it lies from what each member did; 0 is "
      "perfect. The picture adds all members up.",
      last_of(q.hold_out, q.list.table.meetings), q.past.size());
}

std::string forecast_evidence(const ForecastAnswer& answer) {
  const int sites = answer.question.runs.base.sites;
  const char* lists = "Evidence: low confidence. Lists of one coalition, and a model that was fitted to";
  return sites == 0 ? fmt::format("{} nothing.", lists) : fmt::format("{} {}.", lists, counted(sites, "coalition"));
}

std::vector<std::string> plain_rules(const ForecastAnswer& answer) {
  const bool a_year = answer.question.last_year.size() < answer.question.past.size();
  return {a_year ? "As often as last year: each member goes on at its own rate of the last twelve months."
                 : "As often as before: each member goes on at its own rate of the meetings before.",
          "Record, evened out: each member's record so far, drawn towards the average of all."};
}

std::vector<std::string> forecast_how_sure(const ForecastAnswer& answer) {
  std::vector<std::string> said;
  for (const Forecaster rule : rules_beside) said.push_back(against(answer, rule));
  const int width = width_of_intervals(answer);
  said.push_back(fmt::format("The model's ranges hold what came for {} members; they should for {}.{}", members_held(answer),
                             members_to_be_held(answer),
                             width < 0   ? " They are too narrow."
                             : width > 0 ? " They are too wide."
                                         : ""));
  said.push_back(fmt::format("Of {} held out, the model's range holds {}, {} {}, {} {}.",
                             counted(answer.meetings.size(), "meeting"), meetings_held(answer, Forecaster::model),
                             quoted(answer, Forecaster::last_year), meetings_held(answer, Forecaster::last_year),
                             quoted(answer, Forecaster::beta_binomial), meetings_held(answer, Forecaster::beta_binomial)));
  said.push_back(fmt::format("It rests on those {} of {} simulated coalitions whose past is nearest to yours.", answer.nearest,
                             grouped(static_cast<double>(answer.replicates))));
  if (none_is_alike(answer))
    said.push_back(fmt::format("None of them is like yours: they differ from it {} times as much as from each other.",
                               fixed(answer.distance / answer.usual, 1)));
  if (answer.meetings.size() < few_meetings)
    said.push_back(fmt::format("Only {} {} held out: more of them may say otherwise.", counted(answer.meetings.size(), "meeting"),
                               answer.meetings.size() == 1 ? "was" : "were"));
  return said;
}

std::vector<std::string> forecast_meaning(const ForecastAnswer& answer) {
  const int own = clearly_worse_than(answer, Forecaster::last_year), even = clearly_worse_than(answer, Forecaster::beta_binomial);
  const char* whom = own > 0 || even > 0   ? "To know only who comes next, use the plain rule: here it is better."
                     : own < 0 && even < 0 ? "To know who comes next, use the model, as long as nothing else changes."
                                           : "To know only who comes next, a plain rule is enough.";
  return {whom, "No plain rule says what a change would bring. That is what the model is for.",
          "A member's forecast is what became of simulated members with the same past. It is no verdict on that member."};
}

}  // namespace coalis
