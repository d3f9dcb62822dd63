// Variables: written whole, or row by row, a chunk at a time (hdf5.hpp).
#include <hdf5.h>

#include <algorithm>
#include <limits>

#include "hdf5_datasets.hpp"

namespace coalis::h5 {

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
Rows<T>::Rows(hid_t group, const Quantity& what, const std::vector<const Dimension*>& dimensions, std::optional<T> missing,
              LongRows long_rows) {
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
  if (long_rows == LongRows::parted && dimensions.size() > 1 && row_size_ * sizeof(T) > long_row_bytes) {
    const std::size_t steps = dimensions[1]->length(), parts = (row_size_ * sizeof(T) + long_row_bytes - 1) / long_row_bytes;
    step_size_ = row_size_ / steps;
    shape.chunk[1] = part_ = (steps + parts - 1) / parts;
  }
  const auto type = number_type<T>();
  dataset_ = create_dataset(group, what, type.file, shape, missing ? &*missing : nullptr, type.memory);
  if (missing) write_attribute(dataset_, "_FillValue", *missing);
  attach(dataset_, dimensions);
  buffer_.reserve(room());
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
    const std::size_t taken = std::min(rows.size(), room() - buffer_.size());
    const auto end = rows.begin() + static_cast<std::ptrdiff_t>(taken);
    if constexpr (std::is_same_v<T, U>) {
      buffer_.insert(buffer_.end(), rows.begin(), end);
    } else if constexpr (std::is_signed_v<T> && sizeof(T) < sizeof(U)) {  // clang 14 instantiates constrained members for every T
      buffer_.resize(buffer_.size() + taken);
      std::transform(rows.begin(), end, buffer_.end() - static_cast<std::ptrdiff_t>(taken), [](U value) {
        return static_cast<T>(std::clamp<U>(value, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
      });
    }
    rows = rows.subspan(taken);
    if (buffer_.size() == room()) write();
  }
}

template <class T>
void Rows<T>::append(std::span<const T> values) {
  add(values);
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
  count[0] = part_ == 0 ? buffer_.size() / row_size_ : 1;
  lengths[0] = written_ + count[0];
  if (part_ > 0) {
    start[1] = written_steps_;
    count[1] = buffer_.size() / step_size_;
    written_steps_ = (written_steps_ + count[1]) % lengths[1];
  }
  check(H5Dset_extent(dataset_, lengths.data()), "extend a variable");
  const Handle file_space = dataspace(lengths);
  check(H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr), "select rows");
  const Handle memory_space = dataspace(count);
  check(H5Dwrite(dataset_, number_type<T>().memory, memory_space, file_space, H5P_DEFAULT, buffer_.data()), "write a variable");
  checksum_.add_numbers(std::span<const T>(buffer_));
  if (written_steps_ == 0) written_ = lengths[0];
  buffer_.clear();
}

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
