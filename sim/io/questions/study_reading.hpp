// The parts of reading a study, each in a file of its own.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "coalis/io/questions/study_file.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "io/scenario/scenario_reading.hpp"
#include "io/text/toml_tree.hpp"

namespace coalis::io {

// Where the values of a factor stand, for messages about them.
struct FactorPlaces {
  Place path;
  std::vector<Place> values;  // one a value, or the two ends of a range
  Place name = {};            // if it has one of its own
};

// Reads a study from its tables; `name` stands for the file in messages.
void read_study_tables(StudyFile& file, const Table& root, const std::string& name);

// The text of a file; or nothing and an error at `place`, which is the file itself or the key that names it.
std::optional<std::string> read_file(const std::filesystem::path& path, const Place& place, std::vector<Diagnostic>& diagnostics,
                                     std::size_t largest = largest_text);

// The rows of a table of points (CSV, RFC 4180): a column a path, a line a point; an empty cell leaves the scenario's value.
// Returns where each factor stands.
std::vector<FactorPlaces> read_design_table(const std::string& text, const std::string& file, DesignPlan& design,
                                            std::vector<Diagnostic>& diagnostics);

// Says names that are empty or those of other columns, names that become one in tables and files, and paths that are set twice.
void check_factor_names(const std::vector<Factor>& factors, const std::vector<FactorPlaces>& places,
                        std::vector<Diagnostic>& diagnostics);

// A value as `--set` takes it; nothing if it is no number, text, switch or list of texts.
std::optional<std::string> toml_text(const Node& node);

// Reads [design] and [[factors]]; returns where each factor stands.
std::vector<FactorPlaces> read_design(StudyFile& file, Reading& reading);

// Reads [answer]: names, outcomes and values are checked; whether the design has its points is checked when they are made.
void read_answer(Reading& reading, const Node& answer, Study& study);

// Whether a scenario, as a study's list has it, is meant by a text: its file, or the name of that without folder and ending.
bool is_scenario(const std::string& listed, const std::string& text);

// All choices of a switch that a path names, as TOML texts: false and true, or its names; empty if the path is no switch.
std::vector<std::string> switch_values(const std::string& path);

// Whether everything that a factor sets can be chosen (model/supported.hpp).
bool sets_policy(const Factor& factor);
// Whether the scenarios differ from the first in nothing that can be chosen.
bool differ_in_no_policy(std::span<const LoadedScenario> scenarios);

// Tries every scenario as it is, then with every value of every factor; what is wrong is said at the value.
void check_factors(StudyFile& file, const std::vector<FactorPlaces>& places);

}  // namespace coalis::io
