// A value of a JSON file that is read, and where it stands: what is missing, of another type or out of its range is said by its
// place.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace coalis {

// A larger number of a share, an outcome, a cost or a distance is damage.
inline constexpr double largest_number = 1e15;

// What is wrong, with its place in the file: "items[2].n: is missing".
struct WrongJson : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class CheckedJson {
 public:
  using Json = nlohmann::ordered_json;

  explicit CheckedJson(const Json& value, std::string place = "") : value_(value), place_(std::move(place)) {}

  CheckedJson operator[](const char* key) const {
    require(value_.is_object(), "is no object");
    const std::string place = place_.empty() ? key : place_ + "." + key;
    const auto found = value_.find(key);
    if (found == value_.end()) throw WrongJson(place + ": is missing");
    return CheckedJson(*found, place);
  }
  CheckedJson at(std::size_t i) const { return CheckedJson(value_.at(i), fmt::format("{}[{}]", place_, i)); }
  // A list; its length.
  std::size_t size(std::size_t least) const {
    require(value_.is_array() && value_.size() >= least, fmt::format("is no list of {} or more", least));
    return value_.size();
  }
  const std::string& text() const {
    require(value_.is_string(), "is no text");
    return value_.get_ref<const std::string&>();
  }
  bool flag() const {
    require(value_.is_boolean(), "is neither true nor false");
    return value_.get<bool>();
  }
  double number(double least, double most) const {
    require(value_.is_number(), "is no number");
    const auto number = value_.get<double>();
    require(std::isfinite(number) && number >= least && number <= most, "is out of its range");
    return number;
  }
  // JSON has no infinite number: it is written as null.
  double number_or_infinite(double least, double most) const {
    return absent() ? std::numeric_limits<double>::infinity() : number(least, most);
  }
  // Nor has it NaN, which is no value.
  double number_or_none(double largest) const {
    return absent() ? std::numeric_limits<double>::quiet_NaN() : number(-largest, largest);
  }
  std::vector<double> numbers_or_none(double largest) const {
    std::vector<double> numbers;
    numbers.reserve(size(0));
    for (const Json& one : value_) {
      const bool plain = one.is_number_float() && std::abs(one.get<double>()) <= largest;  // a place costs more than reading
      numbers.push_back(plain ? one.get<double>() : at(numbers.size()).number_or_none(largest));
    }
    return numbers;
  }
  template <class Whole = std::size_t>
  Whole whole(double least, double most) const {
    require(value_.is_number_integer(), "is no whole number");
    number(least, most);
    return value_.get<Whole>();  // a double does not hold every seed
  }
  bool absent() const { return value_.is_null(); }
  void require(bool good, const std::string& problem) const {
    if (!good) throw WrongJson(place_.empty() ? problem : place_ + ": " + problem);
  }

  // Of what may be left out: NaN, "" and nothing where it is missing or something else. A number that is there must be one.
  const Json* find(const char* key) const {
    const auto found = value_.is_object() ? value_.find(key) : value_.end();
    return found == value_.end() ? nullptr : &*found;
  }
  double optional_number(const char* key) const {
    const Json* found = find(key);
    const bool is_number = found && found->is_number();
    return is_number ? (*this)[key].number(-largest_number, largest_number) : std::numeric_limits<double>::quiet_NaN();
  }
  std::string optional_text(const char* key, std::string otherwise = "") const {
    const Json* found = find(key);
    return found && found->is_string() ? found->get<std::string>() : std::move(otherwise);
  }
  std::size_t optional_count(const char* key, double most) const {
    const double number = optional_number(key);
    return number >= 0 && number <= most ? static_cast<std::size_t>(number) : 0;
  }
  // The objects of a list.
  std::vector<CheckedJson> optional_list(const char* key) const {
    const Json* found = find(key);
    std::vector<CheckedJson> list;
    for (std::size_t i = 0; found && found->is_array() && i < found->size(); ++i)
      if ((*found)[i].is_object()) list.emplace_back((*found)[i], fmt::format("{}.{}[{}]", place_, key, i));
    return list;
  }

 private:
  const Json& value_;
  std::string place_;
};

}  // namespace coalis
