#include "rates_match.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string>

#include "coalis/inference/sheets.hpp"

namespace coalis {
namespace {

using Problem = std::optional<MatchProblem>;

constexpr int most_lag = 1000;

Problem meetings(const EvidenceItem& item, EvidenceMatch& into) {
  for (std::size_t k = 1; k < item.categories.size(); ++k)
    if (says_when(item.categories[k - 1]) && says_when(item.categories[k]) && item.categories[k] < item.categories[k - 1])
      return MatchProblem{in_quotes(item.categories[k]) + " stands after " + in_quotes(item.categories[k - 1]),
                          "list the meetings in the order of time", k};
  if (item.meetings > 0 && item.meetings != static_cast<int>(item.categories.size()))
    return MatchProblem{
        "has " + std::to_string(item.categories.size()) + " meetings and says that they are " + std::to_string(item.meetings),
        "leave `meetings` out", std::nullopt};
  into.question.meetings = static_cast<int>(item.categories.size());
  return std::nullopt;
}

// 2 * lag, and 1 more for those who stayed away: "came 1 meeting ago", "stayed away 3 meetings ago".
std::optional<int> lag_named(std::string_view name) {
  int code = -1;
  for (const std::string_view begin : {"came ", "stayed away "})
    if (name.starts_with(begin)) code = begin == "came " ? 0 : 1, name.remove_prefix(begin.size());
  int lag = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), lag);
  if (code < 0 || error != std::errc() || lag < 1 || lag > most_lag) return std::nullopt;
  const std::string_view rest = name.substr(static_cast<std::size_t>(end - name.data()));
  if (rest != " ago" && rest != (lag == 1 ? " meeting ago" : " meetings ago")) return std::nullopt;
  return 2 * lag + code;
}

Problem lags(const EvidenceItem& item, EvidenceMatch& into) {
  std::vector<int> codes;
  for (std::size_t k = 0; k < item.categories.size(); ++k) {
    const auto code = lag_named(item.categories[k]);
    if (!code)
      return MatchProblem{in_quotes(item.categories[k]) + " does not say who came how many meetings ago",
                          "write \"came 1 meeting ago\", \"stayed away 1 meeting ago\", \"came 2 meetings ago\"", k};
    if (item.meetings > 0 && *code / 2 >= item.meetings)
      return MatchProblem{
          "of " + std::to_string(item.meetings) + " meetings none was " + std::to_string(*code / 2) + " before another",
          "leave the category out, or correct `meetings`", k};
    if (std::find(codes.begin(), codes.end(), *code) != codes.end())
      return MatchProblem{in_quotes(item.categories[k]) + " is there twice", "name each once", k};
    codes.push_back(*code);
  }
  std::sort(into.order.begin(), into.order.end(), [&](std::size_t a, std::size_t b) { return codes[a] < codes[b]; });
  std::sort(codes.begin(), codes.end());
  into.question.from = codes;
  into.question.meetings = item.meetings;
  return std::nullopt;
}

}  // namespace

std::optional<MatchProblem> match_rates(const EvidenceItem& item, EvidenceMatch& into) {
  into.order.resize(item.categories.size());
  std::iota(into.order.begin(), into.order.end(), std::size_t{0});
  into.question.sheets = true;
  into.question.last_months = item.last_months, into.question.since = item.since;
  if (auto problem = measured(item) == "attendance_by_meeting" ? meetings(item, into) : lags(item, into)) return problem;
  into.question.categories = 2 * item.categories.size();
  into.to.resize(into.question.categories);
  std::iota(into.to.begin(), into.to.end(), std::size_t{0});
  return std::nullopt;
}

}  // namespace coalis
