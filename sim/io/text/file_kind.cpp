// See file_kind.hpp.
#include "coalis/io/text/file_kind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "coalis/io/text/whole_file.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t looked_at = 64 * 1024;  // bytes

FormatOfHdf5 format_of_hdf5 = nullptr;

struct Known {
  FileFamily family;
  std::string_view format, is, read_by;
};

// Every format of the program, by what a file of it says.
constexpr std::array<Known, 16> formats{{
    {FileFamily::toml, "scenario", "a scenario", "coalis run, compare, check and explain read it"},
    {FileFamily::toml, "study", "a study", "coalis study run, plan and report read it"},
    {FileFamily::toml, "sensitivity", "a sensitivity study", "coalis sensitivity reads it"},
    {FileFamily::toml, "calibration", "a calibration", "coalis calibrate reads it"},
    {FileFamily::toml, "coalis-evidence", "evidence", "name it in a scenario or a calibration: evidence = \"...\""},
    {FileFamily::hdf5, "coalis-result", "a result of coalis run", "coalis verify, export and story read it"},
    {FileFamily::hdf5, "coalis-comparison", "a comparison of coalis compare -o", "coalis report, verify and export read it"},
    {FileFamily::hdf5, "coalis-study", "the merged result of a study",
     "coalis export and verify read it; coalis report makes a page from the study itself"},
    {FileFamily::json, "coalis-check", "an answer of coalis calibrate --check", "coalis report reads it"},
    {FileFamily::json, "coalis-calibration-state", "the state of a calibration", "coalis calibrate goes on from it by itself"},
    {FileFamily::json, "coalis-sensitivity", "a result of coalis sensitivity",
     "coalis report and coalis sensitivity STUDY --from read it"},
    {FileFamily::json, "coalis-best", "an answer of coalis best", "coalis report reads it"},
    {FileFamily::json, "coalis-best-state", "what coalis best has run so far", "coalis best goes on from it by itself"},
    {FileFamily::json, "coalis-runs", "the list of the runs of a study",
     "coalis study run and coalis study status read its folder"},
    {FileFamily::json, "coalis-sensitivity-design", "the design of the runs of a sensitivity study",
     "coalis sensitivity reads it by itself"},
    {FileFamily::json, "", "JSON, as answers of --json are", "no command reads it"},
}};

struct Signature {
  std::string_view bytes;
  FileFamily family;
  std::string_view is, read_by;
};

constexpr std::string_view by_none = "no command reads it", hdf5_signature = "\x89HDF\r\n\x1a\n";

// By first bytes; letters of texts count in any case.
constexpr std::array<Signature, 17> signatures{{
    {hdf5_signature, FileFamily::hdf5, "an HDF5 file", by_none},
    {"COALRUN", FileFamily::other, "a file of the runs of a study", "coalis study run and coalis study status read its folder"},
    {"<!doctype html", FileFamily::other, "a web page", "open it with a browser"},
    {"<html", FileFamily::other, "a web page", "open it with a browser"},
    {"<svg", FileFamily::other, "a picture (SVG)", by_none},
    {"<?xml", FileFamily::other, "XML, as GraphML and SVG are", by_none},
    {"%pdf-", FileFamily::other, "a PDF", by_none},
    {"\x89PNG", FileFamily::other, "a picture (PNG)", by_none},
    {"\xff\xd8\xff", FileFamily::other, "a picture (JPEG)", by_none},
    {"PK\x03\x04", FileFamily::other, "a ZIP archive, as files of Excel and LibreOffice are", "save a table as CSV in UTF-8"},
    {"\xd0\xcf\x11\xe0", FileFamily::other, "a file of an older Excel or Word", "save a table as CSV in UTF-8"},
    {"\x1f\x8b", FileFamily::other, "compressed (gzip)", "unpack it first"},
    {"CDF\x01", FileFamily::other, "a netCDF-3 file", by_none},
    {"CDF\x02", FileFamily::other, "a netCDF-3 file", by_none},
    {"\xff\xfe", FileFamily::other, "a text in UTF-16", "save it as UTF-8"},
    {"\xfe\xff", FileFamily::other, "a text in UTF-16", "save it as UTF-8"},
    {"\x7f"
     "ELF",
     FileFamily::other, "a program", by_none},
}};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool begins_as(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  return first == text.npos ? "" : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

bool is_word(char c) { return lower(c) != c || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; }

FileIdentity of_format(FileFamily family, std::string_view format, std::string_view otherwise) {
  const auto found =
      std::find_if(formats.begin(), formats.end(), [&](const Known& k) { return k.family == family && k.format == format; });
  if (found != formats.end()) return {family, std::string(format), std::string(found->is), std::string(found->read_by)};
  return {family, std::string(format), fmt::format("{} of the format '{}'", otherwise, format), std::string(by_none)};
}

// "format = "text"" of a line of TOML; its value and column.
std::optional<std::pair<std::string, int>> format_in(std::string_view line) {
  std::string_view rest = without_blanks(line);
  if (!rest.starts_with("format")) return std::nullopt;
  rest = without_blanks(rest.substr(6));
  if (!rest.starts_with('=')) return std::nullopt;
  rest = without_blanks(rest.substr(1));
  if (rest.empty() || (rest.front() != '"' && rest.front() != '\'')) return std::nullopt;
  const auto end = rest.find(rest.front(), 1);
  if (end == rest.npos) return std::nullopt;
  return std::pair(std::string(rest.substr(1, end - 1)), static_cast<int>(rest.data() - line.data()) + 1);
}

// A line "key = value", "a.b = value" or "[table]".
bool is_toml_line(std::string_view line) {
  if (line.starts_with("[[") || (line.starts_with('[') && line.size() > 1 && (is_word(line[1]) || line[1] == '"')))
    return line.find(']') != line.npos && line.find(',') == line.npos;
  const auto equals = line.find('='), comma = line.find(',');
  if (equals == line.npos || equals == 0 || comma < equals) return false;
  const std::string_view key = without_blanks(line.substr(0, equals));
  const bool quoted = key.starts_with('"') || key.starts_with('\'');
  return !key.empty() &&
         (quoted || std::all_of(key.begin(), key.end(), [](char c) { return is_word(c) || c == '.' || c == ' '; }));
}

// The first that is not blank.
std::string_view next_line(std::string_view text) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (const std::string_view line = without_blanks(text.substr(0, end)); !line.empty()) return line;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return "";
}

// As many separators in the second line as in the first; a sentence has a blank after its comma.
bool is_table(std::string_view line, std::string_view next, char separator) {
  const auto count = std::count(line.begin(), line.end(), separator);
  if (count == 0) return false;
  return next.empty() ? line.find(' ') == line.npos : std::count(next.begin(), next.end(), separator) == count;
}

FileIdentity table_of(std::string_view header) {
  const bool parameters =
      header.starts_with("weight,") || header.find(",weight") != header.npos || header.find("parameters.") != header.npos;
  if (parameters)
    return {FileFamily::table, "", "a table of parameter sets (CSV)",
            "give it to coalis run, compare, study run or report as --parameters"};
  return {FileFamily::table, "", "a table (CSV)", "a study reads a table of points: [design] table = \"...\""};
}

// JSON is known by its first character; its format by the key, wherever it stands at first.
FileIdentity json_of(std::string_view text) {
  const auto key = text.find("\"format\"");
  if (key == text.npos) return of_format(FileFamily::json, "", "");
  const auto colon = text.find_first_not_of(" \t\r\n:", key + 8);
  if (colon == text.npos || text[colon] != '"') return of_format(FileFamily::json, "", "");
  const auto end = text.find('"', colon + 1);
  return end == text.npos ? of_format(FileFamily::json, "", "")
                          : of_format(FileFamily::json, text.substr(colon + 1, end - colon - 1), "JSON");
}

// A text by its first lines: TOML up to its format, a table, or neither.
FileIdentity text_of(std::string_view text) {
  int number = 0;
  bool toml = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const std::string_view whole = text.substr(at, end - at), line = without_blanks(whole);
    at = end + 1, ++number;
    if (line.empty() || line.front() == '#') continue;
    if (const auto format = format_in(whole)) {
      FileIdentity found = of_format(FileFamily::toml, format->first, "TOML");
      found.line = number, found.column = format->second;
      return found;
    }
    if (toml || is_toml_line(line)) {
      if (line.front() == '[') break;  // the format stands before the first table
      toml = true;
      continue;
    }
    const auto next = next_line(text.substr(std::min(at, text.size())));
    if (is_table(line, next, ',')) return table_of(line);
    if (is_table(line, next, ';') || is_table(line, next, '\t'))
      return {FileFamily::table, "", "a table with other separators than commas", "save it as CSV with commas in UTF-8"};
    return {};
  }
  return {FileFamily::toml, "", "", ""};
}

}  // namespace

bool hdf5_is_looked_into_by(FormatOfHdf5 look) {
  format_of_hdf5 = look;
  return true;
}

FileIdentity what_is(std::string_view contents) {
  std::string_view text = contents.substr(0, looked_at);
  for (const Signature& s : signatures)
    if (begins_as(text, s.bytes)) return {s.family, "", std::string(s.is), std::string(s.read_by)};
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // byte order mark
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {FileFamily::unknown, "", "", ""};
  const std::string_view body = text.substr(first);
  for (const Signature& s : signatures)
    if (s.bytes.starts_with('<') && begins_as(body, s.bytes)) return {s.family, "", std::string(s.is), std::string(s.read_by)};
  const auto next = body.substr(1).find_first_not_of(" \t\r\n");
  const char second = next == body.npos ? '\0' : body[1 + next];
  if (body.front() == '{' ||
      (body.front() == '[' && (second == '{' || second == '"') && !is_toml_line(without_blanks(body.substr(0, body.find('\n'))))))
    return json_of(body);
  const FileIdentity found = text_of(text);
  const bool binary = found.family == FileFamily::unknown && text.find('\0') != text.npos;
  return binary ? FileIdentity{FileFamily::other, "", "no text", std::string(by_none)} : found;
}

FileIdentity hdf5_of(std::string_view format) {
  return format.empty() ? what_is(hdf5_signature) : of_format(FileFamily::hdf5, format, "an HDF5 file");
}

FileIdentity looks_like(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    if (fs::exists(path / "design.json", ignored) || path.extension() == ".runs")
      return {FileFamily::other, "", "a folder of the runs of a study", "name the study"};
    return {FileFamily::other, "", "a folder", "name a file in it"};
  }
  if (!fs::is_regular_file(path, ignored)) return {};
  const FilesInUse::Looking looking;
  try {
    return what_is(std::string_view(bytes_of_file(path, 0, looked_at)));
  } catch (const FileError&) {
    return {};
  }
}

namespace {

FileIdentity looked_into(FileIdentity identity, const fs::path& path) {
  if (identity.family != FileFamily::hdf5 || !format_of_hdf5) return identity;
  if (const auto format = format_of_hdf5(path)) return hdf5_of(*format);
  identity.is = "an HDF5 file that is cut off or damaged";
  identity.read_by = "copy it again";
  return identity;
}

}  // namespace

FileIdentity what_is(const fs::path& path) { return looked_into(looks_like(path), path); }
FileIdentity what_is(std::string_view contents, const fs::path& path) { return looked_into(what_is(contents), path); }

std::string another_kind_text(const FileIdentity& identity, std::string_view wanted) {
  return fmt::format("it is {}, not {}{}{}", identity.is, wanted, identity.read_by.empty() ? "" : "; ", identity.read_by);
}

std::optional<Diagnostic> another_kind(std::string_view text, const std::string& file, std::string_view format,
                                       std::string_view wanted) {
  const FileIdentity found = what_is(text, file);
  const bool table = format.empty();
  if (found.is.empty() || found.family == (table ? FileFamily::table : FileFamily::unknown)) return std::nullopt;
  if (!table && found.family == FileFamily::toml && (found.format == format || found.read_by == by_none)) return std::nullopt;
  return Diagnostic{file, found.line, found.column, false, fmt::format("it is {}, not {}", found.is, wanted), found.read_by};
}

}  // namespace coalis
