// Keys and values of scenarios in words.
#include "coalis/model/setting_words.hpp"

#include <gtest/gtest.h>

#include <map>

#include "coalis/model/fields.hpp"
#include "coalis/report/words/value_words.hpp"

namespace coalis {
namespace {

TEST(SettingWords, AKeyIsWhatItsRowSays) {
  EXPECT_EQ(setting_words("hubs.Chicago.fte"), "Paid coordination, full-time equivalents (Chicago)");
  EXPECT_EQ(setting_words("series.\"Outreach Day\".per_year"), "Events planned a year (Outreach Day)");
  EXPECT_EQ(setting_words("kinds.meeting.base"), "Appeal of an event of this kind (meeting)");
  EXPECT_EQ(setting_words("levers.information"), "Bulletins to the enrolled");
  EXPECT_EQ(setting_words("roles.justice.share.public"), "Share of each sector (justice, public)");
  for (const char* other : {"engaged", "staff", "parameters.no_such_key", "mixture.csv", "hubs.Chicago", ""})
    EXPECT_EQ(setting_words(other), other);
}

// Each can be told from the others where it stands alone.
TEST(SettingWords, NoTwoParametersHaveTheSameWords) {
  std::map<std::string, std::string> keys;
  for (const auto& row : fields<Parameters>()) {
    const std::string path = "parameters." + std::string(row.name), words = setting_words(path);
    EXPECT_NE(words, path);
    const auto [other, is_new] = keys.emplace(words, path);
    EXPECT_TRUE(is_new) << path << " and " << other->second << ": " << words;
  }
}

TEST(SettingWords, PathsWithinATextAreSpoken) {
  EXPECT_EQ(spoken("B: parameters.turnover differs, hubs.\"North and Central\".fte 0.35 to 0.11."),
            "B: \"Probability that the coordinator leaves\" differs, \"Paid coordination, full-time equivalents (North and "
            "Central)\" 0.35 to 0.11.");
  for (const char* other : {"not fitted: post.csv was fitted to ours.toml", "0.35 to 1.0 (10.5)", "", "ends with levers."})
    EXPECT_EQ(spoken(other), other);
}

TEST(ValueWords, ValuesHaveNoMarksOfTheFile) {
  EXPECT_EQ(value_words("[\"North\", \"Central, East\"]"), "North, Central, East");
  EXPECT_EQ(value_words("\"2005-06\""), "June 2005");
  EXPECT_EQ(value_words("true"), "yes");
  EXPECT_EQ(value_words("2.0"), "2");
  EXPECT_EQ(value_words("0.6000000000000009"), "0.6");
  EXPECT_EQ(value_words("[]"), "none");
}

Difference only_in_b(std::string path, std::string value, std::string table, std::string key) {
  for (const FieldText& field : field_texts())
    if (field.table == table && field.key == key) return {std::move(path), std::nullopt, std::move(value), field};
  return {std::move(path), std::nullopt, std::move(value), FieldText{}};
}

TEST(ValueWords, AWholeItemIsOneRowOfWhatIsNotByDefault) {
  const auto changes = changes_in_words(
      {only_in_b("hubs.South.seat", "\"South\"", "hubs", "seat"), only_in_b("hubs.South.fte", "0.35", "hubs", "fte"),
       only_in_b("hubs.South.authority", "0.0", "hubs", "authority")},
      {"2005-06", 43});
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].what, "Hub \"South\"");
  EXPECT_EQ(changes[0].reference, "none");
  EXPECT_EQ(changes[0].other, "Region in which it sits: South; Paid coordination, full-time equivalents: 0.35");
}

TEST(ValueWords, AChangeDuringTheRunSaysWhen) {
  Difference d = only_in_b("interventions.1", "{ ... }", "hubs", "fte");
  const auto row = [&](const char* from, const char* until, const char* ramp) {
    d.parts = {{"set", "\"hubs.Chicago.fte\""}, {"value", "1.0"}, {"from", from}, {"until", until}, {"ramp", ramp}};
    return changes_in_words({d}, {"2005-06", 43}).at(0);
  };
  EXPECT_EQ(row("\"2005-06\"", "\"2009-01\"", "1").what, "Paid coordination, full-time equivalents (Chicago)");
  EXPECT_EQ(row("\"2006-01\"", "\"2009-01\"", "1").what, "Paid coordination, full-time equivalents (Chicago), from January 2006");
  EXPECT_EQ(row("\"2006-01\"", "\"2007-01\"", "6").what,
            "Paid coordination, full-time equivalents (Chicago), January 2006 to December 2006");
  EXPECT_EQ(row("\"2006-01\"", "\"2007-01\"", "6").other, "1, in 6 months");
  EXPECT_EQ(row("\"2006-01\"", "\"2007-01\"", "6").reference, "as it is");
}

TEST(SettingWords, NumbersHaveTheirUnitAndPathsOfOneValueOneName) {
  Difference d{"series.plenaries.hours", "2.0", "1.0", {}};
  d.field.table = "series", d.field.key = "hours", d.field.unit = "h";
  const auto changes = changes_in_words({d}, {});
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].reference, "2 hours");
  EXPECT_EQ(changes[0].other, "1 hour");
  const std::vector<std::string> paths{"kinds.meeting.base", "kinds.outreach.base"},
      others{"kinds.meeting.base", "parameters.tie_prob"};
  EXPECT_EQ(setting_words(paths), "Appeal of an event of this kind (meeting and outreach)");
  EXPECT_EQ(setting_words(others), "Appeal of an event of this kind (meeting) and Probability that a contact strengthens a tie");
}

}  // namespace
}  // namespace coalis
