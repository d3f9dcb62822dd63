#include "coalis/questions/study/design.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "coalis/statistics/unit_points.hpp"

namespace coalis {
namespace {

// At most 12 digits: 0.3, not 0.30000000000000004.
std::string short_text(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 12).ptr;
  return {text.data(), end};
}

std::string whole_text(double value) { return std::to_string(static_cast<long long>(value)); }

// The value of a factor at u in [0, 1]; 1 is the end of a range and the last of a list.
std::string value_at(const Factor& factor, double u) {
  const auto last = static_cast<double>(factor.values.size()) - 1;
  if (last >= 0) return factor.values[static_cast<std::size_t>(std::min(u * (last + 1), last))];
  if (factor.whole) return whole_text(std::min(factor.max, factor.min + std::floor(u * (factor.max - factor.min + 1))));
  return short_text(factor.min + u * (factor.max - factor.min));
}

std::vector<DesignPoint> full_factorial(const DesignPlan& plan) {
  std::vector<DesignPoint> points{{}};
  for (const Factor& factor : plan.factors) {
    std::vector<DesignPoint> longer;
    for (const DesignPoint& point : points) {
      for (const std::string& value : levels_of(factor)) {
        longer.push_back(point);
        longer.back().push_back(value);
      }
    }
    points = std::move(longer);
  }
  return points;
}

std::vector<DesignPoint> one_factor(const DesignPlan& plan) {
  const DesignPoint as_it_is(plan.factors.size());
  std::vector<DesignPoint> points{as_it_is};
  for (std::size_t i = 0; i < plan.factors.size(); ++i) {
    for (const std::string& value : levels_of(plan.factors[i])) {
      points.push_back(as_it_is);
      points.back()[i] = value;
    }
  }
  return points;
}

std::vector<DesignPoint> from_unit(const DesignPlan& plan, const std::vector<std::vector<double>>& unit_points) {
  std::vector<DesignPoint> points;
  for (const auto& unit_point : unit_points) {
    DesignPoint& point = points.emplace_back();
    for (std::size_t i = 0; i < plan.factors.size(); ++i) point.push_back(value_at(plan.factors[i], unit_point[i]));
  }
  return points;
}

}  // namespace

std::vector<std::string> overrides_of(const Factor& factor, const std::string& value, std::size_t scenario) {
  const auto& changed = factor.scenarios;
  if (!changed.empty() && std::find(changed.begin(), changed.end(), scenario) == changed.end()) return {};
  const auto named = std::find(factor.values.begin(), factor.values.end(), value) - factor.values.begin();
  if (!factor.settings.empty()) return factor.settings.at(static_cast<std::size_t>(named));
  std::vector<std::string> overrides;
  for (const std::string& path : factor.paths) overrides.push_back(path + "=" + value);
  return overrides;
}

std::vector<std::string> levels_of(const Factor& factor) {
  if (!factor.values.empty()) return factor.values;
  std::vector<std::string> levels;
  for (int i = 0; i < factor.levels; ++i) {
    const double value = factor.min + (factor.max - factor.min) * i / (factor.levels - 1);
    levels.push_back(factor.whole ? whole_text(std::round(value)) : short_text(value));
  }
  return levels;
}

double design_size(const DesignPlan& plan) {
  const auto count = [](const Factor& factor) {
    return static_cast<double>(factor.values.empty() ? static_cast<std::size_t>(factor.levels) : factor.values.size());
  };
  double size = 1;
  switch (plan.kind) {
    case DesignKind::full_factorial:
      for (const Factor& factor : plan.factors) size *= count(factor);
      return size;
    case DesignKind::one_factor:
      for (const Factor& factor : plan.factors) size += count(factor);
      return size;
    case DesignKind::table: return static_cast<double>(plan.rows.size());
    case DesignKind::latin_hypercube:
    case DesignKind::sobol: break;
  }
  return static_cast<double>(plan.points);
}

std::vector<DesignPoint> make_design(const DesignPlan& plan) {
  switch (plan.kind) {
    case DesignKind::full_factorial: return full_factorial(plan);
    case DesignKind::one_factor: return one_factor(plan);
    case DesignKind::latin_hypercube: return from_unit(plan, latin_hypercube(plan.points, plan.factors.size(), plan.seed));
    case DesignKind::sobol: return from_unit(plan, sobol(plan.points, plan.factors.size()));
    case DesignKind::table: break;
  }
  return plan.rows;
}

std::string factor_value(const Factor& factor, double share) { return value_at(factor, share); }

}  // namespace coalis
