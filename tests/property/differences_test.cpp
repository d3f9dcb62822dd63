// A list of differences is complete and nothing more: changing one value of a scenario is exactly one difference.
#include <gtest/gtest.h>

#include "coalis/io/scenario/resolved.hpp"
#include "support/seven.hpp"

namespace coalis::test {
namespace {

// Calls each(path, changed scenario) for every row of a table with its value changed.
template <class T, class Table, class Each>
void for_changes(const Scenario& base, const std::string& name, Table table, Each each) {
  for (const auto& row : fields<T>()) {
    Scenario changed = base;
    T& into = table(changed);
    const bool done = std::visit(
        [&](auto member) {
          auto& value = into.*member;
          using Value = std::remove_reference_t<decltype(value)>;
          if constexpr (std::is_same_v<Value, double>)
            value += 0.125;
          else if constexpr (std::is_same_v<Value, bool>)
            value = !value;
          else if constexpr (std::is_same_v<Value, int>)
            value += row.refers == Refers::nothing || row.refers == Refers::month ? 1 : 0;
          else
            return false;
          return row.refers == Refers::nothing || row.refers == Refers::month;
        },
        row.member);
    if (done) each(name + "." + std::string(row.name), changed);
  }
}

TEST(Differences, OfEqualScenariosAreNone) {
  for (const NamedScenario& named : seven_scenarios())
    EXPECT_TRUE(differences(named.scenario, named.scenario).empty()) << named.name;
}

TEST(Differences, OneChangeIsOneDifference) {
  std::size_t tried = 0;
  for (const NamedScenario& named : seven_scenarios()) {
    const Scenario& base = named.scenario;
    const auto one = [&](const std::string& path, const Scenario& changed) {
      const auto list = differences(base, changed);
      ASSERT_EQ(list.size(), 1u) << named.name << " " << path;
      EXPECT_EQ(list.front().path, path);
      EXPECT_NE(list.front().a, list.front().b);
      ++tried;
    };
    for_changes<Parameters>(
        base, "parameters", [](Scenario& s) -> Parameters& { return s.parameters; }, one);
    for_changes<Levers>(
        base, "levers", [](Scenario& s) -> Levers& { return s.levers; }, one);
    for_changes<Environment>(
        base, "environment", [](Scenario& s) -> Environment& { return s.environment; }, one);
    for_changes<Costs>(
        base, "costs", [](Scenario& s) -> Costs& { return s.costs; }, one);
    for_changes<SurveyPlan>(
        base, "survey", [](Scenario& s) -> SurveyPlan& { return s.survey; }, one);
    for_changes<Kind>(
        base, "kinds." + base.kinds[0].name, [](Scenario& s) -> Kind& { return s.kinds[0]; }, one);
  }
  EXPECT_GT(tried, 7u * 100);
}

TEST(Differences, SeeInterventionsAndTheOrderOfLists) {
  for (const NamedScenario& named : seven_scenarios()) {
    Scenario changed = named.scenario;
    std::swap(changed.regions[0], changed.regions[1]);
    EXPECT_FALSE(differences(named.scenario, changed).empty()) << named.name;
    if (named.scenario.interventions.empty()) continue;
    changed = named.scenario;
    changed.interventions.pop_back();
    EXPECT_EQ(differences(named.scenario, changed).size(), 1u);
    changed = named.scenario;
    changed.interventions.back().until += 1;
    EXPECT_EQ(differences(named.scenario, changed).size(), 2u);  // one is gone, another is there
  }
}

}  // namespace
}  // namespace coalis::test
