// Data sets as every variable and dimension of a file is made, and their entry into the record of what the file holds.
#include "hdf5_datasets.hpp"

#include <hdf5.h>

#include <array>

#include "hdf5_content.hpp"

namespace coalis::h5 {
namespace {

void describe(hid_t dataset, const Quantity& what) {
  if (!what.unit.empty()) write_attribute(dataset, "units", what.unit);
  if (!what.meaning.empty()) write_attribute(dataset, "long_name", what.meaning);
  if (what.matters > 0) write_attribute(dataset, "difference_that_matters", what.matters);
}

}  // namespace

Handle create_dataset(hid_t group, const Quantity& what, hid_t type, const Shape& shape, const void* missing,
                      hid_t missing_type) {
  const Handle creation = property_list(H5P_DATASET_CREATE);
  check(H5Pset_obj_track_times(creation, false), "switch off times");
  if (missing) check(H5Pset_fill_value(creation, missing_type, missing), "set the missing value");
  if (!shape.chunk.empty()) check(H5Pset_chunk(creation, static_cast<int>(shape.chunk.size()), shape.chunk.data()), "set chunks");
  const Handle access = property_list(H5P_DATASET_ACCESS);  // chunks are written whole: a cache would only copy them
  check(H5Pset_chunk_cache(access, 0, 0, H5D_CHUNK_CACHE_W0_DEFAULT), "switch off the chunk cache");
  const Handle space = dataspace(shape.lengths, shape.most.empty() ? nullptr : shape.most.data());
  Handle dataset(H5Dcreate2(group, what.name.c_str(), type, space, H5P_DEFAULT, creation, access), H5Dclose, "create a variable");
  describe(dataset, what);
  return dataset;
}

void attach(hid_t dataset, const std::vector<const Dimension*>& dimensions) {
  std::vector<hobj_ref_t> scales(dimensions.size());
  std::vector<hvl_t> rows;
  for (std::size_t axis = 0; axis < dimensions.size(); ++axis) {
    check(H5Rcreate(&scales[axis], dimensions[axis]->scale(), ".", H5R_OBJECT, -1), "name a dimension");
    rows.push_back({1, &scales[axis]});
  }
  const Handle type(H5Tvlen_create(H5T_STD_REF_OBJ), H5Tclose, "make a type of references");
  const std::array<hsize_t, 1> length{rows.size()};
  const Handle space = dataspace(length);
  const Handle attribute(H5Acreate2(dataset, "DIMENSION_LIST", type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         "name a dimension");
  check(H5Awrite(attribute, type, rows.data()), "name a dimension");
  if (Content* content = recorded(dataset)) {
    std::string names;
    for (const Dimension* dimension : dimensions) names.append(path_of(dimension->scale())).push_back('\0');
    content->add_attribute(path_of(dataset), "DIMENSION_LIST", "names", {dimensions.size()}, names);
  }
  hobj_ref_t self{};
  check(H5Rcreate(&self, dataset, ".", H5R_OBJECT, -1), "name a dimension");
  for (std::size_t axis = 0; axis < dimensions.size(); ++axis) dimensions[axis]->note(self, static_cast<int>(axis));
}

void note_variable(hid_t dataset, const std::vector<hsize_t>& lengths, std::uint64_t checksum) {
  if (Content* content = recorded(dataset)) {
    const Handle type(H5Dget_type(dataset), H5Tclose, "read a type");
    const bool is_text = H5Tis_variable_str(type) > 0;
    content->add_variable(path_of(dataset), is_text ? "text" : type_name(type), {lengths.begin(), lengths.end()}, checksum);
  }
}

void note_texts(hid_t dataset, const std::vector<std::string>& texts) {
  io::Checksum checksum;
  checksum.add_texts(texts);
  note_variable(dataset, lengths_of(dataset), checksum.value());
}

void note_text_attribute(hid_t object, const std::string& name, const std::string& text) {
  if (Content* content = recorded(object)) content->add_attribute(path_of(object), name, "text", {}, text);
}

}  // namespace coalis::h5
