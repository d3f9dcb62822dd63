// See check_file.hpp.
#include "check_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "calibrate_check.hpp"

namespace coalis::cli {
namespace {

using Json = nlohmann::ordered_json;

// What is wrong, with its place in the file: "items[2].n: is missing".
struct Wrong : std::runtime_error {
  using std::runtime_error::runtime_error;
};

constexpr double large = 1e15, many = 2e9;

// A value and where it stands.
class Checked {
 public:
  Checked(const Json& value, std::string place) : value_(value), place_(std::move(place)) {}

  Checked operator[](const char* key) const {
    require(value_.is_object(), "is no object");
    const std::string place = place_.empty() ? key : place_ + "." + key;
    const auto found = value_.find(key);
    if (found == value_.end()) throw Wrong(place + ": is missing");
    return {*found, place};
  }
  Checked at(std::size_t i) const { return {value_.at(i), fmt::format("{}[{}]", place_, i)}; }
  // A list; its length.
  std::size_t size(std::size_t least) const {
    require(value_.is_array() && value_.size() >= least, fmt::format("is no list of {} or more", least));
    return value_.size();
  }
  const std::string& text() const {
    require(value_.is_string(), "is no text");
    return value_.get_ref<const std::string&>();
  }
  double number(double least, double most) const {
    require(value_.is_number(), "is no number");
    const auto number = value_.get<double>();
    require(std::isfinite(number) && number >= least && number <= most, "is out of its range");
    return number;
  }
  // JSON has no infinite number: it is written as null.
  double distance() const { return absent() ? std::numeric_limits<double>::infinity() : number(0, large); }
  double whole(double least, double most) const {
    require(value_.is_number_integer(), "is no whole number");
    return number(least, most);
  }
  bool absent() const { return value_.is_null(); }
  void require(bool good, const std::string& problem) const {
    if (!good) throw Wrong(place_ + ": " + problem);
  }

 private:
  const Json& value_;
  std::string place_;
};

// Of shares, or of distances.
void check_quantiles(const Checked& range, bool shares) {
  double last = 0;
  for (const char* key : {"q025", "q05", "q10", "q25", "q50", "q75", "q90", "q95", "q975"}) {
    const double next = shares ? range[key].number(0, 1) : range[key].distance();
    range[key].require(next >= last, "is below the quantile before");
    last = next;
  }
}

void check_item(const Checked& item) {
  item["id"].text();
  constexpr std::array uses{"calibrate", "validate", "specify"};
  const auto& use = item["use"].text();
  item["use"].require(std::find(uses.begin(), uses.end(), use) != uses.end(), "is none of calibrate, validate, specify");
  item["n"].whole(0, many);
  const Checked categories = item["categories"];
  const std::size_t count = categories.size(1);
  for (std::size_t c = 0; c < count; ++c) {
    const Checked category = categories.at(c);
    category["name"].text();
    if (!category["observed"].absent()) category["observed"].number(0, 1);
    check_quantiles(category["posterior"], true);
  }
}

void check_coverage(const Checked& coverage, const Checked& fitted) {
  if (coverage.absent()) return;
  coverage["table"].whole(0, many);
  coverage["truths"].whole(1, many);
  coverage["nearest"].whole(1, many);
  coverage["band"].require(coverage["band"].size(2) == 2, "is no pair");
  const double low = coverage["band"].at(0).whole(0, many);
  coverage["band"].at(1).whole(low, many);
  const Checked parameters = coverage["parameters"];
  const std::size_t count = parameters.size(0), expected = fitted.size(1);
  parameters.require(count == expected,
                     fmt::format("is of {} parameters, {} were fitted: coverage was not computed; make the file again, with more "
                                 "runs (--table) or without coverage (--table 0)",
                                 count, expected));
  std::size_t bins = 0;
  for (std::size_t p = 0; p < count; ++p) {
    parameters.at(p)["path"].require(parameters.at(p)["path"].text() == fitted.at(p)["path"].text(),
                                     "is another than the one fitted");
    const Checked nearest = parameters.at(p)["nearest"], ranks = nearest["ranks"];
    nearest["coverage"].number(0, 1 + 1e-9);  // a sum of shares
    const std::size_t here = ranks.size(1);
    ranks.require(p == 0 || here == bins, "has another number of bins than the first");
    bins = here;
    for (std::size_t k = 0; k < bins; ++k) ranks.at(k).number(0, many);
  }
}

void check_all(const Checked& check) {
  for (const char* key : {"posterior", "engagement", "program_version", "model_version", "commit"}) check[key].text();
  check["draws"].whole(1, many);
  check["effective_sample_size"].number(0, many);
  check["distance"].distance();
  check["degrees_of_freedom"].whole(0, many);
  check["p"].number(0, 1);
  check_quantiles(check["reference"], false);
  const std::size_t items = check["items"].size(1);
  for (std::size_t i = 0; i < items; ++i) check_item(check["items"].at(i));
  const Checked parameters = check["parameters"];
  const std::size_t fitted = parameters.size(1);
  for (std::size_t p = 0; p < fitted; ++p) {
    parameters.at(p)["path"].text();
    parameters.at(p)["contraction"].number(-large, 1);
  }
  check_coverage(check["coverage"], parameters);
}

}  // namespace

Json read_check(const std::filesystem::path& path) {
  Json json = read_json_file(path, check_format);
  try {
    check_all({json, ""});
  } catch (const Wrong& wrong) {
    throw json_file_error(path, check_format, fmt::format("is damaged ({})", wrong.what()));
  }
  return json;
}

}  // namespace coalis::cli
