#include "coalis/report/words/survey_words.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "coalis/questions/survey_beside.hpp"
#include "coalis/report/words/plain_text.hpp"

namespace coalis {

std::string percent(double share) { return std::isnan(share) ? "-" : fixed(100 * share, 0) + " %"; }
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
  const auto answers = std::accumulate(item.counts.begin(), item.counts.end(), std::int32_t{0});
  return fmt::format("{} ({} of {})", percent(double(item.counts[cell]) / answers), item.counts[cell], answers);
}

}  // namespace coalis
