#include "coalis/report/words/forecast_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <numeric>

#include "coalis/core/counted.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/sentences.hpp"

namespace coalis {
namespace {

constexpr double much_farther = 1.5, one_sided = 0.025;
constexpr std::size_t members_shown = 20;

bool few_members(const ForecastAnswer& answer) { return answer.members.size() < 100; }

std::string meetings_by(double value) { return fixed(std::abs(value), 3) + " meetings a member"; }

std::string forecast_range(const Estimate& e, double sign) {
  const double low = sign > 0 ? e.low : -e.high, high = sign > 0 ? e.high : -e.low;
  return fmt::format("95 %: {} to {}", fixed(low, 3), fixed(high, 3));
}

std::string forecast_verdict(const ForecastAnswer& answer, Forecaster rule) {
  const Estimate& worse = answer.worse[static_cast<std::size_t>(rule)];
  const std::string_view name = forecaster_name(rule);
  switch (clearly_worse(worse)) {
    case 1:
      return fmt::format("A plain rule forecasts members better than the model: {}. Its error is smaller by {} ({}).", name,
                         meetings_by(worse.value), forecast_range(worse, 1));
    case -1:
      return fmt::format("The model forecasts members better than {}. Its error is smaller by {} ({}).", name,
                         meetings_by(worse.value), forecast_range(worse, -1));
    default:
      if (too_small(worse))
        return fmt::format("The model and {} forecast members alike: their errors differ by {}.", name, meetings_by(worse.value));
      return fmt::format("These meetings do not tell the model from {}: the model's error is {} by {} ({}).", name,
                         worse.value > 0 ? "larger" : "smaller", meetings_by(worse.value),
                         forecast_range(worse, worse.value > 0 ? 1 : -1));
  }
}

std::string width_verdict(const ForecastAnswer& answer) {
  const std::string held =
      fmt::format("The model's intervals hold what happened for {} members; by themselves they should for {}",
                  members_held(answer), members_to_be_held(answer));
  const int width = width_of_intervals(answer);
  return held + (width < 0 ? ": they are too narrow." : width > 0 ? ": they are too wide." : ".");
}

std::string rests_on(const ForecastAnswer& answer) {
  std::string text =
      fmt::format("It rests on those {} of {} whose past is nearest to yours (effective number {}).", answer.nearest,
                  counted(answer.replicates, "simulated coalition"), fixed(answer.effective_size, 0));
  if (none_is_alike(answer))
    text += fmt::format(" None is like yours: the nearest differ from it {} times as much as among each other.",
                        fixed(answer.distance / answer.usual, 1));
  return text;
}

std::string score_table(const ForecastAnswer& answer) {
  std::string text =
      "\nEach member: error in meetings (CRPS; 0 is perfect), and how often the 80 % interval holds\n"
      "\terror\tmodel's less this\t95 %\tholds\tshould hold\terror in all, members\n";
  for (const Forecaster f : all_forecasters) {
    const auto i = static_cast<std::size_t>(f);
    const auto& score = answer.scores[i];
    const Estimate& worse = answer.worse[i];
    text += fmt::format("{}\t{}\t{}\t{}\t{} %\t{} %\t{}\n", forecaster_name(f), fixed(score.crps, 3),
                        f == Forecaster::model ? "-" : signed_number(worse.value),
                        f == Forecaster::model ? "-" : fmt::format("{} .. {}", fixed(worse.low, 3), fixed(worse.high, 3)),
                        fixed(100 * score.covered, 0), fixed(100 * score.expected, 0), fixed(score.crps_in_all, 2));
  }
  return text;
}

std::string meeting_table(const ForecastAnswer& answer) {
  std::string text = "\nIn all: how many come to each meeting that was held out (80 % interval)\n\tcame";
  for (const Forecaster f : all_forecasters) text += fmt::format("\t{}", forecaster_name(f));
  text += "\n";
  for (const auto& meeting : answer.meetings) {
    text += fmt::format("{}\t{} of {}", meeting.name, meeting.came.came, meeting.came.of);
    for (const Predicted& p : meeting.predicted) text += "\t" + predicted_text(p);
    text += "\n";
  }
  return text;
}

std::string member_table(const ForecastAnswer& answer) {
  std::string text =
      "\nMembers: meetings attended before, forecast of those held out, and what happened\n\tbefore\tforecast\thappened\n";
  for (std::size_t i = 0; i < answer.members.size() && i < members_shown; ++i) {
    const auto& m = answer.members[i];
    text += fmt::format("{}\t{} of {}\t{}\t{} of {}\n", m.name, m.before.came, m.before.of, predicted_text(m.predicted[0]),
                        m.held_out.came, m.held_out.of);
  }
  if (answer.members.size() > members_shown)
    text += fmt::format("{} more with --json.\n", counted(answer.members.size() - members_shown, "member"));
  return text;
}

}  // namespace

std::string_view forecaster_name(Forecaster forecaster) {
  switch (forecaster) {
    case Forecaster::last_year: return "each member's own rate of last year";
    case Forecaster::beta_binomial: return "the beta-binomial of the past";
    default: return "the model";
  }
}

std::string last_of(std::size_t some, std::size_t all) {
  return some == 1 ? fmt::format("last of {}", counted(all, "meeting"))
                   : fmt::format("last {} of {}", some, counted(all, "meeting"));
}

std::string predicted_text(const Predicted& number) {
  return fmt::format("{} ({} to {})", fixed(number.mean, 1), number.interval.low, number.interval.high);
}

int width_of_intervals(const ForecastAnswer& answer) {
  const auto& score = answer.scores[0];
  const Probabilities p = binomial(answer.members.size(), score.expected);
  const auto held = static_cast<std::ptrdiff_t>(std::lround(score.covered * static_cast<double>(answer.members.size())));
  const double as_few = std::accumulate(p.begin(), p.begin() + held + 1, 0.0),
               as_many = std::accumulate(p.begin() + held, p.end(), 0.0);
  return as_few < one_sided ? -1 : as_many < one_sided ? 1 : 0;
}

std::string members_held(const ForecastAnswer& answer) {
  const double n = static_cast<double>(answer.members.size()), share = answer.scores[0].covered;
  return few_members(answer) ? fmt::format("{} of {}", fixed(share * n, 0), answer.members.size())
                             : fmt::format("{} of 100", fixed(100 * share, 0));
}

std::string members_to_be_held(const ForecastAnswer& answer) {
  const double share = answer.scores[0].expected;
  return few_members(answer) ? fixed(share * static_cast<double>(answer.members.size()), 1) : fixed(100 * share, 0);
}

bool none_is_alike(const ForecastAnswer& answer) { return answer.distance > much_farther * answer.usual; }

std::vector<std::string> forecast_sentences(const ForecastAnswer& answer) {
  return {forecast_verdict(answer, Forecaster::last_year), forecast_verdict(answer, Forecaster::beta_binomial),
          width_verdict(answer), rests_on(answer)};
}

std::string to_text(const ForecastAnswer& answer) {
  const ForecastQuestion& q = answer.question;
  std::string text = fmt::format("Who will come? The {} {} held out; forecast from the {} before, for {}.\n\n",
                                 last_of(q.hold_out, q.list.table.meetings), q.hold_out == 1 ? "is" : "are", q.past.size(),
                                 counted(answer.members.size(), "member"));
  if (q.gone > 0)
    text += fmt::format("Of {} nothing is forecast: the roster lets {} leave before.\n", counted(q.gone, "member"),
                        q.gone == 1 ? "it" : "them");
  for (const std::string& sentence : forecast_sentences(answer)) text += sentence + "\n";
  text += evidence_sentence(q.runs.base) + "\n";
  return text + score_table(answer) + meeting_table(answer) + member_table(answer) +
         "\nA member's forecast is what became of simulated organisations with the same past. Parameters that were fitted to the "
         "meetings held out would make it look better than it is: fit them to the meetings before alone.\n";
}

}  // namespace coalis
