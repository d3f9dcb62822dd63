// One table of a file: where its heading is, what its columns hold, which rows are none of it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "column_words.hpp"
#include "delimited_text.hpp"

namespace coalis::io {

// A row that is not used, and why.
struct LeftOut {
  int line = 0;
  std::string reason;
};

struct SourceTable {
  std::string file;
  std::vector<SourceRow> above;    // titles before the heading
  std::vector<std::string> names;  // of the columns; the rows of a heading joined by " / "
  std::vector<Holds> columns;
  std::vector<SourceRow> rows;    // below the heading
  std::vector<LeftOut> left_out;  // blank rows, headings again, totals, titles, other sections
  int heading_line = 0, heading_rows = 0, all_rows = 0;
  std::string encoding;
  std::string form;  // "" text; else what another program has made a table of: "workbook", "GraphML"
  char delimiter = ',';

  // The first column that holds this; -1 without.
  int column(Holds holds) const;
  bool has(Holds holds) const { return column(holds) >= 0; }
  // Its cell of a row, "" without.
  const std::string& cell(const SourceRow& row, Holds holds) const;
  // Cells of these columns that are like dates.
  std::vector<std::string> date_cells(std::initializer_list<Holds> holds) const;
  std::string_view name() const;   // of the file, without folders; of a sheet with ": " and its name
  std::string_view sheet() const;  // its name alone; "" of a file that has none
  std::string said_about() const;  // the file's name and what stands above the table
  // Columns whose heading is a date.
  std::vector<std::size_t> date_columns() const;
  // Columns whose heading is like a date but no day that there is: "2022-13-01", "30.02.2022".
  std::vector<std::size_t> columns_of_no_day() const;
  // Of a table that is told to be of ties: its first two columns of names are who, and with whom.
  void take_for_ties();
  // Columns of 1 and 0 (of meetings: of any marks) whose headings count ("Meeting 1", "Meeting 2", "Meeting 3"), by their
  // numbers: three or more, without dates.
  std::vector<std::size_t> numbered_columns() const;
};

// The rows of a column's heading, of which its name is made.
std::vector<std::string> heading_texts(const std::string& name);

// Of any file: without a heading all columns are of unknown contents. `bytes` as they are in the file, or, of a form,
// comma-separated.
SourceTable source_table(std::string_view bytes, std::string file, const std::string& form = "");

}  // namespace coalis::io
