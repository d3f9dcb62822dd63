#include "outcomes_shown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "coalis/network/outcomes.hpp"
#include "print.hpp"

namespace coalis::cli {

std::vector<std::size_t> outcomes_named(std::string_view name) {
  std::vector<std::size_t> found;
  const auto& quantities = all_outcome_quantities();
  const std::string front = std::string(name) + ".";
  for (std::size_t i = 0; i < quantities.size(); ++i)
    if (quantities[i].name == name || quantities[i].name.starts_with(front)) found.push_back(i);
  return found;
}

std::optional<std::vector<std::size_t>> outcomes_shown(std::string_view command, const std::vector<std::string>& names) {
  std::vector<std::size_t> shown;
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

}  // namespace coalis::cli
