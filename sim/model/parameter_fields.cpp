// Field rows of [parameters] (the table of model.md section 6). Ranges keep every probability and rate within 0..1 for every
// state that it can meet and every divisor above 0; where that takes two parameters, the reader checks the pair.
#include "coalis/model/fields.hpp"

namespace coalis {
namespace {

constexpr Bounds unit_interval{0, 1};
constexpr Bounds slope{-50, 50};          // of a logit: wide, but exp stays finite
constexpr Bounds positive{0, 1e6, true};  // divisors
constexpr Bounds shape{0.01, 1000};       // of a beta distribution
constexpr Bounds spread{0, 10};           // standard deviations
constexpr auto E = Source::evidence;
constexpr auto C = Source::calibration;

}  // namespace

template <>
std::span<const Field<Parameters>> fields<Parameters>() {
  using P = Parameters;
  constexpr auto management = in<P>(Group::management), commitment = in<P>(Group::commitment),
                 resources = in<P>(Group::resources), network = in<P>(Group::network), viewpoints = in<P>(Group::viewpoints),
                 in_no_group = in<P>(Group::none);
  static const Field<P> rows[] = {
      // Attendance (process 4)
      commitment({"beta_mission", &P::beta_mission, "logit", slope, "3.01",
                  "Weight of mission alignment in the appeal of an event.", C}),
      commitment(
          {"beta_commitment", &P::beta_commitment, "logit", slope, "3.96", "Weight of commitment in the appeal of an event.", C}),
      commitment({"beta_leadership", &P::beta_leadership, "logit", slope, "3.61",
                  "Weight of perceived leadership in the appeal of an event.", C}),
      commitment({"beta_awareness", &P::beta_awareness, "logit", slope, "0.5", "Weight of awareness in the appeal of an event."}),
      network({"beta_social", &P::beta_social, "logit", slope, "1.8",
               "Weight of the partners' participation in the appeal of an event.", C}),
      commitment({"beta_habit", &P::beta_habit, "logit", slope, "0.54",
                  "Weight of one's own participation so far in the appeal of an event.", C}),
      resources({"beta_cost", &P::beta_cost, "logit", slope, "1.54",
                 "Weight of hours, relative to hours available, in the appeal of an event.", C}),
      commitment({"beta_regularity", &P::beta_regularity, "logit", slope, "0.5",
                  "Weight of a regular schedule in the appeal of an event."}),
      resources({"cost_cap", &P::cost_cap, "1", {0, 100}, "3", "Largest relative cost of an event."}),
      commitment({"trace_rate", &P::trace_rate, "1/event", unit_interval, "0.3",
                  "How fast the participation trace follows attendance."}),
      network(
          {"core_trace", &P::core_trace, "1", unit_interval, "0.4", "Participation trace from which an organisation is core."}),
      commitment({"threshold_shift", &P::threshold_shift, "logit", slope, "0.85", "Shift of appeal in the threshold rule.", C}),
      commitment({"threshold_noise", &P::threshold_noise, "1", spread, "0.2", "Standard deviation of perceived turnout."}),
      network({"global_weight", &P::global_weight, "1", unit_interval, "0.3",
               "Weight of last turnout against partners' participation."}),
      network(
          {"initial_attendance", &P::initial_attendance, "1", unit_interval, "0.5", "Turnout believed before the first event."}),
      commitment(
          {"conditional_shift", &P::conditional_shift, "logit", slope, "1.26", "Shift of appeal in conditional cooperation.", C}),
      commitment({"conditional_share", &P::conditional_share, "1", unit_interval, "0.5", "Share of conditional co-operators."}),
      commitment({"conditional_weight", &P::conditional_weight, "1", unit_interval, "0.8",
                  "Weight of others' turnout for conditional co-operators."}),
      commitment({"free_rider_share", &P::free_rider_share, "1", unit_interval, "0.3", "Share of free riders."}),
      commitment({"free_rider_factor", &P::free_rider_factor, "1", unit_interval, "0.1",
                  "Willingness of free riders relative to others'."}),
      // Cases and referrals (6)
      in_no_group({"needs", &P::needs, "1/case", {0, 20}, "2", "Needs of a case."}),
      in_no_group({"identify_0", &P::identify_0, "1", unit_interval, "0.05", "Share of cases identified without awareness."}),
      in_no_group({"identify_awareness",
                   &P::identify_awareness,
                   "1",
                   {0, 10},
                   "0.5",
                   "Rise of the share of cases identified with awareness; it stops at 1."}),
      network({"referral_0", &P::referral_0, "1", unit_interval, "0.15", "Probability that a need is met without ties."}),
      network({"referral_tie",
               &P::referral_tie,
               "1",
               {-1, 1},
               "0.7",
               "Rise of the probability that a need is met with the strength of the tie."}),
      network({"outside_referral",
               &P::outside_referral,
               "1",
               {-1, 1},
               "0.3",
               "Rise of the probability that a need is met with outside collaboration."}),
      in_no_group({"service_rate", &P::service_rate, "1/month", unit_interval, "0.1",
                   "How fast service effectiveness follows the share met."}),
      // Resources (1)
      resources({"grant_gain", &P::grant_gain, "1", {0, 10}, "0.25", "Rise of capacity by a grant."}),
      resources({"grant_loss", &P::grant_loss, "1", {0, 1, false, true}, "0.15", "Fall of capacity without a grant."}),
      resources({"grant_participation", &P::grant_participation, "1", slope, "2", "Weight of participation in a grant's score."}),
      resources(
          {"resource_sigma", &P::resource_sigma, "1", spread, "0.3", "Log standard deviation of hours from month to month."}),
      // Leadership and information (2, 3)
      management({"members_per_fte",
                  &P::members_per_fte,
                  "organisation",
                  {0, 1e6},
                  "148",
                  "Organisations that one FTE can attend to.",
                  C}),
      management(
          {"visibility_rate", &P::visibility_rate, "1/month", unit_interval, "0.15", "How fast visibility follows attention."}),
      management({"turnover", &P::turnover, "1/month", unit_interval, "0.041666666666666664",
                  "Probability that the coordinator leaves; 1/24."}),
      management({"vacancy_months", &P::vacancy_months, "month", {0, 1200}, "4", "Length of a vacancy."}),
      management({"overhead", &P::overhead, "1", unit_interval, "0.2", "Staff time lost to having several hubs."}),
      management({"event_fte", &P::event_fte, "FTE", {0, 10}, "0.015", "Staff time of an event a year."}),
      management({"distance_hours", &P::distance_hours, "h", positive, "3", "Travel over which visibility falls to 1/e."}),
      management({"info_rate", &P::info_rate, "1/month", {0, 100}, "0.57", "Rate at which bulletins reach an organisation.", C}),
      management({"info_floor", &P::info_floor, "1", unit_interval, "0.3", "Share of the rate of bulletins without exposure."}),
      management({"info_gain", &P::info_gain, "1", unit_interval, "0.02", "Share of missing awareness that a bulletin gives."}),
      // Convening (4)
      management({"hold_floor", &P::hold_floor, "1", unit_interval, "0.15",
                  "Probability that a due event is held without a visible hub."}),
      management({"visibility_full", &P::visibility_full, "1", positive, "0.5", "Visibility at which every due event is held."}),
      management(
          {"self_commitment", &P::self_commitment, "1", positive, "0.6", "Mean commitment at which members convene in full."}),
      management(
          {"self_size", &P::self_size, "organisation", positive, "20", "Size at which a members' group convenes half as often."}),
      // Exchange (4)
      network({"partners", &P::partners, "1/event", {1, 16}, "4", "Contacts of an attendee."}),
      viewpoints({"tolerance", &P::tolerance, "1", {0, 10}, "0.7", "Gap of viewpoints above which a contact is contested."}),
      viewpoints({"viewpoint_rate", &P::viewpoint_rate, "1/event", unit_interval, "0.1", "Step towards the others' viewpoints."}),
      viewpoints({"anchoring", &P::anchoring, "1/event", unit_interval, "0.05", "Pull back to one's own viewpoint."}),
      network(
          {"tie_prob", &P::tie_prob, "1/contact", unit_interval, "0.142", "Probability that a contact strengthens a tie.", C}),
      viewpoints({"contested_tie", &P::contested_tie, "1", unit_interval, "0.3",
                  "Probability that a contested contact strengthens a tie, relative to others."}),
      // Collaboration (5)
      in_no_group({"K", &P::slots, "1", {1, slots_max}, "8", "Slots of ties of an organisation."}),
      network({"tie_gain", &P::tie_gain, "1", unit_interval, "0.3", "Step by which a tie strengthens."}),
      network({"tie_decay", &P::tie_decay, "1/month", unit_interval, "0.142", "Decay of ties and outside collaboration.", C}),
      network({"tie_min", &P::tie_min, "1", unit_interval, "0.05", "Strength below which a tie ends."}),
      network({"contact_rate",
               &P::contact_rate,
               "1/month",
               {0, 0.666},
               "0.06",
               "Chance contacts; times 0.5 + mission at most 1.",
               C}),
      network({"field_size", &P::field_size, "1", {1, 1e6}, "3", "Organisations in the field for one simulated."}),
      network({"rivalry", &P::rivalry, "1", unit_interval, "0.8", "How far scarce funds fray ties."}),
      network({"role_overlap", &P::role_overlap, "1", unit_interval, "0.5", "Rivalry of the same role in another region."}),
      // Goal attainment (7)
      in_no_group({"goal_rate", &P::goal_rate, "1/month", unit_interval, "0.2", "How fast joint work attains the goal.", C}),
      in_no_group({"goal_decay", &P::goal_decay, "1/month", unit_interval, "0.02", "How fast attainment erodes."}),
      in_no_group({"effort_ref", &P::effort_ref, "h/organisation", positive, "1.5", "Joint work a month that counts as 1."}),
      network({"tie_effort", &P::tie_effort, "1", {0, 100}, "0.5", "Joint work of a full tie."}),
      management({"staff_effort", &P::staff_effort, "1", {0, 100}, "0.3", "Joint work of full staffing."}),
      network({"coherence_loss", &P::coherence_loss, "1", unit_interval, "0.3", "Loss when no tie crosses hubs."}),
      management(
          {"authority_gain", &P::authority_gain, "1", unit_interval, "0.5", "How far authority takes the harm out of strife."}),
      // Appraisal (8)
      commitment({"gamma_0", &P::gamma_0, "logit", slope, "1.54", "Commitment aimed at, intercept.", C}),
      commitment({"gamma_mission", &P::gamma_mission, "logit", slope, "2.89",
                  "Weight of mission alignment in the commitment aimed at.", C}),
      commitment({"gamma_leadership", &P::gamma_leadership, "logit", slope, "2.57",
                  "Weight of perceived leadership in the commitment aimed at.", C}),
      commitment({"gamma_progress", &P::gamma_progress, "logit", slope, "1",
                  "Weight of perceived progress in the commitment aimed at."}),
      network({"gamma_ties", &P::gamma_ties, "logit", slope, "0.8", "Weight of ties in the commitment aimed at."}),
      viewpoints({"gamma_conflict", &P::gamma_conflict, "logit", slope, "1",
                  "Weight of conflict experienced in the commitment aimed at."}),
      resources({"gamma_burden", &P::gamma_burden, "logit", slope, "2",
                 "Weight of the burden of hours given in the commitment aimed at."}),
      commitment(
          {"rate_contact", &P::rate_contact, "1/month", unit_interval, "0.383", "How fast commitment moves after attending.", C}),
      commitment(
          {"rate_idle", &P::rate_idle, "1/month", unit_interval, "0.096", "How fast commitment moves without attending.", C}),
      commitment({"neglect", &P::neglect, "1", unit_interval, "0.255", "Commitment aimed at without any contact, relative.", C}),
      management({"leadership_meet", &P::leadership_meet, "1/event", unit_interval, "0.3",
                  "How fast attending shows the hub's visibility."}),
      management({"leadership_info", &P::leadership_info, "1/month", unit_interval, "0.1",
                  "How fast bulletins show the hub's visibility."}),
      management(
          {"leadership_fade", &P::leadership_fade, "1/month", unit_interval, "0.002", "How fast perceived leadership fades.", C}),
      commitment({"progress_rate", &P::progress_rate, "1/month", unit_interval, "0.285",
                  "How fast perceived progress follows attainment.", C}),
      commitment({"progress_fade", &P::progress_fade, "1/month", unit_interval, "0.03",
                  "How fast perceived progress follows half of attainment without contact."}),
      commitment({"direct_bonus", &P::direct_bonus, "1", unit_interval, "0",
                  "Progress seen by those that serve victims, beyond attainment."}),
      commitment({"win_gain", &P::win_gain, "1/need", {0, 0.333}, "0.1", "Progress seen in a need met; up to 3 a month count."}),
      commitment({"awareness_decay", &P::awareness_decay, "1/month", unit_interval, "0.03", "How fast awareness falls."}),
      viewpoints({"conflict_rate", &P::conflict_rate, "1/month", unit_interval, "0.3",
                  "How fast conflict experienced follows conflict met."}),
      viewpoints({"conflict_fade", &P::conflict_fade, "1/month", unit_interval, "0.05",
                  "How fast conflict experienced fades without contact."}),
      // Membership (9)
      commitment({"dormant_commitment", &P::dormant_commitment, "1", unit_interval, "0.226",
                  "Commitment below which an idle member goes dormant.", C}),
      commitment(
          {"dormant_months", &P::dormant_months, "month", {0, 1200}, "9", "Idle months after which a member may go dormant."}),
      commitment({"reactivation", &P::reactivation, "1/month", unit_interval, "0.08",
                  "Probability at full exposure that a dormant member returns."}),
      commitment({"reactivated_commitment", &P::reactivated_commitment, "1", unit_interval, "0.3",
                  "Least commitment of a member that returns."}),
      commitment(
          {"withdrawal", &P::withdrawal, "1/month", unit_interval, "0.01", "Probability that a dormant member withdraws."}),
      management({"recruit_rate", &P::recruit_rate, "1/month", unit_interval, "0.02",
                  "Probability that a non-member joins, at full exposure and mission."}),
      // Initialisation (ODD 5)
      resources({"capacity_median", &P::capacity_median, "h/month", positive, "6", "Median capacity of an organisation."}),
      resources({"capacity_sigma", &P::capacity_sigma, "1", spread, "0.8", "Log standard deviation of capacity."}),
      commitment(
          {"related_share", &P::related_share, "1", unit_interval, "0.61", "Share of organisations with a related mission.", E}),
      commitment({"related_a", &P::related_a, "1", shape, "5", "First shape of mission alignment where the mission is related."}),
      commitment(
          {"related_b", &P::related_b, "1", shape, "2", "Second shape of mission alignment where the mission is related."}),
      commitment(
          {"unrelated_a", &P::unrelated_a, "1", shape, "2", "First shape of mission alignment where the mission is unrelated."}),
      commitment(
          {"unrelated_b", &P::unrelated_b, "1", shape, "5", "Second shape of mission alignment where the mission is unrelated."}),
      commitment({"commitment_base", &P::commitment_base, "1", unit_interval, "0.06",
                  "Mean commitment at the start without mission alignment.", C}),
      commitment({"commitment_mission",
                  &P::commitment_mission,
                  "1",
                  {-1, 1},
                  "0.59",
                  "Rise of commitment at the start with mission alignment.",
                  C}),
      commitment(
          {"commitment_precision", &P::commitment_precision, "1", {0.1, 10'000}, "8", "Precision of commitment at the start."}),
      in_no_group({"direct_0", &P::direct_0, "logit", slope, "-3.2", "Serving victims, intercept.", E}),
      in_no_group(
          {"direct_mission", &P::direct_mission, "logit", slope, "3.2", "Serving victims, weight of mission alignment.", E}),
      commitment({"awareness_0",
                  &P::awareness_0,
                  "1",
                  {0.001, 0.999},
                  "0.05",
                  "Mean awareness at the start without mission alignment."}),
      commitment({"awareness_mission",
                  &P::awareness_mission,
                  "1",
                  {-1, 1},
                  "0.3",
                  "Rise of awareness at the start with mission alignment."}),
      viewpoints(
          {"viewpoint_sigma", &P::viewpoint_sigma, "1", spread, "0.35", "Standard deviation of viewpoints around the role's."}),
      network({"outside_0", &P::outside_0, "1", unit_interval, "0.4", "Share with outside collaboration at the start."}),
      management({"visibility_0", &P::visibility_0, "1", unit_interval, "0.3", "Visibility of a hub at the start."}),
      management({"leadership_0", &P::leadership_0, "1", unit_interval, "0.595", "Perceived leadership at the start.", C}),
      commitment({"progress_0", &P::progress_0, "1", unit_interval, "0.3", "Perceived progress at the start."}),
      in_no_group({"goal_0", &P::goal_0, "1", unit_interval, "0.15", "Goal attainment at the start."}),
  };
  return rows;
}

}  // namespace coalis
