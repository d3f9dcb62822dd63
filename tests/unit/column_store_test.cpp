// Tables by column: what was added comes back, however many blocks went to the temporary file.
#include "coalis/statistics/column_store.hpp"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace coalis {
namespace {

// Value of a row and column, exact in a float.
template <class T>
T value(std::size_t row, std::size_t column) {
  return static_cast<T>(row * 8 + column);
}

template <class T>
void add_rows(ColumnStore<T>& store, std::size_t first, std::size_t count) {
  std::vector<T> rows;
  for (std::size_t row = first; row < first + count; ++row)
    for (std::size_t column = 0; column < store.columns(); ++column) rows.push_back(value<T>(row, column));
  store.add(rows);
}

template <class T>
void expect_rows(const ColumnStore<T>& store, std::size_t rows) {
  ASSERT_EQ(store.rows(), rows);
  for (std::size_t column = 0; column < store.columns(); ++column) {
    const std::vector<T> values = store.column(column);
    ASSERT_EQ(values.size(), rows);
    for (std::size_t row = 0; row < rows; ++row) ASSERT_EQ(values[row], value<T>(row, column)) << row << ", " << column;
  }
}

TEST(ColumnStore, GivesBackWhatWasAdded) {
  constexpr std::size_t block = 5 * 64 * sizeof(float);  // 64 rows
  for (const std::size_t rows : {0, 1, 63, 64, 65, 128, 1000}) {
    ColumnStore<float> one_by_one(5, block), at_once(5, block);
    for (std::size_t row = 0; row < rows; ++row) add_rows(one_by_one, row, 1);
    add_rows(at_once, 0, rows);
    expect_rows(one_by_one, rows);
    expect_rows(at_once, rows);
  }
  EXPECT_EQ(temporary_file_trouble(), "");
}

TEST(ColumnStore, BlocksThatAreReleasedAreUsedAgainWithoutHarm) {
  ColumnStore<double> kept(3, 1024);
  add_rows(kept, 0, 500);
  for (int time = 0; time < 3; ++time) {
    ColumnStore<double> other(3, 1024);
    add_rows(other, 0, 300);
    expect_rows(other, 300);
  }
  ColumnStore<double> copy = kept;
  add_rows(kept, 500, 500);
  expect_rows(copy, 500);
  add_rows(copy, 500, 20);
  expect_rows(copy, 520);
  expect_rows(kept, 1000);
}

TEST(ColumnStore, SaysWhatIsWrong) {
  ColumnStore<double> store(2);
  EXPECT_THROW(store.add(std::array{1.0, 2.0, 3.0}), std::invalid_argument);
  EXPECT_THROW(store.column(2), std::out_of_range);
}

}  // namespace
}  // namespace coalis
