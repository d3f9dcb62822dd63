// Racing on paired draws (Maron and Moore 1997, blocked as in BRACE), with Student's t of the differences as in the screening of
// Nelson, Swann, Goldsman and Song (2001), Bonferroni over pairs, guards and looks; what a search has found is cleaned up on
// fresh draws as by Boesel, Nelson and Kim (2003).
#include "coalis/statistics/race.hpp"

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>

#include "coalis/statistics/intervals.hpp"

namespace coalis {
namespace {

// Parts of a search that can each be wrong: the races and the last judgement.
double parts(const SearchRule& rule) { return static_cast<double>(rule.races) + 1; }

// The mean of a - b over the draws in which both have a value, and its standard error.
struct PairedMean {
  double mean = 0, se = 0;
  std::size_t n = 0;
};
PairedMean paired_mean(std::span<const double> a, std::span<const double> b) {
  PairedMean result;
  double sum = 0, squares = 0;
  for (std::size_t d = 0; d < a.size(); ++d)
    if (const double difference = a[d] - b[d]; !std::isnan(difference)) sum += difference, ++result.n;
  const auto n = static_cast<double>(result.n);
  result.mean = sum / n;
  for (std::size_t d = 0; d < a.size(); ++d)
    if (const double difference = a[d] - b[d]; !std::isnan(difference))
      squares += (difference - result.mean) * (difference - result.mean);
  result.se = std::sqrt(squares / (n - 1) / n);
  return result;
}

// Says what is clear of a difference, each statement wrong with a given probability at most.
class Judge {
 public:
  Judge(const RaceRule& rule, std::size_t options, std::size_t looks) : rule_(rule) {
    const std::size_t comparisons = options * (1 + rule.tolerances.size()) * looks;
    above_ = rule.error / static_cast<double>(std::max<std::size_t>(1, comparisons));
  }
  // Half the width of the one-sided interval; infinite where nothing can be said.
  double reach(const PairedMean& difference) {
    if (difference.n < 2) return std::numeric_limits<double>::infinity();
    auto& quantile = quantiles_[difference.n];
    if (quantile == 0) quantile = student_quantile(difference.n - 1, above_);
    return quantile * difference.se;
  }
  bool below(std::span<const double> a, std::span<const double> b, double margin) {
    const PairedMean difference = paired_mean(a, b);
    return difference.mean + reach(difference) < -margin;
  }
  bool harms(const OptionDraws& option, const OptionDraws& reference) {
    for (std::size_t g = 0; g < rule_.tolerances.size(); ++g)
      if (below(option[g + 1], reference[g + 1], rule_.tolerances[g])) return true;
    return false;
  }
  // Not merely not clearly harmful: known to lose no more than is tolerated.
  bool harmless(const OptionDraws& option, const OptionDraws& reference) {
    for (std::size_t g = 0; g < rule_.tolerances.size(); ++g) {
      const PairedMean difference = paired_mean(option[g + 1], reference[g + 1]);
      if (!(difference.mean - reach(difference) >= -rule_.tolerances[g])) return false;
    }
    return true;
  }

 private:
  const RaceRule& rule_;
  double above_ = 0;
  std::map<std::size_t, double> quantiles_;
};

// A look at options: which of them stay. may_beat(l, i): whether l, if better, is to be preferred to i at all.
template <class MayBeat, class DrawsOf>
std::vector<std::size_t> not_beaten(std::span<const std::size_t> options, Judge& judge, const OptionDraws& reference,
                                    const DrawsOf& draws_of, const MayBeat& may_beat) {
  std::vector<std::size_t> sound, stay;  // sound: may beat others
  for (const std::size_t i : options)
    if (judge.harmless(draws_of(i), reference)) sound.push_back(i);
  for (const std::size_t i : options) {
    const OptionDraws& own = draws_of(i);
    const bool leaves = judge.harms(own, reference) || std::any_of(sound.begin(), sound.end(), [&](std::size_t l) {
                          return l != i && may_beat(l, i) && judge.below(own[0], draws_of(l)[0], 0);
                        });
    if (!leaves) stay.push_back(i);
  }
  return stay;
}

std::size_t looks_of(const RaceRule& rule) {
  std::size_t looks = 1;
  for (std::size_t draws = rule.first; draws * 2 <= rule.most; draws *= 2) ++looks;
  return looks;
}

void append(OptionDraws& draws, const OptionDraws& more) {
  draws.resize(more.size());
  for (std::size_t m = 0; m < more.size(); ++m) draws[m].insert(draws[m].end(), more[m].begin(), more[m].end());
}

// Draws them further; false if cancelled.
bool draw_on(Raced& raced, std::span<const std::size_t> running, std::size_t first, std::size_t count, const DrawOptions& draw) {
  const auto more = draw(running, first, count);
  if (more.size() < running.size()) return false;
  for (std::size_t i = 0; i < running.size(); ++i) append(raced.draws[running[i]], more[i]);
  raced.drawn += running.size() * count;
  return true;
}

std::vector<std::size_t> with_reference(std::vector<std::size_t> options, std::size_t reference) {
  if (std::find(options.begin(), options.end(), reference) == options.end()) options.push_back(reference);
  std::sort(options.begin(), options.end());
  return options;
}

// Whether the differences of those left are all known to so much.
bool fine_enough(const Raced& raced, double fine, Judge& judge) {
  if (!(fine > 0)) return false;
  for (std::size_t i = 0; i < raced.left.size(); ++i)
    for (std::size_t l = 0; l < i; ++l)
      if (judge.reach(paired_mean(raced.draws[raced.left[i]][0], raced.draws[raced.left[l]][0])) > fine) return false;
  return true;
}

double mean_without_missing(std::span<const double> values) {
  double sum = 0, n = 0;
  for (const double x : values)
    if (!std::isnan(x)) sum += x, ++n;
  return sum / n;
}

// Of options, those with a mean, by it; what is equal but for rounding by cost.
std::vector<std::size_t> by_mean(std::vector<std::size_t> options, const std::vector<OptionDraws>& draws,
                                 std::span<const double> costs) {
  constexpr double rounding = 1e-9;
  std::map<std::size_t, double> means;
  for (const std::size_t i : options) means[i] = mean_without_missing(draws[i][0]);
  std::erase_if(options, [&](std::size_t i) { return std::isnan(means[i]); });
  std::stable_sort(options.begin(), options.end(), [&](std::size_t a, std::size_t b) {
    const double x = std::round(means[a] / rounding), y = std::round(means[b] / rounding);
    return x != y ? x > y : costs[a] < costs[b];
  });
  return options;
}

bool seems_harmful(const OptionDraws& option, const OptionDraws& reference, const RaceRule& rule) {
  for (std::size_t g = 0; g < rule.tolerances.size(); ++g)
    if (paired_mean(option[g + 1], reference[g + 1]).mean < -rule.tolerances[g]) return true;
  return false;
}

// Adds options near the best of few draws, round after round: races begin in more places than a first list has. Nothing is
// judged by these draws. False if cancelled.
bool look_around(Searched& result, std::vector<double>& costs, const SearchRule& rule, const Refine& around,
                 const DrawOptions& draw) {
  const std::size_t first = rule.first_fresh() + rule.fresh, count = rule.race.first;
  std::vector<OptionDraws> seen;
  for (std::size_t round = 0; round < rule.rounds; ++round) {
    std::vector<std::size_t> fresh(costs.size() - seen.size());
    std::iota(fresh.begin(), fresh.end(), seen.size());
    auto drawn = draw(fresh, first, count);
    if (drawn.size() < fresh.size()) return false;
    std::move(drawn.begin(), drawn.end(), std::back_inserter(seen));
    result.drawn += fresh.size() * count;
    std::vector<std::size_t> sound;
    for (std::size_t i = 0; i < seen.size(); ++i)
      if (!seems_harmful(seen[i], seen[rule.race.reference], rule.race)) sound.push_back(i);
    const auto more = around(by_mean(std::move(sound), seen, costs));
    if (more.empty()) break;
    costs.insert(costs.end(), more.begin(), more.end());
  }
  return true;
}

}  // namespace

Raced race(std::span<const std::size_t> options, std::span<const double> costs, const RaceRule& rule, std::size_t first_draw,
           const DrawOptions& draw) {
  Raced raced;
  raced.draws.resize(costs.size());
  raced.left.assign(options.begin(), options.end());
  Judge judge(rule, options.size(), looks_of(rule));
  const auto draws_of = [&](std::size_t i) -> const OptionDraws& { return raced.draws[i]; };
  std::size_t done = 0;
  for (std::size_t wanted = rule.first; wanted <= std::max(rule.first, rule.most); wanted *= 2) {
    raced.whole = draw_on(raced, with_reference(raced.left, rule.reference), first_draw + done, wanted - done, draw);
    if (!raced.whole) return raced;
    done = wanted;
    raced.left = not_beaten(raced.left, judge, raced.draws[rule.reference], draws_of,
                            [&](std::size_t l, std::size_t i) { return costs[l] <= costs[i]; });
    raced.looks.push_back({done, raced.left.size()});
    if (raced.left.size() < 2 || fine_enough(raced, rule.fine, judge)) break;
  }
  return raced;
}

Searched search_options(std::vector<double> costs, const SearchRule& rule, const Suggestions& suggest, const DrawOptions& draw) {
  Searched result;
  RaceRule part = rule.race;
  part.error /= parts(rule);
  if (suggest.around) result.whole = look_around(result, costs, rule, suggest.around, draw);
  if (!result.whole) return result;
  std::vector<std::size_t> options(costs.size());
  std::iota(options.begin(), options.end(), std::size_t{0});
  while (result.races.size() < rule.races) {
    result.races.push_back(race(options, costs, part, result.races.size() * rule.race.most, draw));
    const Raced& last = result.races.back();
    result.drawn += last.drawn, result.whole = last.whole;
    if (!last.whole || result.races.size() == rule.races) break;
    const auto more = suggest.near(by_mean(last.left, last.draws, costs));
    if (more.empty() && result.races.size() > 1) break;
    options = with_reference(last.left, part.reference);
    for (std::size_t i = 0; i < more.size(); ++i) options.push_back(costs.size() + i);
    costs.insert(costs.end(), more.begin(), more.end());
  }
  result.costs = std::move(costs);
  if (!result.whole) return result;
  result.finalists = with_reference(result.races.back().left, part.reference);
  result.first_fresh = rule.first_fresh();
  result.fresh = draw(result.finalists, result.first_fresh, rule.fresh);
  result.whole = result.fresh.size() == result.finalists.size();
  if (result.whole) result.drawn += result.finalists.size() * rule.fresh;
  return result;
}

BestWithin best_within(const Searched& searched, const SearchRule& rule, double money) {
  const auto place = [&](std::size_t option) {
    return static_cast<std::size_t>(std::lower_bound(searched.finalists.begin(), searched.finalists.end(), option) -
                                    searched.finalists.begin());
  };
  const auto draws_of = [&](std::size_t option) -> const OptionDraws& { return searched.fresh[place(option)]; };
  std::vector<std::size_t> options;
  for (const std::size_t i : searched.finalists)
    if (searched.costs[i] <= money) options.push_back(i);
  RaceRule part = rule.race;
  part.error /= parts(rule);
  Judge judge(part, options.size(), 1);
  BestWithin best;
  best.set = not_beaten(options, judge, draws_of(part.reference), draws_of, [](std::size_t, std::size_t) { return true; });
  const auto order = by_mean(best.set, searched.races.back().draws, searched.costs);
  if (order.empty()) best.set.clear();
  best.choice = order.empty() ? 0 : order.front();
  return best;
}

std::vector<double> best_in_resamples(std::span<const std::span<const double>> values, std::size_t resamples,
                                      std::uint64_t seed) {
  std::vector<std::size_t> firsts(values.size(), 0);
  std::vector<double> shares(values.size(), 0);
  if (values.empty() || values.front().empty()) return shares;
  const std::size_t draws = values.front().size();
  boost::random::mt19937_64 engine(seed);
  boost::random::uniform_int_distribution<std::size_t> any(0, draws - 1);
  std::vector<std::size_t> times(draws);
  for (std::size_t r = 0; r < resamples; ++r) {
    std::fill(times.begin(), times.end(), 0);
    for (std::size_t d = 0; d < draws; ++d) ++times[any(engine)];
    std::size_t best = 0;
    double highest = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < values.size(); ++i) {
      double sum = 0, n = 0;
      for (std::size_t d = 0; d < draws; ++d)
        if (!std::isnan(values[i][d])) sum += static_cast<double>(times[d]) * values[i][d], n += static_cast<double>(times[d]);
      if (sum / n > highest) highest = sum / n, best = i;
    }
    ++firsts[best];
  }
  for (std::size_t i = 0; i < values.size(); ++i) shares[i] = static_cast<double>(firsts[i]) / static_cast<double>(resamples);
  return shares;
}

}  // namespace coalis
