// Brute force beside `coalis best`: every option of a large first round within the budget runs all replicates, those that do best
// run new ones; how far is the choice of the race behind the best of them, and how many runs did each take?
//   best_grid SCENARIO BUDGET [POINTS [REPLICATES [AGAIN [THREADS]]]]
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <string>
#include <vector>

#include "coalis/ensemble/paired.hpp"
#include "coalis/questions/policy/ready_made.hpp"
#include "coalis/statistics/summary.hpp"
#include "coalis/tasks/best.hpp"

namespace coalis {
namespace {

constexpr std::size_t side_by_side = 16, looked_at_again = 40;
constexpr Recording nothing_but_outcomes{false, false, false, false, false, false};

// The aim of every scenario in replicates first..first+count-1: [scenario][replicate].
std::vector<std::vector<double>> aims(const BestQuestion& question, const std::vector<Scenario>& scenarios, std::uint32_t first,
                                      std::size_t count, int threads) {
  std::vector<std::vector<double>> all(scenarios.size());
  const auto replicates = replicate_range(first, count);
  for (std::size_t at = 0; at < scenarios.size(); at += side_by_side) {
    const auto some = std::span(scenarios).subspan(at, std::min(side_by_side, scenarios.size() - at));
    run_paired(some, question.seed, replicates, nothing_but_outcomes, {.threads = threads},
               [&](std::span<const RunRecord> records) {
                 for (std::size_t i = 0; i < records.size(); ++i)
                   all[at + i].push_back(question.better * records[i].outcomes[question.aim]);
               });
  }
  return all;
}

int compare_with_grid(BestOptions options, std::size_t points, std::size_t replicates, std::size_t more, int threads) {
  const auto asked = read_best(options, {});
  options.points = points;
  const auto all = read_best(options, {});
  if (!asked.ok() || !all.ok()) return 2;
  const BestQuestion& question = *asked.question;
  const auto answer = find_best(question, threads, {});
  std::vector<Scenario> grid;
  for (const Possible& one : all.question->first)
    if (one.cost <= options.budget) grid.push_back(one.scenario);
  const auto first = aims(question, grid, 1u << 20, replicates, threads);
  std::vector<double> means;
  for (const auto& values : first) means.push_back(summarise(values).mean);
  std::vector<std::size_t> order(grid.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return means[a] > means[b]; });
  order.resize(std::min(looked_at_again, order.size()));
  std::vector<Scenario> again;
  for (const std::size_t i : order) again.push_back(grid[i]);
  Scenario choice = question.scenario;
  for (const std::string& change : answer->choice().option.changes) choice = *with_ready_made(choice, change);
  again.push_back(choice);
  const auto fresh = aims(question, again, 1u << 21, more, threads);
  std::size_t best = 0;
  double highest = -INFINITY;
  for (std::size_t i = 0; i + 1 < again.size(); ++i)
    if (const double mean = summarise(fresh[i]).mean; mean > highest) highest = mean, best = i;
  std::vector<double> behind;
  for (std::size_t r = 0; r < more; ++r) behind.push_back(fresh[best][r] - fresh.back()[r]);
  const Summary regret = summarise(behind);
  std::printf("chosen: %s\nbest of the grid: %s\nregret: %.4f, standard error %.4f\n", answer->choice().option.name.c_str(),
              again[best].name.c_str(), regret.mean, regret.se);
  const std::size_t by_force = grid.size() * replicates + again.size() * more;
  std::printf(
      "runs: %zu of the race; %zu had all its options run alike (%.1f times); %zu of the grid of %zu options (%.0f times)\n",
      answer->runs, answer->runs_alike, static_cast<double>(answer->runs_alike) / static_cast<double>(answer->runs), by_force,
      grid.size(), static_cast<double>(by_force) / static_cast<double>(answer->runs));
  return 0;
}

}  // namespace
}  // namespace coalis

int main(int count, char** words) {
  const auto number = [&](int place, std::size_t otherwise) {
    return count > place ? static_cast<std::size_t>(std::strtoull(words[place], nullptr, 10)) : otherwise;
  };
  if (count < 3) return std::puts("usage: best_grid SCENARIO BUDGET [POINTS [REPLICATES [AGAIN [THREADS]]]]"), 2;
  coalis::BestOptions options;
  options.scenario = words[1], options.budget = std::strtod(words[2], nullptr);
  return coalis::compare_with_grid(options, number(3, 2000), number(4, 200), number(5, 5000), static_cast<int>(number(6, 0)));
}
