// Study files: opened, known as such, a number in their text replaced (reading them: study_read.cpp).
#include "coalis/io/questions/study_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "coalis/network/outcomes.hpp"
#include "io/text/durable.hpp"
#include "study_reading.hpp"

namespace coalis {
namespace io {

std::optional<std::string> read_file(const std::filesystem::path& path, const Place& place, std::vector<Diagnostic>& diagnostics,
                                     std::size_t largest) {
  WholeFile file = read_whole_file(path, largest);
  if (file.ok()) return std::move(file.text);
  diagnostics.push_back({place.file, place.line, place.column, false, "cannot be read: " + file.problem, file.advice});
  return std::nullopt;
}

}  // namespace io

bool StudyFile::ok() const {
  return std::all_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.warning; });
}

StudyFile read_study(const std::filesystem::path& path) {
  std::vector<Diagnostic> diagnostics;
  if (const auto text = io::read_file(path, {path.string()}, diagnostics)) return parse_study(*text, path);
  StudyFile file;
  file.diagnostics = std::move(diagnostics);
  return file;
}

StudyFile parse_study(std::string text, const std::filesystem::path& path) {
  StudyFile file;
  file.text = std::move(text);
  if (auto other = another_kind(file.text, path.string(), "study", "a study")) {
    file.diagnostics.push_back(*std::move(other));
    return file;
  }
  if (const auto root = io::parse_toml(file.text, path.string(), file.diagnostics))
    io::read_study_tables(file, std::get<io::Table>(root->value), path.string());
  return file;
}

std::string with_number(std::string_view text, int line, std::string_view key, std::uint64_t number) {
  std::size_t at = 0;
  for (int i = 1; i < line; ++i) at = text.find('\n', at) + 1;
  at = text.find('=', text.find(key, at)) + 1;
  at = text.find_first_not_of(" \t", at);
  const std::size_t end = std::min(text.size(), text.find_first_of(" \t\r\n#,}", at));
  return fmt::format("{}{}{}", text.substr(0, at), number, text.substr(end));
}

void write_text(const std::filesystem::path& path, std::string_view text) { io::write_durably(path, text); }

}  // namespace coalis
