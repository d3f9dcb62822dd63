// Which observation would tell structures of engagement apart that fit the evidence alike: the question, and its answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "coalis/inference/telling_apart.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/questions/asked.hpp"
#include "coalis/questions/parameter_sets.hpp"

namespace coalis {

struct TellingApartOptions {
  std::vector<std::string> scenarios;   // files: what is done after the survey month; the first: nothing new
  std::vector<std::string> candidates;  // STRUCTURE=FILE of parameter sets, or STRUCTURE alone
  // Empty: 25, 50 and 100 organisations, as far as a coalition has so many, else all; 6, 12, 24 and 36 months, as far as there
  // are so many after the survey.
  std::vector<std::size_t> organisations{}, coalitions{1, 4};
  std::vector<int> months{};
  std::size_t replicates = 200;
  std::uint64_t seed = 1;
};

// A candidate as the options name it.
struct CandidateName {
  std::string structure;
  std::optional<std::string> file;  // of its parameter sets
};
Asked<std::vector<CandidateName>> candidates_named(const TellingApartOptions& options);

// A structure of engagement with the parameters that the evidence leaves it.
struct Candidate {
  std::string structure;
  ParameterSets sets;                    // without plans: these are the scenarios'; none: the scenarios' own parameters
  std::vector<Scenario> scenarios;       // with the structure, in the order of the options
  std::vector<std::size_t> set_of = {};  // [replicate], drawn by weight
};

// A way of looking: at whom and for how long.
struct PossibleObservation {
  enum class Kind { lists_so_far, lists, survey };
  std::string name;
  std::size_t scenario = 0;  // under which
  std::size_t organisations = 0;
  int months = 0;
  Kind kind = Kind::lists;
};

// The scenario with a set's values. Throws std::runtime_error: values that it cannot have.
using WithSet = std::function<Scenario(const Scenario& scenario, const ParameterSets& sets, const ParameterSet& set)>;

struct TellingApart {
  std::vector<Candidate> candidates;
  std::vector<PossibleObservation> observations;
  std::vector<std::size_t> coalitions;
  std::vector<int> months;
  std::size_t replicates = 0;
  std::uint64_t seed = 0;
  int first = 0;  // month after the survey, from which is looked
  WithSet with_set;

  std::size_t cases() const { return candidates.size() * replicates; }  // simulated coalitions
  // What is recorded under each scenario, and of the surveys that are repeated later.
  static constexpr Recording by_organisation{.trajectories = false,
                                             .regions = false,
                                             .organisations = false,
                                             .ties = false,
                                             .survey = true,
                                             .organisation_trajectories = true};
  static constexpr Recording survey_alone{
      .trajectories = false, .regions = false, .organisations = false, .ties = false, .survey = true};
};
// candidates: read as they were named.
Asked<TellingApart> ask_telling_apart(const TellingApartOptions& options, std::vector<Candidate> candidates, WithSet with_set);

// One coalition of one candidate, looked at in every way: all runs share the replicate's draws. [observation]
std::vector<Features> look_at(const TellingApart& question, std::size_t candidate, std::uint32_t replicate);

struct TellingApartAnswer {
  struct Row {
    PossibleObservation observation;
    std::size_t coalitions;
    Discrimination result;
  };
  struct Named {
    std::string structure, file;  // of its parameter sets, "" without
  };
  std::vector<Named> candidates;
  std::size_t replicates = 0;
  std::uint64_t seed = 0;
  std::vector<Row> rows;

  double guessing() const { return 1 - 1 / static_cast<double>(candidates.size()); }  // its error
};
// samples[observation][candidate][replicate]. Throws std::invalid_argument: too few replicates.
TellingApartAnswer telling_apart_answer(const TellingApart& question,
                                        std::span<const std::vector<std::vector<Features>>> samples);

// Organisations times months, in all coalitions together.
std::size_t effort_of(const TellingApartAnswer::Row& row);

// What the rows come to, by place: the one with the fewest errors, and the cheapest that errs as seldom. Both are told from
// guessing if any is, with a doubt of 2.5 % for all rows together.
struct LeastEffort {
  std::size_t fewest_errors = 0, cheapest = 0;
  bool better_than_guessing = false;  // whether any is
};
LeastEffort least_effort(const TellingApartAnswer& answer);

}  // namespace coalis
