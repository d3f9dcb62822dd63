// The merged result of a study read back: what each point was, and what was recorded of its runs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

struct StudyRuns {
  struct Point {
    std::size_t scenario = 0;
    std::string key;                   // as recorded
    std::vector<std::string> setting;  // what the study sets in the scenario, as --set takes it
    bool named_settings = false;       // which go before parameter sets
    std::size_t parameters = 0;        // index into `parameters`, if there are any
  };
  struct Sets {
    ParameterSets sets;
    std::vector<std::int32_t> of_replicate;
  };
  std::string program_version, model_version, commit, equal_budget;
  std::uint64_t seed = 0;
  std::size_t replicates = 0;
  std::vector<std::string> scenario_texts;  // resolved, as the first point of each has them
  std::vector<Point> points;
  std::vector<Sets> parameters;
  std::vector<std::uint64_t> hashes;  // [point * replicates + replicate]
  std::vector<std::int32_t> done;     // the same; 0: the run failed
  std::vector<std::string> outcome_names;
  std::vector<std::vector<double>> outcomes;  // [outcome][point * replicates + replicate]
};

// Throws ResultError: missing, no such file, damaged, too old, too new.
StudyRuns read_study_runs(const CheckedPath& checked);

}  // namespace coalis
