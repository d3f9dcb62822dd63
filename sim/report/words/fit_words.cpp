#include "coalis/report/words/fit_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "coalis/core/counted.hpp"
#include "coalis/inference/sheets.hpp"
#include "coalis/report/words/plain_text.hpp"

namespace coalis {
namespace {

constexpr double least_p = 0.05;

constexpr std::array<std::pair<std::string_view, std::string_view>, 16> questions{
    {{"recruitment", "who can be reached and answers"},
     {"respondent_sector", "which sectors answer"},
     {"meetings_attended", "how often members attended meetings"},
     {"outreach_days_attended", "how often members attended Outreach Days"},
     {"trained", "how many members were trained"},
     {"case_experience", "how many members have experience with cases"},
     {"collaborates_inside", "how many members collaborate inside the coalition"},
     {"collaborates_outside", "how many members collaborate outside of the coalition"},
     {"mission_related", "how many members have a related mission"},
     {"policy_awareness", "how well members know the policy"},
     {"trainings_of_trained", "how many trainings the trained attended"},
     {"goal_attainment_rating", "how members rate goal attainment"},
     {"leadership_rating", "how members rate leadership"},
     {"attendance_by_member", "how many meetings each member attended"},
     {"attendance_by_meeting", "how many came to each meeting"},
     {"attendance_persistence", "who comes again after coming or staying away"}}};

std::string percent_of(double share) { return fixed(100 * share, 0); }

bool outside(const ItemFit::Category& c) { return c.observed < c.low || c.observed > c.high; }

std::string categories_outside(const ItemFit& item) {
  std::string text;
  for (const auto& c : item.categories)
    if (outside(c))
      text += fmt::format("{}'{}' was {} %, the fitted model has {} to {} %", text.empty() ? ": " : "; ", c.name,
                          percent_of(c.observed), percent_of(c.low), percent_of(c.high));
  return text;
}

}  // namespace

std::string evidence_named(std::span<const ItemFit> items) {
  const auto lists = std::count_if(items.begin(), items.end(), [](const ItemFit& item) { return of_sheets(item.measures); });
  if (lists == 0) return "survey";
  return static_cast<std::size_t>(lists) == items.size() ? "list of who came" : "survey and list of who came";
}

std::string counted_by(std::string_view measures, int count) {
  const auto many = static_cast<std::size_t>(count);
  if (measures == "attendance_by_member") return counted(many, "member");
  if (measures == "attendance_by_meeting") return counted(many, "member") + " at meetings";
  if (measures == "attendance_persistence") return count == 1 ? "1 pair of meetings" : fmt::format("{} pairs of meetings", count);
  return counted(many, "answer");
}

std::string distance_text(double distance, int decimals) {
  return std::isinf(distance) ? "infinite" : fmt::format("{:.{}f}", distance, decimals);
}

std::string p_number(double p) { return p < 0.0005 ? "< 0.001" : fixed(p, 3); }
std::string p_text(double p) { return (p < 0.0005 ? "p " : "p = ") + p_number(p); }

bool is_wider(double contraction) { return contraction <= -0.005; }
std::string_view wider_words() {
  return "Below 0 the posterior is wider than the prior: by chance, or because values far from the prior's centre fit.";
}

bool explained(double distance, double high, double p) { return p >= least_p && distance <= high; }

std::string asked_in_words(std::string_view measures) {
  const auto found = std::find_if(questions.begin(), questions.end(), [&](const auto& q) { return q.first == measures; });
  return std::string(found == questions.end() ? measures : found->second);
}

std::vector<std::string> not_explained(std::span<const ItemFit> items) {
  std::vector<std::string> sentences;
  for (const bool held_out : {false, true})
    for (const ItemFit& item : items) {
      if (item.held_out != held_out || explained(item.distance, item.high, item.p)) continue;
      const std::string name = item.id == item.measures ? "" : fmt::format(" ({})", item.id);
      sentences.push_back(fmt::format("The model does not explain {}{}{}{}.", asked_in_words(item.measures), name,
                                      held_out ? ", which the fit has not seen" : "", categories_outside(item)));
    }
  return sentences;
}

std::string weights_list(std::span<const ItemWeight> items) {
  std::string list;
  for (const ItemWeight& item : items) {
    if (std::isnan(item.design_effect)) continue;
    const double worth = std::clamp(item.answers / item.design_effect, 1.0, static_cast<double>(item.answers));
    const std::string answers = counted_by(item.measures.empty() ? item.id : item.measures, item.answers);
    list += fmt::format("{}{} by {} ", list.empty() ? "" : "; ", item.id, fixed(item.design_effect, 1));
    list += item.design_effect < 1 ? fmt::format("(here they differ by less, and its {} count in full)", answers)
                                   : fmt::format("(its {} count as about {})", answers, fixed(worth, 0));
  }
  return list;
}

std::string weights_text(std::span<const ItemWeight> items) {
  const std::string list = weights_list(items);
  if (list.empty()) return "";
  const bool lists = std::all_of(items.begin(), items.end(), [](const ItemWeight& item) { return of_sheets(item.measures); });
  return std::string(
             lists
                 ? "How much of the list counts: two lists of one coalition mostly differ by more than chance in single meetings "
                   "would make them, "
                 : "How much answers count: two surveys of one coalition mostly differ by more than the choice of answers "
                   "would make them, ") +
         "for events and contacts come out otherwise every time. So each item's distance is divided by its design effect, as it "
         "is before the fit: " +
         list + ".";
}

std::string fit_verdict(double distance, double high, double p, std::span<const ItemFit> items) {
  const auto single = std::count_if(items.begin(), items.end(), [](const ItemFit& item) {
    return !item.held_out && !explained(item.distance, item.high, item.p);
  });
  const std::string what = evidence_named(items);
  if (!explained(distance, high, p)) return fmt::format("The model does not explain the {} as a whole.", what);
  if (single > 0) return fmt::format("The model explains the {} as a whole, but not {} of it.", what, counted(single, "item"));
  return fmt::format("The model explains the {}: coalitions that it makes look like this one.", what);
}

}  // namespace coalis
