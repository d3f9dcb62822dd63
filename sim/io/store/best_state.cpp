// The state of an answer of `coalis best` as JSON: values as the bits of doubles, which are exact, short, and quick to write.
#include "coalis/io/store/best_state.hpp"

#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <nlohmann/json.hpp>

#include "coalis/core/build_info.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/scenario/scenario_key.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "coalis/io/text/json_file.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "coalis/model/version.hpp"
#include "coalis/questions/run_key.hpp"
#include "io/text/durable.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;
using StateJson = nlohmann::ordered_json;

constexpr JsonFormat best_state_format{"coalis-best-state", 1, "what coalis best has run so far",
                                       "move it away, or give --force to begin again"};
constexpr std::size_t digits_of_a_double = 16, most_draws_of_a_batch = 10'000'000;

std::string bits_of(const std::vector<double>& values) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(values.size() * digits_of_a_double, '0');
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto bits = std::bit_cast<std::uint64_t>(values[i]);
    for (std::size_t d = digits_of_a_double; bits != 0; bits >>= 4) text[i * digits_of_a_double + --d] = digits[bits & 15];
  }
  return text;
}

FileError damaged_state(const fs::path& path, std::string_view what) {
  return json_file_error(path, best_state_format, fmt::format("is damaged ({})", what));
}

std::vector<double> doubles_of(const std::string& text, const fs::path& path) {
  std::vector<double> values(text.size() / digits_of_a_double);
  if (text.size() % digits_of_a_double != 0) throw damaged_state(path, "values that are cut off");
  for (std::size_t i = 0; i < values.size(); ++i) {
    const char* at = text.data() + i * digits_of_a_double;
    std::uint64_t bits = 0;
    if (std::from_chars(at, at + digits_of_a_double, bits, 16).ptr != at + digits_of_a_double)
      throw damaged_state(path, "a value that is none");
    values[i] = std::bit_cast<double>(bits);
  }
  return values;
}

BestBatch batch_from(const StateJson& json, const fs::path& path) {
  BestBatch batch;
  batch.structure = json.at("structure").get<std::size_t>(), batch.first = json.at("first").get<std::size_t>();
  batch.count = json.at("count").get<std::size_t>();
  batch.options = json.at("options").get<std::vector<std::size_t>>();
  batch.values = doubles_of(json.at("values").get_ref<const std::string&>(), path);
  const bool possible = batch.count > 0 && batch.count <= most_draws_of_a_batch && !batch.options.empty();
  if (!possible || batch.values.empty() || batch.values.size() % (batch.count * batch.options.size()) != 0)
    throw damaged_state(path, "draws and values that do not fit together");
  return batch;
}

// The key stands near the beginning of a state; a file that is gone is nobody's.
bool has_another_key(const fs::path& path, const std::string& key) {
  constexpr std::size_t looked_at_of_a_state = 4096;
  std::error_code ignored;
  return fs::exists(path, ignored) && bytes_of_file(path, 0, looked_at_of_a_state).find(key) == std::string::npos;
}

}  // namespace

std::string best_key(const BestQuestion& question) {
  Scenario scenario = question.scenario;
  forget_unread(scenario);
  const SearchRule& rule = question.rule;
  std::string text = fmt::format("best {} {} {}\n{}\n{} {} {} {}\n", build_info().version, build_info().commit, model_version,
                                 to_toml(scenario), question.seed, question.from, question.aim, question.better);
  for (const double money : question.amounts) text += fmt::format("{} ", money);
  text += fmt::format("{}\n{} {} {} {} {} {} {}\n", question.budget, rule.race.first, rule.race.most, rule.race.error,
                      rule.race.fine, rule.fresh, rule.races, rule.rounds);
  for (const GuardedOutcome& guard : question.guards)
    text += fmt::format("guard {} {} {} {}\n", guard.outcome, guard.better, guard.tolerance, guard.stretch);
  for (std::size_t k = 0; k < question.shown.size(); ++k)
    text += fmt::format("shown {} {}\n", question.shown[k], question.stretch[k]);
  for (const UnderStructure& one : question.structures) {
    text += fmt::format("structure {} {}\n", to_string(one.structure), to_string(one.calibration));
    for (const std::string& path : one.sets.paths) text += path + "\t";
    for (const std::size_t set : one.set_of) {
      text += "\n";
      for (const std::string& value : one.sets.sets[set].values) text += value + "\t";
    }
    text += "\n";
  }
  for (const Possible& option : question.first) text += fmt::format("{}\t{}\n", option.option.name, option.cost);
  return to_string(combined_key(text));
}

fs::path best_state_path(const fs::path& answer) { return fs::path(answer).replace_extension(".state.json"); }

std::optional<std::vector<BestBatch>> read_best_state(const fs::path& path, const std::string& key, bool replace) {
  check_output_path(path, true);
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  if (const FileIdentity found = looks_like(path); found.format != best_state_format.name)
    throw FileError(
        fmt::format("{}: is in the way of what coalis best keeps beside its answer; move it away or choose another "
                    "name with -o",
                    path.string()));
  try {
    const FilesInUse::Looking looking;  // it is no input: it will be replaced
    return parse_best_state(text_of_file(path, largest_values, Empty::allowed), path, key);
  } catch (const FileError&) {
    if (!replace) throw;
    return std::nullopt;
  }
}

std::vector<BestBatch> parse_best_state(std::string_view text, const fs::path& path, const std::string& key) {
  const StateJson json = parse_json(text, path, best_state_format);
  try {
    if (json.at("key") != key)
      throw json_file_error(path, best_state_format, "belongs to another question, or to another version of Coalis");
    std::vector<BestBatch> batches;
    for (const StateJson& one : json.at("batches")) batches.push_back(batch_from(one, path));
    return batches;
  } catch (const StateJson::exception&) {
    throw damaged_state(path, "a part of it is missing or is of another type");
  }
}

void write_best_state(const fs::path& path, const std::string& key, const std::vector<BestBatch>& batches, bool replace) {
  if (!replace && has_another_key(path, key))
    throw FileError(path.string() + ": another answer has begun there meanwhile; choose another name with -o");
  StateJson json{{"format", best_state_format.name},
                 {"version", best_state_format.version},
                 {"program", build_info().version},
                 {"key", key},
                 {"batches", StateJson::array()}};
  for (const BestBatch& batch : batches)
    json["batches"].push_back({{"structure", batch.structure},
                               {"first", batch.first},
                               {"count", batch.count},
                               {"options", batch.options},
                               {"values", bits_of(batch.values)}});
  io::write_durably(path, checked_json_text(json, 0));
}

FileError wrong_best_state(const fs::path& path) { return damaged_state(path, "draws that the search does not ask for"); }

void remove_best_state(const fs::path& path) {
  std::error_code ignored;
  fs::remove(path, ignored);
}

}  // namespace coalis
