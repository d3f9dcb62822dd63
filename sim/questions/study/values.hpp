// Names and values of factors as results show them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "coalis/questions/study/study.hpp"

namespace coalis {

// As a variable of HDF5 is named: a '/', which is taken there for a group, becomes '_'.
std::string variable_name(std::string name);
// Whether two names become one in tables and files, or are taken for one (core/names.hpp).
bool same_column(const std::string& a, const std::string& b);

// The values of a factor at all points as numbers, NaN where a point leaves the scenario's; nothing if one of them is no number.
std::optional<std::vector<double>> numbers_of(const std::vector<StudyPoint>& points, std::size_t factor);

// Texts as numbers, NaN for ""; nothing if one of them is no number.
std::optional<std::vector<double>> numbers_in(const std::vector<std::string>& texts);

// "hubs.Chicago.fte, hubs.North.fte"
std::string paths_text(const Factor& factor);

// A value without the quotes of TOML.
std::string plain_text(const std::string& value);
// The same, also with a quote inside.
std::string unquoted(const std::string& value);

}  // namespace coalis
