// See column_store.hpp.
#include "coalis/statistics/column_store.hpp"

#include <algorithm>
#include <stdexcept>

#include "temporary_file.hpp"

namespace coalis {

template <class T>
ColumnStore<T>::ColumnStore(std::size_t columns, std::size_t block_bytes)
    : columns_(columns), block_rows_(std::max<std::size_t>(16, block_bytes / sizeof(T) / std::max<std::size_t>(1, columns))) {}

template <class T>
void ColumnStore<T>::add(std::span<const T> rows) {
  if (columns_ == 0 ? !rows.empty() : rows.size() % columns_ != 0)
    throw std::invalid_argument("ColumnStore::add: one value a column");
  while (!rows.empty()) {
    const std::size_t taken = std::min(rows.size(), block_rows_ * columns_ - waiting_.size());
    waiting_.insert(waiting_.end(), rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(taken));
    rows = rows.subspan(taken);
    if (waiting_.size() == block_rows_ * columns_ && !rows.empty()) put_away();
  }
}

template <class T>
void ColumnStore<T>::put_away() {
  std::vector<T> block(waiting_.size());
  for (std::size_t row = 0; row < block_rows_; ++row)
    for (std::size_t column = 0; column < columns_; ++column)
      block[column * block_rows_ + row] = waiting_[row * columns_ + column];
  auto place = write_aside(block.data(), block.size() * sizeof(T));
  blocks_.push_back({place, place ? std::vector<T>() : std::move(block)});
  waiting_.clear();
}

template <class T>
std::vector<T> ColumnStore<T>::column(std::size_t column) const {
  if (column >= columns_) throw std::out_of_range("ColumnStore::column: no such column");
  std::vector<T> values(rows());
  T* to = values.data();
  for (const Block& block : blocks_) {
    if (block.place)
      read_aside(*block.place + column * block_rows_ * sizeof(T), to, block_rows_ * sizeof(T));
    else
      std::copy_n(block.kept.data() + column * block_rows_, block_rows_, to);
    to += block_rows_;
  }
  for (std::size_t i = column; i < waiting_.size(); i += columns_) *to++ = waiting_[i];
  return values;
}

template class ColumnStore<float>;
template class ColumnStore<double>;

}  // namespace coalis
