// A prior distribution of one parameter: draws, density, moments.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "coalis/core/draws.hpp"
#include "coalis/core/fields.hpp"

namespace coalis {

enum class PriorKind { uniform, normal, lognormal, beta };
inline constexpr std::array<std::string_view, 4> prior_names{"uniform", "normal", "lognormal", "beta"};

struct Prior {
  PriorKind kind = PriorKind::uniform;
  // uniform: ends; normal: mean, standard deviation; lognormal: median, standard deviation of the logarithm; beta: the two
  // shapes.
  double a = 0, b = 1;
  Bounds limits = {};  // draws outside are drawn again

  // A draw as a pure function of (seed, number, entity). Limits that leave less than a thousandth of the prior are an error of
  // the calibration file; see mass_within_limits.
  double draw(Stream stream, std::uint32_t entity) const;
  // Up to a constant; 0 outside of the support.
  double density(double x) const;
  // Share of draws that the limits allow, from 4,096 draws.
  double mass_within_limits() const;
};

// "uniform(0, 1)"
std::string to_string(const Prior& prior);

// A uniform number in (0, 1) from two words.
inline double unit(std::uint32_t high, std::uint32_t low) {
  return (static_cast<double>(high) + (static_cast<double>(low) + 0.5) * 0x1p-32) * 0x1p-32;
}

// Purposes of the sampler's draws; its seeds are none of the model's.
inline constexpr Purpose prior_purpose{192}, ancestor_purpose{193}, kernel_purpose{194};

}  // namespace coalis
