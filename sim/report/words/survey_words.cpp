#include "coalis/report/words/survey_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "coalis/questions/survey_beside.hpp"
#include "coalis/report/words/plain_text.hpp"

namespace coalis {

std::string percent(double share) { return std::isnan(share) ? "-" : fixed(100 * share, 0) + " %"; }
std::vector<std::string> percents(const std::vector<double>& shares) {
  constexpr double close = 1e-6;
  const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
  std::vector<std::string> texts;
  if (!(std::abs(all - 1) < close) || *std::min_element(shares.begin(), shares.end()) < 0) {
    for (const double share : shares) texts.push_back(percent(share));
    return texts;
  }
  std::vector<int> whole;
  std::vector<double> rest;  // what each was rounded down by; what is little was not
  for (const double share : shares) {
    const double exact = 100 * share;
    whole.push_back(exact > close && exact < 1 ? 1 : static_cast<int>(std::floor(exact + close)));
    rest.push_back(exact - whole.back());
  }
  for (int left = 100 - std::accumulate(whole.begin(), whole.end(), 0); left != 0; left += left > 0 ? -1 : 1) {
    const auto at = left > 0 ? std::max_element(rest.begin(), rest.end()) - rest.begin()
                             : std::max_element(whole.begin(), whole.end()) - whole.begin();
    whole[static_cast<std::size_t>(at)] += left > 0 ? 1 : -1;
    rest[static_cast<std::size_t>(at)] -= left > 0 ? 1 : -1;
  }
  for (const int percentage : whole) texts.push_back(std::to_string(percentage) + " %");
  return texts;
}

std::string percent_range(const Summary& s) {
  return std::isnan(s.q10) ? "-" : fmt::format("{} to {} %", fixed(100 * s.q10, 0), fixed(100 * s.q90, 0));
}

std::string evidence_share(const EvidenceItem* item, std::size_t category) {
  if (!item) return "";
  if (item->counts.empty() && item->share && item->n > 0)
    return fmt::format("{} ({:.0f} of {})", percent(*item->share), std::round(*item->share * item->n), item->n);
  if (item->counts.empty()) return item->share ? percent(*item->share) : "";
  const auto at = place_of(*item, category);
  if (!at || item->counts[*at] < 0) return "not reported";
  const int n = answers_to(*item);
  return n > 0 ? fmt::format("{} ({} of {})", percent(double(item->counts[*at]) / n), item->counts[*at], n) : "";
}

std::string observed_share(const ComparedItem& item, std::size_t cell) {
  if (item.rates) {
    const std::int32_t came = item.counts[2 * cell], of = came + item.counts[2 * cell + 1];
    return fmt::format("{} ({} of {})", percent(double(came) / of), came, of);
  }
  const auto answers = std::accumulate(item.counts.begin(), item.counts.end(), std::int32_t{0});
  return fmt::format("{} ({} of {})", percent(double(item.counts[cell]) / answers), item.counts[cell], answers);
}

}  // namespace coalis
