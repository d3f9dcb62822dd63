// Dimensions of variables: dimension scales as netCDF-4 understands them (hdf5.hpp).
#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "hdf5_datasets.hpp"

namespace coalis::h5 {
namespace {

constexpr std::size_t chunk_bytes = 96 * 1024;  // about; rows of 1 byte to 1 MB make chunks of sensible length

void make_scale(hid_t dataset, const std::string& name) {
  check(H5DSset_scale(dataset, name.c_str()), "make a dimension");
  note_text_attribute(dataset, "CLASS", "DIMENSION_SCALE");
  note_text_attribute(dataset, "NAME", name);
}

Handle growing_scale(hid_t group, const Quantity& what, hid_t type, hsize_t chunk_rows, const std::string& name) {
  Handle scale = create_dataset(group, what, type, {{0}, {H5S_UNLIMITED}, {chunk_rows}}, nullptr, -1);
  make_scale(scale, name);
  return scale;
}

}  // namespace

template <class T>
Dimension::Dimension(hid_t group, const Quantity& what, std::span<const T> values) : length_(values.size()) {
  scale_ = create_dataset(group, what, number_type<T>().file, {{length_}, {}, {}}, nullptr, -1);
  make_scale(scale_, what.name);
  check(H5Dwrite(scale_, number_type<T>().memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, address_of(values)), "write coordinates");
  note_numbers(scale_, values);
}

Dimension::Dimension(hid_t group, const Quantity& what, const std::vector<std::string>& names) : length_(names.size()) {
  const Handle type = text_type(H5T_VARIABLE);
  scale_ = create_dataset(group, what, type, {{length_}, {}, {}}, nullptr, -1);
  make_scale(scale_, what.name);
  std::vector<const char*> texts;
  for (const auto& name : names) texts.push_back(name.c_str());
  check(H5Dwrite(scale_, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, address_of(std::span<const char* const>(texts))),
        "write coordinates");
  note_texts(scale_, names);
}

Dimension Dimension::numbered(hid_t group, const Quantity& what, std::size_t length) {
  constexpr std::size_t at_once = std::size_t{1} << 16;
  Dimension dimension;
  dimension.length_ = length;
  const auto type = number_type<std::int32_t>();
  dimension.scale_ = create_dataset(group, what, type.file, {{dimension.length_}, {}, {}}, nullptr, -1);
  make_scale(dimension.scale_, what.name);
  const Handle file_space = dataspace(std::array{dimension.length_});
  std::vector<std::int32_t> numbers(std::min(length, at_once));
  io::Checksum checksum;
  for (hsize_t first = 0; first < length; first += at_once) {
    const hsize_t count = std::min<hsize_t>(at_once, length - first);
    std::iota(numbers.begin(), numbers.end(), static_cast<std::int32_t>(first));
    check(H5Sselect_hyperslab(file_space, H5S_SELECT_SET, &first, nullptr, &count, nullptr), "select coordinates");
    check(H5Dwrite(dimension.scale_, type.memory, dataspace(std::array{count}), file_space, H5P_DEFAULT, numbers.data()),
          "write coordinates");
    checksum.add_numbers(std::span<const std::int32_t>(numbers).first(count));
  }
  note_variable(dimension.scale_, {dimension.length_}, checksum.value());
  return dimension;
}

Dimension Dimension::growing_with_coordinates(hid_t group, const Quantity& what, std::size_t expected) {
  Dimension dimension;
  dimension.expected_ = expected;
  dimension.scale_ =
      growing_scale(group, what, number_type<std::uint32_t>().file, dimension.chunk_rows(sizeof(std::uint32_t)), what.name);
  return dimension;
}

Dimension Dimension::growing(hid_t group, const std::string& name, std::size_t expected) {
  Dimension dimension;  // netCDF knows a dimension without variable by this text
  dimension.expected_ = expected;
  dimension.chunk_rows_most_ = 32 * 1024;  // many rows a replicate
  dimension.scale_ = growing_scale(group, {name, "", ""}, number_type<std::int8_t>().file, dimension.chunk_rows(1),
                                   std::string(no_variable) + "         0");
  return dimension;
}

Dimension::~Dimension() {
  try {
    write_list();
  } catch (const Error&) {
    note_failed_closing();  // the file is not published
  }
}

// The list of the variables that have the dimension, as H5DSattach_scale leaves it.
void Dimension::write_list() const {
  if (users_.empty()) return;
  begin_use();
  const Handle type(H5Tcreate(H5T_COMPOUND, sizeof(User)), H5Tclose, "make a type of references");
  check(H5Tinsert(type, "dataset", HOFFSET(User, variable), H5T_STD_REF_OBJ), "make a type of references");
  check(H5Tinsert(type, "dimension", HOFFSET(User, axis), H5T_NATIVE_INT), "make a type of references");
  const std::array<hsize_t, 1> length{users_.size()};
  const Handle space = dataspace(length);
  const Handle attribute(H5Acreate2(scale_, "REFERENCE_LIST", type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         "list a dimension's variables");
  check(H5Awrite(attribute, type, users_.data()), "list a dimension's variables");
}

// Even chunks of at most chunk_bytes for the expected number of rows, so that the last is nearly full.
std::size_t Dimension::chunk_rows(std::size_t row_bytes) const {
  const std::size_t most = std::clamp<std::size_t>(chunk_bytes / row_bytes, 1, chunk_rows_most_);
  const std::size_t rows = std::max<std::size_t>(1, expected_);
  const std::size_t chunks = (rows + most - 1) / most;
  return (rows + chunks - 1) / chunks;
}

void Dimension::set_length(hsize_t length) {
  begin_use();
  check(H5Dset_extent(scale_, &length), "set the length of a dimension");
  note_variable(scale_, {length}, 0);  // no values: of a dimension without coordinates
}

template Dimension::Dimension(hid_t, const Quantity&, std::span<const double>);
template Dimension::Dimension(hid_t, const Quantity&, std::span<const std::int32_t>);

}  // namespace coalis::h5
