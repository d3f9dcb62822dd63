// See hdf5_variables.hpp.
#include "hdf5_variables.hpp"

#include <hdf5.h>
#include <hdf5_hl.h>

namespace coalis::h5 {
namespace {

Values values_of(hid_t dataset) {
  const Handle type(H5Dget_type(dataset), H5Tclose, "read a type");
  const std::size_t size = H5Tget_size(type);
  switch (H5Tget_class(type)) {
    case H5T_FLOAT: return size <= sizeof(float) ? Values::float32 : Values::float64;
    case H5T_INTEGER:
      return size == sizeof(std::uint64_t) && H5Tget_sign(type) == H5T_SGN_NONE ? Values::unsigned64 : Values::integer;
    case H5T_STRING:
      if (H5Tis_variable_str(type) > 0) return Values::text;
      break;
    default: break;
  }
  throw Error("a variable holds neither numbers nor texts");
}

// The last part of "/outcomes/replicate".
std::string name_of(hid_t object) {
  char name[256] = "";
  check(H5Iget_name(object, name, sizeof name), "read a name");
  const std::string whole = name;
  return whole.substr(whole.rfind('/') + 1);
}

// Of every axis its scale.
std::vector<std::string> dimensions_of(hid_t dataset, std::size_t rank) {
  std::vector<std::string> names;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    std::string name;
    const auto take = [](hid_t, unsigned, hid_t scale, void* into) -> herr_t {
      *static_cast<std::string*>(into) = name_of(scale);
      return 1;
    };
    check(H5DSiterate_scales(dataset, static_cast<unsigned>(axis), nullptr, take, &name), "read a dimension");
    if (name.empty()) throw Error("a variable has a dimension without a name");
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace

std::vector<Variable> variables_of(hid_t group) {
  std::vector<Variable> variables;
  for (const std::string& name : dataset_names(group)) {
    const Handle dataset = open_variable(group, name);
    const auto lengths = lengths_of(dataset);
    if (lengths.empty()) throw Error("a variable has no dimension");
    const bool scale = H5DSis_scale(dataset) > 0;
    variables.push_back({name, scale ? std::vector{name} : dimensions_of(dataset, lengths.size()), lengths, values_of(dataset)});
  }
  return variables;
}

}  // namespace coalis::h5
