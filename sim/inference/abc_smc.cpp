#include "coalis/inference/abc_smc.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>

#include "coalis/core/distributions.hpp"
#include "coalis/core/double_math.hpp"
#include "coalis/core/quantile.hpp"
#include "coalis/inference/abc_steps.hpp"
#include "coalis/model/fields.hpp"
#include "matrices.hpp"

namespace coalis {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::uint32_t most_attempts = 100'000;  // to propose something that the prior allows

// A seed of its own for what a generation does.
enum class Use : std::uint32_t { proposals, runs };
std::uint64_t seed_of(std::uint64_t seed, int generation, Use use) {
  constexpr std::uint32_t ones = 0xFFFFFFFF;  // no stream of the model's has this counter
  const Words w = philox(ones, static_cast<std::uint32_t>(generation), static_cast<std::uint32_t>(use), ones,
                         static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32));
  return std::uint64_t{w.w[0]} << 32 | w.w[1];
}

double prior_density(const AbcModel& model, const double* values) {
  double density = 1;
  for (std::size_t i = 0; i < model.fitted.size(); ++i) density *= model.fitted[i].density(values[i]);
  return density;
}

void draw_nuisance(const AbcModel& model, Stream stream, std::uint32_t attempt, std::vector<double>& values) {
  const auto fitted = static_cast<std::uint32_t>(model.fitted.size());
  for (std::uint32_t i = 0; i < model.nuisance.size(); ++i)
    values.push_back(model.nuisance[i].draw(stream, (attempt << 8) + fitted + i));
}

void draw_prior(const AbcModel& model, Stream stream, std::vector<double>& values) {
  for (std::uint32_t attempt = 0; attempt < most_attempts; ++attempt) {
    values.clear();
    for (std::uint32_t i = 0; i < model.fitted.size(); ++i) values.push_back(model.fitted[i].draw(stream, (attempt << 8) + i));
    draw_nuisance(model, stream, attempt, values);
    if (model.allowed(values)) return;
  }
  throw std::runtime_error("the priors allow no values together");
}

// Ancestors are drawn half-way to the mean of the population (Liu and West 2001) and spread by its own covariance: proposals have
// 1.25 times its variance, however many parameters there are.
constexpr double pull = 0.5;

// The weighted population before and the kernel around it.
class Kernel {
 public:
  Kernel(const AbcModel& model, std::span<const Particle> population) : model_(model), n_(model.fitted.size()) {
    double sum = 0;
    for (const Particle& p : population) cumulated_.push_back(sum += p.weight);
    points_.resize(static_cast<Eigen::Index>(n_), static_cast<Eigen::Index>(population.size()));
    weights_.resize(static_cast<Eigen::Index>(population.size()));
    for (Eigen::Index j = 0; j < points_.cols(); ++j) {
      const Particle& p = population[static_cast<std::size_t>(j)];
      points_.col(j) = Eigen::Map<const Eigen::VectorXd>(p.values.data(), points_.rows());
      weights_[j] = p.weight;
    }
    const Eigen::VectorXd mean = points_ * weights_;
    const Eigen::MatrixXd centred = points_.colwise() - mean;
    Eigen::MatrixXd covariance = centred * weights_.asDiagonal() * centred.transpose();
    points_ = (centred * pull).colwise() + mean;
    covariance.diagonal() *= 1 + 1e-9;  // a population on a line still has a kernel
    root_ = covariance.llt().matrixL();
    scaled_ = root_.triangularView<Eigen::Lower>().solve(points_);
  }

  void propose(Stream stream, std::vector<double>& values) const {
    for (std::uint32_t attempt = 0; attempt < most_attempts; ++attempt) {
      const Words w = draw(stream, {.purpose = ancestor_purpose, .entity = attempt});
      const double at = unit(w.w[0], w.w[1]) * cumulated_.back();
      const auto ancestor = std::upper_bound(cumulated_.begin(), cumulated_.end() - 1, at) - cumulated_.begin();
      Eigen::VectorXd z(points_.rows());
      for (Eigen::Index i = 0; i < z.size(); ++i) {
        const Words v = draw(stream, {.purpose = kernel_purpose, .entity = attempt, .sub = static_cast<std::uint32_t>(i)});
        z[i] = static_cast<double>(normal(v.w[0], v.w[1]));
      }
      const Eigen::VectorXd x = points_.col(ancestor) + root_ * z;
      if (!(prior_density(model_, x.data()) > 0)) continue;
      values.assign(x.data(), x.data() + x.size());
      draw_nuisance(model_, stream, attempt, values);
      if (model_.allowed(values)) return;
    }
    throw std::runtime_error("no proposal lies within the priors");
  }

  // Prior over proposal density, up to a constant.
  double weight(const Particle& p) const {
    const Eigen::VectorXd x =
        root_.triangularView<Eigen::Lower>().solve(Eigen::Map<const Eigen::VectorXd>(p.values.data(), points_.rows()));
    double sum = 0;
    for (Eigen::Index j = 0; j < scaled_.cols(); ++j) sum += weights_[j] * exp_double(-0.5 * (scaled_.col(j) - x).squaredNorm());
    return prior_density(model_, p.values.data()) / sum;
  }

 private:
  const AbcModel& model_;
  std::size_t n_;
  std::vector<double> cumulated_;
  Eigen::MatrixXd points_, root_, scaled_;  // [parameter][particle]; scaled: by the root of the covariance
  Eigen::VectorXd weights_;
};

void normalise(std::vector<Particle>& particles) {
  double sum = 0;
  for (const Particle& p : particles) sum += p.weight;
  for (Particle& p : particles) p.weight /= sum;
}

// The next tolerance: a quantile of the distances; where these are ties, the largest below the last tolerance. Negative if none
// is.
double next_tolerance(std::span<const Particle> population, double quantile_wanted, double last) {
  std::vector<double> distances;
  for (const Particle& p : population) distances.push_back(p.distance);
  std::sort(distances.begin(), distances.end());
  const double next = quantile(std::span<const double>(distances), quantile_wanted);
  if (next < last) return next;
  const auto below = std::lower_bound(distances.begin(), distances.end(), last);
  return below == distances.begin() ? -1 : *(below - 1);
}

// Ends the generation under way and says what comes next.
void finish_generation(AbcState& state, const AbcModel& model, const AbcSettings& settings) {
  GenerationSummary& done = state.current;
  auto& particles = state.accepted;
  if (done.number == 0) {
    std::stable_sort(particles.begin(), particles.end(), [](const auto& a, const auto& b) { return a.distance < b.distance; });
    if (particles.size() < settings.draws)
      throw std::runtime_error("only " + std::to_string(particles.size()) + " of " + std::to_string(done.proposals) +
                               " runs from the prior are possible at all; widen the priors or ask for fewer draws");
    particles.resize(settings.draws);
    done.tolerance = particles.back().distance;
    for (Particle& p : particles) p.weight = 1;
  } else {
    const Kernel kernel(model, state.population);
    for (Particle& p : particles) p.weight = kernel.weight(p);
  }
  normalise(particles);
  done.accepted = particles.size();
  done.effective_size = effective_size(particles);
  state.finished.push_back(done);
  state.population = std::move(particles);
  state.accepted.clear();
  const double next = next_tolerance(state.population, settings.quantile, done.tolerance);
  if (done.tolerance <= settings.least_tolerance)
    state.stopped = settings.least_tolerance > 0 ? "the tolerance asked for is reached"
                                                 : "every draw agrees with the evidence exactly: the tolerance is 0";
  else if (next < 0)
    state.stopped = "no smaller distance is left";
  else if (done.number + 1 >= settings.most_generations)
    state.stopped = "the most generations are done";
  state.current = {done.number + 1, std::max(next, settings.least_tolerance), 0, 0, 0};
}

}  // namespace

AbcState begin_abc(const AbcSettings&) {
  AbcState state;
  state.current.tolerance = std::numeric_limits<double>::max();  // all but the impossible
  return state;
}

Stream run_stream(std::uint64_t seed, int generation, std::uint32_t proposal) {
  return {seed_of(seed, generation, Use::runs), proposal};
}

double effective_size(std::span<const Particle> particles) {
  double sum = 0, squares = 0;
  for (const Particle& p : particles) sum += p.weight, squares += p.weight * p.weight;
  return sum * sum / squares;
}

std::vector<std::vector<double>> prior_draws(const AbcModel& model, std::uint64_t seed, std::uint32_t first, std::size_t count) {
  std::vector<std::vector<double>> draws(count);
  const std::uint64_t of_draws = seed_of(seed, 0, Use::proposals);
  for (std::size_t i = 0; i < count; ++i) draw_prior(model, {of_draws, first + static_cast<std::uint32_t>(i)}, draws[i]);
  return draws;
}

std::size_t run_proposals(const AbcState& state, const AbcModel& model, const AbcSettings& settings,
                          std::span<const std::uint32_t> numbers, const Execution& execution, const Sink& sink) {
  const int generation = state.current.number;
  const bool first = generation == 0;
  const std::optional<Kernel> kernel = first ? std::nullopt : std::optional<Kernel>(std::in_place, model, state.population);
  const std::uint64_t of_draws = seed_of(settings.seed, generation, Use::proposals);
  const auto make_runner = [&]() -> Runner {
    return
        [&, simulate = model.make_simulate(), values = std::vector<double>()](std::uint32_t number, RunRecord& record) mutable {
          const Stream stream{of_draws, number};
          first ? draw_prior(model, stream, values) : kernel->propose(stream, values);
          record.replicate = number;
          record.outcomes.assign(1, simulate(values, run_stream(settings.seed, generation, number)));
          record.outcomes.insert(record.outcomes.end(), values.begin(), values.end());
        };
  };
  Execution resolved = execution;
  if (resolved.batch == 0) resolved.batch = 16;
  return execute(numbers, make_runner, resolved, sink);
}

void advance_abc(AbcState& state, const AbcModel& model, const AbcSettings& settings, std::size_t proposals,
                 const Execution& execution) {
  const auto here = [&](const AbcState& now, std::span<const std::uint32_t> numbers, const Sink& sink) {
    return run_proposals(now, model, settings, numbers, execution, sink);
  };
  advance_abc_by(state, model, settings, proposals, here);
}

void advance_abc_by(AbcState& state, const AbcModel& model, const AbcSettings& settings, std::size_t proposals,
                    const RunProposals& run) {
  if (!state.stopped.empty()) return;
  GenerationSummary& now = state.current;
  const bool first = now.number == 0;
  const auto most = first ? static_cast<double>(settings.prior_runs)
                          : std::ceil(static_cast<double>(settings.draws) / settings.least_acceptance);
  const auto left = static_cast<std::size_t>(most) - static_cast<std::size_t>(now.proposals);
  const std::uint64_t begun = now.proposals;
  const auto full = [&] { return !first && state.accepted.size() == settings.draws; };
  const auto sink = [&](const RunRecord& record) {
    if (full()) return;
    ++now.proposals;
    const double distance = record.outcomes.front();
    if (!(distance <= now.tolerance) || distance == infinity) return;
    state.accepted.push_back({{record.outcomes.begin() + 1, record.outcomes.end()}, 1, distance, record.replicate});
  };
  run(state, replicate_range(static_cast<std::uint32_t>(begun), std::min(proposals, left)), sink);

  const bool spent = now.proposals >= static_cast<std::uint64_t>(most);
  if (full() || (first && spent))
    finish_generation(state, model, settings);
  else if (spent)
    state.stopped = "a generation accepted less than " + number_text(settings.least_acceptance) + " of its runs";
}

}  // namespace coalis
