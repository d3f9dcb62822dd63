// A scenario as bytes comes back as it was, and bytes that are none give nothing.
#include "coalis/model/packed.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/seven.hpp"

namespace coalis {
namespace {

TEST(Packed, EveryScenarioComesBack) {
  for (const auto& [name, scenario] : test::seven_scenarios()) {
    const auto back = unpacked(packed(scenario));
    ASSERT_TRUE(back.has_value()) << name;
    EXPECT_TRUE(*back == scenario) << name;
  }
}

TEST(Packed, ValuesOfInterventionsOfAnyTypeComeBack) {
  Scenario scenario = test::seven_scenarios()[0].scenario;
  scenario.description = "";
  for (const auto& value : std::vector<decltype(Intervention::value)>{0.1, -3, true, std::vector<int>{0, 2}, std::vector<int>{}})
    scenario.interventions.push_back({"hubs.Chicago.fte", Target::hub, 1, 2, value, 3, 40, 5});
  EXPECT_TRUE(unpacked(packed(scenario)) == scenario);
}

TEST(Packed, NothingComesOfOtherBytes) {
  const std::string bytes = packed(test::seven_scenarios()[4].scenario);
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(unpacked(std::string_view(bytes).substr(0, size))) << size;
  EXPECT_FALSE(unpacked(bytes + '\0'));
  std::string other = bytes;
  const auto version = other.find('.');  // of the model
  ASSERT_LT(version, 8u);
  other[version + 1] = '~';
  EXPECT_FALSE(unpacked(other));
}

TEST(Packed, LengthsThatCannotBeAreNotBelieved) {
  const std::string bytes = packed(test::seven_scenarios()[4].scenario);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = '\xff';
    const auto scenario = unpacked(changed);
    EXPECT_TRUE(!scenario || scenario->hubs.size() + scenario->travel.size() + scenario->name.size() < bytes.size()) << at;
  }
}

}  // namespace
}  // namespace coalis
