// What two scenarios set otherwise, in words: for readers who never see the files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "coalis/model/scenario.hpp"
#include "coalis/questions/scenario_differences.hpp"

namespace coalis {

// "none" where one does not have it.
struct SettingChange {
  std::string what, reference, other;
};

// A value as TOML: names without quotes and brackets, months by name, long numbers to four digits, "yes" and "no".
std::string value_words(std::string_view toml);

// The rules that a structure names ("mixture, benefit_cost, bounded_confidence"), and single ones, for readers who do not know
// their keys: "commitment is partly given, partly earned". What is no rule stays as it is.
std::string rule_words(std::string_view rule);
std::vector<std::string> rules_of(std::string_view structure);

// In the order of the differences; a hub, series, kind, region or role that only one of the two has is one row. Without names and
// texts. The calendar is that of both.
std::vector<SettingChange> changes_in_words(const std::vector<Difference>& differences, const Calendar& calendar);

}  // namespace coalis
