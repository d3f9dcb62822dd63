// See json_file.hpp.
#include "coalis/io/json_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

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
    throw refuse(text.empty()
                     ? "is empty"
                     : fmt::format("is no JSON, or is cut off ({} of {} bytes)", place_of(text, error.byte), text.size()));
  } catch (const Json::exception& error) {  // a number such as 1e999
    throw refuse(fmt::format("is damaged ({})", error.what()));
  }
  const Json* name = json.is_object() && json.contains("format") ? &json["format"] : nullptr;
  if (!name || !name->is_string()) throw refuse(fmt::format("does not say what it is, so it is not {}", format.is));
  if (name->get_ref<const std::string&>() != format.name)
    throw refuse(fmt::format("has the format '{}': it is not {}", name->get_ref<const std::string&>(), format.is));
  const Json* version = json.contains("version") ? &json["version"] : nullptr;
  if (!version || !version->is_number_integer()) throw refuse("has no version of its format");
  if (const auto found = version->get<std::int64_t>(); found > format.version)
    throw JsonFileError(fmt::format("{}: version {} of its format is too new; this program reads {}: use a newer Coalis",
                                    path.string(), found, format.version));
  else if (found < format.version)
    throw refuse(fmt::format("version {} of its format is too old; this program reads {}", found, format.version));
  return json;
}

}  // namespace coalis
