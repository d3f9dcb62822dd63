#include "outcomes_shown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "coalis/core/counted.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "print.hpp"

namespace coalis::cli {

namespace {

std::vector<std::size_t> main_outcomes() {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < outcome_quantities().size(); ++i)
    if (words_of(outcome_quantities()[i].name).main) shown.push_back(i);
  return shown;
}

}  // namespace

std::vector<std::size_t> outcomes_named(std::string_view name) {
  std::vector<std::size_t> found;
  const auto& quantities = all_outcome_quantities();
  const std::string front = std::string(name) + ".";
  for (std::size_t i = 0; i < quantities.size(); ++i)
    if (quantities[i].name == name || quantities[i].name.starts_with(front)) found.push_back(i);
  return found;
}

std::optional<std::vector<std::size_t>> outcomes_shown(std::string_view command, const std::vector<std::string>& names,
                                                       bool all) {
  std::vector<std::size_t> shown;
  if (names.empty() && !all) return main_outcomes();
  if (names.empty()) {
    shown.resize(outcome_quantities().size());
    std::iota(shown.begin(), shown.end(), std::size_t{0});
  }
  for (const std::string& name : names) {
    const auto found = outcomes_named(name);
    if (found.empty()) {
      print_message("{}: --outcomes {}: there is no such outcome; coalis defaults lists them\n", command, name);
      return std::nullopt;
    }
    for (const std::size_t i : found)
      if (std::find(shown.begin(), shown.end(), i) == shown.end()) shown.push_back(i);
  }
  return shown;
}

std::string outcomes_left_out(const std::vector<std::size_t>& shown) {
  if (shown != main_outcomes()) return "";
  return counted(outcome_quantities().size() - shown.size(), "more outcome") + " with --all";
}

}  // namespace coalis::cli
