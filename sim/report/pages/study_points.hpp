// What tells the points of a study apart, in words: names of scenarios, and the values of factors as people would tell them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "coalis/questions/study/points.hpp"

namespace coalis::report {

// What a factor is: the name that its file gives it, unless that is a key.
std::string title_of(const Factor& factor);
// "half a post in Chicago", "meetings per year 12"
std::string told_value_of(const Factor& factor, const std::string& value);

// The study must outlive it.
class PointNames {
 public:
  explicit PointNames(const StudyQuestion& study);
  const Coordinates& at(std::size_t point) const { return coordinates_[point]; }
  const std::string& scenario(std::size_t point) const { return titles_.at(coordinates_[point][0]); }
  std::string name(std::size_t point) const;
  // The same of what can be chosen, and of what cannot: "" where nothing tells points apart.
  std::string option(std::size_t point) const;
  std::string world(std::size_t point) const;

 private:
  template <class Wanted>
  std::string name_by(std::size_t point, Wanted wanted) const;

  const StudyQuestion& study_;
  std::vector<Coordinates> coordinates_;
  std::map<std::string, std::string> titles_;
};

}  // namespace coalis::report
