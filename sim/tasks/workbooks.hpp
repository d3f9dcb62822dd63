// Workbooks and networks as tables of text. Python reads them, by a text that the program holds (analysis/coalis/workbooks.py).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace coalis {

struct WorkbookSheet {
  std::string name;   // "" where a file is one table
  std::string table;  // comma-separated, UTF-8, a line a row
  std::string why;    // it is not read: there is no table then
  std::vector<std::string> notes;
};

struct Workbook {
  std::vector<WorkbookSheet> sheets;
  std::string problem;  // why none could be read, and what to do: "is protected by a password; ..."; "" if they were
};

// Whether a file's name ends as those do: .xlsx, .xls, .ods, .graphml.
bool is_workbook(const std::filesystem::path& file);

// `programs`: folders in which Python is looked for, as PATH has them. Throws FileError if the file cannot be read at all.
Workbook read_workbook(const std::filesystem::path& file, const std::string& programs);

// What the reader has written: records of a kind, the length of a text, the text. "" as a problem if all of it is as it should
// be.
Workbook workbook_of_records(std::string_view records);

std::string workbook_reader();  // its text, put into the program by cmake/bundled_texts.cmake

}  // namespace coalis
