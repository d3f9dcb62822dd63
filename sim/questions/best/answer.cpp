#include "coalis/questions/best/answer.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "coalis/core/double_math.hpp"
#include "coalis/core/quantile.hpp"
#include "coalis/inference/information_value.hpp"
#include "coalis/inference/inputs.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/supported.hpp"
#include "coalis/statistics/intervals.hpp"
#include "coalis/statistics/summary.hpp"
#include "coalis/statistics/variance_parts.hpp"
#include "varying_columns.hpp"

namespace coalis {
namespace {

using Draws = std::vector<double>;

constexpr std::size_t resamples = 1000;

Draws differences(const Draws& a, const Draws& b) {
  Draws result(a.size());
  std::transform(a.begin(), a.end(), b.begin(), result.begin(), std::minus<>());
  return result;
}

// With the interval's probability of being missed, on both sides together.
BestFigure figure(const Draws& draws, double missed = 0.05) {
  const Summary s = summarise(draws);
  return {s.mean, s.n < 2 ? s.se : student_quantile(s.n - 1, missed / 2) * s.se};
}

// From what was drawn to what is said.
class Answering {
 public:
  Answering(const BestQuestion& question, const std::vector<Possible>& options, const Searched& searched)
      : q_(question), options_(options), s_(searched), counted_(question.counted()) {
    row_options_ = s_.finalists;  // as it is has the number 0
    std::stable_sort(row_options_.begin() + 1, row_options_.end(),
                     [&](std::size_t a, std::size_t b) { return s_.costs[a] < s_.costs[b]; });
  }

  BestAnswer all() {
    begin();
    for (std::size_t r = 0; r < row_options_.size(); ++r) answer_.rows.push_back(row(r));
    steps();
    const auto allowed = allowed_rows();
    shares(allowed);
    regrets(allowed);
    if (answer_.budget_step + 1 < answer_.steps.size()) {
      const std::size_t next = answer_.steps[answer_.budget_step + 1].choice;
      answer_.more = figure(differences(draws(next, 0), draws(answer_.step().choice, 0)));
    }
    parts();
    information(allowed);
    return std::move(answer_);
  }

 private:
  // A measure's fresh draws of a row.
  const Draws& draws(std::size_t row, std::size_t measure) const {
    const auto place = std::lower_bound(s_.finalists.begin(), s_.finalists.end(), row_options_[row]) - s_.finalists.begin();
    return s_.fresh[static_cast<std::size_t>(place)][measure];
  }
  // The same set by set: replicates of one after each other.
  Draws by_set(const Draws& values) const {
    const std::size_t sets = q_.sets(), first = s_.first_fresh;
    std::vector<Draws> of(sets);
    for (std::size_t d = 0; d < values.size(); ++d) of[(first + d) % sets].push_back(values[d]);
    Draws all;
    for (const Draws& one : of) all.insert(all.end(), one.begin(), one.end());
    return all;
  }
  Draws set_means(const Draws& values) const {
    const std::size_t together = values.size() / q_.sets();
    const Draws all = by_set(values);
    Draws means;
    for (std::size_t at = 0; at < all.size(); at += together)
      means.push_back(std::accumulate(all.begin() + static_cast<std::ptrdiff_t>(at),
                                      all.begin() + static_cast<std::ptrdiff_t>(at + together), 0.0) /
                      static_cast<double>(together));
    return means;
  }

  void begin() {
    const auto name = [](std::size_t outcome) { return outcome_quantities()[outcome].name; };
    answer_.scenario = q_.scenario.name, answer_.file = q_.file, answer_.aim = name(q_.aim), answer_.better = q_.better;
    for (const GuardedOutcome& guard : q_.guards) answer_.guards.push_back(name(guard.outcome));
    for (const std::size_t outcome : q_.shown) answer_.shown.push_back(name(outcome));
    for (const UnderStructure& one : q_.structures) {
      answer_.structures.push_back(to_string(one.structure));
      answer_.files.push_back(one.file);
      answer_.counted.push_back(one.calibration == q_.structures.front().calibration);
    }
    answer_.evidence = q_.evidence();
    answer_.budget = q_.amounts[q_.budget];
    answer_.looked_at = options_.size();
    const std::size_t structures = q_.structures.size();
    answer_.runs = s_.drawn * structures;
    std::size_t each = q_.rule.fresh;
    for (const Raced& one : s_.races) {
      each += one.looks.back().draws;
      answer_.looks.insert(answer_.looks.end(), one.looks.begin(), one.looks.end());
    }
    answer_.runs_alike = options_.size() * each * structures;
    answer_.draws = q_.rule.fresh, answer_.sets = q_.structures.front().set_of.size();
    answer_.from = q_.from, answer_.start = q_.scenario.calendar.start, answer_.months = q_.scenario.calendar.months;
    answer_.seed = q_.seed, answer_.made_by = this_program();
  }

  BestRow row(std::size_t r) const {
    const Possible& one = options_[row_options_[r]];
    BestRow row;
    row.option = one.option, row.cost = one.cost;
    for (const Extrapolation& e : extrapolations(one.scenario)) row.beyond.push_back(to_string(e));
    Draws aim = draws(r, 0);
    for (double& x : aim) x *= q_.better;
    row.aim = figure(aim);
    std::erase_if(aim, [](double x) { return std::isnan(x); });
    std::sort(aim.begin(), aim.end());
    row.low = quantile<double>(aim, 0.1), row.high = quantile<double>(aim, 0.9);
    const double missed = 0.05 / static_cast<double>(std::max<std::size_t>(1, row_options_.size() - 1));
    row.gain = figure(differences(draws(r, 0), draws(0, 0)), missed);
    for (std::size_t s = 0; s < q_.structures.size(); ++s)
      row.by_structure.push_back(summarise(draws(r, q_.aim_under(s))).mean * q_.better);
    for (std::size_t k = 0; k < q_.shown.size(); ++k)
      row.shown.push_back(figure(differences(draws(r, q_.shown_at(k)), draws(0, q_.shown_at(k)))));
    return row;
  }

  void steps() {
    const auto row_of = [&](std::size_t option) {
      return static_cast<std::size_t>(std::find(row_options_.begin(), row_options_.end(), option) - row_options_.begin());
    };
    for (std::size_t m = 0; m < q_.amounts.size(); ++m) {
      const auto within = [&](std::size_t option) { return s_.costs[option] <= q_.amounts[m]; };
      if (std::none_of(s_.finalists.begin(), s_.finalists.end(), within)) continue;
      const BestWithin best = best_within(s_, q_.rule, q_.amounts[m]);
      if (best.set.empty()) {
        if (m == q_.budget) throw NothingAllowed("every option within the budget does harm to what is guarded");
        continue;
      }
      BestStep step{q_.amounts[m], row_of(best.choice), {}};
      for (const std::size_t option : best.set) step.set.push_back(row_of(option));
      std::sort(step.set.begin(), step.set.end());
      if (m == q_.budget) answer_.budget_step = answer_.steps.size();
      answer_.steps.push_back(std::move(step));
    }
  }

  // Rows within the budget that do no clear harm: of those that are not told from the best for some money none does, of the
  // others it is the guards' intervals that say so.
  std::vector<std::size_t> allowed_rows() {
    std::vector<std::size_t> list;
    for (std::size_t r = 0; r < answer_.rows.size(); ++r) {
      bool harms = false;
      for (std::size_t g = 0; g < q_.guards.size(); ++g) {
        const BestFigure lost = figure(differences(draws(r, g + 1), draws(0, g + 1)));
        harms = harms || lost.mean + lost.half_width < -q_.guards[g].tolerance;
      }
      const bool best_for_some = std::any_of(answer_.steps.begin(), answer_.steps.end(), [&](const BestStep& step) {
        return std::find(step.set.begin(), step.set.end(), r) != step.set.end();
      });
      answer_.rows[r].allowed = answer_.rows[r].cost <= answer_.budget && (!harms || best_for_some);
      if (answer_.rows[r].allowed) list.push_back(r);
    }
    return list;
  }

  void shares(const std::vector<std::size_t>& allowed) {
    std::vector<std::span<const double>> values;
    for (const std::size_t r : allowed) values.emplace_back(draws(r, 0));
    const auto best = best_in_resamples(values, resamples, q_.seed);
    for (std::size_t i = 0; i < allowed.size(); ++i) answer_.rows[allowed[i]].best = best[i];
    if (q_.sets() < 3) return;
    for (const std::size_t r : allowed) answer_.rows[r].best_in_sets = 0;
    for (const std::size_t s : counted_) share_of_sets(allowed, s);
  }

  // Sets in which each row is the best, under a structure. Means of so few runs differ by luck, too: gains over the choice are
  // drawn in to the variance that sets have without it.
  void share_of_sets(const std::vector<std::size_t>& allowed, std::size_t structure) {
    const std::size_t sets = q_.sets(), measure = q_.aim_under(structure), choice = answer_.step().choice;
    std::vector<Draws> gains;
    for (const std::size_t r : allowed) {
      const Draws gain = differences(draws(r, measure), draws(choice, measure));
      Draws means = set_means(gain);
      const Summary of_means = summarise(means);
      const SharedParts parts = shared_parts(by_set(gain), gain.size() / sets);
      const double narrow = of_means.sd > 0 ? std::min(1.0, std::sqrt(std::max(0.0, parts.parameters)) / of_means.sd) : 0;
      for (double& mean : means) mean = of_means.mean + narrow * (mean - of_means.mean);
      gains.push_back(std::move(means));
    }
    for (std::size_t set = 0; set < sets; ++set) {
      std::size_t best = 0;
      for (std::size_t i = 1; i < allowed.size(); ++i)
        if (gains[i][set] > gains[best][set]) best = i;
      answer_.rows[allowed[best]].best_in_sets += 1 / static_cast<double>(sets * counted_.size());
    }
  }

  void regrets(const std::vector<std::size_t>& allowed) {
    const std::size_t structures = q_.structures.size();
    for (BestRow& row : answer_.rows) {
      double expected = 0, worst = 0;
      for (std::size_t s = 0; s < structures; ++s) {
        double best = -std::numeric_limits<double>::infinity();
        for (const std::size_t r : allowed) best = std::max(best, q_.better * answer_.rows[r].by_structure[s]);
        const double regret = std::max(0.0, best - q_.better * row.by_structure[s]);
        worst = std::max(worst, regret);
        if (answer_.counted[s]) expected += regret / static_cast<double>(counted_.size());
      }
      row.expected_regret = expected, row.worst_regret = worst;
    }
  }

  // What the gain of the choice in single runs varies by.
  void parts() {
    const std::size_t choice = answer_.step().choice, sets = q_.sets();
    Draws means;
    for (const std::size_t s : counted_) {
      const Draws gain = differences(draws(choice, q_.aim_under(s)), draws(0, q_.aim_under(s)));
      const Summary of_runs = summarise(gain);
      const auto n = static_cast<double>(counted_.size());
      means.push_back(of_runs.mean);
      if (sets < 3) {
        answer_.chance += of_runs.sd * of_runs.sd / n;
        continue;
      }
      const SharedParts shared = shared_parts(by_set(gain), gain.size() / sets);
      answer_.chance += shared.chance / n, answer_.parameters += shared.parameters / n;
    }
    const Summary of_structures = summarise(means);
    if (means.size() > 1) answer_.structure = of_structures.sd * of_structures.sd;
  }

  // What would be taken if the structure were known: the choice, unless another is clearly better there.
  std::size_t taken_under(std::size_t structure, const std::vector<std::size_t>& allowed) const {
    const auto at = [&](std::size_t r) { return q_.better * answer_.rows[r].by_structure[structure]; };
    const std::size_t best = *std::max_element(allowed.begin(), allowed.end(), [&](auto a, auto b) { return at(a) < at(b); });
    const BestFigure gain = gain_under(structure, best);
    return gain.mean > gain.half_width ? best : answer_.step().choice;  // luck alone may have it there
  }
  BestFigure gain_under(std::size_t structure, std::size_t row) const {
    const std::size_t measure = q_.aim_under(structure);
    return figure(differences(draws(row, measure), draws(answer_.step().choice, measure)));
  }

  // Under one structure: of all parameters, then of each group; those of no group together. With several structures it is what
  // they are worth beyond the structure.
  void add_information(std::size_t structure, const std::vector<std::size_t>& allowed, std::vector<BestInformation>& list) const {
    std::vector<std::string> paths;
    const auto all = varying_columns(q_.structures[structure], paths);
    std::vector<Draws> outcomes;
    std::size_t choice = 0;
    const std::size_t taken = counted_.size() > 1 ? taken_under(structure, allowed) : answer_.step().choice;
    for (const std::size_t r : allowed) {
      if (r == taken) choice = outcomes.size();
      outcomes.push_back(set_means(draws(r, q_.aim_under(structure))));
    }
    const auto add = [&](const std::string& about, const std::vector<Draws>& known) {
      const InformationValue value = information_value(outcomes, choice, known);
      const auto n = static_cast<double>(counted_.size());
      auto found = std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.about == about; });
      if (found == list.end()) found = list.insert(list.end(), BestInformation{about, 0, 0, 0});
      found->value += value.value / n, found->changes += value.changes / n;
      found->se = root_of_squares(found->se, value.se / n);
    };
    add("all parameters", all);
    std::vector<Draws> others;
    for (const Input& input : grouped_inputs(paths, paths)) {
      std::vector<Draws> known;
      for (const std::size_t f : input.factors) (input.group ? known : others).push_back(all[f]);
      if (input.group) add(input.name, known);
    }
    if (!others.empty()) add("other parameters", others);
  }

  void information(const std::vector<std::size_t>& allowed) {
    for (const std::size_t s : counted_)
      if (q_.structures[s].set_of.size() >= fewest_sets_to_learn_from) add_information(s, allowed, answer_.information);
    if (counted_.size() < 2) return;
    // The structure: to know it is to take the best under it.
    BestInformation one{"the model's structure", 0, 0, 0};
    const auto n = static_cast<double>(counted_.size());
    for (const std::size_t s : counted_) {
      const std::size_t taken = taken_under(s, allowed);
      if (taken == answer_.step().choice) continue;
      const BestFigure gain = gain_under(s, taken);
      one.value += gain.mean / n, one.changes += 1 / n;
      one.se = root_of_squares(one.se, gain.half_width / 2 / n);
    }
    answer_.information.push_back(one);
  }

  const BestQuestion& q_;
  const std::vector<Possible>& options_;
  const Searched& s_;
  std::vector<std::size_t> counted_, row_options_;
  BestAnswer answer_;
};

}  // namespace

BestAnswer best_answer(const BestQuestion& question, const std::vector<Possible>& options, const Searched& searched) {
  return Answering(question, options, searched).all();
}

}  // namespace coalis
