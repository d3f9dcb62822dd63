// Which ready-made options there are for a scenario, in words, and why some make no sense.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "coalis/core/counted.hpp"
#include "coalis/core/diagnostic.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/questions/policy/beginning.hpp"
#include "coalis/questions/policy/ready_made.hpp"
#include "made.hpp"

namespace coalis {
namespace {

using What = Made::What;

constexpr std::size_t most_hubs_listed = 6;

// Why it changes nothing.
std::string reason_of(const Scenario& s, const Made& made) {
  const bool recruits = made.what == What::region || made.what == What::role ||
                        (made.what == What::lever && fields<Levers>()[made.index].name == "recruitment");
  const bool meets = made.what == What::meetings || made.what == What::afar || made.what == What::core;
  if (recruits && s.organisations.nonmembers == 0) return "nobody is left to be won: all organisations of the field are members";
  if (meets && !has_meetings(s)) return "there are no meetings in the calendar";
  if (s.hubs.empty()) return "there is no hub";
  const Scenario after = changed(s, made);
  return same_in_force(s, after) ? "it is so already" : "";
}

std::string meaning_of_hubs(const Made& made, const std::string& number) {
  const std::string text =
      made.amount == 1
          ? "One hub for all, where organisations travel least; it has the staff there is now and holds the meetings there were."
          : number +
                " hubs, where organisations travel least; they share the staff there is now, and each holds the meetings there "
                "were for its own organisations.";
  return text + (made.core ? " Who takes part most meets across all of them, four times a year." : "");
}

std::string meaning_of_lever(const Field<Levers>& row) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> meanings{
      {{"information", "Bulletins go out twice as often as is usual."},
       {"online_access", "The coordination can be reached online, whatever the distance."},
       {"facilitation", "A facilitator at events helps members of different views to work together."},
       {"recruitment", "Organisations outside are asked to join, everywhere alike."},
       {"referral_tracking", "Referrals between members are followed until the need is met."},
       {"joint_grants", "Members apply for grants together, so that they are no rivals for money."}}};
  const auto found = std::find_if(meanings.begin(), meanings.end(), [&](const auto& one) { return one.first == row.name; });
  return std::string(found == meanings.end() ? row.meaning : found->second);
}

std::string meaning_of(const Scenario& s, const Made& made) {
  const std::string number = number_text(made.amount);
  switch (made.what) {
    case What::leader: return "One coordinator works full-time.";
    case What::half_post: return "Half a post more for coordination, shared by the hubs as the posts are now.";
    case What::staff: return fmt::format("Coordination has {} posts in all.", number);
    case What::meetings:
      return made.amount == Made::monthly ? "Every organisation is invited to a meeting each month."
                                          : fmt::format("Every organisation is invited to {} meetings a year.", number);
    case What::hubs: return meaning_of_hubs(made, number);
    case What::core:
      return "Those who take part most meet as a core group, four times a year; taking part from afar saves half of the way.";
    case What::members: return "The members convene their events themselves; nobody is paid for it.";
    case What::afar: return "Meetings can be followed from afar, which saves four fifths of the way.";
    case What::lever: return meaning_of_lever(fields<Levers>()[made.index]);
    case What::region: return fmt::format("Organisations outside are asked to join in {} above all.", s.regions[made.index].name);
    case What::role: return fmt::format("Organisations outside are asked to join if they are: {}.", s.roles[made.index].name);
  }
  return "";
}

std::vector<std::string> listed_names(const Scenario& s) {
  std::vector<std::string> names{"full-time leader", "half a post more", "monthly meetings"};
  const std::size_t regions = s.regions.size(), now = s.hubs.empty() ? 0 : hubs_in_force(last_policy(s));
  for (std::size_t hubs = 1; hubs <= std::min(regions, most_hubs_listed); ++hubs) {
    if (hubs == 1 && now <= 1) continue;  // one centre
    names.push_back(counted(hubs, "hub"));
    if (hubs > 1) names.push_back(counted(hubs, "hub") + std::string(Made::with_core));
  }
  if (regions == 1) names.emplace_back("2 hubs");  // to say why not
  for (const char* name : {"common core", "members convene", "meetings from afar", "twice the bulletins"})
    names.emplace_back(name);
  for (const Field<Levers>& row : fields<Levers>())
    if (row.name != "information") names.push_back(words_of_lever(row.name));
  if (s.organisations.nonmembers == 0) return names;
  const auto is_region = [&](const std::string& name) {
    return std::any_of(s.regions.begin(), s.regions.end(), [&](const Region& region) { return region.name == name; });
  };
  for (const Region& region : s.regions)
    if (regions > 1) names.push_back(std::string(Made::of_place) + region.name);
  for (const Role& role : s.roles)
    if (s.roles.size() > 1 && !is_region(role.name)) names.push_back(std::string(Made::of_place) + role.name);
  return names;
}

}  // namespace

std::vector<ReadyMade> ready_made_options(const Scenario& scenario) {
  std::vector<ReadyMade> options;
  for (const std::string& name : listed_names(scenario)) {
    const Made made = *made_of(scenario, name);
    std::string reason = amount_problem(scenario, made);
    if (!reason.empty())
      reason = "all organisations are in one region";
    else
      reason = reason_of(scenario, made);
    options.push_back({{name, {name}}, meaning_of(scenario, made), std::move(reason)});
  }
  return options;
}

std::optional<Scenario> with_ready_made(const Scenario& scenario, std::string_view name, int from) {
  const auto made = made_of(scenario, name);
  if (!made || !amount_problem(scenario, *made).empty()) return std::nullopt;
  return beginning_in(scenario, changed(scenario, *made), from).question;
}

std::string ready_made_problem(const Scenario& scenario, std::string_view name) {
  if (const auto made = made_of(scenario, name)) return amount_problem(scenario, *made);
  return choose_advice(name, listed_names(scenario));
}

}  // namespace coalis
