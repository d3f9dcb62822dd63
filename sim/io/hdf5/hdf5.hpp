// A thin, safe layer over the C library of HDF5: handles that close themselves, errors as exceptions, and variables with named
// dimensions as netCDF-4 understands them (HDF5 dimension scales). Private to the result files.
#pragma once

#include <H5Ipublic.h>
#include <H5public.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "coalis/model/record.hpp"
#include "io/text/checksum.hpp"

namespace coalis::h5 {

struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Throws Error with `what` and HDF5's own reason if `status` is negative; else returns it.
hid_t check(hid_t status, const char* what);

// To be called before the library is used, on every thread; the functions here do.
void begin_use();

class Handle {
 public:
  Handle() = default;
  Handle(hid_t id, herr_t (*closer)(hid_t), const char* what) : id_(check(id, what)), close_(closer) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Handle();  // a closing that fails is counted, see failed_closings()
  // False if it failed: what waited to be written then may be lost.
  bool close() noexcept;
  operator hid_t() const { return id_; }

 private:
  hid_t id_ = -1;
  herr_t (*close_)(hid_t) = nullptr;
};

// How many closings have failed in this process. A file during whose writing one did must not be published.
std::size_t failed_closings();
void note_failed_closing();

// The type in memory and in the file (little-endian, IEEE) of a C++ number.
struct NumberType {
  hid_t memory, file;
};
template <class T>
NumberType number_type();

Handle property_list(hid_t kind);
Handle dataspace(std::span<const hsize_t> lengths, const hsize_t* most = nullptr);
Handle text_type(std::size_t length);
// "int8" ... "uint64", "float32", "float64", "string4"; of any other type "".
std::string type_name(hid_t type);
// Where an object is in its file.
std::string path_of(hid_t object);

// In a file that is there and empty: output_file.hpp has made it.
Handle create_file(const std::filesystem::path& path);
Handle open_file(const std::filesystem::path& path);  // to read
Handle create_group(hid_t parent, const std::string& name);
Handle open_group(hid_t parent, const std::string& name);

void write_attribute(hid_t object, const std::string& name, const std::string& text);
template <class T>
void write_attribute(hid_t object, const std::string& name, std::span<const T> values);
template <class T>
void write_attribute(hid_t object, const std::string& name, const T& value) {
  write_attribute(object, name, std::span<const T>(&value, 1));
}

// Without a part in what the file is said to hold (hdf5_content.hpp).
void write_unrecorded(hid_t object, const std::string& name, const std::string& text);

bool has_attribute(hid_t object, const std::string& name);
// Texts and names, where they are read, have no characters that are obeyed instead of shown: those are written out.
std::string read_text_attribute(hid_t object, const std::string& name);
std::string raw_text_attribute(hid_t object, const std::string& name);  // as it stands in the file
template <class T>
T read_attribute(hid_t object, const std::string& name);
// Throws Error unless the variable has just this shape, and the file may hold as much.
void check_shape(hid_t parent, const std::string& name, std::span<const hsize_t> shape);
// Throws Error unless the variable has just so many rows.
void check_rows(hid_t parent, const std::string& name, hsize_t rows);
// A whole one-dimensional data set.
template <class T>
std::vector<T> read_dataset(hid_t parent, const std::string& name);
// A whole variable of just this shape, row-major.
template <class T>
std::vector<T> read_array(hid_t parent, const std::string& name, std::span<const hsize_t> shape);
// Rows first..first+count-1 along the first dimension of a variable, row-major.
template <class T>
std::vector<T> read_rows(hid_t parent, const std::string& name, hsize_t first, hsize_t count);
// The coordinates of a dimension of names.
std::vector<std::string> read_names(hid_t parent, const std::string& name);
bool has_group(hid_t parent, const std::string& name);
// A text attribute of a variable, "" without.
std::string read_text_attribute_of(hid_t parent, const std::string& variable, const std::string& name);
// A number as attribute of a variable, nothing without.
std::optional<double> read_number_attribute_of(hid_t parent, const std::string& variable, const std::string& name);
// Names of the data sets of a group, and of the groups in it, in the order of their creation.
std::vector<std::string> dataset_names(hid_t group);
std::vector<std::string> group_names(hid_t parent);
// The length of a variable of one dimension.
hsize_t length_of(hid_t parent, const std::string& name);

// For reading whole files (hdf5_check.cpp).
std::vector<std::string> link_names(hid_t group);  // throws Error for links that are not plain names
std::vector<std::string> attribute_names(hid_t object);
std::vector<hsize_t> lengths_of(hid_t dataset);
std::vector<hsize_t> lengths_of_space(hid_t space);
// Every variable is opened by this. Throws Error for one whose values are in another file (external storage, virtual).
Handle open_variable(hid_t parent, const std::string& name);
// Throws Error if the variable claims more values than the file can hold.
void check_size(hid_t dataset, const std::string& name);
void read_block(hid_t dataset, hid_t type, hsize_t first, hsize_t count, void* values);
// All values in their order, in blocks of whole chunks of about a megabyte; value_bytes: of one in memory.
void read_in_blocks(hid_t dataset, hid_t type, std::size_t value_bytes,
                    const std::function<void(const char* values, std::size_t count)>& take);
std::vector<std::string> read_texts(hid_t dataset, const std::vector<hsize_t>& lengths);
// Of the scales of a variable, an axis each.
std::vector<haddr_t> dimension_addresses(hid_t dataset);

// How the name of a dimension without coordinates begins: netCDF knows it by this text.
// A figure that is missing.
inline constexpr float no_float = std::numeric_limits<float>::quiet_NaN();
inline constexpr double no_double = std::numeric_limits<double>::quiet_NaN();

inline constexpr std::string_view no_variable = "This is a netCDF dimension but not a netCDF variable.";

// A dimension of a group: a dimension scale, with coordinate values or without. Lists its variables in the file when it is
// destroyed.
class Dimension {
 public:
  // Of fixed length, with coordinates.
  template <class T>
  Dimension(hid_t group, const Quantity& what, std::span<const T> values);
  Dimension(hid_t group, const Quantity& what, const std::vector<std::string>& names);
  // Of fixed length, with the coordinates 0, 1, 2 ...; in memory that does not grow with it.
  static Dimension numbered(hid_t group, const Quantity& what, std::size_t length);
  // Grows, perhaps to the expected length (for which storage is laid out); coordinates are to be appended with Rows.
  static Dimension growing_with_coordinates(hid_t group, const Quantity& what, std::size_t expected);
  // The same without coordinates; its length is set at the end.
  static Dimension growing(hid_t group, const std::string& name, std::size_t expected);

  ~Dimension();
  Dimension(Dimension&&) noexcept = default;
  Dimension& operator=(Dimension&&) = delete;

  hsize_t length() const { return length_; }  // 0: grows
  std::size_t expected() const { return expected_; }
  std::size_t chunk_rows(std::size_t row_bytes) const;  // of a variable that grows along it
  hid_t scale() const { return scale_; }
  void set_length(hsize_t length);
  // A variable has the dimension as its axis.
  void note(haddr_t variable, int axis) const { users_.push_back({variable, axis, 0}); }

 private:
  struct User {
    haddr_t variable;
    int axis, padding;
  };
  Dimension() = default;
  void write_list() const;
  Handle scale_;
  mutable std::vector<User> users_;
  hsize_t length_ = 0;
  std::size_t expected_ = 1, chunk_rows_most_ = 2048;
};

// Creates a data set of fixed shape with units and long_name and fills it. missing: the value that stands for missing.
template <class T>
Handle write_variable(hid_t group, const Quantity& what, const std::vector<const Dimension*>& dimensions,
                      std::optional<T> missing, std::span<const T> values);

// A variable of texts along a dimension of fixed length.
Handle write_texts(hid_t group, const Quantity& what, const Dimension& dimension, const std::vector<std::string>& texts);

// A row of more bytes may be a part of a chunk's length, and is read in parts.
inline constexpr std::size_t long_row_bytes = std::size_t{1} << 20;

// What becomes of rows that are longer: a chunk each, or several along the second dimension.
enum class LongRows { whole, parted };

// A variable whose first dimension grows. Values are gathered until they fill a chunk, so that each chunk is written once.
template <class T>
class Rows {
 public:
  Rows(hid_t group, const Quantity& what, const std::vector<const Dimension*>& dimensions, std::optional<T> missing,
       LongRows long_rows = LongRows::whole);
  // The coordinates of a dimension that grows.
  explicit Rows(const Dimension& dimension);

  void append(std::span<const T> values);  // row-major; whole rows until flush()
  // The same; numbers that T does not hold are cut off.
  void append_narrowed(std::span<const std::int32_t> rows) requires(std::is_integral_v<T>&& std::is_signed_v<T> &&
                                                                    sizeof(T) <= sizeof(std::int32_t));
  void append(T value) {
    buffer_.push_back(value);
    if (buffer_.size() == room()) write();
  }
  void flush();  // once: writes what is left and frees the memory
  hid_t dataset() const { return dataset_; }

 private:
  template <class U>
  void add(std::span<const U> rows);
  void write();
  // Values that the chunk to be written has.
  std::size_t room() const {
    return part_ == 0 ? chunk_rows_ * row_size_ : std::min(part_ * step_size_, row_size_ - written_steps_ * step_size_);
  }

  Handle dataset_;
  std::size_t row_size_ = 1;  // values
  std::size_t chunk_rows_ = 1;
  hsize_t written_ = 0;            // rows
  std::size_t part_ = 0;           // steps along the second dimension that a chunk has; 0: all
  std::size_t step_size_ = 1;      // values
  std::size_t written_steps_ = 0;  // of the row that is begun
  hid_t growing_ = -1;             // of rows of length 0: the dimension that grows
  io::Checksum checksum_;
  std::vector<T> buffer_;
};

// Rows first..first+count-1 of a variable (replicate, inner..., month), [row][month]; inner: where on the dimensions between.
std::vector<float> read_months(hid_t dataset, std::span<const hsize_t> inner, hsize_t first, hsize_t count);

}  // namespace coalis::h5
