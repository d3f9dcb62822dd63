// What a file says of its variables: dimensions and kind of values. For what is read whole, whatever it holds.
#pragma once

#include <string>
#include <vector>

#include "hdf5.hpp"

namespace coalis::h5 {

enum class Values { float32, float64, integer, unsigned64, text };

struct Variable {
  std::string name;
  std::vector<std::string> dimensions;  // names of the scales, the first grows; of a scale its own name
  std::vector<hsize_t> lengths;
  Values values;
};

// All variables of a group in the order of their creation, scales among them. Throws Error.
std::vector<Variable> variables_of(hid_t group);

}  // namespace coalis::h5
