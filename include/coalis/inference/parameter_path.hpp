// A number of a scenario by its path, found once and set often.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/fields.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

// "parameters.tie_prob", "kinds.meeting.base", "environment.support", "series.\"Outreach Day\".per_year", as `--set` takes them.
class ParameterPath {
 public:
  // Throws std::invalid_argument with the reason if the scenario has no such number.
  ParameterPath(const Scenario& scenario, std::string_view path);

  const std::string& text() const { return text_; }
  const Bounds& bounds() const { return bounds_; }  // of its field row
  double value(const Scenario& scenario) const { return *locate(const_cast<Scenario&>(scenario)); }
  void set(Scenario& scenario, double value) const { *locate(scenario) = value; }

 private:
  enum class Place { parameters, environment, kinds, series };
  double* locate(Scenario& scenario) const;

  std::string text_;
  Place place_ = Place::parameters;
  std::size_t element_ = 0;  // kind or series
  std::size_t field_ = 0;    // row of its table
  Bounds bounds_;
};

// The names of a path: "a.\"b c\".d" is a, b c, d.
std::vector<std::string> split_path(std::string_view path);

}  // namespace coalis
