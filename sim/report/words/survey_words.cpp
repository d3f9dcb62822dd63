#include "coalis/report/words/survey_words.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "coalis/questions/survey_beside.hpp"

namespace coalis {

// Halves are rounded up, however 100 times the share came out.
std::string percent(double share) {
  return std::isnan(share) ? "-" : fmt::format("{:.0f} %", std::floor(100 * share + 0.5 + 1e-9));
}
std::string percent_range(const Summary& s) {
  return std::isnan(s.q10) ? "-" : fmt::format("{:.0f} to {:.0f} %", 100 * s.q10, 100 * s.q90);
}

std::string evidence_share(const EvidenceItem* item, std::size_t category) {
  if (!item) return "";
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
