// A scenario: everything that a run depends on besides seed and replicate (ODD 6, input data).
// Names of regions, hubs and kinds are resolved to indices by the reader (io/). Keys, units, ranges, defaults and meanings are
// the field rows in sim/model/fields.cpp. Months count from 0 at calendar.start.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "coalis/core/fields.hpp"

namespace coalis {

inline constexpr int sectors = 3;
inline constexpr std::array<const char*, sectors> sector_names{"nonprofit", "public", "for_profit"};
inline constexpr int max_regions = 60, max_roles = 60, max_hubs = 4096;
inline constexpr int slots_max = 8;  // ties are stored in rows of 8

enum class Engagement { mixture, trait, reinforcement };
enum class Decision { benefit_cost, threshold, conditional_cooperation };
enum class Influence { bounded_confidence, degroot, friedkin_johnsen, repulsion };
enum class Audience { hub, all, core };
enum class Convenor { coordinator, members };

struct Calendar {
  std::string start;  // YYYY-MM
  int months = 0;
  bool operator==(const Calendar&) const = default;
};

// An organisation of a roster; -1 is unknown and drawn.
struct Member {
  std::string name;
  std::uint32_t key = 0;  // stands for it in the addresses of draws; no two have one (model/roster.hpp)
  int sector = -1, role = -1, region = -1;
  int joined = -1;  // month, 0: there from the start
  int left = -1;    // first month without it; calendar.months: it stays
  bool operator==(const Member&) const = default;
};

// A tie that is there at the start, both ways.
struct KnownTie {
  int a = 0, b = 0;      // places in the roster, a < b
  double strength = -1;  // above 0, at most 1; -1: as one contact makes it
  bool operator==(const KnownTie&) const = default;
};

struct Organisations {
  std::array<int, sectors> members{};
  int nonmembers = 0;
  double founding_share = 1;
  int entry_window = 1;
  std::vector<Member> roster = {};  // all members, in the order of their names; empty: none is known
  std::vector<KnownTie> ties = {};  // in their order, each pair once
  int member_count() const { return members[0] + members[1] + members[2]; }
  int count() const { return member_count() + nonmembers; }
  bool operator==(const Organisations&) const = default;
};

struct Region {
  std::string name;
  double share = 0;
  double recruitment = 1;
  bool operator==(const Region&) const = default;
};

struct Role {
  std::string name;
  std::array<double, sectors> share{};
  double viewpoint = 0;
  double recruitment = 1;
  bool operator==(const Role&) const = default;
};

struct Hub {
  std::string name;
  int seat = 0;             // region
  std::vector<int> serves;  // regions, in the scenario's order
  double fte = 0;
  double authority = 0;
  int convenor = 0;  // Convenor
  bool operator==(const Hub&) const = default;
};

struct Kind {
  std::string name;
  double base = 0;
  bool always_held = false;
  double networking = 0;
  double awareness_gain = 0;
  double yield = 0;
  double bridging = 0;
  double event_cost = 0;
  bool operator==(const Kind&) const = default;
};

struct Series {
  std::string name;
  int kind = 0;
  int hub = 0;
  int audience = 0;  // Audience
  double per_year = 0;
  double phase = 0;
  double hours = 0;
  double remote = 0;
  double regularity = 1;
  int from = 0;
  int until = 0;  // exclusive; absent: calendar.months
  bool operator==(const Series&) const = default;
};

struct Levers {
  double information = 1;
  double online_access = 0;
  double facilitation = 0;
  double recruitment = 0;
  double referral_tracking = 0;
  double joint_grants = 0;
  bool operator==(const Levers&) const = default;
};

struct Environment {
  double support = 0;
  double scarcity = 0;
  double restricted = 0;
  double cases_per_month = 0;
  bool operator==(const Environment&) const = default;
};

struct Structure {
  int engagement = 0;  // Engagement
  int decision = 0;    // Decision
  int influence = 0;   // Influence
  bool operator==(const Structure&) const = default;
};

struct Costs {
  double fte = 0, hour = 0, information = 0, online_access = 0, facilitation = 0, referral_tracking = 0, joint_grants = 0,
         recruitment = 0;
  bool operator==(const Costs&) const = default;
};

struct SurveyPlan {
  int month = -1;  // after which the survey is taken; absent: the last
  bool operator==(const SurveyPlan&) const = default;
};

struct Parameters {
  double beta_mission, beta_commitment, beta_leadership, beta_awareness, beta_social, beta_habit, beta_cost, beta_regularity;
  double cost_cap, trace_rate, core_trace;
  double threshold_shift, threshold_noise, global_weight, initial_attendance;
  double conditional_shift, conditional_share, conditional_weight, free_rider_share, free_rider_factor;
  int needs;
  double identify_0, identify_awareness, referral_0, referral_tie, outside_referral, service_rate;
  double grant_gain, grant_loss, grant_participation;
  double commitment_base, commitment_mission, commitment_precision;
  double members_per_fte, visibility_rate, turnover;
  int vacancy_months;
  double overhead, event_fte, hold_floor, visibility_full, distance_hours, self_commitment, self_size;
  double info_rate, info_floor, info_gain;
  int partners;
  double tolerance, viewpoint_rate, anchoring;
  double tie_prob, contested_tie;
  int slots;  // K
  double tie_gain, tie_decay, tie_min, contact_rate, field_size, rivalry, role_overlap;
  double goal_rate, goal_decay, effort_ref, tie_effort, staff_effort, coherence_loss, authority_gain;
  double gamma_0, gamma_mission, gamma_leadership, gamma_progress, gamma_ties, gamma_conflict, gamma_burden;
  double rate_contact, rate_idle, neglect;
  double leadership_meet, leadership_info, leadership_fade;
  double progress_rate, progress_fade, direct_bonus, win_gain, awareness_decay, conflict_rate, conflict_fade;
  double dormant_commitment;
  int dormant_months;
  double reactivation, reactivated_commitment, withdrawal, recruit_rate;
  double capacity_median, capacity_sigma, resource_sigma;
  double related_share, related_a, related_b, unrelated_a, unrelated_b;
  double direct_0, direct_mission, awareness_0, awareness_mission;
  double viewpoint_sigma, outside_0, visibility_0, leadership_0, progress_0, goal_0;
  bool operator==(const Parameters&) const = default;
};

// What an intervention changes: which table, which element of it, which field row of it (indices).
enum class Target { levers, environment, hub, series, region, role };
struct Intervention {
  std::string set;  // the path as written: table.name.key or table.key
  Target target = Target::levers;
  int element = 0;                                          // hub, series, region or role
  int field = 0;                                            // row in fields<Levers|Environment|Hub|Series|Region|Role>()
  std::variant<double, int, bool, std::vector<int>> value;  // int: a name resolved, a month; the type follows the field
  int from = 0;
  int until = 0;  // exclusive; absent: calendar.months
  int ramp = 1;   // months
  bool operator==(const Intervention&) const = default;
};

struct Scenario {
  std::string name;
  std::string description;
  std::string evidence;  // path of the evidence file, "" without
  Calendar calendar;
  Organisations organisations;
  std::vector<Region> regions;
  std::vector<double> travel;  // hours one way, regions x regions, row-major, symmetric
  std::vector<Role> roles;
  std::vector<Hub> hubs;
  std::vector<Kind> kinds;
  std::vector<Series> series;
  Levers levers;
  Environment environment;
  Structure structure;
  Parameters parameters;
  Costs costs;
  SurveyPlan survey;
  std::vector<Intervention> interventions;
  bool operator==(const Scenario&) const = default;
};

}  // namespace coalis
