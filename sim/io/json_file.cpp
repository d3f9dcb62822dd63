// See json_file.hpp.
#include "coalis/io/json_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "coalis/core/characters.hpp"
#include "coalis/io/file_kind.hpp"

namespace coalis {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    throw JsonFileError(fmt::format("{}: is a folder; name the file", path.string()));
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad())
    throw JsonFileError(
        fmt::format("{}: cannot be read: {}; check the path and its permissions", path.string(), std::strerror(errno)));
  return text;
}

// Where the byte stands: "line 3, column 7".
std::string place_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte > 0 ? byte - 1 : 0);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0
  return fmt::format("line {}, column {}", lines + 1, before.size() - start + 1);
}

// The first key or text of a document that has a character which is obeyed instead of shown.
std::optional<BadCharacter> bad_text(const Json& json) {
  if (json.is_string()) return bad_character(json.get_ref<const std::string&>(), Lines::many);
  if (!json.is_structured()) return std::nullopt;
  for (const auto& [key, value] : json.items()) {
    if (auto bad = bad_character(key, Lines::many)) return bad;
    if (auto bad = bad_text(value)) return bad;
  }
  return std::nullopt;
}

}  // namespace

JsonFileError json_file_error(const std::filesystem::path& path, const JsonFormat& format, std::string_view problem) {
  return JsonFileError(fmt::format("{}: {}; {}", path.string(), problem, format.advice));
}

Json read_json_file(const std::filesystem::path& path, const JsonFormat& format) {
  return parse_json(text_of(path), path, format);
}

Json parse_json(std::string_view text, const std::filesystem::path& path, const JsonFormat& format) {
  const auto refuse = [&](const std::string& problem) { return json_file_error(path, format, problem); };
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::parse_error& error) {
    if (const FileIdentity found = what_is(std::string_view(text)); !found.is.empty() && found.family != FileFamily::json)
      throw refuse(another_kind_text(found, format.is));
    throw refuse(text.empty()
                     ? "is empty"
                     : fmt::format("is no JSON, or is cut off ({} of {} bytes)", place_of(text, error.byte), text.size()));
  }
  const Json* name = json.is_object() && json.contains("format") ? &json["format"] : nullptr;
  if (!name || !name->is_string()) throw refuse(fmt::format("it is JSON that does not say what it is, not {}", format.is));
  if (name->get_ref<const std::string&>() != format.name)
    throw refuse(another_kind_text(what_is(std::string_view(text)), format.is));
  const Json* version = json.contains("version") ? &json["version"] : nullptr;
  if (!version || !version->is_number_integer()) throw refuse("has no version of its format");
  if (const auto found = version->get<std::int64_t>(); found > format.version)
    throw JsonFileError(fmt::format("{}: version {} of its format is too new; this program reads {}: use a newer Coalis",
                                    path.string(), found, format.version));
  else if (found < format.version)
    throw refuse(fmt::format("version {} of its format is too old; this program reads {}", found, format.version));
  if (const auto bad = bad_text(json)) throw refuse("has a text with " + bad->what);
  return json;
}

}  // namespace coalis
