// The groups of parameter sets in result files of runs and of studies.
#pragma once

#include <memory>

#include "coalis/io/hdf5/result_parameters.hpp"
#include "hdf5.hpp"
#include "result_sections.hpp"

namespace coalis::io {

// A dimension with the coordinates 0, 1, ... below `count`.
h5::Dimension numbered(hid_t group, const Quantity& what, std::size_t count);
// The sets along the dimension `set` of a group: line, weight, a variable a column.
void write_sets(hid_t group, const h5::Dimension& set, const ParameterSets& sets);
// What the sets set alone: a variable a column.
void write_set_values(hid_t group, const h5::Dimension& set, const ParameterSets& sets);
// As written; values as --set takes them. Throws h5::Error.
ParameterSets read_sets(hid_t group);

// The group /parameters of a result file.
std::unique_ptr<Section> make_parameters_section(hid_t file, const DrawnSets& drawn, std::size_t expected);
std::shared_ptr<const DrawnSets> read_drawn_sets(hid_t file, std::size_t replicates);

}  // namespace coalis::io
