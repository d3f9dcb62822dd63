// coalis compare from outside: what must hold for every comparison.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "coalis/model/record.hpp"
#include "coalis/statistics/paired_statistics.hpp"
#include "support/support.hpp"

namespace coalis {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

struct Answer {
  int status;
  std::string out;
  json parsed() const { return json::parse(out); }
};

// Standard output and error together unless it is JSON that is wanted.
Answer coalis_compare(const std::string& arguments, bool with_errors = false) {
  const std::string command = "cd '" + test::source_dir().string() + "' && '" COALIS_PROGRAM "' compare " + arguments +
                              (with_errors ? " 2>&1" : " 2>/dev/null");
  std::FILE* pipe = ::popen(command.c_str(), "r");
  Answer answer{};
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) answer.out.append(buffer, n);
  const int status = ::pclose(pipe);
  answer.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return answer;
}

const std::string baseline = "scenarios/illinois.toml ";
const std::string leader = "scenarios/illinois-full-time-leader.toml ";
const std::string hubs = "scenarios/illinois-three-hubs.toml ";

std::string in_file(const std::string& name, const std::string& text) {
  const fs::path path = fs::path(::testing::TempDir()) / name;
  std::ofstream(path) << text;
  return path.string();
}

TEST(Compare, EqualScenariosDifferByExactlyZero) {
  const json answer = coalis_compare(baseline + baseline + "--replicates 30 --json").parsed();
  EXPECT_TRUE(answer["notices"].empty());
  std::size_t zeros = 0;
  for (const auto& [name, d] : answer["differences"]["B"].items()) {
    if (d["pairs"] == 0) continue;
    for (const char* key : {"difference", "se", "sd", "median", "unpaired", "above", "below"})
      EXPECT_EQ(d[key], 0) << name << key;
    for (const char* key : {"range50", "range80", "range95"}) EXPECT_EQ(d[key], json::array({0.0, 0.0})) << name;
    EXPECT_EQ(d["within"], 1) << name;
    EXPECT_TRUE(d["variance_reduction"].is_null() && d["half_month"].is_null()) << name;
    EXPECT_EQ(d["reference"], d["scenario"]) << name;
    ++zeros;
  }
  EXPECT_EQ(zeros, outcome_quantities().size());
}

// Negated; a range also changes its ends.
json negated(const json& value) {
  if (value.is_null()) return value;
  if (value.is_array()) return {negated(value[1]), negated(value[0])};
  return 0.0 - value.get<double>();
}

TEST(Compare, SwappingMirrorsEveryFigure) {
  const json one = coalis_compare(baseline + hubs + "--replicates 90 --json").parsed();
  const json two = coalis_compare(hubs + baseline + "--replicates 90 --json").parsed();
  ASSERT_EQ(one["differences"]["B"].size(), outcome_quantities().size());
  for (const auto& [name, d] : one["differences"]["B"].items()) {
    const json& m = two["differences"]["B"][name];
    for (const auto& [key, value] : d.items()) {
      const std::string text = name + "." + key;
      if (key == "difference" || key == "median" || key == "unpaired" || key == "clear" || key.starts_with("range"))
        EXPECT_EQ(value, negated(m[key])) << text;
      else if (key == "above")
        EXPECT_EQ(value, m["below"]) << text;
      else if (key == "below")
        EXPECT_EQ(value, m["above"]) << text;
      else if (key == "reference")
        EXPECT_EQ(value, m["scenario"]) << text;
      else if (key == "scenario")
        EXPECT_EQ(value, m["reference"]) << text;
      else if (key == "sentences")
        continue;  // mirrored in their words: tests/unit/sentences_test.cpp
      else
        EXPECT_EQ(value, m[key]) << text;
    }
  }
}

TEST(Compare, AnswerDoesNotDependOnThreads) {
  const std::string arguments =
      baseline + leader + hubs + "--replicates 50 --seed 3 --json --structures trait --outcomes engaged --threads ";
  const Answer one = coalis_compare(arguments + "1");
  ASSERT_EQ(one.status, 0);
  for (const char* threads : {"2", "3"}) EXPECT_EQ(one.out, coalis_compare(arguments + threads).out);
}

TEST(Compare, PrecisionStopsAtALookOnlyForAnyNumberOfThreads) {
  const std::string arguments = baseline + leader + "--precision 0.01 --on engaged --outcomes engaged --json --threads ";
  const Answer one = coalis_compare(arguments + "1");
  const json answer = one.parsed();
  EXPECT_TRUE(answer["precision"]["reached"]);
  const int n = answer["replicates"];
  EXPECT_EQ(n % 64, 0);
  EXPECT_EQ((n / 64) & (n / 64 - 1), 0) << n;
  EXPECT_LE(answer["precision"]["half_widths"]["B"], 0.01);
  EXPECT_EQ(one.out, coalis_compare(arguments + "3").out);
  // Before that look it was not reached.
  const json before =
      coalis_compare(baseline + leader + "--replicates " + std::to_string(n / 2) + " --outcomes engaged --json").parsed();
  EXPECT_TRUE(n == 64 || before["differences"]["B"]["engaged"]["half_width"].get<double>() > 0.01);
}

TEST(Compare, PrecisionOutOfReachSaysHowManyMoreItWouldTake) {
  const Answer text = coalis_compare(baseline + leader + "--precision 0.0005 --on engaged --replicates 200 --outcomes engaged");
  EXPECT_EQ(text.status, 0);
  EXPECT_NE(text.out.find("It would take about"), std::string::npos);
  const json answer = coalis_compare(baseline + leader + "--precision 0.0005 --on engaged --replicates 200 --json").parsed();
  EXPECT_EQ(answer["replicates"], 128);
  EXPECT_FALSE(answer["precision"]["reached"]);
  const double sd = answer["differences"]["B"]["engaged"]["sd"];
  EXPECT_EQ(answer["precision"]["replicates_needed"], replicates_needed(sd, 0.0005));
}

TEST(Compare, EqualBudgetIsMet) {
  for (const char* lever : {"fte", "per_year"}) {
    const Answer run =
        coalis_compare(baseline + hubs + "--set 'hubs.Chicago.fte=0.6' --replicates 5 --json --equal-budget " + lever);
    if (std::string(lever) == "per_year") {  // three hubs' staff alone costs more than one's
      EXPECT_EQ(run.status, 2);
      continue;
    }
    const json answer = run.parsed();
    const double a = answer["scenarios"][0]["planned_cost"], b = answer["scenarios"][1]["planned_cost"];
    EXPECT_NEAR(a, b, 0.001 * a) << lever;
    EXPECT_GT(answer["scenarios"][1]["budget"]["cost_before"], 1.01 * a);
    EXPECT_EQ(answer["notices"].size(), 1u);
    EXPECT_NEAR(answer["differences"]["B"]["planned_cost"]["difference"], 0, 0.001 * a);
  }
}

TEST(Compare, DifferenceInPlannedCostIsSaidFirst) {
  const Answer text = coalis_compare(baseline + leader + "--replicates 5 --outcomes engaged");
  EXPECT_EQ(text.out.substr(0, text.out.find('\n')).find("B costs "), 0u) << text.out;
  EXPECT_NE(text.out.substr(0, text.out.find('\n')).find(" % more than A"), std::string::npos);
}

TEST(Compare, StructuresAreMarkedAndNeverMixed) {
  const json answer =
      coalis_compare(baseline + leader + "--replicates 20 --json --outcomes engaged --structures engagement,decision").parsed();
  const json& structures = answer["structures"];
  ASSERT_EQ(structures["variants"].size(), 9u);
  std::map<std::string, int> marks;
  for (const auto& variant : structures["variants"]) ++marks[variant["calibration"]];
  EXPECT_EQ(marks, (std::map<std::string, int>{{"calibrated", 1}, {"shift only", 2}, {"not calibrated", 6}}));
  EXPECT_EQ(structures["holds"]["shift only"]["B"]["engaged"]["structures"], 2);
  EXPECT_EQ(structures["holds"]["not calibrated"]["B"]["engaged"]["structures"], 6);
  ASSERT_EQ(answer["variance"].size(), 3u);
  // One calibrated structure: its mean is that of the comparison itself, and structure has no variance.
  EXPECT_NEAR(answer["variance"][0]["variances"]["B"]["engaged"]["difference"],
              answer["differences"]["B"]["engaged"]["difference"], 1e-12);
  EXPECT_TRUE(answer["variance"][0]["variances"]["B"]["engaged"]["structure"].is_null());
}

TEST(Compare, ParameterSetsThatSayWhatTheScenarioSaysChangeNothing) {
  const std::string same = in_file("same.csv", "weight,parameters.tie_prob\n1,0.142\n3,0.142\n");
  const json answer =
      coalis_compare(baseline + leader + "--replicates 20 --json --outcomes engaged --parameters '" + same + "'").parsed();
  EXPECT_EQ(answer["parameters"]["sets_used"], 1);  // sets that say the same are one
  EXPECT_TRUE(answer["variance"].is_null());
  const json plain = coalis_compare(baseline + leader + "--replicates 20 --json --outcomes engaged").parsed();
  for (const char* figure : {"difference", "se", "sd", "median", "range95", "above", "reference", "scenario"})
    EXPECT_EQ(answer["differences"]["B"]["engaged"][figure], plain["differences"]["B"]["engaged"][figure]) << figure;
}

TEST(Compare, ParameterSetsThatDifferHaveAVariance) {
  const std::string sets = in_file("sets.csv", "parameters.beta_leadership,weight\n1,1\n3.61,2\n6,0\n");
  const std::string arguments = baseline + leader + "--replicates 20 --json --outcomes engaged --parameters '" + sets + "'";
  const json all = coalis_compare(arguments).parsed();
  EXPECT_EQ(all["variance"][0]["parameter_sets"], 2);  // one has no weight
  const json& parts = all["variance"][0]["variances"]["B"]["engaged"];
  EXPECT_NEAR(parts["difference"], all["differences"]["B"]["engaged"]["difference"], 1e-12);
  EXPECT_GE(parts["parameters"], 0);
  EXPECT_GT(parts["chance"], 0);
  const Answer drawn = coalis_compare(arguments + " --draws 10 --seed 5");
  EXPECT_EQ(drawn.status, 0);
  EXPECT_EQ(drawn.out, coalis_compare(arguments + " --draws 10 --seed 5 --threads 1").out);
}

TEST(Compare, WrongInputIsAnErrorBeforeTheFirstRun) {
  const auto refused = [](const std::string& arguments, const std::string& reason) {
    const Answer answer = coalis_compare(arguments, true);
    EXPECT_EQ(answer.status, 2) << arguments;
    EXPECT_NE(answer.out.find(reason), std::string::npos) << arguments << "\n" << answer.out;
  };
  refused(baseline, "two or more");
  refused(baseline + leader + "--outcomes engage", "no such outcome");
  refused(baseline + leader + "--matters engaged", "OUTCOME=DIFFERENCE");
  refused(baseline + leader + "--matters engaged=-1", "0 or more");
  refused(baseline + leader + "--precision 0.01", "--on");
  refused(baseline + leader + "--precision 0.01 --on participation", "name one outcome");
  refused(baseline + leader + "--precision 0.01 --on engaged --replicates 63", "64");
  refused(baseline + leader + "--equal-budget staff", "choose one of fte");
  refused(baseline + leader + "--equal-budget per_year", "cannot have the budget");
  refused(baseline + leader + "--structures traits", "no structure");
  refused(baseline + leader + "--set hubs.Chicago.ftes=1", "fte");
  refused(baseline + "missing.toml", "missing.toml");
  refused(baseline + in_file("short.toml", "format = \"scenario\"\nversion = 1\ninclude = \"" +
                                               (test::source_dir() / "scenarios/illinois.toml").string() +
                                               "\"\n[calendar]\nmonths = 42\n"),
          "one calendar");
  const auto sets = [&](const std::string& text) {
    return baseline + leader + "--parameters '" + in_file("bad.csv", text) + "'";
  };
  refused(sets(""), "it is empty");
  refused(sets("\n# a comment\n"), "no columns");
  refused(sets("weight\n1\n"), "no column of a parameter");
  refused(sets("parameters.tie_prob\n"), "no set");
  refused(sets("hubs.Chicago.fte\n1\n"), "no path of a parameter");
  refused(sets("parameters.tie_probe\n1\n"), "bad.csv:2:");
  refused(sets("parameters.tie_prob\n0.1\n1.5\n"), "bad.csv:3:");  // both are drawn
  refused(sets("weight,parameters.tie_prob\n1\n"), "1 field for 2 columns");
  refused(sets("weight,parameters.tie_prob\n-1,0.1\n"), "weight '-1'");
  refused(sets("kinds.meeting.event_cost\n900\n"), "planned cost");
}

TEST(Compare, FileIsNeverReplacedUnasked) {
  const std::string path = in_file("there.h5", "kept");
  const Answer answer = coalis_compare(baseline + leader + "--replicates 3 -o '" + path + "'", true);
  EXPECT_EQ(answer.status, 3);
  std::ifstream in(path);
  std::string text;
  EXPECT_TRUE(std::getline(in, text) && text == "kept");
}

}  // namespace
}  // namespace coalis
