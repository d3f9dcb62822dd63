// The layer over HDF5's C library. Times of objects are not tracked, so that equal contents give equal bytes; groups keep the
// order of creation, so that readers list variables as they were written.
#include "hdf5.hpp"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace coalis::h5 {
namespace {

constexpr std::size_t metadata_bytes = 512 * 1024;
constexpr std::size_t chunk_bytes = 96 * 1024;  // about; rows of 1 byte to 1 MB make chunks of sensible length

herr_t keep_innermost(unsigned, const H5E_error2_t* entry, void* text) {
  if (entry->desc) *static_cast<std::string*>(text) = entry->desc;
  return 0;
}

// Before the first use. The library's own closing of all files at exit is switched off: it crashes (1.10.8) if a file could not
// be written, as on a full disk. Every file is closed by its handle.
void prepare_library() {
  static const bool unregistered = H5dont_atexit() >= 0;
  static_cast<void>(unregistered);
  check(H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr), "silence its messages");
}

Handle property_list(hid_t kind) { return {H5Pcreate(kind), H5Pclose, "make a property list"}; }

Handle dataspace(std::span<const hsize_t> lengths, const hsize_t* most = nullptr) {
  return {H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), most), H5Sclose, "make a data space"};
}

Handle text_type(std::size_t length) {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
  check(H5Tset_size(type, length), "make a text type");
  check(H5Tset_cset(type, H5T_CSET_UTF8), "make a text type");
  return type;
}

void describe(hid_t dataset, const Quantity& what) {
  if (!what.unit.empty()) write_attribute(dataset, "units", what.unit);
  if (!what.meaning.empty()) write_attribute(dataset, "long_name", what.meaning);
  if (what.matters > 0) write_attribute(dataset, "difference_that_matters", what.matters);
}

struct Shape {
  std::vector<hsize_t> lengths, most, chunk;  // chunk empty: contiguous
};

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

// Names the dimensions of a variable as H5DSattach_scale does, but notes for each dimension that the variable has it instead of
// writing the whole list of its variables anew (docs/performance.md).
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
  hobj_ref_t self{};
  check(H5Rcreate(&self, dataset, ".", H5R_OBJECT, -1), "name a dimension");
  for (std::size_t axis = 0; axis < dimensions.size(); ++axis) dimensions[axis]->note(self, static_cast<int>(axis));
}

std::vector<hsize_t> current_lengths(hid_t dataset) {
  const Handle space(H5Dget_space(dataset), H5Sclose, "read a shape");
  std::vector<hsize_t> lengths(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space)));
  check(H5Sget_simple_extent_dims(space, lengths.data(), nullptr), "read a shape");
  return lengths;
}

Handle growing_scale(hid_t group, const Quantity& what, hid_t type, hsize_t chunk_rows, const char* name) {
  Handle scale = create_dataset(group, what, type, {{0}, {H5S_UNLIMITED}, {chunk_rows}}, nullptr, -1);
  check(H5DSset_scale(scale, name), "make a dimension");
  return scale;
}

}  // namespace

hid_t check(hid_t status, const char* what) {
  if (status >= 0) return status;
  std::string reason;
  H5Ewalk2(
      H5E_DEFAULT, H5E_WALK_UPWARD,
      [](unsigned n, const H5E_error2_t* entry, void* text) -> herr_t { return n == 0 ? keep_innermost(n, entry, text) : 0; },
      &reason);
  throw Error(std::string("HDF5 could not ") + what + (reason.empty() ? "" : ": " + reason));
}

template <>
NumberType number_type<float>() {
  return {H5T_NATIVE_FLOAT, H5T_IEEE_F32LE};
}
template <>
NumberType number_type<double>() {
  return {H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE};
}
template <>
NumberType number_type<std::int8_t>() {
  return {H5T_NATIVE_INT8, H5T_STD_I8LE};
}
template <>
NumberType number_type<std::int16_t>() {
  return {H5T_NATIVE_INT16, H5T_STD_I16LE};
}
template <>
NumberType number_type<std::int32_t>() {
  return {H5T_NATIVE_INT32, H5T_STD_I32LE};
}
template <>
NumberType number_type<std::int64_t>() {
  return {H5T_NATIVE_INT64, H5T_STD_I64LE};
}
template <>
NumberType number_type<std::uint32_t>() {
  return {H5T_NATIVE_UINT32, H5T_STD_U32LE};
}
template <>
NumberType number_type<std::uint64_t>() {
  return {H5T_NATIVE_UINT64, H5T_STD_U64LE};
}

// Names, shapes and where chunks lie: what the library keeps of them in memory would grow to 32 MB with the runs.
void bound_metadata(hid_t access) {
  H5AC_cache_config_t config;
  config.version = H5AC__CURR_CACHE_CONFIG_VERSION;
  check(H5Pget_mdc_config(access, &config), "read the size of its cache");
  config.set_initial_size = true;
  config.initial_size = config.max_size = metadata_bytes;
  config.min_size = metadata_bytes / 2;
  check(H5Pset_mdc_config(access, &config), "set the size of its cache");
}

Handle create_file(const std::filesystem::path& path) {
  prepare_library();
  const Handle access = property_list(H5P_FILE_ACCESS);
  check(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18), "set the version of the format");
  check(H5Pset_meta_block_size(access, 64 * 1024), "set the block size");
  bound_metadata(access);
  const Handle creation = property_list(H5P_FILE_CREATE);
  check(H5Pset_obj_track_times(creation, false), "switch off times");
  check(H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "keep the order");
  check(H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "keep the order");
  check(H5Pset_attr_phase_change(creation, 0, 0), "allow long attributes");      // the scenario text may pass 64 KB
  check(H5Pset_file_locking(access, false, true), "leave locks to the writer");  // output_file.hpp holds one
  return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, access), H5Fclose, "create the file"};
}

Handle open_file(const std::filesystem::path& path) {
  prepare_library();
  return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "open the file"};
}

Handle create_group(hid_t parent, const std::string& name) {
  const Handle creation = property_list(H5P_GROUP_CREATE);
  check(H5Pset_obj_track_times(creation, false), "switch off times");
  check(H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "keep the order");
  return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), H5Gclose, "create a group"};
}

Handle open_group(hid_t parent, const std::string& name) {
  return {H5Gopen2(parent, name.c_str(), H5P_DEFAULT), H5Gclose, "open a group"};
}

void write_attribute(hid_t object, const std::string& name, const std::string& text) {
  const Handle type = text_type(std::max<std::size_t>(1, text.size()));
  const Handle space(H5Screate(H5S_SCALAR), H5Sclose, "make a data space");
  const Handle attribute(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         "create an attribute");
  check(H5Awrite(attribute, type, text.c_str()), "write an attribute");
}

template <class T>
void write_attribute(hid_t object, const std::string& name, std::span<const T> values) {
  const std::array<hsize_t, 1> length{values.size()};
  const Handle space = dataspace(length);
  const Handle attribute(H5Acreate2(object, name.c_str(), number_type<T>().file, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         "create an attribute");
  check(H5Awrite(attribute, number_type<T>().memory, values.data()), "write an attribute");
}

bool has_attribute(hid_t object, const std::string& name) { return H5Aexists(object, name.c_str()) > 0; }

std::string read_text_attribute(hid_t object, const std::string& name) {
  const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "open an attribute");
  const Handle type(H5Aget_type(attribute), H5Tclose, "read an attribute's type");
  if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) > 0) throw Error("attribute " + name + " is not a fixed text");
  std::string text(H5Tget_size(type), '\0');
  check(H5Aread(attribute, type, text.data()), "read an attribute");
  text.resize(std::min(text.size(), text.find('\0')));
  return text;
}

template <class T>
T read_attribute(hid_t object, const std::string& name) {
  const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "open an attribute");
  const Handle space(H5Aget_space(attribute), H5Sclose, "read an attribute's shape");
  if (H5Sget_simple_extent_npoints(space) != 1) throw Error("attribute " + name + " is not one number");
  T value{};
  check(H5Aread(attribute, number_type<T>().memory, &value), "read an attribute");
  return value;
}

template <class T>
std::vector<T> read_dataset(hid_t parent, const std::string& name) {
  const Handle dataset(H5Dopen2(parent, name.c_str(), H5P_DEFAULT), H5Dclose, "open a variable");
  const auto lengths = current_lengths(dataset);
  if (lengths.size() != 1) throw Error("variable " + name + " does not have one dimension");
  std::vector<T> values(lengths[0]);
  check(H5Dread(dataset, number_type<T>().memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read a variable");
  return values;
}

template <class T>
std::vector<T> read_rows(hid_t parent, const std::string& name, hsize_t first, hsize_t count) {
  const Handle dataset(H5Dopen2(parent, name.c_str(), H5P_DEFAULT), H5Dclose, "open a variable");
  auto lengths = current_lengths(dataset);
  if (lengths.empty() || first + count > lengths[0]) throw Error("variable " + name + " is shorter than it should be");
  const Handle file_space = dataspace(lengths);
  std::vector<hsize_t> start(lengths.size(), 0);
  start[0] = first;
  lengths[0] = count;
  std::size_t size = 1;
  for (const hsize_t length : lengths) size *= length;
  std::vector<T> values(size);
  if (values.empty()) return values;
  check(H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start.data(), nullptr, lengths.data(), nullptr), "select rows");
  const Handle memory_space = dataspace(lengths);
  check(H5Dread(dataset, number_type<T>().memory, memory_space, file_space, H5P_DEFAULT, values.data()), "read a variable");
  return values;
}

std::vector<std::string> read_names(hid_t parent, const std::string& name) {
  const Handle dataset(H5Dopen2(parent, name.c_str(), H5P_DEFAULT), H5Dclose, "open a variable");
  const Handle stored(H5Dget_type(dataset), H5Tclose, "read a type");
  const auto lengths = current_lengths(dataset);
  if (lengths.size() != 1 || H5Tget_class(stored) != H5T_STRING || H5Tis_variable_str(stored) <= 0)
    throw Error("variable " + name + " is not a list of names");
  std::vector<char*> texts(lengths[0]);
  if (texts.empty()) return {};
  const Handle type = text_type(H5T_VARIABLE);
  check(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()), "read names");
  std::vector<std::string> names(texts.begin(), texts.end());
  const Handle space(H5Dget_space(dataset), H5Sclose, "read a shape");
  check(H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts.data()), "release names");
  return names;
}

bool has_group(hid_t parent, const std::string& name) { return H5Lexists(parent, name.c_str(), H5P_DEFAULT) > 0; }

std::string read_text_attribute_of(hid_t parent, const std::string& variable, const std::string& name) {
  const Handle dataset(H5Dopen2(parent, variable.c_str(), H5P_DEFAULT), H5Dclose, "open a variable");
  return has_attribute(dataset, name) ? read_text_attribute(dataset, name) : "";
}

std::optional<double> read_number_attribute_of(hid_t parent, const std::string& variable, const std::string& name) {
  const Handle dataset(H5Dopen2(parent, variable.c_str(), H5P_DEFAULT), H5Dclose, "open a variable");
  return has_attribute(dataset, name) ? std::optional(read_attribute<double>(dataset, name)) : std::nullopt;
}

std::vector<std::string> dataset_names(hid_t group) {
  std::vector<std::string> names;
  const auto collect = [](hid_t parent, const char* name, const H5L_info_t*, void* list) -> herr_t {
    H5O_info_t info;
    if (H5Oget_info_by_name2(parent, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) return -1;
    if (info.type == H5O_TYPE_DATASET) static_cast<std::vector<std::string>*>(list)->emplace_back(name);
    return 0;
  };
  check(H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, collect, &names), "list a group");
  return names;
}

template <class T>
Dimension::Dimension(hid_t group, const Quantity& what, std::span<const T> values) : length_(values.size()) {
  scale_ = create_dataset(group, what, number_type<T>().file, {{length_}, {}, {}}, nullptr, -1);
  check(H5DSset_scale(scale_, what.name.c_str()), "make a dimension");
  check(H5Dwrite(scale_, number_type<T>().memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "write coordinates");
}

Dimension::Dimension(hid_t group, const Quantity& what, const std::vector<std::string>& names) : length_(names.size()) {
  const Handle type = text_type(H5T_VARIABLE);
  scale_ = create_dataset(group, what, type, {{length_}, {}, {}}, nullptr, -1);
  check(H5DSset_scale(scale_, what.name.c_str()), "make a dimension");
  std::vector<const char*> texts;
  for (const auto& name : names) texts.push_back(name.c_str());
  check(H5Dwrite(scale_, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()), "write coordinates");
}

Dimension Dimension::growing_with_coordinates(hid_t group, const Quantity& what, std::size_t expected) {
  Dimension dimension;
  dimension.expected_ = expected;
  dimension.scale_ = growing_scale(group, what, number_type<std::uint32_t>().file, dimension.chunk_rows(sizeof(std::uint32_t)),
                                   what.name.c_str());
  return dimension;
}

Dimension Dimension::growing(hid_t group, const std::string& name, std::size_t expected) {
  Dimension dimension;  // netCDF knows a dimension without variable by this text
  dimension.expected_ = expected;
  dimension.chunk_rows_most_ = 32 * 1024;  // many rows a replicate
  dimension.scale_ = growing_scale(group, {name, "", ""}, number_type<std::int8_t>().file, dimension.chunk_rows(1),
                                   "This is a netCDF dimension but not a netCDF variable.         0");
  return dimension;
}

Dimension::~Dimension() {
  try {
    write_list();
  } catch (const Error&) {  // what has kept it from being written is an error of the file, said when that is flushed
  }
}

// The list of the variables that have the dimension, as H5DSattach_scale leaves it.
void Dimension::write_list() const {
  if (users_.empty()) return;
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

void Dimension::set_length(hsize_t length) { check(H5Dset_extent(scale_, &length), "set the length of a dimension"); }

template <class T>
Handle write_variable(hid_t group, const Quantity& what, const std::vector<const Dimension*>& dimensions,
                      std::optional<T> missing, std::span<const T> values) {
  Shape shape;
  for (const auto* dimension : dimensions) shape.lengths.push_back(dimension->length());
  const auto type = number_type<T>();
  Handle dataset = create_dataset(group, what, type.file, shape, missing ? &*missing : nullptr, type.memory);
  if (missing) write_attribute(dataset, "_FillValue", *missing);
  attach(dataset, dimensions);
  check(H5Dwrite(dataset, type.memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "write a variable");
  return dataset;
}

Handle write_texts(hid_t group, const Quantity& what, const Dimension& dimension, const std::vector<std::string>& texts) {
  const Handle type = text_type(H5T_VARIABLE);
  Handle dataset = create_dataset(group, what, type, {{dimension.length()}, {}, {}}, nullptr, -1);
  attach(dataset, {&dimension});
  std::vector<const char*> pointers;
  for (const auto& text : texts) pointers.push_back(text.c_str());
  check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "write a variable of texts");
  return dataset;
}

template <class T>
Rows<T>::Rows(hid_t group, const Quantity& what, const std::vector<const Dimension*>& dimensions, std::optional<T> missing) {
  const Dimension& growing = *dimensions.front();
  Shape shape{{0}, {H5S_UNLIMITED}, {0}};
  for (std::size_t axis = 1; axis < dimensions.size(); ++axis) {
    const auto length = dimensions[axis]->length();
    row_size_ *= length;
    shape.lengths.push_back(length);
    shape.most.push_back(length);
    shape.chunk.push_back(length);
  }
  chunk_rows_ = growing.chunk_rows(row_size_ * sizeof(T));
  shape.chunk[0] = chunk_rows_;
  const auto type = number_type<T>();
  dataset_ = create_dataset(group, what, type.file, shape, missing ? &*missing : nullptr, type.memory);
  if (missing) write_attribute(dataset_, "_FillValue", *missing);
  attach(dataset_, dimensions);
  buffer_.reserve(chunk_rows_ * row_size_);
}

template <class T>
Rows<T>::Rows(const Dimension& dimension) : chunk_rows_(dimension.chunk_rows(sizeof(T))) {
  check(H5Iinc_ref(dimension.scale()), "share a dimension");
  dataset_ = Handle(dimension.scale(), H5Dclose, "share a dimension");
}

template <class T>
template <class U>
void Rows<T>::add(std::span<const U> rows) {
  while (!rows.empty()) {
    const std::size_t taken = std::min(rows.size(), chunk_rows_ * row_size_ - buffer_.size());
    const auto end = rows.begin() + static_cast<std::ptrdiff_t>(taken);
    if constexpr (std::is_same_v<T, U>) {
      buffer_.insert(buffer_.end(), rows.begin(), end);
    } else {
      buffer_.resize(buffer_.size() + taken);
      std::transform(rows.begin(), end, buffer_.end() - static_cast<std::ptrdiff_t>(taken), [](U value) {
        return static_cast<T>(std::clamp<U>(value, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
      });
    }
    rows = rows.subspan(taken);
    if (buffer_.size() == chunk_rows_ * row_size_) write();
  }
}

template <class T>
void Rows<T>::append(std::span<const T> rows) {
  add(rows);
}

template <class T>
void Rows<T>::append_narrowed(std::span<const std::int32_t> rows) requires(std::is_integral_v<T>&& std::is_signed_v<T> &&
                                                                           sizeof(T) <= sizeof(std::int32_t)) {
  add(rows);
}

template <class T>
void Rows<T>::flush() {
  if (!buffer_.empty()) write();
  buffer_ = std::vector<T>();
}

template <class T>
void Rows<T>::write() {
  auto lengths = current_lengths(dataset_);
  auto start = std::vector<hsize_t>(lengths.size(), 0);
  auto count = lengths;
  start[0] = written_;
  count[0] = buffer_.size() / row_size_;
  lengths[0] = written_ + count[0];
  check(H5Dset_extent(dataset_, lengths.data()), "extend a variable");
  const Handle file_space = dataspace(lengths);
  check(H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr), "select rows");
  const Handle memory_space = dataspace(count);
  check(H5Dwrite(dataset_, number_type<T>().memory, memory_space, file_space, H5P_DEFAULT, buffer_.data()), "write a variable");
  written_ = lengths[0];
  buffer_.clear();
}

std::vector<float> read_months(hid_t dataset, std::span<const hsize_t> inner, hsize_t first, hsize_t count) {
  const auto lengths = current_lengths(dataset);
  std::vector<hsize_t> start{first}, block{count};
  start.insert(start.end(), inner.begin(), inner.end());
  block.insert(block.end(), inner.size(), 1);
  start.push_back(0);
  block.push_back(lengths.back());
  const Handle file_space = dataspace(lengths);
  check(H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start.data(), nullptr, block.data(), nullptr), "select rows");
  const Handle memory_space = dataspace(block);
  std::vector<float> values(count * lengths.back());
  check(H5Dread(dataset, H5T_NATIVE_FLOAT, memory_space, file_space, H5P_DEFAULT, values.data()), "read a variable");
  return values;
}

template void write_attribute(hid_t, const std::string&, std::span<const float>);
template void write_attribute(hid_t, const std::string&, std::span<const double>);
template void write_attribute(hid_t, const std::string&, std::span<const std::int8_t>);
template void write_attribute(hid_t, const std::string&, std::span<const std::int16_t>);
template void write_attribute(hid_t, const std::string&, std::span<const std::int32_t>);
template void write_attribute(hid_t, const std::string&, std::span<const std::uint64_t>);
template std::int32_t read_attribute(hid_t, const std::string&);
template std::uint64_t read_attribute(hid_t, const std::string&);
template double read_attribute(hid_t, const std::string&);
template std::vector<double> read_dataset(hid_t, const std::string&);
template std::vector<std::int32_t> read_dataset(hid_t, const std::string&);
template std::vector<std::uint32_t> read_dataset(hid_t, const std::string&);
template std::vector<std::uint64_t> read_dataset(hid_t, const std::string&);
template std::vector<float> read_rows(hid_t, const std::string&, hsize_t, hsize_t);
template std::vector<double> read_rows(hid_t, const std::string&, hsize_t, hsize_t);
template std::vector<std::int32_t> read_rows(hid_t, const std::string&, hsize_t, hsize_t);
template std::vector<std::int64_t> read_rows(hid_t, const std::string&, hsize_t, hsize_t);
template std::vector<std::uint32_t> read_rows(hid_t, const std::string&, hsize_t, hsize_t);
template std::vector<std::uint64_t> read_rows(hid_t, const std::string&, hsize_t, hsize_t);
template Dimension::Dimension(hid_t, const Quantity&, std::span<const double>);
template Dimension::Dimension(hid_t, const Quantity&, std::span<const std::int32_t>);
template Handle write_variable(hid_t, const Quantity&, const std::vector<const Dimension*>&, std::optional<float>,
                               std::span<const float>);
template Handle write_variable(hid_t, const Quantity&, const std::vector<const Dimension*>&, std::optional<double>,
                               std::span<const double>);
template Handle write_variable(hid_t, const Quantity&, const std::vector<const Dimension*>&, std::optional<std::int32_t>,
                               std::span<const std::int32_t>);
template class Rows<float>;
template class Rows<double>;
template class Rows<std::int8_t>;
template class Rows<std::int16_t>;
template class Rows<std::int32_t>;
template class Rows<std::int64_t>;
template class Rows<std::uint32_t>;
template class Rows<std::uint64_t>;

}  // namespace coalis::h5
