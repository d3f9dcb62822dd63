// Parameter sets (CSV; docs/formats/parameters.md): values of some parameters that belong together, with weights.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/scenario.hpp"
#include "coalis/questions/parameter_sets.hpp"

namespace coalis {

// Never throws on bad input. Values that begin as numbers are complete, finite numbers; weights have a finite sum above 0.
ParameterSets read_parameter_sets(const std::filesystem::path& path);
// The same from its text; `name` stands for the file in diagnostics.
ParameterSets parse_parameter_sets(std::string_view text, const std::string& name);

// The header lines of a posterior that read_parameter_sets() reads back.
std::string to_text(const FittedSets& fitted);
// A posterior of its comments and its table, both whole lines, with a line between that says a checksum of both. Reading refuses
// a posterior that is not as its checksum says.
std::string with_content(std::string_view comments, std::string_view table);
// A text says such a checksum; and is as it says. Posteriors of older programs say none.
bool says_content(std::string_view posterior);
bool is_as_written(std::string_view posterior);

// The scenario with the values of a set, checked as a scenario file is; errors name the line of the set. left_out: columns that
// stay as the scenario has them; empty: none.
ScenarioFile with_parameters(const Scenario& scenario, const ParameterSets& sets, const ParameterSet& set,
                             const std::vector<bool>& left_out = {});

}  // namespace coalis
