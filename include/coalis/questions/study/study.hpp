// A study: one question, its design and what it keeps.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/questions/parameter_sets.hpp"
#include "coalis/questions/run_key.hpp"
#include "coalis/questions/study/design.hpp"
#include "coalis/questions/study/figures.hpp"
#include "coalis/statistics/variance_parts.hpp"

namespace coalis {

// What the store and the result keep of a run: outcomes; also the coalition by month; also regions by month and the survey.
enum class StudyRecord { outcomes, trajectories, all };
inline constexpr std::array<std::string_view, 3> study_record_names{"outcomes", "trajectories", "all"};
Recording recording_of(StudyRecord record);
// A store's word for what is kept, with further outcomes or without.
std::string kept_words(StudyRecord record, bool further);

struct Study {
  std::string name, question;
  std::vector<std::string> scenarios;        // as written
  std::vector<std::filesystem::path> files;  // the same, to be opened
  DesignPlan design;
  std::uint32_t replicates = 1;
  std::uint64_t seed = 1;
  std::vector<std::size_t> outcomes;  // indices into all_outcome_quantities(), to be shown
  StudyRecord record = StudyRecord::outcomes;
  std::uint32_t batch = 0;                        // runs that are claimed and kept together; 0: by their size
  std::vector<std::filesystem::path> parameters;  // files of parameter sets, to be opened (parameter_sets.hpp); empty: none
  bool cases = false;        // scenarios are worlds, as the values of factors that nobody chooses: none is an option
  std::string equal_budget;  // what is scaled until every scenario costs what the first does; "" nothing (equal_budget.hpp)
  AnswerPlan answer;

  // Outcomes or figures that are computed only when asked for (network/outcomes.hpp); then all of them are kept.
  bool further() const;
  // Whether values of a dimension (0 the scenario, 1 + f the factor f) are options among which one can choose.
  bool is_policy(std::size_t dimension) const { return dimension == 0 ? !cases : design.factors[dimension - 1].policy; }
};

// A design point made ready to run.
struct StudyPoint {
  std::size_t scenario = 0;  // index into Study::scenarios
  DesignPoint values;        // a factor's value, "" the scenario's own
  Scenario resolved;         // without parameter sets
  RunKey key;
  std::size_t parameters = 0;    // the file of its parameter sets, an index, if there are any
  std::vector<bool> left_out{};  // columns of that file that the point itself sets; empty: none
  std::string became{};          // what equal budget scaled it to, after its name (equal_budget.hpp)
};

// Replicates after each other that share a parameter set: what differs within a set is chance.
inline constexpr std::uint32_t replicates_a_set = 2;

// A file of parameter sets of a study. Replicates 2 d and 2 d + 1 of every point have the set `drawn[d]`.
struct StudyParameters {
  std::string name, hash;          // of the file without its folder; SHA-1
  std::string structure;           // that it was fitted under, as to_string() has it; "" if it does not say
  ParameterSets sets;              // without plans and structure
  std::vector<std::size_t> drawn;  // by weight (growing_resampling): replicates to come change nothing of it
};

// The point as a store names it: with parameter sets, also their file and what the point sets itself. Which set a replicate has
// follows from them and from the seed, which the key has.
RunKey point_in_store(const StudyPoint& point, std::span<const StudyParameters> parameters);
// Of a run of the point in the first format of the store: with parameter sets, also the values that the point takes from its set.
RunKey run_key(const StudyPoint& point, std::span<const StudyParameters> parameters, std::uint32_t replicate);

// What a figure of the answer varies by, under one structure ("" without structures).
struct FigureParts {
  std::string figure, outcome, structure;
  double mean, se;  // NaN without
  SharedParts parts;
};

}  // namespace coalis
