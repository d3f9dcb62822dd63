#include "coalis/questions/comparison/differences.hpp"

#include <algorithm>
#include <cmath>

#include "coalis/model/supported.hpp"
#include "coalis/questions/policy/beginning.hpp"

namespace coalis {
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
  const auto what_stays = [](Scenario s) {
    s.name.clear(), s.description.clear(), s.evidence.clear(), s.interventions.clear(), s.series.clear(), s.hubs.clear();
    s.regions.clear(), s.roles.clear(), s.levers = {}, s.environment = {};
    return s;
  };
  if (what_stays(reference) != what_stays(other)) return 0;
  const int first = same_in_force_until(reference, other);
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
