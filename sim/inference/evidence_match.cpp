#include "coalis/inference/evidence_match.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <numeric>
#include <span>
#include <utility>

#include "coalis/inference/sheets.hpp"
#include "coalis/inference/survey_items.hpp"
#include "rates_match.hpp"

namespace coalis {
namespace {

using Names = std::span<const std::string_view>;
using Problem = std::optional<MatchProblem>;

constexpr std::array<std::string_view, 2> yes_no{"yes", "no"};
constexpr std::array<std::string_view, 3> sector_words{"nonprofit", "public", "for_profit"};
constexpr std::array<std::string_view, 5> recruited{"frame", "unreachable", "refused", "recruited", "returned"};
constexpr std::array<std::string_view, 4> recruited_apart{"unreachable", "refused", "recruited, not returned", "returned"};
constexpr int usual_points = 5, most_points = 20;
constexpr int usual_open = 4;  // the survey's last category of attendance: 4 or more

std::string lower(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '-' || c == ' ' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

std::string listed(Names names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + in_quotes(name);
  return text;
}

// Categories by name, in any order, none missing: to[k] is the item's for the k-th name.
Problem by_name(const EvidenceItem& item, Names names, EvidenceMatch& into) {
  const std::string advice = "name them " + listed(names) + ", in any order";
  into.order.assign(names.size(), item.categories.size());
  for (std::size_t c = 0; c < item.categories.size(); ++c) {
    const auto found =
        std::find_if(names.begin(), names.end(), [&](std::string_view name) { return lower(name) == lower(item.categories[c]); });
    if (found == names.end())
      return MatchProblem{in_quotes(item.categories[c]) + " is no answer to '" + std::string(measured(item)) + "'", advice, c};
    std::size_t& place = into.order[static_cast<std::size_t>(found - names.begin())];
    if (place != item.categories.size()) return MatchProblem{in_quotes(item.categories[c]) + " is there twice", advice, c};
    place = c;
  }
  for (std::size_t k = 0; k < names.size(); ++k)
    if (into.order[k] == item.categories.size())
      return MatchProblem{"the category '" + std::string(names[k]) + "' is missing", advice, std::nullopt};
  into.to.resize(names.size());
  std::iota(into.to.begin(), into.to.end(), std::size_t{0});
  into.question.categories = names.size();
  return std::nullopt;
}

std::string bin_text(const Bin& bin) {
  return bin.to == Bin::open ? std::to_string(bin.from) + " or more"
                             : std::to_string(bin.from) + (bin.to == bin.from ? "" : "-" + std::to_string(bin.to));
}

// Bins that hold every number of events once.
Problem check_bins(const EvidenceItem& item, const std::vector<Bin>& bins, const std::vector<std::size_t>& order) {
  const std::string advice =
      "let the bins hold every number of events once, the last open upwards, as in \"0\", \"1-2\", \"3 or more\"";
  int next = 0;
  for (const std::size_t c : order) {
    if (next == Bin::open || bins[c].from < next)
      return MatchProblem{in_quotes(item.categories[c]) + " (" + bin_text(bins[c]) + ") overlaps another category", advice, c};
    if (bins[c].from > next) {
      const std::string gap = bin_text({next, bins[c].from - 1});
      return MatchProblem{"no category holds " + gap, advice, c};
    }
    next = bins[c].to == Bin::open ? Bin::open : bins[c].to + 1;
  }
  if (next != Bin::open) return MatchProblem{"no category holds " + bin_text({next, Bin::open}), advice, order.back()};
  return std::nullopt;
}

// The bins that the survey counts anyway, or such of them together, in all of the run.
bool usual_bins(const EvidenceItem& item, const std::vector<int>& from) {
  return measured(item) != "trained" && !of_sheets(measured(item)) && item.last_months == 0 && item.since.empty() &&
         std::all_of(from.begin(), from.end(), [](int n) { return n <= usual_open; });
}

Problem attendance(const EvidenceItem& item, EvidenceMatch& into) {
  std::vector<Bin> bins = bins_of(item);
  for (Bin& bin : bins)
    if (item.meetings > 0 && bin.to == item.meetings) bin.to = Bin::open;  // nobody can attend more
  if (bins.size() != item.categories.size()) {
    for (std::size_t c = 0; c < item.categories.size(); ++c)
      if (!bin_named(item.categories[c]))
        return MatchProblem{in_quotes(item.categories[c]) + " is no number of events",
                            "write \"0\", \"1-2\", \"3 or more\", or say what the categories hold: bins = [[0, 0], [1, 2], [3]]",
                            c};
  }
  into.order.resize(bins.size());
  std::iota(into.order.begin(), into.order.end(), std::size_t{0});
  std::stable_sort(into.order.begin(), into.order.end(),
                   [&](std::size_t a, std::size_t b) { return bins[a].from < bins[b].from; });
  if (auto problem = check_bins(item, bins, into.order)) return problem;
  std::vector<int> from;
  for (const std::size_t c : into.order) from.push_back(bins[c].from);
  SurveyQuestion& q = into.question;
  q.last_months = item.last_months, q.since = item.since;
  q.sheets = of_sheets(measured(item)), q.meetings = item.meetings;
  if (usual_bins(item, from)) {
    q.categories = usual_open + 1;
    for (int n = 0; n <= usual_open; ++n)
      into.to.push_back(static_cast<std::size_t>(std::upper_bound(from.begin(), from.end(), n) - from.begin()) - 1);
    return std::nullopt;
  }
  q.from = from, q.categories = from.size();
  into.to.resize(from.size());
  std::iota(into.to.begin(), into.to.end(), std::size_t{0});
  return std::nullopt;
}

// The number that a category begins with: "0", "0 (lowest)".
std::optional<int> leading_number(std::string_view name) {
  int value = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), value);
  if (error != std::errc() || (end != name.data() + name.size() && *end != ' ')) return std::nullopt;
  return std::abs(value) > most_events ? std::nullopt : std::optional(value);
}

// Categories from the lowest number to the highest; empty if they are no numbers one after the other.
std::vector<std::size_t> by_number(const EvidenceItem& item) {
  std::vector<std::pair<int, std::size_t>> numbers;
  for (std::size_t c = 0; c < item.categories.size(); ++c) {
    const auto number = leading_number(item.categories[c]);
    if (!number) return {};
    numbers.emplace_back(*number, c);
  }
  std::sort(numbers.begin(), numbers.end());
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    if (numbers[k].first != numbers.front().first + static_cast<int>(k)) return {};
    order.push_back(numbers[k].second);
  }
  return order;
}

// Categories from the lowest to the highest.
Problem rating_order(const EvidenceItem& item, std::vector<std::size_t>& order) {
  order = by_number(item);
  const bool numbers = !order.empty();
  if (!numbers) {
    order.resize(item.categories.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
  }
  const std::string &first = item.categories[order.front()], &last = item.categories[order.back()];
  if (item.lowest.empty()) {
    if (numbers && leading_number(first) == 0) return std::nullopt;
    return MatchProblem{"which category is the lowest cannot be told from their names",
                        "write lowest = \"" + first + "\" or lowest = \"" + last + "\" (in a file of version 2)", order.front()};
  }
  if (item.lowest == last) std::reverse(order.begin(), order.end());
  if (item.lowest == first || item.lowest == last) return std::nullopt;
  return MatchProblem{"lowest = " + in_quotes(item.lowest) + " is neither end of the scale",
                      "name the category at its low end, " + in_quotes(first) + " or " + in_quotes(last), std::nullopt};
}

Problem rating(const EvidenceItem& item, EvidenceMatch& into) {
  if (item.categories.size() > most_points)
    return MatchProblem{"has " + std::to_string(item.categories.size()) + " points", "at most 20", std::nullopt};
  if (auto problem = rating_order(item, into.order)) return problem;
  const std::size_t points = into.order.size();
  // Files of version 1 leave out the top of the scale.
  const bool usual =
      measured(item) != "policy_awareness" && (points == usual_points || (item.open_upwards && points < usual_points));
  if (!usual) into.question.points = static_cast<int>(points);
  into.question.categories = usual ? usual_points : points;
  for (std::size_t k = 0; k < into.question.categories; ++k) into.to.push_back(std::min(k, points - 1));
  return std::nullopt;
}

// Cells of the survey, not answers: those trained, and their trainings.
Problem trainings(const EvidenceItem& item, EvidenceMatch& into) {
  if (item.categories.size() != 1 || item.between.empty())
    return MatchProblem{"is a number of trainings on average", "give categories = [\"mean\"] and between = [[fewest, most]]",
                        std::nullopt};
  into.order = {0}, into.to = {0, 0}, into.question.categories = 2;
  return std::nullopt;
}

bool is_yes_no(const EvidenceItem& item) {
  return item.bins.empty() && std::all_of(item.categories.begin(), item.categories.end(),
                                          [](const std::string& name) { return lower(name) == "yes" || lower(name) == "no"; });
}

}  // namespace

bool counts_trainings(std::string_view measures) { return measures == "trainings_of_trained"; }

bool is_rating(std::string_view measures) {
  return measures == "goal_attainment_rating" || measures == "leadership_rating" || measures == "policy_awareness";
}

bool counts_events(std::string_view measures) {
  return measures == "meetings_attended" || measures == "outreach_days_attended" || measures == "trained" ||
         measures == "attendance_by_member";
}

std::optional<MatchProblem> match_categories(const EvidenceItem& item, EvidenceMatch& into) {
  const std::string_view measures = measured(item);
  into = {};
  into.question.item = *survey_item_named(measures);
  if (item.categories.size() < (of_rates(measures) || counts_trainings(measures) ? 1u : 2u))
    return MatchProblem{of_rates(measures) ? "has no category" : "has no two categories", "list all of them", std::nullopt};
  if (item.categories.size() > most_categories)
    return MatchProblem{"has " + std::to_string(item.categories.size()) + " categories", "put some together; 40 are the most",
                        std::nullopt};
  if (of_rates(measures)) return match_rates(item, into);
  if (measures == "recruitment")
    return item.categories.size() == recruited_apart.size() ? by_name(item, recruited_apart, into)
                                                            : by_name(item, recruited, into);
  if (measures == "respondent_sector") return by_name(item, sector_words, into);
  if (is_rating(measures)) return rating(item, into);
  into.question.besides = measures == "mission_related" || counts_trainings(measures);
  if (counts_trainings(measures)) return trainings(item, into);
  const bool window = item.last_months > 0 || !item.since.empty();
  if (!counts_events(measures) || (measures == "trained" && is_yes_no(item) && !window)) return by_name(item, yes_no, into);
  if (is_yes_no(item)) {
    EvidenceItem counted = item;
    for (const std::string& name : item.categories) counted.bins.push_back(lower(name) == "no" ? Bin{0, 0} : Bin{1, Bin::open});
    return attendance(counted, into);
  }
  return attendance(item, into);
}

}  // namespace coalis
