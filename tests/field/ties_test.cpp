// Ties with the difference that matters. A user counts members: with 100 of them and 3 in 100 as the difference that matters, a
// run in which 3 more are engaged does not differ by more than 3 in 100, at whatever level it lies and however shares are
// rounded.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "coalis/report/charts/chart_scales.hpp"
#include "coalis/report/charts/charts.hpp"
#include "coalis/statistics/intervals.hpp"
#include "coalis/statistics/paired_statistics.hpp"

namespace coalis {
namespace {

struct Counts {
  std::size_t above = 0, within = 0, below = 0;
};

// Every pair of levels of `members` members whose difference is `more`, as outcomes are recorded: shares in single precision.
std::vector<std::vector<double>> pairs(int members, int more, bool single) {
  std::vector<std::vector<double>> both(2);
  for (int k = 0; k <= members; ++k) {
    if (k + more < 0 || k + more > members) continue;
    for (const auto& [side, count] : {std::pair{0, k}, std::pair{1, k + more}}) {
      const double share = static_cast<double>(count) / members;
      both[static_cast<std::size_t>(side)].push_back(single ? static_cast<double>(static_cast<float>(share)) : share);
    }
  }
  return both;
}

TEST(Ties, AreNeverBeyondWhatMattersForAnyNumberOfMembers) {
  for (const int members : {10, 20, 33, 50, 100, 115, 150, 200, 400, 1000, 3000}) {
    for (const int border : {0, 1, 3, members / 10}) {
      const double matters = static_cast<double>(border) / members;
      for (const bool single : {true, false}) {
        for (const int more : {-border - 1, -border, -border + 1, border - 1, border, border + 1}) {
          const auto both = pairs(members, more, single);
          const PairedSummary s = summarise_pairs(both[0], both[1], matters);
          EXPECT_EQ(s.above, more > border ? 1 : 0) << members << " members, " << more << " more, matters " << border;
          EXPECT_EQ(s.below, more < -border ? 1 : 0) << members << " members, " << more << " more, matters " << border;
          EXPECT_EQ(s.above + s.between + s.below, 1);
        }
      }
    }
  }
}

// .03 as it is written, not as a quotient; .66 - .63 and .47 - .44 in doubles are rounded to different sides.
TEST(Ties, AreThoseOfTheNumberThatIsWritten) {
  EXPECT_NE(0.47 - 0.44, 0.66 - 0.63);
  for (const int members : {50, 100, 200, 300}) {
    for (const double matters : {0.02, 0.03, 0.04, 0.05, 0.1, 0.25, 0.3}) {
      const double whole = matters * members;
      if (std::abs(whole - std::round(whole)) > 1e-9) continue;
      const int border = static_cast<int>(std::lround(whole));
      for (const int more : {-border - 1, -border, border, border + 1}) {
        const auto both = pairs(members, more, true);
        const PairedSummary s = summarise_pairs(both[0], both[1], matters);
        EXPECT_EQ(s.above, more > border ? 1 : 0) << members << ", " << more << ", " << matters;
        EXPECT_EQ(s.below, more < -border ? 1 : 0) << members << ", " << more << ", " << matters;
      }
    }
  }
}

TEST(Ties, SwappingMirrorsThem) {
  const auto both = pairs(100, 3, true);
  const PairedSummary one = summarise_pairs(both[0], both[1], 0.03), other = summarise_pairs(both[1], both[0], 0.03);
  EXPECT_EQ(one.above, other.below);
  EXPECT_EQ(one.between, other.between);
  EXPECT_EQ(one.grain, other.grain);
}

// With 0 as what matters, no difference is neither above nor below; one member more is.
TEST(Ties, NoDifferenceIsNeitherWhereAnyMatters) {
  const std::vector<double> a{0.1 + 0.2, 0.5, 0.7}, b{0.3, 0.5, 0.71};
  ASSERT_NE(a[0], b[0]);
  const PairedSummary s = summarise_pairs(a, b, 0);
  EXPECT_DOUBLE_EQ(s.above, 1 / 3.0);
  EXPECT_DOUBLE_EQ(s.between, 2 / 3.0);
  EXPECT_EQ(s.below, 0);
}

TEST(Ties, ChartsCountAsTablesDo) {
  for (const int more : {-4, -3, -2, 2, 3, 4}) {
    const auto both = pairs(100, more, true);
    std::vector<double> differences;
    for (std::size_t r = 0; r < both[0].size(); ++r) differences.push_back(both[1][r] - both[0][r]);
    const double grain = std::max(grain_of(both[0]), grain_of(both[1]));
    const chart::Zones found = chart::zones(differences, 0.03, grain);
    EXPECT_EQ(found.above, more > 3 ? differences.size() : 0) << more;
    EXPECT_EQ(found.below, more < -3 ? differences.size() : 0) << more;
    chart::DifferenceDots dots;
    dots.quantity = {"engaged", "organisations in 100", 100, 0, "more engaged"};
    dots.reference = {"A", "one"}, dots.other = {"B", "other"};
    dots.values = differences, dots.matters = 0.03, dots.grain = grain;
    const std::string all = std::to_string(differences.size());
    const std::string drawn = chart::svg(dots);
    EXPECT_NE(drawn.find("too small to matter: " + std::string(std::abs(more) > 3 ? "0" : all) + " run"), std::string::npos)
        << more;
  }
}

TEST(Ties, OfDollarsAreWithinTheirOwnGrain) {
  const std::vector<double> a{static_cast<float>(37'109.3), static_cast<float>(41'000.7)}, b{a[0] + 1000.001, a[1] + 1000.1};
  const PairedSummary s = summarise_pairs(a, b, 1000);
  EXPECT_EQ(s.above, 0.5);
  EXPECT_EQ(s.between, 0.5);
}

TEST(Ties, MissingAndInfiniteValuesHaveNoGrain) {
  const double missing = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(grain_of(std::vector<double>{}), 0);
  EXPECT_EQ(grain_of(std::vector<double>{missing}), 0);
  EXPECT_EQ(grain_of(std::vector<double>{missing, -8, 4}), 0x1p-20);
  EXPECT_EQ(beyond(missing, 0, 0), 0);
}

}  // namespace
}  // namespace coalis
