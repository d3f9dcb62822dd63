// Outcomes (model.md section 9), in the order of outcome_quantities().
#include <algorithm>
#include <array>
#include <numeric>

#include "coalis/observation/observers.hpp"
#include "coalis/observation/tally.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

// A list of values appended in the order of the names.
struct Row {
  std::vector<double>& values;
  std::size_t next = 0;
  void add(double value) { values[next++] = value; }
};

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
  const std::array<int, 3> kinds{w.plan.meeting, w.plan.outreach, w.plan.training};
  const int last = w.plan.months() - 1, first = std::max(0, last - 11);
  const double years = w.plan.months() / 12.0;
  const double hours = std::accumulate(w.hours_in.begin(), w.hours_in.end(), 0.0);
  Row row{record.outcomes};
  for (const int kind : kinds) row.add(kind < 0 ? missing : w.events_held[kind]);
  row.add(w.plan.meeting < 0 ? missing : ratio(all.never_attended, all.ever));
  for (const int kind : kinds) row.add(kind < 0 ? missing : ratio(attended_in_run(w, kind), all.ever));
  row.add(ratio(all.engaged, all.ever));
  for (const int kind : kinds) row.add(participation(w, kind, first, last, -1));
  row.add(participation(w, w.plan.meeting, first, last, largest_region(w, tallies)));
  row.add(regional_gap(w, tallies));
  for (const int count : {all.enrolled, all.dormant, all.withdrawn}) row.add(ratio(count, all.ever));
  for (const double sum : {all.commitment, all.leadership, all.progress, all.awareness}) row.add(ratio(sum, all.members()));
  row.add(w.goal);
  row.add(w.service_known ? w.service : missing);
  row.add(w.strife);
  row.add(mean_conflict(w));
  for (const int count : {all.inside, all.outside}) row.add(ratio(count, all.ever));
  row.add(ratio(hours, all.ever * years));
  row.add(std::accumulate(w.cost_in.begin(), w.cost_in.end(), 0.0) / years);
  row.add(w.plan.planned_cost);
  row.add(hours * w.plan.scenario.costs.hour / years);
}

}  // namespace coalis::inline COALIS_ISA
