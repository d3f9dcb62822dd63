// The number of an organisation says nothing about it: numbers can be exchanged without a change in distribution. 300 replicates
// of each scenario; the attendances of lower and higher, of even and odd numbers are compared at five standard errors (14
// comparisons, error rate 8e-6 in all).
#include <gtest/gtest.h>

#include <cmath>

#include "coalis/engine/simulate.hpp"
#include "support/seven.hpp"

namespace coalis::test {
namespace {

// Mean over replicates of a difference, in standard errors.
class Difference {
 public:
  void add(double x) {
    ++n_;
    sum_ += x;
    squares_ += x * x;
  }
  double in_standard_errors() const {
    const double mean = sum_ / n_, variance = squares_ / n_ - mean * mean;
    return mean / std::sqrt(variance / n_);
  }

 private:
  double n_ = 0, sum_ = 0, squares_ = 0;
};

TEST(Relabelling, NumbersSayNothing) {
  for (const NamedScenario& named : seven_scenarios()) {
    Simulator simulator(make_plan(named.scenario));
    RunRecord record;
    Difference halves, parities;
    const int members = named.scenario.organisations.member_count() / 2 * 2, n = named.scenario.organisations.count();
    for (std::uint32_t replicate = 0; replicate < 300; ++replicate) {
      simulator.run(1, replicate, {.trajectories = false, .ties = false, .survey = false}, record);
      double half = 0, parity = 0;
      for (std::size_t kind = 0; kind < named.scenario.kinds.size(); ++kind)
        for (int i = 0; i < members; ++i) {
          const int events = record.attended[kind * static_cast<std::size_t>(n) + static_cast<std::size_t>(i)];
          half += i < members / 2 ? events : -events;
          parity += i % 2 ? events : -events;
        }
      halves.add(half);
      parities.add(parity);
    }
    EXPECT_LT(std::abs(halves.in_standard_errors()), 5) << named.name;
    EXPECT_LT(std::abs(parities.in_standard_errors()), 5) << named.name;
  }
}

}  // namespace
}  // namespace coalis::test
