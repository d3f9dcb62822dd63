#include "alike.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <tuple>

namespace coalis {
namespace {

constexpr std::size_t fewest_alike = 30;

// A simulated organisation, and how it differs from the member.
struct Other {
  std::size_t coalition, organisation;
  int times;               // more or fewer attendances
  bool last, before_last;  // whether these differ
};

int times_of(std::span<const std::int8_t> cells) { return static_cast<int>(std::count(cells.begin(), cells.end(), cell_came)); }

std::vector<Other> others(const MemberPast& past, std::span<const NearCoalition> near) {
  std::vector<Other> found;
  std::vector<std::int8_t> cells(past.cells.size());
  const int times = times_of(past.cells);
  const std::size_t n = cells.size();
  for (std::size_t c = 0; c < near.size(); ++c) {
    const AttendanceTable& list = *near[c].list;
    for (std::size_t i = 0; i < list.members; ++i) {
      const auto known = [&](std::size_t meeting) { return list.at(i, meeting) != cell_unknown; };
      if (!std::all_of(past.known.begin(), past.known.end(), known) || !std::all_of(past.ahead.begin(), past.ahead.end(), known))
        continue;
      for (std::size_t k = 0; k < n; ++k) cells[k] = list.at(i, past.known[k]);
      found.push_back({c, i, times_of(cells) - times, n > 0 && cells[n - 1] != past.cells[n - 1],
                       n > 1 && cells[n - 2] != past.cells[n - 2]});
    }
  }
  return found;
}

// The narrowest of the rules with others enough; of all, if none has.
std::vector<Other> alike(const std::vector<Other>& all, std::size_t meetings) {
  std::vector<Other> kept;
  const auto keep = [&](const auto& rule) {
    kept.clear();
    std::copy_if(all.begin(), all.end(), std::back_inserter(kept), rule);
    return kept.size() >= fewest_alike;
  };
  if (keep([](const Other& o) { return o.times == 0 && !o.last && !o.before_last; })) return kept;
  if (keep([](const Other& o) { return o.times == 0 && !o.last; })) return kept;
  for (int apart = 0; apart <= static_cast<int>(meetings); ++apart)
    if (keep([=](const Other& o) { return std::abs(o.times) <= apart; })) return kept;
  return all;
}

}  // namespace

bool MemberPast::operator<(const MemberPast& other) const {
  return std::tie(known, ahead, cells) < std::tie(other.known, other.ahead, other.cells);
}

MemberPast past_of(const ForecastQuestion& question, std::size_t member) {
  MemberPast past;
  const AttendanceTable& table = question.list.table;
  for (const std::size_t k : question.past)
    if (table.at(member, k) != cell_unknown) past.known.push_back(k), past.cells.push_back(table.at(member, k));
  for (const std::size_t k : question.held_out)
    if (table.at(member, k) != cell_unknown) past.ahead.push_back(k);
  return past;
}

Future future_of(const MemberPast& past, std::span<const NearCoalition> near) {
  const std::vector<Other> chosen = alike(others(past, near), past.known.size());
  if (chosen.empty())
    throw std::invalid_argument(
        "no simulated organisation was on the list at all meetings that a member was: the scenario holds fewer meetings");
  const std::size_t ahead = past.ahead.size();
  Future future{Probabilities(ahead + 1, 0), std::vector<double>(ahead, 0), {}, chosen.size()};
  future.chances.resize(near.size());
  std::vector<double> others_of(near.size(), 0);
  double all = 0;
  for (const Other& o : chosen) {
    const double weight = near[o.coalition].weight;
    std::vector<double>& own = future.chances[o.coalition];
    own.resize(ahead, 0);
    std::size_t times = 0;
    for (std::size_t k = 0; k < ahead; ++k) {
      const bool came = near[o.coalition].list->at(o.organisation, past.ahead[k]) == cell_came;
      own[k] += came, future.chance[k] += came ? weight : 0, times += came;
    }
    future.times[times] += weight;
    others_of[o.coalition] += 1, all += weight;
  }
  for (double& p : future.times) p /= all;
  for (double& p : future.chance) p /= all;
  for (std::size_t c = 0; c < near.size(); ++c)
    for (double& p : future.chances[c]) p /= others_of[c];
  return future;
}

}  // namespace coalis
