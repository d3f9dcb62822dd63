// See earlier_tables.hpp.
#include "earlier_tables.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "io/text/csv_reader.hpp"

namespace coalis::io {
namespace {

namespace fs = std::filesystem;
using Columns = std::set<std::string>;

constexpr std::size_t longest_header = std::size_t{1} << 20;

// By table, as the dictionary lists them; nothing if it is none.
std::map<std::string, Columns> listed_tables(const fs::path& dictionary) {
  std::vector<Diagnostic> wrong;
  const CsvText text = parse_csv(text_of_file(dictionary, largest_table, Empty::allowed), dictionary.string(), wrong);
  std::map<std::string, Columns> tables;
  if (!wrong.empty() || text.names.size() != 4 || text.names[0].text != "table" || text.names[1].text != "column") return tables;
  for (const auto& row : text.rows) tables[row[0].text].insert(row[1].text);
  return tables;
}

// Rows "outcome=engaged" of the dictionary are of values, not of columns.
bool has_columns(const fs::path& table, const Columns& listed) {
  std::string header = bytes_of_file(table, 0, longest_header);
  header.resize(std::min(header.find('\n'), header.size()));
  std::vector<Diagnostic> wrong;
  Columns found;
  for (const CsvCell& cell : parse_csv(header, table.string(), wrong).names) found.insert(cell.text);
  const auto is_value = [](const std::string& name) { return name.find('=') != name.npos; };
  return wrong.empty() && std::includes(listed.begin(), listed.end(), found.begin(), found.end()) &&
         std::all_of(listed.begin(), listed.end(), [&](const std::string& c) { return is_value(c) || found.contains(c); });
}

}  // namespace

std::vector<std::string> remove_earlier_tables(const fs::path& folder, std::span<const std::string> written) {
  std::vector<std::string> removed;
  const fs::path dictionary = folder / "data-dictionary.csv";
  std::error_code error;
  if (!fs::is_regular_file(dictionary, error)) return removed;
  const FilesInUse::Looking looking;
  for (const auto& [name, columns] : listed_tables(dictionary)) {
    const std::string file = name + ".csv";
    const fs::path path = folder / file;
    if (std::find(written.begin(), written.end(), file) != written.end() || path.filename() != file) continue;
    if (!fs::is_regular_file(fs::symlink_status(path, error)) || !has_columns(path, columns)) continue;
    if (fs::remove(path, error); !error) removed.push_back(file);
  }
  return removed;
}

}  // namespace coalis::io
