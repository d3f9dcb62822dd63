// An item of evidence against itself and the simulated survey: counts, categories, shares, windows.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "coalis/core/names.hpp"
#include "coalis/inference/evidence_match.hpp"
#include "coalis/inference/sheets.hpp"
#include "coalis/inference/survey_items.hpp"
#include "evidence_keys.hpp"

namespace coalis::io {
namespace {

// Letters to be changed, put in or left out.
std::size_t letters_apart(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

// The item of the survey that is nearest to a name; "" if none is near.
std::string_view near_item(std::string_view id) {
  constexpr std::size_t near = 3;
  std::string_view best;
  std::size_t least = near + 1;
  for (const SurveyItem& item : survey_items)
    if (const std::size_t apart = letters_apart(id, item.id); apart < least) least = apart, best = item.id;
  return best;
}

class ItemChecks : private EvidenceKeys {
 public:
  explicit ItemChecks(EvidenceFile& result) : EvidenceKeys(result) {}

  void check_figures(const Node& node, const Table& table, const EvidenceItem& item) {
    std::set<std::string> names;
    for (const std::string& name : item.categories)
      if (!names.insert(name_key(name)).second)
        fail(table.find("categories")->node, fmt::format("'{}' has the category '{}' twice", item.id, name), "name each once");
    check_bins(table, item);
    check_range(table, item);
    if (table.find("counts") && item.share) check_share(table, item);
    if (of_rates(measured(item))) return check_rates(table, item);
    if (table.find("counts")) check_counts(node, table, item, item.counts, item.n);
    if (const Entry* entry = table.find("alternatives")) {
      const auto& nodes = std::get<io::Array>(entry->node.value);
      for (std::size_t i = 0; i < item.alternatives.size(); ++i)
        check_counts(nodes[i], std::get<Table>(nodes[i].value), item, item.alternatives[i].counts, item.alternatives[i].n);
    }
  }

  // Whether the simulated survey has the item, and its categories.
  void compare(const Node& node, const Table& table, const EvidenceItem& item) {
    const bool figures = !item.counts.empty() || item.share;
    if (!survey_item_named(measured(item))) return unknown(table, item);
    if (!item.between.empty()) return rough(table, item);
    if (counts_trainings(measured(item)) && figures)
      return fail(node, fmt::format("'{}' is a number of trainings on average", item.id),
                  "give categories = [\"mean\"] and between = [[fewest, most]]");
    if (!item.categories.empty() && item.counts.empty())
      return fail(table.find("categories")->node, fmt::format("'{}' has categories without counts", item.id),
                  "give one count a category, -1 where none is reported");
    const bool fit = item.use == "calibrate" || item.use == "validate";
    if (fit && !figures)
      return fail(node, fmt::format("'{}' has the use '{}' and no figures", item.id, item.use), "give categories and counts");
    if (item.share && item.counts.empty()) share_alone(table, item, fit);
    window(table, item);
    if (item.counts.empty()) return;
    if (const auto match = matched(table, item)) first_reported(table, item, *match);
  }

 private:
  // What is said roughly has no number of answers, so that a fit cannot weigh it.
  void rough(const Table& table, const EvidenceItem& item) {
    for (const char* key : {"counts", "share", "n", "n_between", "alternatives"})
      if (const Entry* entry = table.find(key))
        return fail(entry->place, fmt::format("'{}' of '{}', which is known between two numbers only", key, item.id),
                    "leave one out");
    if (item.use == "calibrate")  // no number of answers
      return fail(table.find("use")->node,
                  fmt::format("'{}' is known between two numbers only, to which nothing can be fitted", item.id),
                  "write use = \"validate\" or \"context\"");
    if (of_sheets(measured(item)) || measured(item) == "recruitment")
      return fail(table.find("between")->node, fmt::format("'{}' counts people", measured(item)), "give counts");
    window(table, item);
    matched(table, item);
  }

  // Its categories among the survey's answers; nothing, and what is wrong is said, if they are not.
  std::optional<EvidenceMatch> matched(const Table& table, const EvidenceItem& item) {
    EvidenceMatch match;
    const auto wrong = match_categories(item, match);
    if (!wrong) return match;
    const Node& categories = table.find("categories")->node;
    const auto& list = std::get<io::Array>(categories.value);
    fail(wrong->category && *wrong->category < list.size() ? list[*wrong->category] : categories,
         fmt::format("'{}': {}", item.id, wrong->problem), wrong->advice);
    return std::nullopt;
  }

  static constexpr double printed = 0.005 + 1e-9;  // half of a percent

  // A name that can be read as numbers of events says the same as its bin, which may be open where the name does not say so.
  void check_bins(const Table& table, const EvidenceItem& item) {
    if (item.bins.empty() || item.bins.size() != item.categories.size()) return;
    const auto& nodes = std::get<io::Array>(table.find("bins")->node.value);
    for (std::size_t k = 0; k < item.bins.size(); ++k)
      if (const auto named = bin_named(item.categories[k]);
          named && *named != item.bins[k] && !(named->from == item.bins[k].from && item.bins[k].to == Bin::open))
        return fail(nodes[k],
                    fmt::format("the category '{}' of '{}' has the bin {}", item.categories[k], item.id, text_of(item.bins[k])),
                    fmt::format("write {}, or name it otherwise", text_of(*named)));
  }
  static std::string text_of(const Bin& bin) {
    return bin.to == Bin::open ? fmt::format("[{}]", bin.from) : fmt::format("[{}, {}]", bin.from, bin.to);
  }

  // What no run can have leaves every run out.
  void check_range(const Table& table, const EvidenceItem& item) {
    if (!item.range || item.outcome.empty()) return;
    const auto found = std::find_if(outcome_quantities().begin(), outcome_quantities().end(),
                                    [&](const Quantity& q) { return q.name == item.outcome; });
    if (found == outcome_quantities().end()) return;
    const auto [low, high] = *item.range;
    if (low < 0 || (found->unit == "1" && high > 1))
      fail(table.find("range")->node, fmt::format("the range of '{}' reaches beyond what {} can be", item.id, item.outcome),
           found->unit == "1" ? "it lies from 0 to 1: write 0.45 for 45 %" : "it is 0 or more");
  }

  // A share beside counts is that of one of them, as it is printed: to whole percents.
  void check_share(const Table& table, const EvidenceItem& item) {
    int sum = 0;
    for (const int count : item.counts) sum += std::max(0, count);
    const double n = std::max(sum, item.n);
    const bool agrees = std::any_of(item.counts.begin(), item.counts.end(), [&](int count) {
      return count >= 0 && n > 0 && std::abs(count / n - *item.share) <= printed;
    });
    if (!agrees)
      fail(table.find("share")->node, fmt::format("the share {} of '{}' is that of none of its counts", *item.share, item.id),
           "leave the share out, or correct it or a count");
  }

  // Shares of those who came have a denominator each, and nothing else that a survey's answers have.
  void check_rates(const Table& table, const EvidenceItem& item) {
    for (const char* key : {"n", "alternatives"})
      if (const Entry* entry = table.find(key))
        return fail(entry->place, fmt::format("'{}' is of a survey; '{}' counts all members", key, item.id), "leave it out");
    const Entry *counts = table.find("counts"), *of = table.find("of");
    if (!counts) return;
    if (!of)
      return fail(counts->node, fmt::format("'{}' does not say of how many its counts are", item.id),
                  "give `of`: one number a category (in a file of version 3)");
    for (std::size_t k = 0; k < item.counts.size() && k < item.of.size(); ++k)
      if (item.of[k] < 1 || item.counts[k] < 0 || item.counts[k] > item.of[k])
        return fail(std::get<io::Array>(counts->node.value)[k],
                    fmt::format("{} came of {} in '{}' of '{}'", item.counts[k], item.of[k], item.categories[k], item.id),
                    "write who came and of how many, 1 or more; leave out what nobody could come to");
  }

  // Counts of an item that has been asked of n, against each other.
  void check_counts(const Node& node, const Table& table, const EvidenceItem& item, const std::vector<int>& counts, int n) {
    const auto* given = table.find("counts");
    const auto& nodes = std::get<io::Array>(given->node.value);
    const bool nested = measured(item) == "recruitment", survey = survey_item_named(measured(item)).has_value();
    std::int64_t sum = 0;
    for (std::size_t k = 0; k < counts.size(); ++k) {
      sum += std::max(0, counts[k]);
      if (n > 0 && counts[k] > n)
        return fail(nodes[k], fmt::format("{} of '{}' are more than n = {}", counts[k], item.id, n), "correct the count or n");
    }
    if (survey && !nested && n > 0 && sum > n)
      return fail(given->node, fmt::format("the counts of '{}' add up to {}, more than n = {}", item.id, sum, n),
                  "each answers once: correct a count or n");
    if (survey && sum == 0)
      return fail(given->node, fmt::format("'{}' has no answers", item.id), "give its counts, or leave the item out");
    const auto missing = std::count(counts.begin(), counts.end(), not_reported);
    if (survey && missing > 1)
      fail(given->node, fmt::format("'{}' leaves more than one category unreported", item.id), "merge them in the file");
    if (survey && !nested && missing == 0 && n > sum)
      return fail(
          table.find("n") ? table.find("n")->node : given->node,
          fmt::format("the counts of '{}' add up to {}, less than n = {}, and every category is reported", item.id, sum, n),
          "n is of those who answered: leave it out or correct a count; -1 stands for a category that is not reported");
    if (survey && missing == 1 && n == 0)
      fail(node, fmt::format("'{}' leaves a category unreported without an n of all answers", item.id), "give n");
  }

  void first_reported(const Table& table, const EvidenceItem& item, const EvidenceMatch& match) {
    if (measured(item) != "recruitment" && !of_rates(measured(item)) && item.counts[match.order.front()] < 0)
      fail(table.find("counts")->node,
           fmt::format("'{}' does not report the category '{}', with which the comparison begins", item.id,
                       item.categories[match.order.front()]),
           "give its count");
    if (measured(item) != "recruitment" || item.counts.size() != 5) return;
    const auto count = [&](std::size_t k) {
      return item.counts[match.order[k]];
    };  // frame, unreachable, refused, recruited, returned
    if (count(4) > count(3) || count(1) + count(2) + count(3) > count(0) ||
        std::count(item.counts.begin(), item.counts.end(), -1) > 0)
      fail(table.find("counts")->node, fmt::format("the counts of '{}' are no parts of each other", item.id),
           "returned are some of those recruited; unreachable, refused and recruited are some of the frame");
  }

  void share_alone(const Table& table, const EvidenceItem& item, bool fit) {
    const Node& share = table.find("share")->node;
    static const std::set<std::string_view> yes_no{"trained", "case_experience", "mission_related", "collaborates_inside",
                                                   "collaborates_outside"};
    if (!yes_no.contains(measured(item)))
      fail(share, fmt::format("a share alone does not say which answers to '{}' it is of", measured(item)),
           "give categories and counts");
    else if (fit && item.n == 0 && !item.n_between)
      fail(share, fmt::format("of how many answers '{}' is a share is not said", item.id),
           "give n, or n_between = [fewest, most]");
    else if (item.n > 0)
      whole_answers(share, item);
  }

  // A share of so many answers is that of one number of them, as it is printed: to whole percents.
  void whole_answers(const Node& share, const EvidenceItem& item) {
    const double answers = *item.share * item.n, below = std::floor(answers), above = std::ceil(answers);
    const auto agrees = [&](double count) { return std::abs(count / item.n - *item.share) <= printed; };
    if (!agrees(below) && !agrees(above))
      fail(share, fmt::format("the share {} of '{}' is that of no number of {} answers", *item.share, item.id, item.n),
           fmt::format("{:.0f} of them are {:.3f}, {:.0f} are {:.3f}: correct the share or n", below, below / item.n, above,
                       above / item.n));
  }

  void window(const Table& table, const EvidenceItem& item) {
    if (const Entry* of = table.find("of"); of && !of_rates(measured(item)))
      fail(of->place, fmt::format("'of' is of shares of those who came; '{}' has one n", measured(item)),
           "leave it out, or give n");
    if (const Entry* meetings = table.find("meetings"); meetings && !of_sheets(measured(item)))
      fail(meetings->place, fmt::format("'meetings' is of lists of who came; '{}' is none", measured(item)), "leave it out");
    for (const char* key : {"last_months", "since", "bins"})
      if (const Entry* entry = table.find(key);
          entry && !counts_events(measured(item)) && (key == std::string_view("bins") || !of_sheets(measured(item))))
        fail(entry->place, fmt::format("'{}' is of attendance; '{}' counts no events", key, measured(item)), "leave it out");
    if (const Entry* entry = table.find("lowest"); entry && !is_rating(measured(item)))
      fail(entry->place, fmt::format("'lowest' is of ratings; '{}' is none", measured(item)), "leave it out");
  }

  // An item that the survey does not ask: for reading, or a name that was meant otherwise.
  void unknown(const Table& table, const EvidenceItem& item) {
    if (!item.outcome.empty()) return;
    const Node& id = table.find("id")->node;
    if (const auto near = near_item(item.id); !near.empty())
      return fail(id, fmt::format("the survey does not ask '{}'", item.id),
                  fmt::format("write '{}', or say what the item measures: measures = \"{}\"", near, near));
    if (item.use == "calibrate")
      fail(id, fmt::format("the survey does not ask '{}', so that nothing can be fitted to it", item.id),
           fmt::format("say what it measures: measures = \"...\" ({}), or use = \"context\"", advice_on_items()));
  }
};

}  // namespace

std::string advice_on_items() {
  std::vector<std::string_view> ids;
  for (const SurveyItem& item : survey_items) ids.push_back(item.id);
  return fmt::format("choose one of {}", fmt::join(ids, ", "));
}

void check_item(EvidenceFile& result, const Node& node, const Table& table, const EvidenceItem& item) {
  ItemChecks checks(result);
  checks.check_figures(node, table, item);
  checks.compare(node, table, item);
}

}  // namespace coalis::io
