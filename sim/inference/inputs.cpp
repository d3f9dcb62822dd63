// The one place that says which key belongs to which side of the model.
#include "coalis/inference/inputs.hpp"

#include <algorithm>
#include <array>

namespace coalis {
namespace {

constexpr std::array<std::string_view, 5> groups{"management", "commitment", "resources", "network", "viewpoints"};

// Keys by their last word; a word that ends with '*' stands for all that begin so. A table stands before its key where the word
// alone would not do.
constexpr std::string_view management[] = {
    // levers of coordination
    "hubs.fte", "hubs.authority", "series.per_year", "series.hours", "series.remote", "series.regularity", "levers.information",
    "levers.online_access", "levers.recruitment",
    // leadership, information, convening
    "members_per_fte", "visibility_*", "turnover", "vacancy_months", "overhead", "event_fte", "hold_floor", "distance_hours",
    "self_commitment", "self_size", "info_*", "leadership_*", "staff_effort", "authority_gain", "recruit_rate"};
constexpr std::string_view commitment[] = {
    "kinds.base",       "beta_mission",   "beta_commitment", "beta_leadership", "beta_awareness", "beta_habit", "beta_regularity",
    "trace_rate",       "threshold_*",    "conditional_*",   "free_rider_*",    "commitment_*",   "gamma_0",    "gamma_mission",
    "gamma_leadership", "gamma_progress", "rate_contact",    "rate_idle",       "neglect",        "progress_*", "win_gain",
    "direct_bonus",     "awareness_*",    "dormant_*",       "reactivat*",      "withdrawal",     "related_*",  "unrelated_*"};
constexpr std::string_view resources[] = {"environment.scarcity", "environment.restricted", "beta_cost", "cost_cap",
                                          "capacity_*",           "resource_sigma",         "grant_*",   "gamma_burden"};
constexpr std::string_view network[] = {"kinds.networking",
                                        "levers.joint_grants",
                                        "levers.referral_tracking",
                                        "beta_social",
                                        "global_weight",
                                        "initial_attendance",
                                        "partners",
                                        "slots",
                                        "tie_*",
                                        "contact_rate",
                                        "field_size",
                                        "rivalry",
                                        "role_overlap",
                                        "outside_*",
                                        "referral_*",
                                        "coherence_loss",
                                        "core_trace",
                                        "gamma_ties"};
constexpr std::string_view viewpoints[] = {"kinds.bridging", "levers.facilitation", "roles.viewpoint",
                                           "tolerance",      "viewpoint_*",         "anchoring",
                                           "contested_tie",  "conflict_*",          "gamma_conflict"};

constexpr std::array<std::span<const std::string_view>, 5> keys{management, commitment, resources, network, viewpoints};

bool matches(std::string_view pattern, std::string_view key) {
  if (pattern.ends_with('*')) return key.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == key;
}

}  // namespace

std::span<const std::string_view> input_groups() { return groups; }

std::string_view group_of(std::string_view path) {
  const auto first = path.find('.'), last = path.rfind('.');
  if (first == path.npos) return "";
  const std::string_view table = path.substr(0, first), word = path.substr(last + 1);
  const std::string key = table == "parameters" ? std::string(word) : std::string(table) + "." + std::string(word);
  for (std::size_t i = 0; i < groups.size(); ++i)
    if (std::any_of(keys[i].begin(), keys[i].end(), [&](std::string_view pattern) { return matches(pattern, key); }))
      return groups[i];
  return "";
}

std::vector<Input> single_inputs(std::span<const std::string> names) {
  std::vector<Input> inputs;
  for (std::size_t i = 0; i < names.size(); ++i) inputs.push_back({names[i], {i}, false});
  return inputs;
}

std::vector<Input> grouped_inputs(std::span<const std::string> names, std::span<const std::string> paths) {
  std::vector<Input> inputs, alone;
  for (const auto group : groups) inputs.push_back({std::string(group), {}, true});
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto group = std::find(groups.begin(), groups.end(), group_of(paths[i]));
    if (group == groups.end())
      alone.push_back({names[i], {i}, false});
    else
      inputs[static_cast<std::size_t>(group - groups.begin())].factors.push_back(i);
  }
  std::erase_if(inputs, [](const Input& input) { return input.factors.empty(); });
  inputs.insert(inputs.end(), alone.begin(), alone.end());
  return inputs;
}

}  // namespace coalis
