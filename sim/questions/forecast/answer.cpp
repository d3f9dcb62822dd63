// The forecasts and their scores.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <stdexcept>

#include "alike.hpp"
#include "coalis/core/quantile.hpp"
#include "coalis/inference/sheets.hpp"

namespace coalis {
namespace {

constexpr double share_within = 0.8;
constexpr std::size_t fewest_near = 50, one_in = 20, resamples = 2000;

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return quantile(std::span<const double>(values), 0.5);
}

// The coalitions whose past is nearest to the observed one, the nearer the heavier (Epanechnikov's kernel, which ends at the
// first that is left out).
std::vector<NearCoalition> nearest(const ForecastQuestion& question, std::span<const AttendanceTable> lists,
                                   ForecastAnswer& answer) {
  const AttendanceTable observed = without_last(question.list.table, question.hold_out);
  std::vector<std::pair<double, std::size_t>> apart;
  std::vector<AttendanceTable> past;
  for (std::size_t r = 0; r < lists.size(); ++r) {
    past.push_back(without_last(lists[r], question.hold_out));
    if (const double d = sheets_distance(observed, past.back()); std::isfinite(d)) apart.emplace_back(d, r);
  }
  if (apart.empty()) throw std::invalid_argument("no simulated coalition has a meeting before those held out");
  std::sort(apart.begin(), apart.end());
  const std::size_t count = std::min(apart.size(), std::max(fewest_near, lists.size() / one_in));
  const double reach = std::max(1e-9, count < apart.size() ? apart[count].first : apart.back().first * 1.01);
  std::vector<NearCoalition> near;
  std::vector<double> distances, usual;
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double part = apart[i].first / reach, weight = std::max(1 - part * part, 1e-6);
    near.push_back({&lists[apart[i].second], weight});
    sum += weight, squares += weight * weight;
    distances.push_back(apart[i].first);
    if (i > 0) usual.push_back(sheets_distance(past[apart[i - 1].second], past[apart[i].second]));
  }
  for (NearCoalition& one : near) one.weight /= sum;
  answer.nearest = count, answer.effective_size = sum * sum / squares;
  answer.distance = median_of(distances), answer.usual = median_of(usual);
  return near;
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
  for (const std::size_t k : m.ahead) row.held_out.came += question.list.table.at(i, k) == cell_came, ++row.held_out.of;
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

void add_scores(ForecastAnswer& answer) {
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
    answer.worse[f] = bootstrap_interval(answer.members.size(), resamples, answer.question.runs.seed, [&](auto rows) {
      double sum = 0;
      for (const std::size_t i : rows) sum += answer.members[i].predicted[0].crps - answer.members[i].predicted[f].crps;
      return sum / static_cast<double>(rows.size());
    });
  }
}

}  // namespace

ForecastAnswer forecast_answer(ForecastQuestion asked, std::span<const AttendanceTable> lists) {
  ForecastAnswer answer;
  answer.question = std::move(asked);
  answer.replicates = lists.size();
  const ForecastQuestion& question = answer.question;
  const auto near = nearest(question, lists, answer);
  const PlainRules rules = plain_rules(question);
  answer.rates = rules.rates;
  std::map<MemberPast, Future> futures;
  std::vector<MemberForecast> members;
  for (std::size_t i = 0; i < question.list.table.members; ++i) {
    MemberPast past = past_of(question, i);
    if (past.ahead.empty()) continue;
    auto found = futures.find(past);
    if (found == futures.end()) found = futures.emplace(past, future_of(past, near)).first;
    members.push_back({i, &found->second, past.ahead});
  }
  for (const MemberForecast& m : members) answer.members.push_back(member_answer(question, rules, m));
  for (const std::size_t meeting : question.held_out)
    if (auto row = meeting_answer(question, rules, meeting, members, near); row.came.of > 0) answer.meetings.push_back(row);
  add_scores(answer);
  return answer;
}

int clearly_worse(const Estimate& difference) { return difference.low > 0 ? 1 : difference.high < 0 ? -1 : 0; }

}  // namespace coalis
