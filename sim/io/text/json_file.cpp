// See json_file.hpp.
#include "coalis/io/text/json_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "checksum.hpp"
#include "coalis/core/characters.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/whole_file.hpp"

namespace coalis {
namespace {

using Json = nlohmann::ordered_json;

// Where the byte stands: "line 3, column 7".
std::string place_of(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte > 0 ? byte - 1 : 0);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n') + 1;  // npos + 1 is 0
  return fmt::format("line {}, column {}", lines + 1, before.size() - start + 1);
}

// How deep lists and objects are nested.
std::size_t depth_of(std::string_view text) {
  std::size_t depth = 0, deepest = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') ++i;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '[' || c == '{') deepest = std::max(deepest, ++depth);
    if ((c == ']' || c == '}') && depth > 0) --depth;
  }
  return deepest;
}

constexpr std::size_t most_deep = 100;

// The first key that stands twice in an object: of such ones parsing would take the last. Reads a text that has been parsed.
class RepeatedKey final : public nlohmann::json_sax<Json> {
 public:
  bool start_object(std::size_t) override { return keys_.emplace_back(), true; }
  bool end_object() override { return keys_.pop_back(), true; }
  bool key(string_t& name) override {
    if (keys_.back().insert(name).second) return true;
    found = name;
    return false;
  }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

  std::optional<std::string> found;

 private:
  std::vector<std::set<std::string>> keys_;  // of the objects that are open
};

Json parsed(const std::filesystem::path& name, std::string_view text, const JsonFormat& format) {
  const auto refuse = [&](const std::string& problem) { return json_file_error(name, format, problem); };
  if (text.empty()) throw refuse(std::string(empty_file));
  const FileIdentity found = what_is(text, name);
  const auto as_found = [&] { return refuse(another_kind_text(found, format.is)); };
  if (found.family == FileFamily::hdf5 || found.family == FileFamily::other) throw as_found();
  if (const auto zero = text.find('\0'); zero != text.npos)  // the parser would take it for the end
    throw refuse(fmt::format("is damaged: it has a byte 0 ({})", place_of(text, zero + 1)));
  if (depth_of(text) > most_deep) throw refuse(fmt::format("is nested more than {} deep", most_deep));
  try {
    Json json = Json::parse(text);
    RepeatedKey repeated;
    Json::sax_parse(text, &repeated);
    if (repeated.found)
      throw refuse(fmt::format("is damaged: '{}' stands twice in one place", visible(*repeated.found, Lines::one)));
    return json;
  } catch (const Json::parse_error& error) {
    const bool other_json = found.family == FileFamily::json && !found.format.empty() && found.format != format.name;
    if (!found.is.empty() && (found.family != FileFamily::json || other_json)) throw as_found();
    throw refuse(fmt::format("is no JSON, or is cut off ({} of {} bytes)", place_of(text, error.byte), text.size()));
  } catch (const Json::exception&) {
    throw refuse("has a number that is too large");
  }
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

// The end of an object's text, after all that its checksum is of.
std::string content_member(std::string_view before) {
  return fmt::format(",\n\"content\": \"{}\"\n}}\n", io::hex(io::checksum_of(before)));
}

bool has_its_checksum(std::string_view text) {
  const std::size_t length = content_member("").size();
  if (text.size() < length) return false;
  const std::string_view before = text.substr(0, text.size() - length);
  return text.substr(before.size()) == content_member(before);
}

}  // namespace

JsonFileError json_file_error(const std::filesystem::path& path, const JsonFormat& format, std::string_view problem) {
  return JsonFileError(fmt::format("{}: {}; {}", path.string(), problem, format.advice));
}

std::string checked_json_text(const Json& json, int indent) {
  std::string text = json.dump(indent);
  text.resize(text.find_last_not_of('\n', text.size() - 2) + 1);  // without the last brace and its line
  return text + content_member(text);
}

Json read_json_file(const std::filesystem::path& path, const JsonFormat& format) {
  return parse_json(text_of_file(path, largest_values, Empty::allowed), path, format);
}

Json parse_json(std::string_view text, const std::filesystem::path& file, const JsonFormat& format) {
  const auto refuse = [&](const std::string& problem) { return json_file_error(file, format, problem); };
  Json json = parsed(file, text, format);
  const Json* name = json.is_object() && json.contains("format") ? &json["format"] : nullptr;
  if (!name || !name->is_string()) throw refuse(fmt::format("it is JSON that does not say what it is, not {}", format.is));
  if (name->get_ref<const std::string&>() != format.name)
    throw refuse(another_kind_text(what_is(std::string_view(text)), format.is));
  const Json* version = json.contains("version") ? &json["version"] : nullptr;
  if (!version || !version->is_number_integer()) throw refuse("has no version of its format");
  if (const auto found = version->get<std::int64_t>(); found > format.version)
    throw JsonFileError(fmt::format("{}: version {} of its format is too new; this program reads {}: use a newer Coalis",
                                    file.string(), found, format.version));
  else if (found < (format.oldest > 0 ? format.oldest : format.version))
    throw refuse(fmt::format("version {} of its format is too old; this program reads {}", found, format.version));
  if (const auto bad = bad_text(json)) throw refuse("has a text with " + bad->what);
  if (json.contains("content") && !has_its_checksum(text)) throw refuse("is damaged: its checksum is not that of its content");
  return json;
}

}  // namespace coalis
