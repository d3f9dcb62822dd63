// A coalition so plain that mathematics can say what it does, and short ways to read what it left behind.
#pragma once

#include <cmath>
#include <functional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/model/world.hpp"

namespace coalis::test {

// One region, one hub that serves it, kinds meeting, outreach and training at base 0 without networking, no series; two roles;
// defaults otherwise. All members are enrolled from the start and never fall dormant.
Scenario plain_coalition(int members, int months);

// Adds a series of the first hub for its own organisations, one hour long, on schedule, from the first month to the last.
Series& add_series(Scenario& scenario, int kind, double per_year);

// A base so high that everybody who is invited comes, whatever else.
inline constexpr double irresistible = 50;

inline double logit(double p) { return std::log(p / (1 - p)); }

// Everything is recorded.
inline constexpr Recording full{true, true, true, true, true, true};

// Runs replicates 0..count-1 one after the other.
void for_replicates(const Scenario& scenario, std::uint64_t seed, int count, const std::function<void(const RunRecord&)>& visit);
RunRecord run(const Scenario& scenario, std::uint64_t seed);

double outcome(const RunRecord& record, std::string_view name);
double survey_figure(const RunRecord& record, std::string_view name);

// By organisation: final state, events attended of a kind, the state at the end of a month.
std::span<const float> final_state(const RunRecord& record, const Scenario& scenario, std::string_view name);
std::span<const std::int32_t> final_number(const RunRecord& record, const Scenario& scenario, std::string_view name);
std::span<const std::int32_t> attended(const RunRecord& record, const Scenario& scenario, int kind);
std::span<const float> state_in(const RunRecord& record, const Scenario& scenario, std::string_view name, int month);

// By month.
std::span<const float> trajectory(const RunRecord& record, const Scenario& scenario, std::string_view name);

// Mean and its standard error, value by value.
class Mean {
 public:
  void add(double value);
  double mean() const { return mean_; }
  double variance() const { return squares_ / (count_ - 1); }
  double standard_error() const { return std::sqrt(variance() / count_); }
  // Standard errors between the mean and what it should be.
  double z(double expected) const { return (mean_ - expected) / standard_error(); }

 private:
  double count_ = 0, mean_ = 0, squares_ = 0;
};

}  // namespace coalis::test
