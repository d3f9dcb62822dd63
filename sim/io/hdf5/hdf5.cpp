// The layer over HDF5's C library. Times of objects are not tracked, so that equal contents give equal bytes; groups keep the
// order of creation, so that readers list variables as they were written.
#include "hdf5.hpp"

#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <limits>

#include "hdf5_content.hpp"

namespace coalis::h5 {
namespace {

constexpr std::size_t metadata_bytes = 512 * 1024;
constexpr std::size_t chunk_bytes = 96 * 1024;  // about; rows of 1 byte to 1 MB make chunks of sensible length

// "Input/output error" of a failed call's many numbers.
std::string plain(const std::string& reason) {
  constexpr std::string_view before = "error message = '";
  const std::size_t at = reason.find(before);
  if (at == std::string::npos) return reason;
  const std::size_t first = at + before.size();
  return reason.substr(first, reason.find('\'', first) - first);
}

herr_t keep_innermost(unsigned, const H5E_error2_t* entry, void* text) {
  if (entry->desc) *static_cast<std::string*>(text) = entry->desc;
  return 0;
}

std::atomic<std::size_t> closings_failed = 0;

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
  if (Content* content = recorded(dataset)) {
    std::string names;
    for (const Dimension* dimension : dimensions) names.append(path_of(dimension->scale())).push_back('\0');
    content->add_attribute(path_of(dataset), "DIMENSION_LIST", "names", {dimensions.size()}, names);
  }
  hobj_ref_t self{};
  check(H5Rcreate(&self, dataset, ".", H5R_OBJECT, -1), "name a dimension");
  for (std::size_t axis = 0; axis < dimensions.size(); ++axis) dimensions[axis]->note(self, static_cast<int>(axis));
}

constexpr const char* no_values = "";  // the library wants an address also where there is nothing to write

template <class T>
const void* address_of(std::span<const T> values) {
  return values.empty() ? static_cast<const void*>(no_values) : values.data();
}

// Enters a variable into the record of the file.
void note_variable(hid_t dataset, const std::vector<hsize_t>& lengths, std::uint64_t checksum) {
  if (Content* content = recorded(dataset)) {
    const Handle type(H5Dget_type(dataset), H5Tclose, "read a type");
    const bool is_text = H5Tis_variable_str(type) > 0;
    content->add_variable(path_of(dataset), is_text ? "text" : type_name(type), {lengths.begin(), lengths.end()}, checksum);
  }
}
template <class T>
void note_numbers(hid_t dataset, std::span<const T> values) {
  io::Checksum checksum;
  checksum.add_numbers(values);
  note_variable(dataset, lengths_of(dataset), checksum.value());
}
void note_texts(hid_t dataset, const std::vector<std::string>& texts) {
  io::Checksum checksum;
  checksum.add_texts(texts);
  note_variable(dataset, lengths_of(dataset), checksum.value());
}
void note_text_attribute(hid_t object, const std::string& name, const std::string& text) {
  if (Content* content = recorded(object)) content->add_attribute(path_of(object), name, "text", {}, text);
}

void write_text(hid_t object, const std::string& name, const std::string& text) {
  const Handle type = text_type(std::max<std::size_t>(1, text.size()));
  const Handle space(H5Screate(H5S_SCALAR), H5Sclose, "make a data space");
  const Handle attribute(H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         "create an attribute");
  check(H5Awrite(attribute, type, text.c_str()), "write an attribute");
}

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

// The library's own closing of all files at exit is switched off: it crashes (1.10.8) if a file could not be written, as on a
// full disk. Every file is closed by its handle. Its messages go to whoever asks for them: every thread has a list of its own.
void begin_use() {
  static const bool unregistered = H5dont_atexit() >= 0;
  static_cast<void>(unregistered);
  thread_local bool is_quiet = false;
  if (!is_quiet) is_quiet = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr) >= 0;
}

bool Handle::close() noexcept {
  if (id_ < 0) return true;
  begin_use();
  return close_(std::exchange(id_, -1)) >= 0;
}

Handle::~Handle() {
  if (!close()) note_failed_closing();
}

std::size_t failed_closings() { return closings_failed; }
void note_failed_closing() { ++closings_failed; }

Handle property_list(hid_t kind) {
  begin_use();
  return {H5Pcreate(kind), H5Pclose, "make a property list"};
}

Handle dataspace(std::span<const hsize_t> lengths, const hsize_t* most) {
  begin_use();
  return {H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), most), H5Sclose, "make a data space"};
}

Handle text_type(std::size_t length) {
  begin_use();
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
  check(H5Tset_size(type, length), "make a text type");
  check(H5Tset_cset(type, H5T_CSET_UTF8), "make a text type");
  return type;
}

hid_t check(hid_t status, const char* what) {
  if (status >= 0) return status;
  std::string reason;
  H5Ewalk2(
      H5E_DEFAULT, H5E_WALK_UPWARD,
      [](unsigned n, const H5E_error2_t* entry, void* text) -> herr_t { return n == 0 ? keep_innermost(n, entry, text) : 0; },
      &reason);
  throw Error(std::string("HDF5 could not ") + what + (reason.empty() ? "" : ": " + plain(reason)));
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
  begin_use();  // before H5P_FILE_ACCESS, which is a call that starts the library
  const Handle access = property_list(H5P_FILE_ACCESS);
  check(H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18), "set the version of the format");
  check(H5Pset_meta_block_size(access, 64 * 1024), "set the block size");
  check(H5Pset_fclose_degree(access, H5F_CLOSE_SEMI), "set how it is closed");  // an error if a part of it is still open
  bound_metadata(access);
  const Handle creation = property_list(H5P_FILE_CREATE);
  check(H5Pset_obj_track_times(creation, false), "switch off times");
  check(H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "keep the order");
  check(H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "keep the order");
  check(H5Pset_attr_phase_change(creation, 0, 0), "allow long attributes");      // the scenario text may pass 64 KB
  check(H5Pset_file_locking(access, false, true), "leave locks to the writer");  // output_file.hpp holds one
  return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, access), H5Fclose, "create the file"};
}

Handle create_group(hid_t parent, const std::string& name) {
  const Handle creation = property_list(H5P_GROUP_CREATE);
  check(H5Pset_obj_track_times(creation, false), "switch off times");
  check(H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "keep the order");
  Handle group(H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), H5Gclose, "create a group");
  if (Content* content = recorded(group)) content->add_group(path_of(group));
  return group;
}

void write_attribute(hid_t object, const std::string& name, const std::string& text) {
  write_text(object, name, text);
  note_text_attribute(object, name, text);
}

void write_unrecorded(hid_t object, const std::string& name, const std::string& text) { write_text(object, name, text); }

template <class T>
void write_attribute(hid_t object, const std::string& name, std::span<const T> values) {
  const std::array<hsize_t, 1> length{values.size()};
  const Handle space = dataspace(length);
  const Handle attribute(H5Acreate2(object, name.c_str(), number_type<T>().file, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         "create an attribute");
  check(H5Awrite(attribute, number_type<T>().memory, address_of(values)), "write an attribute");
  Content* content = recorded(object);
  if (!content) return;
  content->add_attribute(path_of(object), name, type_name(number_type<T>().file), {values.size()}, io::bytes_of(values));
}

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

template <class T>
Handle write_variable(hid_t group, const Quantity& what, const std::vector<const Dimension*>& dimensions,
                      std::optional<T> missing, std::span<const T> values) {
  Shape shape;
  for (const auto* dimension : dimensions) shape.lengths.push_back(dimension->length());
  const auto type = number_type<T>();
  Handle dataset = create_dataset(group, what, type.file, shape, missing ? &*missing : nullptr, type.memory);
  if (missing) write_attribute(dataset, "_FillValue", *missing);
  attach(dataset, dimensions);
  check(H5Dwrite(dataset, type.memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, address_of(values)), "write a variable");
  note_numbers(dataset, values);
  return dataset;
}

Handle write_texts(hid_t group, const Quantity& what, const Dimension& dimension, const std::vector<std::string>& texts) {
  const Handle type = text_type(H5T_VARIABLE);
  Handle dataset = create_dataset(group, what, type, {{dimension.length()}, {}, {}}, nullptr, -1);
  attach(dataset, {&dimension});
  std::vector<const char*> pointers;
  for (const auto& text : texts) pointers.push_back(text.c_str());
  check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, address_of(std::span<const char* const>(pointers))),
        "write a variable of texts");
  note_texts(dataset, texts);
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
    shape.most.push_back(length > 0 ? length : H5S_UNLIMITED);  // netCDF knows no fixed dimension of length 0
    shape.chunk.push_back(std::max<hsize_t>(1, length));
  }
  if (row_size_ == 0) growing_ = growing.scale();
  chunk_rows_ = growing.chunk_rows(std::max<std::size_t>(1, row_size_) * sizeof(T));
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
  if (row_size_ == 0 && !rows.empty()) throw Error("was given values for rows of length 0");
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
  auto lengths = lengths_of(dataset_);
  if (row_size_ == 0) {  // nothing was appended: there are as many rows as the dimension is long
    lengths[0] = lengths_of(growing_)[0];
    check(H5Dset_extent(dataset_, lengths.data()), "extend a variable");
  }
  note_variable(dataset_, lengths, checksum_.value());
}

template <class T>
void Rows<T>::write() {
  auto lengths = lengths_of(dataset_);
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
  checksum_.add_numbers(std::span<const T>(buffer_));
  written_ = lengths[0];
  buffer_.clear();
}

template void write_attribute(hid_t, const std::string&, std::span<const float>);
template void write_attribute(hid_t, const std::string&, std::span<const double>);
template void write_attribute(hid_t, const std::string&, std::span<const std::int8_t>);
template void write_attribute(hid_t, const std::string&, std::span<const std::int16_t>);
template void write_attribute(hid_t, const std::string&, std::span<const std::int32_t>);
template void write_attribute(hid_t, const std::string&, std::span<const std::uint64_t>);
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
