// The parameter sets of a study: files read, matched with its points, checked.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "study_points.hpp"

namespace coalis::cli {

// Reads the files into study.parameters and gives every point its file: the one that was fitted under the point's structure.
// Prints what is wrong and returns false if that is an error: also a point without a file, or with two, and a factor that sets
// what the sets set (named settings go before the sets; study.notices says so).
bool read_parameters(PreparedStudy& study, const std::vector<std::filesystem::path>& files);

// Tries every set that is drawn at every point, as a scenario is checked; none may change a planned cost. Prints what is wrong
// and returns false if anything is. Leaves the sets as numbers in study.numbers.
bool check_parameters(PreparedStudy& study);

// The scenario of a point with a set of numbers, a number a column: that of with_parameters(), if the numbers have been checked.
// Throws std::invalid_argument for a column that the scenario does not have as a number.
Scenario with_numbers(const StudyPoint& point, const ParameterSets& sets, const std::vector<double>& numbers);

// What the runs have of them, in a sentence: "... 97 sets of parameters, drawn 100 times by weight from mixture.csv, two runs
// each". "" without.
std::string parameters_text(const PreparedStudy& study);

// The files with their hashes and how many of their sets are drawn; null without.
nlohmann::ordered_json parameters_json(const PreparedStudy& study);

}  // namespace coalis::cli
