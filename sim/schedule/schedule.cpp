#include "coalis/schedule/schedule.hpp"

#include <algorithm>
#include <array>

#include "coalis/initialization/initialization.hpp"
#include "coalis/observation/observers.hpp"
#include "coalis/submodels/submodels.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

// Interventions are in the policy of the month already (model/plan); what they change at once is home hubs.
void intervene(World& w) {
  w.policy = &w.plan.policy(w.month);
  assign_homes(w);
}

void supply(World& w) {
  plan_events(w);
  allocate_grants(w);
  draw_resources(w);
}

// Events of a month run series by series in the scenario's order; those of different hubs for their own organisations, which
// cannot meet, side by side.
void convene(World& w) {
  hold_events(w);
  while (next_round(w)) {
    attend_events(w);
    exchange_views(w);
  }
  settle_events(w);
  settle_strife(w);
}

constexpr std::array<Process, 11> list{{
    {{"", "interventions", "levers, hubs, series and environment take the month's values; home hubs are assigned"}, intervene},
    {{"", "entries", "organisations whose entry month it is become enrolled"}, enter},
    {{"1", "resources", "grants in months 12, 24, ...; hours available this month"}, supply},
    {{"2", "leadership", "vacancies, staff time, visibility, exposure of organisations to leaders"}, lead},
    {{"3", "information", "bulletins reach the enrolled"}, inform},
    {{"4", "convening and exchange", "events are called and held, organisations attend, meet, disagree and form ties"}, convene},
    {{"5", "collaboration", "ties fade; chance contacts inside and outside the coalition"}, collaborate},
    {{"6", "cases and referrals", "victims are identified, needs referred over ties"}, refer_cases},
    {{"7", "goal attainment", "effort, ties and staff advance the coalition's goals"}, attain_goal},
    {{"8", "appraisal", "members perceive leader and progress; commitment moves"}, appraise},
    {{"9", "membership", "dormancy, return, withdrawal, recruitment"}, update_membership},
}};

// What the events of the month before left with the organisations.
void forget_events(World& w) {
  for_chunks(w.loop, w.lanes_n, [&w](Range range, int) {
    const int count = range.end - range.begin;
    std::fill_n(w.attended.begin() + range.begin, count, 0);
    for (Column<float>* zero : {&w.hours, &w.month_conflict}) std::fill_n(zero->begin() + range.begin, count, 0.0f);
  });
}

void begin_month(World& w, int month) {
  w.month = month;
  w.effort = w.conflict_sum = 0;
  w.contacts_count = 0;
  w.peers_known = false;
  if (w.events_happened) forget_events(w);
  w.events_happened = false;
  for (const std::int32_t i : w.serving) w.needs_met[i] = 0;
  std::fill(w.due_of.begin(), w.due_of.end(), 0);
  std::fill(w.held_of.begin(), w.held_of.end(), 0);
  w.cost_in[month] = standing_cost(w.plan.policy(month), w.plan.scenario.costs);
}

}  // namespace

std::span<const Process> processes() { return list; }

std::span<const ProcessName> process_names() {
  static const auto names = [] {
    std::array<ProcessName, list.size()> only;
    std::transform(list.begin(), list.end(), only.begin(), [](const Process& process) { return process.name; });
    return only;
  }();
  return names;
}

void run_month(World& w, int month) {
  begin_month(w, month);
  for (const Process& process : list) process.run(w);
}

void run_replicate(World& w, const Recording& recording, RunRecord& record, int first, int end) {
  if (first == 0) {
    initialize(w);
    prepare_record(w, recording, record);
  }
  for (int month = first; month < end; ++month) {
    run_month(w, month);
    observe_month(w, recording, record);
  }
  if (end == w.plan.months()) observe_end(w, recording, record);
}

}  // namespace coalis::inline COALIS_ISA
