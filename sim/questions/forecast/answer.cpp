// The forecasts and their scores.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>
#include <stdexcept>

#include "alike.hpp"
#include "coalis/core/double_math.hpp"
#include "coalis/core/quantile.hpp"
#include "coalis/inference/sheets.hpp"

namespace coalis {
namespace {

constexpr double share_within = 0.8;
constexpr std::size_t fewest_near = 50, one_in = 20, resamples = 2000, groups = 10;
constexpr double two_sided = 1.96;

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return quantile(std::span<const double>(values), 0.5);
}

// How far the past of simulated coalitions is from the observed one, with their numbers, the nearest first.
using Apart = std::vector<std::pair<double, std::size_t>>;

Apart by_distance(const ForecastQuestion& question, std::span<const AttendanceTable> lists) {
  const AttendanceTable observed = without_last(question.list.table, question.hold_out);
  Apart apart;
  for (std::size_t r = 0; r < lists.size(); ++r)
    if (const double d = sheets_distance(observed, without_last(lists[r], question.hold_out)); std::isfinite(d))
      apart.emplace_back(d, r);
  if (apart.empty()) throw std::invalid_argument("no simulated coalition has a meeting before those held out");
  std::sort(apart.begin(), apart.end());
  return apart;
}

// The nearest, the nearer the heavier (Epanechnikov's kernel, which ends at the first that is left out).
std::vector<NearCoalition> nearest(const Apart& apart, std::span<const AttendanceTable> lists) {
  const std::size_t count = std::min(apart.size(), std::max(fewest_near, apart.size() / one_in));
  const double reach = std::max(1e-9, count < apart.size() ? apart[count].first : apart.back().first * 1.01);
  std::vector<NearCoalition> near;
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double part = apart[i].first / reach;
    near.push_back({&lists[apart[i].second], std::max(1 - part * part, 1e-6)});
    sum += near.back().weight;
  }
  for (NearCoalition& one : near) one.weight /= sum;
  return near;
}

void describe(const Apart& apart, std::span<const NearCoalition> near, ForecastAnswer& answer) {
  std::vector<double> distances, usual;
  double squares = 0;
  for (std::size_t i = 0; i < near.size(); ++i) {
    distances.push_back(apart[i].first);
    squares += near[i].weight * near[i].weight;
    if (i == 0) continue;
    const std::size_t hold_out = answer.question.hold_out;
    usual.push_back(sheets_distance(without_last(*near[i - 1].list, hold_out), without_last(*near[i].list, hold_out)));
  }
  answer.nearest = near.size(), answer.effective_size = 1 / squares;
  answer.distance = median_of(distances), answer.usual = median_of(usual);
}

Predicted predicted(const Probabilities& p, std::int32_t observed) {
  return {mean_of(p), crps(p, static_cast<std::size_t>(observed)), central_interval(p, share_within)};
}

// A member's chance to come to any meeting, by the two plain rules: of one rate, what it was last year, or of all if nothing is
// known of it; of many, drawn towards those of all.
struct PlainRules {
  std::vector<CameOf> year, before;
  double rate_of_all = 0;
  BetaRates rates;

  double last_year(std::size_t i) const { return year[i].of > 0 ? static_cast<double>(year[i].came) / year[i].of : rate_of_all; }
  BetaRates after(std::size_t i) const { return {rates.a + before[i].came, rates.b + before[i].of - before[i].came}; }
};

PlainRules plain_rules(const ForecastQuestion& question) {
  PlainRules rules;
  rules.year = attended_of(question.list.table, question.last_year);
  rules.before = attended_of(question.list.table, question.past);
  CameOf all;
  for (const CameOf& one : rules.year) all.came += one.came, all.of += one.of;
  if (all.of == 0)
    for (const CameOf& one : rules.before) all.came += one.came, all.of += one.of;
  rules.rate_of_all = all.of > 0 ? static_cast<double>(all.came) / all.of : 0.5;
  rules.rates = fit_beta_binomial(rules.before);
  return rules;
}

struct MemberForecast {
  std::size_t member;
  const Future* future;
  std::vector<std::size_t> ahead;
};

// Of every member of whom a held-out meeting is known; those of one past share a future.
struct ModelForecasts {
  std::map<MemberPast, Future> futures;
  std::vector<MemberForecast> members;
};

ModelForecasts model_forecasts(const ForecastQuestion& question, std::span<const NearCoalition> near) {
  ModelForecasts model;
  for (std::size_t i = 0; i < question.list.table.members; ++i) {
    MemberPast past = past_of(question, i);
    if (past.ahead.empty()) continue;
    auto found = model.futures.find(past);
    if (found == model.futures.end()) found = model.futures.emplace(past, future_of(past, near)).first;
    model.members.push_back({i, &found->second, past.ahead});
  }
  return model;
}

std::int32_t came_ahead(const ForecastQuestion& question, const MemberForecast& m) {
  return static_cast<std::int32_t>(std::count_if(
      m.ahead.begin(), m.ahead.end(), [&](std::size_t k) { return question.list.table.at(m.member, k) == cell_came; }));
}

// Standard error of the model's mean CRPS for the coalitions that happened to be simulated: the jackknife by tenths of them.
double error_by_chance(const ForecastQuestion& question, const Apart& apart, std::span<const AttendanceTable> lists) {
  std::vector<double> means;
  for (std::size_t left_out = 0; left_out < groups; ++left_out) {
    Apart others;
    std::copy_if(apart.begin(), apart.end(), std::back_inserter(others),
                 [&](const auto& one) { return one.second % groups != left_out; });
    if (others.empty()) return 0;
    const ModelForecasts model = model_forecasts(question, nearest(others, lists));
    double sum = 0;
    for (const MemberForecast& m : model.members) sum += crps(m.future->times, static_cast<std::size_t>(came_ahead(question, m)));
    means.push_back(sum / static_cast<double>(std::max<std::size_t>(1, model.members.size())));
  }
  const double mean = std::accumulate(means.begin(), means.end(), 0.0) / groups;
  double squares = 0;
  for (const double one : means) squares += (one - mean) * (one - mean);
  return std::sqrt(squares * (groups - 1) / groups);
}

// An interval with a further, independent standard error.
Estimate widened(const Estimate& e, double se) {
  return {e.value, e.value - root_of_squares(e.value - e.low, two_sided * se),
          e.value + root_of_squares(e.high - e.value, two_sided * se)};
}

// How many come to a meeting: the model's by coalition, in each of which those alike came or not together.
Probabilities model_in_all(std::size_t meeting, std::span<const MemberForecast> members, std::span<const NearCoalition> near) {
  Probabilities sum;
  for (std::size_t c = 0; c < near.size(); ++c) {
    std::vector<double> chances;
    for (const MemberForecast& m : members)
      for (std::size_t k = 0; k < m.ahead.size(); ++k)
        if (m.ahead[k] == meeting)
          chances.push_back(m.future->chances[c].empty() ? m.future->chance[k] : m.future->chances[c][k]);
    const Probabilities p = of_trials(chances);
    sum.resize(p.size(), 0);
    for (std::size_t k = 0; k < p.size(); ++k) sum[k] += near[c].weight * p[k];
  }
  return sum;
}

ForecastAnswer::Member member_answer(const ForecastQuestion& question, const PlainRules& rules, const MemberForecast& m) {
  const std::size_t i = m.member, ahead = m.ahead.size();
  ForecastAnswer::Member row;
  row.name = question.list.members[i];
  row.before = rules.before[i];
  row.held_out = {came_ahead(question, m), static_cast<std::int32_t>(ahead)};
  row.predicted = {predicted(m.future->times, row.held_out.came),
                   predicted(binomial(ahead, rules.last_year(i)), row.held_out.came),
                   predicted(beta_binomial(ahead, rules.after(i)), row.held_out.came)};
  row.alike = m.future->alike;
  return row;
}

ForecastAnswer::Meeting meeting_answer(const ForecastQuestion& question, const PlainRules& rules, std::size_t meeting,
                                       std::span<const MemberForecast> members, std::span<const NearCoalition> near) {
  ForecastAnswer::Meeting row;
  row.name = question.list.meetings[meeting];
  std::vector<double> last_year, beta;
  for (const MemberForecast& m : members) {
    const std::int8_t cell = question.list.table.at(m.member, meeting);
    if (cell == cell_unknown) continue;
    row.came.came += cell == cell_came, ++row.came.of;
    last_year.push_back(rules.last_year(m.member)), beta.push_back(rules.after(m.member).mean());
  }
  row.predicted = {predicted(model_in_all(meeting, members, near), row.came.came), predicted(of_trials(last_year), row.came.came),
                   predicted(of_trials(beta), row.came.came)};
  return row;
}

// by_chance: standard error of the model's mean CRPS.
void add_scores(ForecastAnswer& answer, double by_chance) {
  for (std::size_t f = 0; f < forecasters; ++f) {
    ForecastAnswer::Score& score = answer.scores[f];
    for (const auto& member : answer.members) {
      const Predicted& p = member.predicted[f];
      const double share = 1 / static_cast<double>(answer.members.size());
      score.crps += share * p.crps;
      score.covered += p.interval.holds(static_cast<std::size_t>(member.held_out.came)) ? share : 0;
      score.expected += share * p.interval.probability;
    }
    for (const auto& meeting : answer.meetings) {
      const Predicted& p = meeting.predicted[f];
      score.crps_in_all += p.crps / static_cast<double>(answer.meetings.size());
      score.covered_in_all += p.interval.holds(static_cast<std::size_t>(meeting.came.came));
    }
    const Estimate of_members = bootstrap_interval(answer.members.size(), resamples, answer.question.runs.seed, [&](auto rows) {
      double sum = 0;
      for (const std::size_t i : rows) sum += answer.members[i].predicted[0].crps - answer.members[i].predicted[f].crps;
      return sum / static_cast<double>(rows.size());
    });
    answer.worse[f] = f == 0 ? of_members : widened(of_members, by_chance);
  }
}

}  // namespace

ForecastAnswer forecast_answer(ForecastQuestion asked, std::span<const AttendanceTable> lists) {
  ForecastAnswer answer;
  answer.question = std::move(asked);
  answer.replicates = lists.size();
  const ForecastQuestion& question = answer.question;
  const Apart apart = by_distance(question, lists);
  const auto near = nearest(apart, lists);
  describe(apart, near, answer);
  const PlainRules rules = plain_rules(question);
  answer.rates = rules.rates;
  const ModelForecasts model = model_forecasts(question, near);
  for (const MemberForecast& m : model.members) answer.members.push_back(member_answer(question, rules, m));
  for (const std::size_t meeting : question.held_out)
    if (auto row = meeting_answer(question, rules, meeting, model.members, near); row.came.of > 0) answer.meetings.push_back(row);
  add_scores(answer, error_by_chance(question, apart, lists));
  return answer;
}

bool too_small(const Estimate& difference) { return std::abs(difference.value) < 0.01; }

int clearly_worse(const Estimate& difference) {
  return too_small(difference) ? 0 : difference.low > 0 ? 1 : difference.high < 0 ? -1 : 0;
}

}  // namespace coalis
