// Outcomes (model.md section 9): the value of every row of outcome_rows, by its name.
#include <algorithm>
#include <array>
#include <numeric>

#include "coalis/model/outcome_rows.hpp"
#include "coalis/observation/observers.hpp"
#include "coalis/observation/tally.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

// A text that can stand between < and >.
template <std::size_t size>
struct Name {
  char text[size];
  constexpr Name(const char (&from)[size]) { std::copy_n(from, size, text); }
};

template <std::size_t place>
struct Value {
  double value;
};

template <Name name>
Value<outcome_place(name.text)> is(double value) {
  return {value};
}

// Every outcome once.
template <std::size_t... places>
void write(std::vector<double>& outcomes, const Value<places>&... values) {
  constexpr auto given = [] {
    std::array<int, outcome_rows.size()> times{};
    (++times[places], ...);
    return times;
  }();
  static_assert(std::all_of(given.begin(), given.end(), [](int times) { return times == 1; }), "an outcome has no value, or two");
  ((outcomes[places] = values.value), ...);
}

double attended_in_run(const World& w, int kind) {
  const auto first = w.attended_in.begin() + turnout_index(w, kind, 0, 0);
  return static_cast<double>(std::accumulate(first, first + w.plan.months() * w.plan.regions(), 0LL));
}

double mean_conflict(const World& w) {
  double sum = 0;
  int months = 0;
  for (const float conflict : w.conflict_in)
    if (conflict == conflict) {
      sum += conflict;
      ++months;
    }
  return ratio(sum, months);
}

}  // namespace

void record_outcomes(const World& w, RunRecord& record) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  const Tallies tallies = tally(w);
  const Tally& all = tallies.all;
  const Plan& plan = w.plan;
  const int last = plan.months() - 1, first = std::max(0, last - 11);
  const double years = plan.months() / 12.0;
  const double hours = std::accumulate(w.hours_in.begin(), w.hours_in.end(), 0.0);
  const auto held = [&](int kind) { return kind < 0 ? missing : w.events_held[kind]; };
  const auto attended = [&](int kind) { return kind < 0 ? missing : ratio(attended_in_run(w, kind), all.ever); };
  const auto of_members = [&](double sum) { return ratio(sum, all.members()); };
  // clang-format off
  write(record.outcomes,
        is<"events_held.meeting">(held(plan.meeting)),
        is<"events_held.outreach">(held(plan.outreach)),
        is<"events_held.training">(held(plan.training)),
        is<"never_attended">(plan.meeting < 0 ? missing : ratio(all.never_attended, all.ever)),
        is<"attended_per_member.meeting">(attended(plan.meeting)),
        is<"attended_per_member.outreach">(attended(plan.outreach)),
        is<"attended_per_member.training">(attended(plan.training)),
        is<"engaged">(ratio(all.engaged, all.ever)),
        is<"participation.meeting">(participation(w, plan.meeting, first, last, -1)),
        is<"participation.outreach">(participation(w, plan.outreach, first, last, -1)),
        is<"participation.training">(participation(w, plan.training, first, last, -1)),
        is<"participation_remote">(participation(w, plan.meeting, first, last, largest_region(w, tallies))),
        is<"regional_gap">(regional_gap(w, tallies)),
        is<"enrolled">(ratio(all.enrolled, all.ever)),
        is<"dormant">(ratio(all.dormant, all.ever)),
        is<"withdrawn">(ratio(all.withdrawn, all.ever)),
        is<"commitment">(of_members(all.commitment)),
        is<"leadership">(of_members(all.leadership)),
        is<"progress">(of_members(all.progress)),
        is<"awareness">(of_members(all.awareness)),
        is<"goal_attainment">(w.goal),
        is<"service_effectiveness">(w.service_known ? w.service : missing),
        is<"strife">(w.strife),
        is<"conflict">(mean_conflict(w)),
        is<"inside_collaboration">(ratio(all.inside, all.ever)),
        is<"outside_collaboration">(ratio(all.outside, all.ever)),
        is<"hours_given">(ratio(hours, all.ever * years)),
        is<"coordination_cost">(std::accumulate(w.cost_in.begin(), w.cost_in.end(), 0.0) / years),
        is<"planned_cost">(plan.planned_cost),
        is<"member_cost">(hours * plan.scenario.costs.hour / years),
        is<"engaged_steadily">(ratio(all.engaged_steadily, all.ever)),
        is<"hours_per_goal">(w.goal > 0 ? ratio(hours, all.ever * years) / w.goal : missing));
  // clang-format on
}

}  // namespace coalis::inline COALIS_ISA
