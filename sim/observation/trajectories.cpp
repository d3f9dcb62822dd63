// Trajectories: the month as the coalition, its regions and its organisations show it, in the order of the *_quantities().
#include <array>
#include <numeric>

#include "coalis/observation/observers.hpp"
#include "coalis/observation/tally.hpp"

namespace coalis::inline COALIS_ISA {
namespace {

// Appends the month's value of one quantity after the other.
struct MonthRow {
  float* at;
  std::size_t stride;  // from quantity to quantity
  void add(double value) {
    *at = static_cast<float>(value);
    at += stride;
  }
};

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

double attended_so_far(const World& w, int kind) {
  const auto first = w.attended_in.begin() + turnout_index(w, kind, 0, 0);
  return static_cast<double>(std::accumulate(first, first + (w.month + 1) * w.plan.regions(), 0LL));
}

void record_coalition(const World& w, const Tallies& tallies, RunRecord& record) {
  const Tally& all = tallies.all;
  const std::array<int, 3> kinds{w.plan.meeting, w.plan.outreach, w.plan.training};
  MonthRow row{record.trajectories.data() + w.month, static_cast<std::size_t>(w.plan.months())};
  for (const int kind : kinds) row.add(kind < 0 ? missing : w.held_of[kind]);
  row.add(w.plan.meeting < 0 ? missing : ratio(all.never_attended, all.ever));
  for (const int kind : kinds) row.add(kind < 0 ? missing : ratio(attended_so_far(w, kind), all.ever));
  row.add(ratio(all.engaged, all.ever));
  for (const int kind : kinds) row.add(participation(w, kind, w.month, w.month, -1));
  row.add(participation(w, w.plan.meeting, w.month, w.month, largest_region(w, tallies)));
  row.add(regional_gap(w, tallies));
  for (const int count : {all.enrolled, all.dormant, all.withdrawn}) row.add(ratio(count, all.ever));
  for (const double sum : {all.commitment, all.leadership, all.progress, all.awareness}) row.add(ratio(sum, all.members()));
  row.add(w.goal);
  row.add(w.service_known ? w.service : missing);
  row.add(w.strife);
  row.add(w.conflict_in[w.month]);
  for (const int count : {all.inside, all.outside}) row.add(ratio(count, all.ever));
  row.add(ratio(w.hours_in[w.month], all.ever));
  row.add(w.cost_in[w.month]);
  row.add(all.members());
}

void record_region(const World& w, const Tally& t, int region, RunRecord& record) {
  const std::size_t months = w.plan.months(), regions = w.plan.regions();
  MonthRow row{record.region_trajectories.data() + region * months + w.month, regions * months};
  row.add(t.members());
  row.add(participation_in(w, w.plan.meeting, w.month, region));
  row.add(w.plan.meeting < 0 ? missing : ratio(t.never_attended, t.ever));
  row.add(ratio(t.engaged, t.ever));
  for (const int count : {t.enrolled, t.dormant, t.withdrawn}) row.add(ratio(count, t.ever));
  for (const double sum : {t.commitment, t.leadership, t.progress, t.awareness}) row.add(ratio(sum, t.members()));
  for (const int count : {t.inside, t.outside}) row.add(ratio(count, t.ever));
}

}  // namespace

void record_trajectories(const World& w, const Recording& recording, RunRecord& record) {
  const Tallies tallies = tally(w);
  record_coalition(w, tallies, record);
  if (!recording.regions) return;
  for (int region = 0; region < w.plan.regions(); ++region) record_region(w, tallies.region[region], region, record);
}

void record_organisations(const World& w, RunRecord& record) {
  const std::size_t n = static_cast<std::size_t>(w.n), stride = n * static_cast<std::size_t>(w.plan.months());
  float* out = record.organisation_trajectories.data() + static_cast<std::size_t>(w.month) * n;
  for (const Column<std::int32_t>* column : {&w.status, &w.attended}) {
    for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<float>((*column)[i]);
    out += stride;
  }
  for (const Column<float>* column : {&w.commitment, &w.awareness, &w.leadership, &w.progress, &w.trace, &w.conflict, &w.outside,
                                      &w.viewpoint, &w.hours, &w.tie_sum}) {
    for (std::size_t i = 0; i < n; ++i) out[i] = (*column)[i];
    out += stride;
  }
}

}  // namespace coalis::inline COALIS_ISA
