// The sampler agrees with posteriors that are known in closed form. It knows nothing of the coalition model.
#include "coalis/inference/abc_smc.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "coalis/core/distributions.hpp"
#include "support/statistics.hpp"

namespace coalis {
namespace {

constexpr Purpose data_purpose{200};

double standard_normal(Stream stream) {
  const Words w = draw(stream, {.purpose = data_purpose});
  return static_cast<double>(normal(w.w[0], w.w[1]));
}

// One block of proposals after the other until it stops.
AbcState run_abc(const AbcModel& model, const AbcSettings& settings, const Execution& execution = {}, std::size_t block = 5000) {
  AbcState state = begin_abc(settings);
  while (state.stopped.empty()) advance_abc(state, model, settings, block, execution);
  return state;
}

// p-value of the weighted draws of one parameter under a distribution function, for as many draws as their weights are worth.
template <class F>
double weighted_ks_test(std::vector<Particle> particles, std::size_t parameter, F distribution_function) {
  std::sort(particles.begin(), particles.end(),
            [=](const Particle& a, const Particle& b) { return a.values[parameter] < b.values[parameter]; });
  double below = 0, distance = 0;
  for (const Particle& p : particles) {
    const double f = distribution_function(p.values[parameter]);
    distance = std::max({distance, f - below, below + p.weight - f});
    below += p.weight;
  }
  return test::ks_p_value(distance, effective_size(particles));
}

// Data: a mean that scatters around the parameter with standard deviation 0.5. Its sum with a nuisance parameter if there is one.
AbcModel normal_model(double observed, bool nuisance) {
  AbcModel model;
  model.fitted = {{PriorKind::normal, 0, nuisance ? 1.0 : 2.0}};
  if (nuisance) model.nuisance = {{PriorKind::normal, 0, 1}};
  model.make_simulate = [=] {
    return [=](std::span<const double> values, Stream stream) {
      double mean = 0;
      for (const double v : values) mean += v;
      return std::abs(mean + 0.5 * standard_normal(stream) - observed);
    };
  };
  return model;
}

AbcSettings settings_for(double tolerance) {
  return {.draws = 1500, .prior_runs = 6000, .quantile = 0.5, .least_acceptance = 0.001, .least_tolerance = tolerance, .seed = 5};
}

// Error rate of each test below: p < 0.001 for a right sampler about once in 1,000 seeds (the tolerance adds a variance of
// 0.02^2 / 3, invisible beside 0.24).
TEST(AbcSmc, ConjugateNormal) {
  const AbcState state = run_abc(normal_model(1.0, false), settings_for(0.02));
  EXPECT_EQ(state.stopped, "the tolerance asked for is reached");
  const double variance = 1 / (1 / 4.0 + 1 / 0.25);
  const boost::math::normal posterior(variance * 1.0 / 0.25, std::sqrt(variance));
  EXPECT_GT(weighted_ks_test(state.population, 0, [&](double x) { return boost::math::cdf(posterior, x); }), 0.001);
  EXPECT_GT(state.finished.back().effective_size, 700);
  // The prior would be told apart.
  const boost::math::normal prior(0, 2);
  EXPECT_LT(weighted_ks_test(state.population, 0, [&](double x) { return boost::math::cdf(prior, x); }), 1e-9);
}

TEST(AbcSmc, NuisanceParametersAreMarginalised) {
  const AbcState state = run_abc(normal_model(1.5, true), settings_for(0.02));
  const double gain = 1 / (1 + 1 + 0.25);
  const boost::math::normal posterior(1.5 * gain, std::sqrt(1 - gain));
  for (const std::size_t parameter : {0u, 1u})  // the fitted one and the nuisance have the same posterior
    EXPECT_GT(weighted_ks_test(state.population, parameter, [&](double x) { return boost::math::cdf(posterior, x); }), 0.001);
}

TEST(AbcSmc, BetaBinomial) {
  AbcModel model;
  model.fitted = {{PriorKind::beta, 2, 3}};
  model.make_simulate = [] {
    return [](std::span<const double> values, Stream stream) {
      int successes = 0;
      for (std::uint32_t i = 0; i < 40; ++i) successes += unit(draw(stream, {data_purpose, i}).w[0], 0) < values[0];
      return std::abs(successes - 13.0);
    };
  };
  const AbcState state = run_abc(model, settings_for(0));
  EXPECT_EQ(state.finished.back().tolerance, 0);  // exact: the very number observed
  const boost::math::beta_distribution<> posterior(2 + 13, 3 + 27);
  EXPECT_GT(weighted_ks_test(state.population, 0, [&](double x) { return boost::math::cdf(posterior, x); }), 0.001);
}

// A prior cut off where the posterior has its mass: proposals outside are drawn again without a bias at the edge.
TEST(AbcSmc, LimitsOfThePrior) {
  AbcModel model = normal_model(1.0, false);
  model.fitted = {{PriorKind::uniform, 0.5, 1.2}};
  const AbcState state = run_abc(model, settings_for(0.02));
  const boost::math::normal likelihood(1.0, 0.5);
  const double low = boost::math::cdf(likelihood, 0.5), high = boost::math::cdf(likelihood, 1.2);
  const auto posterior = [&](double x) { return (boost::math::cdf(likelihood, x) - low) / (high - low); };
  EXPECT_GT(weighted_ks_test(state.population, 0, posterior), 0.001);
}

TEST(AbcSmc, SameBitsForAnyThreadsAndBlocks) {
  const AbcModel model = normal_model(1.0, false);
  const AbcSettings settings = settings_for(0.1);
  const AbcState one = run_abc(model, settings, {.threads = 1}, 777);
  EXPECT_EQ(one, run_abc(model, settings, {.threads = 3}, 5000));
  AbcSettings other = settings;
  other.seed = 6;
  EXPECT_NE(one.population, run_abc(model, other).population);
}

TEST(AbcSmc, GivesUpAGenerationThatAcceptsTooLittle) {
  AbcSettings settings = settings_for(0);
  settings.least_acceptance = 0.05;
  const AbcState state = run_abc(normal_model(1.0, false), settings);
  EXPECT_EQ(state.stopped, "a generation accepted less than 0.05 of its runs");
  EXPECT_GE(state.finished.back().acceptance(), 0.05);
  EXPECT_EQ(state.population.size(), settings.draws);
}

TEST(AbcSmc, SaysWhenNothingIsPossible) {
  AbcModel model = normal_model(1.0, false);
  model.make_simulate = [] { return [](std::span<const double>, Stream) { return std::numeric_limits<double>::infinity(); }; };
  EXPECT_THROW(run_abc(model, settings_for(0)), std::runtime_error);
}

}  // namespace
}  // namespace coalis
