// What writing dimensions, variables and attributes has in common; private to the files that write HDF5.
#pragma once

#include <H5Ipublic.h>
#include <H5public.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "hdf5.hpp"
#include "io/text/checksum.hpp"

namespace coalis::h5 {

// Of a data set to be made.
struct Shape {
  std::vector<hsize_t> lengths, most, chunk;  // chunk empty: contiguous
};

Handle create_dataset(hid_t group, const Quantity& what, hid_t type, const Shape& shape, const void* missing, hid_t missing_type);

// Names the dimensions of a variable as H5DSattach_scale does, but notes for each dimension that the variable has it instead of
// writing the whole list of its variables anew (docs/performance.md).
void attach(hid_t dataset, const std::vector<const Dimension*>& dimensions);

inline constexpr const char* no_values = "";  // the library wants an address also where there is nothing to write

template <class T>
const void* address_of(std::span<const T> values) {
  return values.empty() ? static_cast<const void*>(no_values) : values.data();
}

// Enters a variable into the record of the file.
void note_variable(hid_t dataset, const std::vector<hsize_t>& lengths, std::uint64_t checksum);
template <class T>
void note_numbers(hid_t dataset, std::span<const T> values) {
  io::Checksum checksum;
  checksum.add_numbers(values);
  note_variable(dataset, lengths_of(dataset), checksum.value());
}
void note_texts(hid_t dataset, const std::vector<std::string>& texts);
void note_text_attribute(hid_t object, const std::string& name, const std::string& text);

}  // namespace coalis::h5
