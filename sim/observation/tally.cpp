#include "coalis/observation/tally.hpp"

#include <algorithm>
#include <limits>

namespace coalis::inline COALIS_ISA {

void Tally::add(const Tally& other) {
  ever += other.ever;
  enrolled += other.enrolled;
  dormant += other.dormant;
  withdrawn += other.withdrawn;
  engaged += other.engaged;
  engaged_steadily += other.engaged_steadily;
  never_attended += other.never_attended;
  inside += other.inside;
  outside += other.outside;
  commitment += other.commitment;
  leadership += other.leadership;
  progress += other.progress;
  awareness += other.awareness;
}

// Free of branches: who counts is as good as random to the processor.
Tallies tally(const World& w) {
  Tallies tallies;
  const std::int32_t* meetings = w.plan.meeting >= 0 ? w.attended_events[w.plan.meeting].data() : nullptr;
  const std::int32_t *statuses = w.status.data(), *last_attended = w.last_attended.data(), *balance = w.year_balance.data();
  const std::uint8_t* regions = w.region.data();
  const float *tie_sum = w.tie_sum.data(), *outside = w.outside.data(), *commitment = w.commitment.data();
  const float *leadership = w.leadership.data(), *progress = w.progress.data(), *awareness = w.awareness.data();
  const std::int32_t year_ago = w.month - 12;
  const int n = w.n;
  for (int i = 0; i < n; ++i) {
    const std::int32_t status = statuses[i];
    const bool ever = status != coalis::nonmember, member = ever & (status != coalis::withdrawn);
    Tally& t = tallies.region[regions[i]];
    t.ever += ever;
    t.enrolled += status == coalis::enrolled;
    t.dormant += status == coalis::dormant;
    t.withdrawn += status == coalis::withdrawn;
    t.engaged += ever & (last_attended[i] > year_ago);
    t.engaged_steadily += ever & (last_attended[i] > year_ago) & (balance[i] >= 0);
    t.never_attended += meetings ? ever & (meetings[i] == 0) : 0;
    t.inside += ever & (tie_sum[i] > 0);
    t.outside += ever & (outside[i] > 0);
    t.commitment += member ? commitment[i] : 0.0f;
    t.leadership += member ? leadership[i] : 0.0f;
    t.progress += member ? progress[i] : 0.0f;
    t.awareness += member ? awareness[i] : 0.0f;
  }
  for (int region = 0; region < w.plan.regions(); ++region) tallies.all.add(tallies.region[region]);
  return tallies;
}

int largest_region(const World& w, const Tallies& tallies) {
  int largest = 0;
  for (int region = 1; region < w.plan.regions(); ++region)
    if (tallies.region[region].members() > tallies.region[largest].members()) largest = region;
  return largest;
}

double regional_gap(const World& w, const Tallies& tallies) {
  double least = 2, most = -1;
  int regions = 0;
  for (int region = 0; region < w.plan.regions(); ++region) {
    const Tally& t = tallies.region[region];
    if (t.ever < 5) continue;
    const double share = static_cast<double>(t.engaged) / t.ever;
    least = std::min(least, share);
    most = std::max(most, share);
    ++regions;
  }
  return regions < 2 ? std::numeric_limits<double>::quiet_NaN() : most - least;
}

double participation(const World& w, int kind, int first, int last, int except) {
  long long invited = 0, attended = 0;
  if (kind >= 0)
    for (int month = first; month <= last; ++month)
      for (int region = 0; region < w.plan.regions(); ++region) {
        if (region == except) continue;
        const int at = turnout_index(w, kind, month, region);
        invited += w.invited_in[at];
        attended += w.attended_in[at];
      }
  return ratio(static_cast<double>(attended), static_cast<double>(invited));
}

double participation_in(const World& w, int kind, int month, int region) {
  if (kind < 0) return ratio(0, 0);
  const int at = turnout_index(w, kind, month, region);
  return ratio(w.attended_in[at], w.invited_in[at]);
}

}  // namespace coalis::inline COALIS_ISA
