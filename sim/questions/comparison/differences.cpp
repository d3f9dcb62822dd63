#include "coalis/questions/comparison/differences.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "coalis/model/supported.hpp"

namespace coalis {
namespace {

// The month from which a thing that lasts from..until is not among others as it is: its end or theirs, if they differ in that
// alone.
template <class Lasting>
int same_until(const Lasting& one, const std::vector<Lasting>& others) {
  int first = one.from;
  for (Lasting other : others) {
    if (other == one) return std::numeric_limits<int>::max();
    const int until = std::exchange(other.until, one.until);
    if (other == one) first = std::max(first, std::min(until, one.until));
  }
  return first;
}

}  // namespace

OutcomeDifference plain_numbers(const std::string& outcome, const PairedSummary& s, double matters) {
  const auto count = [&](double share) {
    return s.pairs == 0 ? 0 : static_cast<std::size_t>(std::llround(share * static_cast<double>(s.pairs)));
  };
  return {.outcome = outcome,
          .reference = s.reference.mean,
          .other = s.other.mean,
          .mean = s.mean,
          .se = s.se,
          .low = s.most.low,
          .high = s.most.high,
          .matters = matters,
          .above = count(s.above),
          .below = count(s.below),
          .pairs = s.pairs,
          .left_out = s.left_out,
          .same = s.pairs > 0 && s.mean == 0 && !(s.sd > 0),
          .grain = s.grain,
          .draws = s.draws};
}

MeanDifference mean_difference(const OutcomeDifference& d) { return {d.mean, half_width(d.se, d.draws > 0 ? d.draws : d.pairs)}; }

int months_alike(const Scenario& reference, const Scenario& other) {
  const std::size_t hubs = std::min(reference.hubs.size(), other.hubs.size());
  const auto what_stays = [hubs](Scenario s) {
    s.name.clear(), s.description.clear(), s.evidence.clear(), s.interventions.clear(), s.series.clear();
    s.hubs.resize(hubs);
    return s;
  };
  if (what_stays(reference) != what_stays(other)) return 0;
  int first = reference.calendar.months;
  for (const auto& [own, others] : {std::pair{&reference, &other}, std::pair{&other, &reference}}) {
    for (std::size_t h = hubs; h < own->hubs.size(); ++h)
      if (own->hubs[h].fte > 0 || !own->hubs[h].serves.empty()) return 0;
    for (const Series& s : own->series) first = std::min(first, same_until(s, others->series));
    for (const Intervention& i : own->interventions) first = std::min(first, same_until(i, others->interventions));
  }
  return first < reference.calendar.months ? first : 0;
}

std::vector<std::string> extrapolated_levers(const Scenario& reference, const Scenario& other) {
  std::vector<std::string> levers;
  for (const Scenario* scenario : {&reference, &other})
    for (const Extrapolation& e : extrapolations(*scenario))
      if (std::find(levers.begin(), levers.end(), e.path) == levers.end()) levers.push_back(e.path);
  return levers;
}

}  // namespace coalis
