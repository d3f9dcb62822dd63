// The arithmetic floor of an organisation-month of the Illinois baseline: as many blocks, exponentials and array elements as the
// model needs, counted from its own run, in plain loops (floor_kernels.cpp). Initialization is spread over the months.
#include <algorithm>

#include "cases.hpp"
#include "coalis/core/column.hpp"
#include "coalis/engine/simulate.hpp"
#include "kernels.hpp"

namespace coalis::bench {
namespace {

// What one organisation needs in a run.
struct Need {
  double blocks = 0, exps = 0, logistics = 0, logs = 0;
};

// As drawn by sim/initialization: twelve words; three beta draws of two blocks and, on average, 1.05 attempts.
constexpr Need initialization{.blocks = 12 / 4.0 + 3 * 2 * 1.05, .exps = 1 + 3, .logistics = 1 + 3, .logs = 1 + 3 * 7};

Need add(const Need& need, double times, const Need& each) {
  return {need.blocks + times * each.blocks, need.exps + times * each.exps, need.logistics + times * each.logistics,
          need.logs + times * each.logs};
}

// Mean over replicates.
Need need_of_run() {
  constexpr int replicates = 100;
  const auto plan = make_plan(illinois());
  World world(*plan, serial_loop());
  RunRecord record;
  PartTimes times;
  Work work;
  Need sum;
  for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
    world.stream = {1, replicate};
    kernels(instruction_sets().front()).run_timed(world, outcomes_only, record, times, work);
    const double n = work.organisations;
    sum = add(sum, 1, initialization);
    sum = add(sum, work.months, {.blocks = 1, .logistics = 1});                 // information, contact, membership; commitment
    sum = add(sum, work.months_due, {.blocks = 0.25, .exps = 1, .logs = 0.5});  // resources: two share a pair of normals
    sum = add(sum, work.events, {.blocks = 0.25, .logistics = 1});              // attendance
    sum = add(sum, work.grant_rounds, {.blocks = 0.25, .logs = 2});             // Gumbel
    sum = add(sum, static_cast<double>(work.contacts) / n, {.blocks = 2});      // partners and ties
    sum = add(sum, static_cast<double>(work.serving) / n, {.blocks = 1, .exps = 1});  // cases
    sum = add(sum, work.chance_contacts / n, {.blocks = 1});
  }
  const double each = 1.0 / replicates;
  return {sum.blocks * each, sum.exps * each, sum.logistics * each, sum.logs * each};
}

const Need& need() {
  static const Need counted = need_of_run();
  return counted;
}

int organisations() { return padded(illinois().organisations.count()); }
int months() { return illinois().calendar.months; }
int whole(double count) { return static_cast<int>(count + 0.5); }

void count(benchmark::State& state) { state.counters["organisation_months"] = organisations() * months(); }

// Each kernel runs what a whole run needs.
void draws(benchmark::State& state, const Kernels& kernel) {
  Column<std::uint32_t> words(static_cast<std::size_t>(4 * organisations()));
  const int blocks = whole(need().blocks);
  std::uint32_t replicate = 0;
  for (auto _ : state) {
    kernel.draw_blocks({1, replicate++}, organisations(), blocks, words.data());
    benchmark::ClobberMemory();
  }
  count(state);
  state.counters["each"] = need().blocks / months();
}

void exponentials(benchmark::State& state, const Kernels& kernel) {
  Column<float> x(static_cast<std::size_t>(organisations()), 0.5f);
  const int exps = whole(need().exps), logistics = whole(need().logistics), logs = whole(need().logs);
  for (auto _ : state) {
    kernel.exponentials(organisations(), exps, logistics, logs, x.data());
    benchmark::ClobberMemory();
  }
  count(state);
  state.counters["each"] = (need().exps + need().logistics + need().logs) / months();
}

// What changes from month to month: ten variables and the partner and strength of eight ties.
constexpr int changing = 10 + 2 * slots_max;

void arrays(benchmark::State& state, const Kernels& kernel) {
  Column<float> x(static_cast<std::size_t>(changing * organisations()), 1.0f);
  for (auto _ : state) {
    for (int month = 0; month < months(); ++month) kernel.sweep(x.size(), x.data());
    benchmark::ClobberMemory();
  }
  count(state);
  state.counters["each"] = changing;
}

}  // namespace

void add_floor() {
  for (const auto isa : instruction_sets()) {
    const Kernels& kernel = kernels(isa);
    add("floor", "draws", isa, 1, [&](benchmark::State& state) { draws(state, kernel); });
    add("floor", "exponentials", isa, 1, [&](benchmark::State& state) { exponentials(state, kernel); });
    add("floor", "arrays", isa, 1, [&](benchmark::State& state) { arrays(state, kernel); });
  }
}

}  // namespace coalis::bench
