// What is said to be fitted: the coalition and the values of scenarios/illinois.toml, whatever the policy.
#include "coalis/questions/fitted.hpp"

#include <gtest/gtest.h>

#include "coalis/inference/distance.hpp"
#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/report/words/fit_words.hpp"
#include "coalis/report/words/sentences.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

Scenario read(const std::string& name) { return read_scenario(test::source_dir() / "scenarios" / name).scenario; }

TEST(Fitted, DefaultsWereFittedToIllinois) {
  const Scenario illinois = read("illinois.toml");
  EXPECT_EQ(default_fit(illinois).fitted, Fitted::here) << coalition_key(illinois);
  for (const char* policy : {"illinois-three-hubs.toml", "illinois-members.toml", "illinois-more-meetings.toml"}) {
    EXPECT_EQ(default_fit(read(policy)).fitted, Fitted::here) << policy;
    EXPECT_EQ(coalition_key(read(policy)), coalition_key(illinois)) << policy;
  }
  EXPECT_EQ(default_fit(read("template-statewide.toml")).fitted, Fitted::elsewhere);
}

TEST(Fitted, ChangedValuesAreNamed) {
  Scenario s = read("illinois.toml");
  s.parameters.tie_prob = 0.3;
  s.structure.decision = static_cast<int>(Decision::threshold);
  s.kinds.front().base += 0.1;
  const DefaultFit fit = default_fit(s);
  EXPECT_EQ(fit.fitted, Fitted::nowhere);
  EXPECT_EQ(fit.changed, (std::vector<std::string>{"parameters.tie_prob", "structure.decision", "kinds"}));
  EXPECT_NE(values_key(s), values_key(read("illinois.toml")));
}

TEST(Fitted, CoalitionIsMembersRegionsWaysAndRoles) {
  const Scenario illinois = read("illinois.toml");
  const auto changed = [&](auto change) {
    Scenario s = illinois;
    change(s);
    return coalition_key(s) != coalition_key(illinois);
  };
  EXPECT_TRUE(changed([](Scenario& s) { ++s.organisations.members[1]; }));
  EXPECT_TRUE(changed([](Scenario& s) { s.regions[0].share += 0.01; }));
  EXPECT_TRUE(changed([](Scenario& s) { s.travel[1] += 0.1; }));
  EXPECT_TRUE(changed([](Scenario& s) { s.roles[0].viewpoint += 0.1; }));
  EXPECT_TRUE(changed([](Scenario& s) { s.organisations.founding_share = 0.6; }));
  EXPECT_FALSE(changed([](Scenario& s) { s.hubs[0].fte = 2, s.levers.information = 2, s.organisations.nonmembers = 9; }));
  EXPECT_FALSE(changed([](Scenario& s) { s.name = "other", s.regions[0].recruitment = 3, s.environment.scarcity = 0.9; }));
}

TEST(Fitted, FiguresOfTheDefaultsAreThoseOfTheShippedEvidence) {
  const Scenario illinois = read("illinois.toml");
  const EvidenceFile evidence = read_evidence(test::source_dir() / "scenarios" / "evidence.toml", illinois);
  std::vector<std::string> problems, items, figures;
  for (const ComparedItem& item : compared_items(evidence.items, "calibrate", problems))
    items.push_back(item.id), figures.push_back(figures_text(item));
  EXPECT_EQ(items, default_fit_items());
  EXPECT_EQ(figures, default_fit_figures());
}

TEST(Fitted, TheWeakerOfTwoOptionsIsSaid) {
  const EvidenceBase fitted{1, "3 items of e.toml about this coalition"}, not_fitted{0, "not fitted to this coalition: why"};
  EXPECT_EQ(of_both({"A", ""}, fitted, {"B", ""}, fitted).basis, fitted.basis);
  EXPECT_EQ(of_both({"A", ""}, not_fitted, {"B", ""}, not_fitted).basis, not_fitted.basis);
  EXPECT_EQ(of_both({"A", ""}, fitted, {"B", ""}, not_fitted).basis, "B is not fitted to this coalition: why");
  EXPECT_EQ(evidence_sentence(of_both({"A", ""}, not_fitted, {"B", ""}, fitted)),
            "Evidence: low confidence; A is not fitted to this coalition: why.");
}

TEST(FitWords, SayWhatIsNotExplained) {
  const std::vector<ItemFit> items{
      {"poll", "meetings_attended", false, 9, 4, 0.01, {{"0", 0.6, 0.2, 0.45}, {"1 or more", 0.4, 0.3, 0.8}}},
      {"trained", "trained", true, 1, 4, 0.5, {{"yes", 0.9, 0.2, 0.4}}},
      {"leadership_rating", "leadership_rating", true, 5, 4, 0.06, {}}};
  EXPECT_EQ(
      not_explained(items),
      (std::vector<std::string>{"The model does not explain how often members attended meetings (poll): '0' was 60 %, the fitted "
                                "model has 20 to 45 %.",
                                "The model does not explain how members rate leadership, which the fit has not seen."}));
  EXPECT_EQ(fit_verdict(9, 20, 0.4, items), "The model explains the survey as a whole, but not 1 item of it.");
  EXPECT_EQ(fit_verdict(30, 20, 0.4, items), "The model does not explain the survey as a whole.");
  const std::vector<ItemFit> lists{{"a", "attendance_by_member", false, 1, 4, 0.5, {}},
                                   {"b", "attendance_persistence", true, 1, 4, 0.5, {}}};
  EXPECT_EQ(fit_verdict(9, 20, 0.4, lists),
            "The model explains the list of who came: coalitions that it makes look like this one.");
  EXPECT_EQ(evidence_named(std::vector<ItemFit>{items[0], lists[0]}), "survey and list of who came");
  const std::vector<ItemWeight> weights{{"again", 2103, 4.0, "attendance_persistence"},
                                        {"each", 85, 0.5, "attendance_by_member"}};
  const std::string said = weights_text(weights);
  EXPECT_NE(said.find("again by 4.0 (its 2103 pairs of meetings count as about 526)"), std::string::npos) << said;
  EXPECT_NE(said.find("its 85 members count in full"), std::string::npos) << said;
  EXPECT_EQ(said.find("answers"), std::string::npos) << said;
}

}  // namespace
}  // namespace coalis
