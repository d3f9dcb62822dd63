#include "coalis/inference/prior.hpp"

#include <algorithm>

#include "coalis/core/distributions.hpp"
#include "coalis/core/double_math.hpp"
#include "coalis/model/fields.hpp"

namespace coalis {
namespace {

constexpr std::uint32_t last_attempt_of_prior = 0xffe;

// One draw, limits aside. sub: the attempt, since a beta draw counts its own attempts by index.
double draw_once(const Prior& p, Stream stream, std::uint32_t entity, std::uint32_t attempt) {
  const Address at{.purpose = prior_purpose, .entity = entity, .sub = attempt};
  const Words w = draw(stream, at);
  switch (p.kind) {
    case PriorKind::uniform: return p.a + (p.b - p.a) * unit(w.w[0], w.w[1]);
    case PriorKind::normal: return p.a + p.b * static_cast<double>(normal(w.w[0], w.w[1]));
    case PriorKind::lognormal: return p.a * exp_double(p.b * static_cast<double>(normal(w.w[0], w.w[1])));
    default: return static_cast<double>(beta(stream, at, static_cast<float>(p.a), static_cast<float>(p.b)));
  }
}

}  // namespace

double Prior::draw(Stream stream, std::uint32_t entity) const {
  for (std::uint32_t attempt = 0;; ++attempt) {
    const double x = draw_once(*this, stream, entity, attempt);
    if (within(limits, x)) return x;
    if (attempt == last_attempt_of_prior) return std::clamp(x, limits.min, limits.max);
  }
}

double Prior::density(double x) const {
  if (!within(limits, x)) return 0;
  switch (kind) {
    case PriorKind::uniform: return x >= a && x <= b ? 1 : 0;
    case PriorKind::normal: return exp_double(-0.5 * (x - a) * (x - a) / (b * b));
    case PriorKind::lognormal: {
      if (!(x > 0)) return 0;
      const double z = log_double(x / a) / b;
      return exp_double(-0.5 * z * z) / x;
    }
    default: return x > 0 && x < 1 ? power_double(x, a - 1) * power_double(1 - x, b - 1) : 0;
  }
}

double Prior::mass_within_limits() const {
  constexpr std::uint32_t draws = 4096;
  int inside = 0;
  for (std::uint32_t i = 0; i < draws; ++i) inside += within(limits, draw_once(*this, {0, i}, 0, 0));
  return inside / static_cast<double>(draws);
}

std::string to_string(const Prior& prior) {
  std::string text = std::string(prior_names[static_cast<std::size_t>(prior.kind)]) + "(" + number_text(prior.a) + ", " +
                     number_text(prior.b) + ")";
  return text;
}

}  // namespace coalis
