// Tables in CSV (RFC 4180, lines end with a line feed), and the dictionary of their columns.
#pragma once

#include <charconv>
#include <cmath>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "csv_field.hpp"
#include "text_file.hpp"

namespace coalis::io {

struct Column {
  std::string name, unit, meaning;
};

class CsvTable {
 public:
  CsvTable(const std::filesystem::path& path, bool overwrite, const std::vector<Column>& columns) : file_(path, overwrite) {
    for (const Column& column : columns) add(column.name);
    end_row();
    rows_ = 0;
  }
  void add(std::string_view text) {
    if (!first_) buffer_ += ',';
    buffer_ += csv_field(text);
    first_ = false;
  }
  // Shortest digits that read back as the same number; nothing for NaN.
  template <class Number>
  void add_number(Number value) {
    if constexpr (std::is_floating_point_v<Number>) {
      if (std::isnan(value)) return add("");
    }
    char digits[32];
    add(std::string_view(digits, std::to_chars(digits, digits + sizeof digits, value).ptr));
  }
  void end_row() {
    buffer_ += '\n';
    first_ = true;
    ++rows_;
    if (buffer_.size() > (1u << 20)) flush();
  }
  std::size_t finish() {
    flush();
    file_.finish();
    return rows_;
  }

 private:
  void flush() {
    file_.write(buffer_);
    buffer_.clear();
  }
  TextFile file_;
  std::string buffer_;
  bool first_ = true;
  std::size_t rows_ = 0;
};

}  // namespace coalis::io
