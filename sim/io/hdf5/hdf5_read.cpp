// Reading through the C library. Types and shapes are checked before anything is read, and before memory is taken for it.
#include <fmt/format.h>
#include <hdf5.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "coalis/core/characters.hpp"
#include "hdf5.hpp"

namespace coalis::h5 {
namespace {

constexpr hsize_t most_compressed = 1032;  // bytes that one byte may stand for (deflate)
constexpr hsize_t texts_at_once = 4096;

// The product, or the largest number if it is none.
hsize_t product(std::span<const hsize_t> numbers) {
  hsize_t result = 1;
  for (const hsize_t number : numbers)
    if (__builtin_mul_overflow(result, number, &result)) return std::numeric_limits<hsize_t>::max();
  return result;
}

std::string shape_text(std::span<const hsize_t> shape) { return fmt::format("({})", fmt::join(shape, ", ")); }

// Numbers of T hold what the variable or attribute has.
template <class T>
void check_number(hid_t type, const std::string& name) {
  const H5T_class_t wanted = std::is_floating_point_v<T> ? H5T_FLOAT : H5T_INTEGER;
  const bool whole_as_float = std::is_floating_point_v<T> && H5Tget_class(type) == H5T_INTEGER;  // read as labels are
  if ((H5Tget_class(type) != wanted && !whole_as_float) || H5Tget_size(type) > sizeof(T))
    throw Error(fmt::format("{} is not of the type that it should be", name));
}

// Of one that is not in chunks: 1 each.
std::vector<hsize_t> chunk_of(hid_t dataset, std::size_t rank) {
  const Handle creation(H5Dget_create_plist(dataset), H5Pclose, "read how a variable is stored");
  std::vector<hsize_t> chunk(rank, 1);
  if (H5Pget_layout(creation) == H5D_CHUNKED)
    check(H5Pget_chunk(creation, static_cast<int>(rank), chunk.data()), "read how a variable is stored");
  return chunk;
}

void read_part_of_row(hid_t dataset, hid_t type, hsize_t row, hsize_t first, hsize_t count, void* values) {
  auto lengths = lengths_of(dataset);
  const Handle file_space = dataspace(lengths);
  std::vector<hsize_t> start(lengths.size(), 0);
  start[0] = row, start[1] = first;
  lengths[0] = 1, lengths[1] = count;
  check(H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start.data(), nullptr, lengths.data(), nullptr),
        "select a part of a row");
  check(H5Dread(dataset, type, dataspace(lengths), file_space, H5P_DEFAULT, values), "read a variable");
}

template <class T>
std::vector<T> read_checked(hid_t dataset, const std::string& name, hsize_t first, hsize_t count) {
  check_number<T>(Handle(H5Dget_type(dataset), H5Tclose, "read a type"), "variable " + name);
  check_size(dataset, "variable " + name);
  auto lengths = lengths_of(dataset);
  if (lengths.empty() || first > lengths[0] || count > lengths[0] - first)
    throw Error("variable " + name + " is shorter than it should be");
  lengths[0] = count;
  std::vector<T> values(product(lengths));
  if (!values.empty()) read_block(dataset, number_type<T>().memory, first, count, values.data());
  return values;
}

}  // namespace

std::string type_name(hid_t type) {
  const H5T_class_t kind = H5Tget_class(type);
  const std::size_t bytes = H5Tget_size(type);
  if (kind == H5T_STRING) return H5Tis_variable_str(type) > 0 ? "" : fmt::format("string{}", bytes);
  if ((kind != H5T_INTEGER && kind != H5T_FLOAT) || H5Tget_precision(type) != 8 * bytes) return "";
  const bool is_reversed = bytes > 1 && H5Tget_order(type) != H5T_ORDER_LE;
  const char* name = kind == H5T_FLOAT ? "float" : H5Tget_sign(type) == H5T_SGN_NONE ? "uint" : "int";
  return fmt::format("{}{}{}", name, 8 * bytes, is_reversed ? "reversed" : "");
}

std::string path_of(hid_t object) {
  const auto length = H5Iget_name(object, nullptr, 0);
  if (length <= 0) throw Error("HDF5 does not know the name of an object");
  std::string path(static_cast<std::size_t>(length), '\0');
  H5Iget_name(object, path.data(), path.size() + 1);
  return path;
}

Handle open_file(const std::filesystem::path& path) {
  begin_use();
  return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "open the file"};
}

Handle open_group(hid_t parent, const std::string& name) {
  begin_use();
  const std::string what = "open the group " + name;
  return {H5Gopen2(parent, name.c_str(), H5P_DEFAULT), H5Gclose, what.c_str()};
}

// No checksum is of another file, which may have changed since, be somebody's secret, or a pipe that never ends.
void check_own_values(hid_t dataset, const std::string& name) {
  const Handle creation(H5Dget_create_plist(dataset), H5Pclose, "read how a variable is stored");
  const bool elsewhere = check(H5Pget_external_count(creation), "read where a variable is stored") > 0;
  if (elsewhere || H5Pget_layout(creation) == H5D_VIRTUAL) throw Error(name + " has its values in another file");
}

Handle open_variable(hid_t parent, const std::string& name) {
  const Handle access = property_list(H5P_DATASET_ACCESS);  // chunks are read whole: a cache would only copy them
  check(H5Pset_chunk_cache(access, 0, 0, H5D_CHUNK_CACHE_W0_DEFAULT), "switch off the chunk cache");
  const std::string what = "open the variable " + name;
  Handle variable(H5Dopen2(parent, name.c_str(), access), H5Dclose, what.c_str());
  check_own_values(variable, name);
  return variable;
}

std::vector<hsize_t> lengths_of_space(hid_t space) {
  const int axes = H5Sget_simple_extent_ndims(space);
  if (axes < 0) throw Error("a shape cannot be read");
  std::vector<hsize_t> lengths(static_cast<std::size_t>(axes));
  check(H5Sget_simple_extent_dims(space, lengths.data(), nullptr), "read a shape");
  return lengths;
}

std::vector<hsize_t> lengths_of(hid_t dataset) {
  begin_use();
  return lengths_of_space(Handle(H5Dget_space(dataset), H5Sclose, "read a shape"));
}

// Of what the program writes every value is stored; a copy may be compressed.
void check_size(hid_t dataset, const std::string& name) {
  const Handle type(H5Dget_type(dataset), H5Tclose, "read a type");
  auto lengths = lengths_of(dataset);
  const hsize_t values = product(lengths);
  if (values == 0) return;
  lengths.push_back(H5Tget_size(type));
  const Handle creation(H5Dget_create_plist(dataset), H5Pclose, "read how a variable is stored");
  std::vector<hsize_t> chunk(lengths.size() - 1);
  if (H5Pget_layout(creation) == H5D_CHUNKED)
    check(H5Pget_chunk(creation, static_cast<int>(chunk.size()), chunk.data()), "read how a variable is stored");
  else
    chunk.assign(chunk.size(), 0);
  chunk.push_back(H5Tget_size(type));
  hsize_t in_file = 0;
  check(H5Fget_filesize(Handle(H5Iget_file_id(dataset), H5Fclose, "find a file"), &in_file), "read the size of the file");
  const hsize_t stored = H5Dget_storage_size(dataset);
  if (stored > in_file || product(lengths) / most_compressed > stored || product(chunk) / most_compressed > stored)
    throw Error(fmt::format("{} claims the shape {}, and the file holds {} bytes of it", name,
                            shape_text(std::span(lengths).first(lengths.size() - 1)), stored));
}

void read_block(hid_t dataset, hid_t type, hsize_t first, hsize_t count, void* values) {
  auto lengths = lengths_of(dataset);
  if (lengths.empty()) {
    check(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "read a variable");
    return;
  }
  const Handle file_space = dataspace(lengths);
  std::vector<hsize_t> start(lengths.size(), 0);
  start[0] = first;
  lengths[0] = count;
  check(H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start.data(), nullptr, lengths.data(), nullptr), "select rows");
  check(H5Dread(dataset, type, dataspace(lengths), file_space, H5P_DEFAULT, values), "read a variable");
}

void read_in_blocks(hid_t dataset, hid_t type, std::size_t value_bytes,
                    const std::function<void(const char* values, std::size_t count)>& take) {
  auto lengths = lengths_of(dataset);
  if (lengths.empty()) lengths = {1};
  const hsize_t row = product(std::span(lengths).subspan(1)), values = product(lengths);
  if (values == 0) return;
  const auto chunk = chunk_of(dataset, lengths.size());
  // Along the first dimension; where a row is long and its chunks are shorter, along the second.
  const std::size_t axis = lengths.size() > 1 && row * value_bytes > long_row_bytes && chunk[1] < lengths[1] ? 1 : 0;
  const hsize_t step = axis == 1 ? row / lengths[1] : row, most = std::max<hsize_t>(1, long_row_bytes / (step * value_bytes)),
                whole = std::max<hsize_t>(1, most / chunk[axis]) * chunk[axis];
  std::vector<char> bytes(std::min(whole, lengths[axis]) * step * value_bytes);
  for (hsize_t first = 0; first < (axis == 1 ? lengths[0] : 1); ++first) {
    for (hsize_t at = 0; at < lengths[axis]; at += whole) {
      const hsize_t count = std::min(whole, lengths[axis] - at);
      if (axis == 1)
        read_part_of_row(dataset, type, first, at, count, bytes.data());
      else
        read_block(dataset, type, at, count, bytes.data());
      take(bytes.data(), count * step);
    }
  }
}

bool has_attribute(hid_t object, const std::string& name) {
  begin_use();
  return check(H5Aexists(object, name.c_str()), "look for an attribute") > 0;
}

std::string raw_text_attribute(hid_t object, const std::string& name) {
  begin_use();
  const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "open an attribute");
  const Handle type(H5Aget_type(attribute), H5Tclose, "read an attribute's type");
  const Handle space(H5Aget_space(attribute), H5Sclose, "read an attribute's shape");
  if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) > 0 || H5Sget_simple_extent_npoints(space) != 1)
    throw Error("attribute " + name + " is not a fixed text");
  std::string text(H5Tget_size(type), '\0');
  check(H5Aread(attribute, type, text.data()), "read an attribute");
  text.resize(std::min(text.size(), text.find('\0')));
  return text;
}

std::string read_text_attribute(hid_t object, const std::string& name) {
  return visible(raw_text_attribute(object, name), Lines::many);
}

template <class T>
T read_attribute(hid_t object, const std::string& name) {
  begin_use();
  const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "open an attribute");
  check_number<T>(Handle(H5Aget_type(attribute), H5Tclose, "read an attribute's type"), "attribute " + name);
  const Handle space(H5Aget_space(attribute), H5Sclose, "read an attribute's shape");
  if (H5Sget_simple_extent_npoints(space) != 1) throw Error("attribute " + name + " is not one number");
  T value{};
  check(H5Aread(attribute, number_type<T>().memory, &value), "read an attribute");
  return value;
}

void check_shape(hid_t parent, const std::string& name, std::span<const hsize_t> shape) {
  const Handle dataset = open_variable(parent, name);
  const auto lengths = lengths_of(dataset);
  if (!std::ranges::equal(lengths, shape))
    throw Error(fmt::format("variable {} has the shape {}, and it should have {}", name, shape_text(lengths), shape_text(shape)));
  check_size(dataset, "variable " + name);
}

void check_rows(hid_t parent, const std::string& name, hsize_t rows) {
  const auto lengths = lengths_of(open_variable(parent, name));
  if (lengths.empty() || lengths[0] != rows)
    throw Error(fmt::format("variable {} has the shape {}, and it should have {} rows", name, shape_text(lengths), rows));
}

hsize_t length_of(hid_t parent, const std::string& name) {
  const auto lengths = lengths_of(open_variable(parent, name));
  if (lengths.size() != 1) throw Error("variable " + name + " does not have one dimension");
  return lengths[0];
}

template <class T>
std::vector<T> read_dataset(hid_t parent, const std::string& name) {
  const hsize_t length = length_of(parent, name);
  return read_checked<T>(open_variable(parent, name), name, 0, length);
}

template <class T>
std::vector<T> read_array(hid_t parent, const std::string& name, std::span<const hsize_t> shape) {
  check_shape(parent, name, shape);
  return read_checked<T>(open_variable(parent, name), name, 0, shape.front());
}

template <class T>
std::vector<T> read_rows(hid_t parent, const std::string& name, hsize_t first, hsize_t count) {
  return read_checked<T>(open_variable(parent, name), name, first, count);
}

std::vector<std::string> read_texts(hid_t dataset, const std::vector<hsize_t>& lengths) {
  const Handle type = text_type(H5T_VARIABLE);
  std::vector<std::string> texts;
  for (hsize_t first = 0; lengths.size() == 1 && first < lengths[0]; first += texts_at_once) {
    const std::vector<hsize_t> count{std::min(texts_at_once, lengths[0] - first)};
    std::vector<char*> pointers(count[0]);
    read_block(dataset, type, first, count[0], pointers.data());
    const bool is_whole = std::ranges::find(pointers, nullptr) == pointers.end();
    if (is_whole) texts.insert(texts.end(), pointers.begin(), pointers.end());
    check(H5Dvlen_reclaim(type, dataspace(count), H5P_DEFAULT, pointers.data()), "release texts");
    if (!is_whole) throw Error(path_of(dataset) + " lacks a text");
  }
  return texts;
}

std::vector<std::string> read_names(hid_t parent, const std::string& name) {
  const Handle dataset = open_variable(parent, name);
  const Handle stored(H5Dget_type(dataset), H5Tclose, "read a type");
  const auto lengths = lengths_of(dataset);
  if (lengths.size() != 1 || H5Tget_class(stored) != H5T_STRING || H5Tis_variable_str(stored) <= 0)
    throw Error("variable " + name + " is not a list of names");
  check_size(dataset, "variable " + name);
  std::vector<std::string> names = read_texts(dataset, lengths);
  for (std::string& text : names) text = visible(text, Lines::many);
  return names;
}

std::string read_text_attribute_of(hid_t parent, const std::string& variable, const std::string& name) {
  const Handle dataset = open_variable(parent, variable);
  return has_attribute(dataset, name) ? read_text_attribute(dataset, name) : "";
}

std::optional<double> read_number_attribute_of(hid_t parent, const std::string& variable, const std::string& name) {
  const Handle dataset = open_variable(parent, variable);
  return has_attribute(dataset, name) ? std::optional(read_attribute<double>(dataset, name)) : std::nullopt;
}

std::vector<haddr_t> dimension_addresses(hid_t dataset) {
  const Handle attribute(H5Aopen(dataset, "DIMENSION_LIST", H5P_DEFAULT), H5Aclose, "open an attribute");
  const Handle stored(H5Aget_type(attribute), H5Tclose, "read an attribute's type");
  const Handle space(H5Aget_space(attribute), H5Sclose, "read an attribute's shape");
  if (H5Tget_class(stored) != H5T_VLEN || H5Sget_simple_extent_ndims(space) != 1) throw Error("dimensions are not named as such");
  const Handle element(H5Tget_super(stored), H5Tclose, "read an attribute's type");
  if (H5Tequal(element, H5T_STD_REF_OBJ) <= 0) throw Error("dimensions are not named as such");
  std::vector<hvl_t> rows(lengths_of_space(space)[0]);
  if (rows.empty()) return {};
  const Handle type(H5Tvlen_create(H5T_STD_REF_OBJ), H5Tclose, "make a type of references");
  check(H5Aread(attribute, type, rows.data()), "read an attribute");
  std::vector<haddr_t> addresses;
  for (const hvl_t& row : rows) addresses.push_back(row.len == 1 ? *static_cast<const hobj_ref_t*>(row.p) : HADDR_UNDEF);
  check(H5Dvlen_reclaim(type, space, H5P_DEFAULT, rows.data()), "release references");
  return addresses;
}

std::vector<float> read_months(hid_t dataset, std::span<const hsize_t> inner, hsize_t first, hsize_t count) {
  const auto lengths = lengths_of(dataset);
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

template std::int32_t read_attribute(hid_t, const std::string&);
template std::uint64_t read_attribute(hid_t, const std::string&);
template double read_attribute(hid_t, const std::string&);
template std::vector<double> read_dataset(hid_t, const std::string&);
template std::vector<std::int32_t> read_dataset(hid_t, const std::string&);
template std::vector<std::uint32_t> read_dataset(hid_t, const std::string&);
template std::vector<std::uint64_t> read_dataset(hid_t, const std::string&);
template std::vector<float> read_array(hid_t, const std::string&, std::span<const hsize_t>);
template std::vector<double> read_array(hid_t, const std::string&, std::span<const hsize_t>);
template std::vector<std::int32_t> read_array(hid_t, const std::string&, std::span<const hsize_t>);
template std::vector<float> read_rows(hid_t, const std::string&, hsize_t, hsize_t);
template std::vector<double> read_rows(hid_t, const std::string&, hsize_t, hsize_t);
template std::vector<std::int32_t> read_rows(hid_t, const std::string&, hsize_t, hsize_t);
template std::vector<std::int64_t> read_rows(hid_t, const std::string&, hsize_t, hsize_t);
template std::vector<std::uint32_t> read_rows(hid_t, const std::string&, hsize_t, hsize_t);
template std::vector<std::uint64_t> read_rows(hid_t, const std::string&, hsize_t, hsize_t);

}  // namespace coalis::h5
