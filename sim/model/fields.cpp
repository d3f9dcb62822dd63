// Field rows of all tables but [parameters] (model.md sections 2, 6, 8). Absent keys take the defaults given here.
#include "coalis/model/fields.hpp"

namespace coalis {
namespace {

constexpr Bounds from_0_to_1{0, 1};
constexpr Bounds money{0, 1e9};
constexpr Bounds weight{0, 1000};
constexpr auto evidence = Source::evidence;
constexpr auto calibration = Source::calibration;
constexpr auto assumption = Source::assumption;
constexpr auto nothing = Refers::nothing;
constexpr bool required = true, optional = false;

// Supported ranges, with what speaks for them: items and claims of scenarios/evidence.toml, or no figure at all.
constexpr Supported months_supported{1, 60, evidence, "43 months were observed (illinois_2010); up to 60 taken as near"};
constexpr Supported fte_supported{0, 1, evidence, "from no leader in post to the full-time leader asked for (illinois_2020, P5)"};
constexpr Supported per_year_supported{
    0, 12, evidence,
    "5 to 14 meetings in 43 months (illinois_2010, P4) up to regular ones (southwest_2012, P16), taken as monthly"};
constexpr Supported cases_supported{0, 100, assumption, "16 of 63 had case experience (illinois_2010); no figure on cases"};
constexpr Supported share_supported(std::string_view reason) { return {0, 1, assumption, reason}; }

}  // namespace

template <>
std::span<const Field<Scenario>> fields<Scenario>() {
  static const Field<Scenario> rows[] = {
      {"name", &Scenario::name, "", {}, "\"\"", "Title of the scenario."},
      {"description", &Scenario::description, "", {}, "\"\"", "What the scenario is, in a sentence."},
      {"evidence",
       &Scenario::evidence,
       "",
       {},
       "\"\"",
       "Evidence file whose items are shown beside the results; relative to this file."},
  };
  return rows;
}

template <>
std::span<const Field<Calendar>> fields<Calendar>() {
  static const Field<Calendar> rows[] = {
      {"start", &Calendar::start, "", {}, "", "First month of the run, as \"YYYY-MM\".", evidence, nothing, required},
      {"months", &Calendar::months, "month", {1, 1200}, "", "Length of the run.", evidence, nothing, required, months_supported},
  };
  return rows;
}

template <>
std::span<const Field<Organisations>> fields<Organisations>() {
  using T = Organisations;
  static const Field<T> rows[] = {
      {"nonmembers",
       &T::nonmembers,
       "organisation",
       {0, 10'000'000},
       "0",
       "Organisations of the field that are not members at the start."},
      {"founding_share", &T::founding_share, "1", from_0_to_1, "1", "Probability that a member is enrolled from the start."},
      {"entry_window", &T::entry_window, "month", {1, 1200}, "1", "The other members enrol in a month drawn from 1 to this one."},
  };
  return rows;
}

template <>
std::span<const Field<Region>> fields<Region>() {
  static const Field<Region> rows[] = {
      {"name", &Region::name, "", {}, "", "Name of the region.", assumption, nothing, required},
      {"share", &Region::share, "1", from_0_to_1, "", "Share of organisations; the regions' shares add up to 1.", assumption,
       nothing, required},
      {"recruitment", &Region::recruitment, "1", weight, "1", "Weight of the lever recruitment in the region; 0: nobody there."},
  };
  return rows;
}

template <>
std::span<const Field<Role>> fields<Role>() {
  static const Field<Role> rows[] = {
      {"name", &Role::name, "", {}, "", "Name of the service domain.", assumption, nothing, required},
      in<Role>(Group::viewpoints)(
          {"viewpoint", &Role::viewpoint, "1", {-1, 1}, "0", "Mean viewpoint of the role on the contested issue."}),
      {"recruitment", &Role::recruitment, "1", weight, "1", "Weight of the lever recruitment in the role; 0: nobody of it."},
  };
  return rows;
}

template <>
std::span<const Field<Hub>> fields<Hub>() {
  static const Field<Hub> rows[] = {
      {"name", &Hub::name, "", {}, "", "Name of the coordinating unit.", assumption, nothing, required},
      {"seat", &Hub::seat, "", {}, "", "Region in which it sits.", assumption, Refers::region, required},
      {"serves", &Hub::serves, "", {}, "", "Regions that it serves; may be empty.", assumption, Refers::regions, required},
      in<Hub>(Group::management)({"fte",
                                  &Hub::fte,
                                  "FTE",
                                  {0, 1000},
                                  "",
                                  "Paid coordination, full-time equivalents.",
                                  assumption,
                                  nothing,
                                  required,
                                  fte_supported}),
      in<Hub>(Group::management)({"authority", &Hub::authority, "1", from_0_to_1, "0", "How far it can settle conflicts.",
                                  assumption, nothing, optional, share_supported("no study reports it")}),
      {"convenor", &Hub::convenor, "", {}, "\"coordinator\"", "Who convenes its events.", assumption, Refers::convenor},
  };
  return rows;
}

template <>
std::span<const Field<Kind>> fields<Kind>() {
  static const Field<Kind> rows[] = {
      in<Kind>(Group::commitment)(
          {"base", &Kind::base, "logit", {-50, 50}, "", "Appeal of an event of this kind.", calibration, nothing, required}),
      {"always_held", &Kind::always_held, "", {}, "false", "Held whenever due, whatever the hub's visibility."},
      in<Kind>(Group::network)({"networking", &Kind::networking, "1", from_0_to_1, "", "How far attendees make contacts.",
                                assumption, nothing, required}),
      {"awareness_gain", &Kind::awareness_gain, "1", from_0_to_1, "", "Share of missing awareness that attending gives.",
       assumption, nothing, required},
      {"yield", &Kind::yield, "1", {0, 100}, "", "Joint work per hour attended.", assumption, nothing, required},
      in<Kind>(Group::viewpoints)(
          {"bridging", &Kind::bridging, "1", from_0_to_1, "0", "How far the event eases contacts across viewpoints."}),
      // The default depends on the kind: default_event_cost().
      {"event_cost", &Kind::event_cost, "$", money, "",
       "Coordination cost of an event; absent: 300 meeting, 2000 outreach, 1500 training, else 0."},
  };
  return rows;
}

template <>
std::span<const Field<Series>> fields<Series>() {
  static const Field<Series> rows[] = {
      {"name", &Series::name, "", {}, "", "Name of the series; it keys its draws.", assumption, nothing, required},
      {"kind", &Series::kind, "", {}, "", "Kind of its events.", assumption, Refers::kind, required},
      {"hub", &Series::hub, "", {}, "", "Hub that convenes it and at whose seat it meets.", assumption, Refers::hub, required},
      {"audience",
       &Series::audience,
       "",
       {},
       "",
       "Who is invited: the hub's organisations, all enrolled, or the active core.",
       assumption,
       Refers::audience,
       required},
      in<Series>(Group::management)({"per_year",
                                     &Series::per_year,
                                     "1/year",
                                     {0, 400},
                                     "",
                                     "Events planned a year.",
                                     assumption,
                                     nothing,
                                     required,
                                     per_year_supported}),
      {"phase", &Series::phase, "month", {0, 1200}, "0", "How far into its rhythm the series starts."},
      in<Series>(Group::management)({"hours",
                                     &Series::hours,
                                     "h",
                                     {0, 744},
                                     "",
                                     "Length of an event.",
                                     assumption,
                                     nothing,
                                     required,
                                     {1, 8, assumption, "from a short meeting to a working day"}}),
      in<Series>(Group::management)({"remote", &Series::remote, "1", from_0_to_1, "0",
                                     "Share of travel saved by attending from afar.", assumption, nothing, optional,
                                     share_supported("no study reports it")}),
      in<Series>(Group::management)({"regularity", &Series::regularity, "1", from_0_to_1, "1", "1 on schedule, 0 at random.",
                                     assumption, nothing, optional,
                                     share_supported("consistent meetings are asked for (illinois_2020, P7); no figure")}),
      {"from", &Series::from, "", {}, "0", "First month; absent: the start.", assumption, Refers::month},
      {"until", &Series::until, "", {}, "", "End, exclusive; absent: the end of the calendar.", assumption, Refers::month},
  };
  return rows;
}

template <>
std::span<const Field<Levers>> fields<Levers>() {
  static const Field<Levers> rows[] = {
      in<Levers>(Group::management)({"information",
                                     &Levers::information,
                                     "1",
                                     {0, 10},
                                     "1",
                                     "Bulletins to the enrolled; 1 is ordinary.",
                                     assumption,
                                     nothing,
                                     optional,
                                     {0, 2, assumption, "up to twice the ordinary; asked for (illinois_2020, P6), no figure"}}),
      in<Levers>(Group::management)({"online_access", &Levers::online_access, "1", from_0_to_1, "0",
                                     "Takes distance out of the hub's visibility.", assumption, nothing, optional,
                                     share_supported("asked for (illinois_2020, P6); no figure")}),
      in<Levers>(Group::viewpoints)({"facilitation", &Levers::facilitation, "1", from_0_to_1, "0",
                                     "Eases contacts across viewpoints at events.", assumption, nothing, optional,
                                     share_supported("viewpoints conflict (midwest_2017, P18); no figure on facilitation")}),
      in<Levers>(Group::management)(
          {"recruitment",
           &Levers::recruitment,
           "1",
           {0, 10},
           "0",
           "Effort to enrol non-members; times recruit_rate and the weights of region and role at most 1.",
           assumption,
           nothing,
           optional,
           {0, 2, assumption, "more diverse members are asked for (southwest_2012, P17); no figure"}}),
      in<Levers>(Group::network)({"referral_tracking", &Levers::referral_tracking, "1", from_0_to_1, "0",
                                  "Follows referrals until the need is met.", assumption, nothing, optional,
                                  share_supported("named as an improvement (citywide_2018, P22); no figure")}),
      in<Levers>(Group::network)(
          {"joint_grants", &Levers::joint_grants, "1", from_0_to_1, "0", "Takes rivalry for funds out of ties.", assumption,
           nothing, optional,
           share_supported("competition for funds frays ties (midwest_2017, P19); no figure on joint grants")}),
  };
  return rows;
}

template <>
std::span<const Field<Environment>> fields<Environment>() {
  using T = Environment;
  static const Field<T> rows[] = {
      {"support", &T::support, "1", from_0_to_1, "", "Political support for the coalition's goals.", assumption, nothing,
       required, share_supported("no study reports it")},
      in<Environment>(Group::resources)({"scarcity", &T::scarcity, "1", from_0_to_1, "",
                                         "Share of organisations for which there is no grant.", assumption, nothing, required,
                                         share_supported("no study reports it")}),
      in<Environment>(Group::resources)({"restricted", &T::restricted, "1", from_0_to_1, "",
                                         "Share of grants reserved for those that serve victims.", assumption, nothing, required,
                                         share_supported("no study reports it")}),
      {"cases_per_month",
       &T::cases_per_month,
       "1/month",
       {0, 100'000},
       "",
       "Cases that could be identified, all organisations together.",
       assumption,
       nothing,
       required,
       cases_supported},
  };
  return rows;
}

template <>
std::span<const Field<Structure>> fields<Structure>() {
  using T = Structure;
  static const Field<T> rows[] = {
      {"engagement", &T::engagement, "", {}, "\"mixture\"", "How commitment comes about.", assumption, Refers::engagement},
      {"decision",
       &T::decision,
       "",
       {},
       "\"benefit_cost\"",
       "How an organisation decides to attend.",
       assumption,
       Refers::decision},
      {"influence",
       &T::influence,
       "",
       {},
       "\"bounded_confidence\"",
       "How contacts move viewpoints.",
       assumption,
       Refers::influence},
  };
  return rows;
}

template <>
std::span<const Field<Costs>> fields<Costs>() {
  static const Field<Costs> rows[] = {
      {"fte", &Costs::fte, "$/year", money, "75000", "A full-time equivalent of coordination."},
      {"hour", &Costs::hour, "$/h", money, "35", "An hour that a member gives, travel included."},
      {"information", &Costs::information, "$/year", money, "5000", "The lever at 1."},
      {"online_access", &Costs::online_access, "$/year", money, "8000", "The lever at 1."},
      {"facilitation", &Costs::facilitation, "$/year", money, "10000", "The lever at 1."},
      {"referral_tracking", &Costs::referral_tracking, "$/year", money, "20000", "The lever at 1."},
      {"joint_grants", &Costs::joint_grants, "$/year", money, "5000", "The lever at 1."},
      {"recruitment", &Costs::recruitment, "$/year", money, "5000", "The lever at 1."},
  };
  return rows;
}

template <>
std::span<const Field<SurveyPlan>> fields<SurveyPlan>() {
  static const Field<SurveyPlan> rows[] = {
      {"month",
       &SurveyPlan::month,
       "",
       {},
       "",
       "Month after which the survey is taken; absent: the last.",
       assumption,
       Refers::month},
  };
  return rows;
}

template <>
std::span<const Field<Intervention>> fields<Intervention>() {
  using T = Intervention;
  static const Field<T> rows[] = {
      {"set",
       &T::set,
       "",
       {},
       "",
       "What changes: table.key or table.name.key; a name with dots or spaces in quotes.",
       assumption,
       nothing,
       required},
      {"from", &T::from, "", {}, "0", "First month; absent: the start.", assumption, Refers::month},
      {"until", &T::until, "", {}, "", "End, exclusive; absent: the end of the calendar.", assumption, Refers::month},
      {"ramp", &T::ramp, "month", {1, 1200}, "1", "Months over which a number moves to its new value."},
  };
  return rows;
}

double default_event_cost(std::string_view kind) {
  if (kind == "meeting") return 300;
  if (kind == "outreach") return 2000;
  if (kind == "training") return 1500;
  return 0;
}

}  // namespace coalis
