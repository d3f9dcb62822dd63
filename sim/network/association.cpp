// What goes with what among the organisations of a run: mission and participation, serving victims and seeing progress,
// membership and collaboration. Standard measures of association over organisations; docs/model.md section 9.
#include <array>
#include <cmath>
#include <limits>

#include "coalis/network/outcomes.hpp"
#include "final_state.hpp"

namespace coalis {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr float aligned_from = 0.5f;
constexpr float progress_seen_from = 0.4f;  // a rating of 2 or more on the survey's scale of 0 to 4
// Within such classes of mission alignment organisations count as comparable (subclassification, Cochran 1968,
// doi:10.2307/2528036: five classes remove about nine tenths of the bias).
constexpr std::size_t mission_classes = 5;

double ratio(double sum, double count) { return count > 0 ? sum / count : missing; }

// Organisation by organisation: what is compared, in which group it is, to whom it is comparable.
struct Case {
  double value;
  bool exposed;
  std::size_t stratum;
};

// Mean of the exposed minus mean of the others.
double difference(const std::vector<Case>& cases) {
  std::array<double, 2> sum{}, count{};
  for (const Case& c : cases) {
    sum[c.exposed] += c.value;
    count[c.exposed] += 1;
  }
  return ratio(sum[1], count[1]) - ratio(sum[0], count[0]);
}

// The same within strata, weighted by the number of the exposed (standardised to them); strata without both are left out.
double standardised_difference(const std::vector<Case>& cases) {
  std::array<std::array<double, 2>, mission_classes> sum{}, count{};
  for (const Case& c : cases) {
    sum[c.stratum][c.exposed] += c.value;
    count[c.stratum][c.exposed] += 1;
  }
  double total = 0, weight = 0;
  for (std::size_t s = 0; s < mission_classes; ++s) {
    if (count[s][0] == 0 || count[s][1] == 0) continue;
    total += count[s][1] * (sum[s][1] / count[s][1] - sum[s][0] / count[s][0]);
    weight += count[s][1];
  }
  return ratio(total, weight);
}

// Pearson's product-moment correlation; phi if both are 0 or 1. NaN if one of them does not vary.
double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const auto n = static_cast<double>(x.size());
  double mean_x = 0, mean_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mean_x += x[i] / n;
    mean_y += y[i] / n;
  }
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : missing;
}

// The columns of the final state that are read here.
struct FinalState {
  FinalState(const Scenario& s, const RunRecord& r)
      : scenario(s),
        record(r),
        n(static_cast<std::size_t>(s.organisations.count())),
        mission(final_floats(r, "mission_alignment")),
        progress(final_floats(r, "progress")),
        outside(final_floats(r, "outside_collaboration")),
        status(final_integers(r, "status")),
        serves(final_integers(r, "serves_victims")),
        inside(n) {
    for (const Tie& tie : r.ties) inside[static_cast<std::size_t>(tie.owner)] += static_cast<double>(tie.strength);
  }
  std::size_t stratum(std::size_t i) const {
    return std::min(mission_classes - 1, static_cast<std::size_t>(mission[i] * mission_classes));
  }
  double strength(std::size_t i) const { return inside[i] + static_cast<double>(outside[i]); }
  int attended(std::size_t kind, std::size_t i) const { return record.attended[kind * n + i]; }

  const Scenario& scenario;
  const RunRecord& record;
  std::size_t n;
  std::span<const float> mission, progress, outside;
  std::span<const std::int32_t> status, serves;
  std::vector<double> inside;  // sum of its ties' strengths
};

// Ever-members: correlation, phi and risk difference of attending events of a kind with mission alignment.
std::array<double, 3> mission_and(const FinalState& o, std::string_view kind_name) {
  std::size_t kind = 0;
  while (kind < o.scenario.kinds.size() && o.scenario.kinds[kind].name != kind_name) ++kind;
  if (kind == o.scenario.kinds.size()) return {missing, missing, missing};
  std::vector<double> mission, aligned, events, any;
  std::vector<Case> cases;
  for (std::size_t i = 0; i < o.n; ++i) {
    if (!was_member(o.status[i])) continue;
    const int count = o.attended(kind, i);
    mission.push_back(static_cast<double>(o.mission[i]));
    aligned.push_back(o.mission[i] >= aligned_from);
    events.push_back(count);
    any.push_back(count > 0);
    cases.push_back({any.back(), o.mission[i] >= aligned_from, 0});
  }
  return {correlation(mission, events), correlation(aligned, any), difference(cases)};
}

double share_aligned(const FinalState& o) {
  double aligned = 0, ever = 0;
  for (std::size_t i = 0; i < o.n; ++i) {
    if (!was_member(o.status[i])) continue;
    aligned += o.mission[i] >= aligned_from;
    ever += 1;
  }
  return ratio(aligned, ever);
}

// Members at the end: seeing progress, those that serve victims against the others. Who serves victims depends on mission alone,
// so that what is left within classes of mission is no selection.
std::vector<Case> progress_of_serving(const FinalState& o) {
  std::vector<Case> cases;
  for (std::size_t i = 0; i < o.n; ++i)
    if (is_member(o.status[i]))
      cases.push_back({o.progress[i] >= progress_seen_from ? 1.0 : 0.0, o.serves[i] != 0, o.stratum(i)});
  return cases;
}

// Members at the end against organisations that never were members: collaborating with anybody.
std::vector<Case> collaboration_of_members(const FinalState& o) {
  std::vector<Case> cases;
  for (std::size_t i = 0; i < o.n; ++i)
    if (is_member(o.status[i]) || !was_member(o.status[i]))
      cases.push_back({o.strength(i) > 0 ? 1.0 : 0.0, is_member(o.status[i]), o.stratum(i)});
  return cases;
}

struct PerContact {
  double chance, event;
};

// Strength of collaboration per contact a month. What non-members have comes of chance contacts alone; what members have beyond
// that comes of contacts at events.
PerContact strength_per_contact(const FinalState& o) {
  const Parameters& p = o.scenario.parameters;
  double outsiders = 0, outsiders_chance = 0, members = 0, members_chance = 0, members_event = 0;
  for (std::size_t i = 0; i < o.n; ++i) {
    const double chance = p.contact_rate * (0.5 + static_cast<double>(o.mission[i]));
    if (!was_member(o.status[i])) {
      outsiders += o.strength(i);
      outsiders_chance += chance;
    } else if (is_member(o.status[i])) {
      members += o.strength(i);
      members_chance += chance;
      for (std::size_t kind = 0; kind < o.scenario.kinds.size(); ++kind)
        if (o.scenario.kinds[kind].networking > 0)
          members_event += static_cast<double>(p.partners) * o.attended(kind, i) / o.scenario.calendar.months;
    }
  }
  const double per_chance = ratio(outsiders, outsiders_chance);
  return {per_chance, ratio(members - per_chance * members_chance, members_event)};
}

}  // namespace

std::vector<double> association_outcomes(const Scenario& scenario, const RunRecord& record) {
  const FinalState organisations(scenario, record);
  std::array<std::array<double, 3>, 3> mission{};
  const std::array<std::string_view, 3> kinds{"meeting", "outreach", "training"};
  for (std::size_t k = 0; k < kinds.size(); ++k) mission[k] = mission_and(organisations, kinds[k]);
  std::vector<double> values;
  for (std::size_t measure = 0; measure < 3; ++measure)
    for (const auto& of_kind : mission) values.push_back(of_kind[measure]);
  values.push_back(share_aligned(organisations));
  const auto progress = progress_of_serving(organisations);
  const double total = difference(progress), experience = standardised_difference(progress);
  for (const double value : {total, total - experience, experience}) values.push_back(value);
  values.push_back(standardised_difference(collaboration_of_members(organisations)));
  const PerContact per_contact = strength_per_contact(organisations);
  values.push_back(per_contact.chance);
  values.push_back(per_contact.event);
  return values;
}

}  // namespace coalis
