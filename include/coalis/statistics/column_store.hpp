// A table that is filled row by row and read column by column, in memory that does not grow with its rows: full blocks of rows
// wait in a temporary file without a name, which is gone when the process ends, however it ends. In a browser, which has no such
// files, they stay in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace coalis {

// Copies share the blocks in the file. One table is not to be used by two threads at once, but for reading.
template <class T>
class ColumnStore {
 public:
  // block_bytes: about what the rows not yet in the file may take.
  explicit ColumnStore(std::size_t columns, std::size_t block_bytes = std::size_t{1} << 18);

  void add(std::span<const T> rows);  // whole rows, row-major; throws std::invalid_argument if they are not
  std::size_t columns() const { return columns_; }
  std::size_t rows() const { return blocks_.size() * block_rows_ + (columns_ ? waiting_.size() / columns_ : 0); }
  // All rows of a column, in their order. Throws std::out_of_range; std::runtime_error if the file cannot be read.
  std::vector<T> column(std::size_t column) const;

 private:
  struct Block {
    std::shared_ptr<const std::uint64_t> place;  // in the file
    std::vector<T> kept;                         // [column][row], if there was no room in the file
  };
  void put_away();

  std::size_t columns_, block_rows_;
  std::vector<Block> blocks_;
  std::vector<T> waiting_;  // [row][column]
};

// The folder for temporary files, "/tmp" until a face of the program says another; before the first table.
void put_temporary_files(const std::string& folder);
const std::string& temporary_folder();

// Why blocks had to be kept in memory, and what to do; "" if none had to be.
std::string temporary_file_trouble();

}  // namespace coalis
