// A sensitivity analysis: which parameters, and which sides of the model, an outcome or a difference hangs on. The question with
// its runs, and the answer.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "coalis/inference/sensitivity.hpp"
#include "coalis/questions/made_by.hpp"
#include "coalis/questions/study/study.hpp"

namespace coalis {

// Runs are numbered point by point, in a point scenario by scenario, in a scenario replicate by replicate.
struct SensitivityQuestion {
  Study study;  // one scenario or two; its design holds the factors
  SensitivityPlan plan;
  std::vector<Scenario> own;  // the scenarios as their files have them
  SensitivityDesign design;

  std::size_t scenarios() const { return own.size(); }
  std::size_t points() const { return design.size(); }
  std::size_t count() const { return points() * scenarios() * study.replicates; }
  std::size_t places() const { return points() * scenarios(); }
  std::size_t place_of(std::size_t run) const { return run / study.replicates; }  // its scenario at its point
  std::uint32_t replicate_of(std::size_t run) const { return static_cast<std::uint32_t>(run % study.replicates); }
  // What a point sets in a scenario, as `--set` takes it.
  std::vector<std::string> settings(std::size_t place) const;
  // "parameters.tie_prob = 0.2, ..."
  std::string values(std::size_t place) const;
  const std::string& scenario_name(std::size_t place) const { return study.scenarios[place % scenarios()]; }
};
SensitivityQuestion sensitivity_question(Study study, SensitivityPlan plan, std::vector<Scenario> own);

// All runs: [outcome of the study][scenario][point * replicates + replicate].
using SensitivityValues = std::vector<std::vector<std::vector<double>>>;

// One output: an outcome of a scenario, or its difference between the two.
struct SensitivityTarget {
  struct Effect {
    std::string input;
    bool group;  // of factors that move together
    MorrisEffect of;
  };
  struct Share {
    std::string input;
    bool group;
    SobolIndex index;
    std::optional<RangeEnds> ends;  // not of a group
  };
  std::string outcome, unit, scenario;  // scenario: "A", "B", "B - A"
  bool varies = false;                  // some point's mean differs from another's
  double mean = 0, sd = 0;
  std::size_t left_out = 0;  // points without a value
  SeedShare seed{};
  std::vector<Effect> screening, group_screening;
  std::vector<Share> shares;    // of the variance: single factors, then groups
  std::size_t base_points = 0;  // that the shares are from
};

struct SensitivityFindings {
  std::string name, question;
  std::vector<std::string> scenarios;  // files, as written
  std::vector<std::string> titles;     // what people call them; of older programs their files without folders
  std::size_t factors = 0, points = 0, replicates = 0;
  std::uint64_t seed = 0;
  MadeBy made_by;
  std::vector<SensitivityTarget> targets;  // every outcome in every scenario, then its difference replicate by replicate
};
// Cancelled, it has no more outputs than were finished.
SensitivityFindings sensitivity_findings(const SensitivityQuestion& question, const SensitivityValues& values,
                                         const std::atomic<bool>* cancel = nullptr);

// Whether chance is so large a part of the means that were analysed that shares rank the inputs and are no shares.
inline bool much_chance(const SensitivityTarget& target) { return target.seed.left > 0.25; }  // false of NaN

}  // namespace coalis
