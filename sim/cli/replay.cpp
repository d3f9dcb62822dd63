#include "replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/hdf5/result_parameters.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "commands.hpp"
#include "scenario_input.hpp"

namespace coalis::cli {
namespace {

std::optional<int> number_of(const char* begin, const char* end) {
  int value = 0;
  const auto [stop, error] = std::from_chars(begin, end, value);
  return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

// Months since year 0 of "YYYY-MM".
std::optional<int> date_of(const std::string& text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto year = number_of(text.data(), text.data() + 4), month = number_of(text.data() + 5, text.data() + 7);
  if (!year || !month || *month < 1 || *month > 12) return std::nullopt;
  return *year * 12 + *month - 1;
}

Replay replay_of_result(const std::string& file, std::uint32_t replicate) {
  ResultFile result;
  try {
    result = open_result(file);
  } catch (const ResultError& error) {
    throw ReplayError(error.what(), file_error);
  }
  if (result.model_version != model_version)
    throw ReplayError(
        fmt::format("{}: made with model version {}, this program has {}: its runs cannot be replayed; use Coalis {}", file,
                    result.model_version, model_version, result.program_version),
        file_error);
  const auto found = std::find(result.replicates.begin(), result.replicates.end(), replicate);
  if (found == result.replicates.end())
    throw ReplayError(fmt::format("--replicate {}: {} has {}, numbered from 0; choose one of them", replicate, file,
                                  counted(result.replicates.size(), "replicate")),
                      bad_input);
  const ScenarioFile scenario = parse_scenario(result.scenario_text, file + " (scenario)");
  if (!scenario.ok()) throw ReplayError(to_string(scenario.diagnostics.front()), file_error);
  const auto row = static_cast<std::size_t>(found - result.replicates.begin());
  try {
    return {scenario_of_row(result, scenario.scenario, row), result.seed, replicate, result.hashes[row]};
  } catch (const ResultError& error) {
    throw ReplayError(fmt::format("{}: {}", file, error.what()), file_error);
  }
}

}  // namespace

Replay open_replay(const std::string& file, std::optional<std::uint64_t> seed, std::uint32_t replicate,
                   const std::vector<std::string>& set) {
  const FileIdentity found = looks_like(file);
  const bool scenario_named = found.is.empty() && file.ends_with(".toml");
  if (found.family == FileFamily::toml || scenario_named) {
    const auto scenario = read_and_report(file, set);
    if (!scenario) throw ReplayError("", bad_input);
    return {scenario->scenario, seed.value_or(1), replicate, std::nullopt};
  }
  if (!found.is.empty() && found.family != FileFamily::hdf5)  // of HDF5 the reader says it
    throw ReplayError(fmt::format("{}: {}", file, another_kind_text(found, "a result of coalis run or a scenario")), file_error);
  if (seed || !set.empty())
    throw ReplayError(fmt::format("{}: a result file has its own seed and scenario; leave out --seed and --set", file),
                      bad_input);
  return replay_of_result(file, replicate);
}

int month_named(const Calendar& calendar, const std::string& option, const std::string& text) {
  std::optional<int> month = number_of(text.data(), text.data() + text.size());
  if (const auto date = date_of(text)) month = *date - *date_of(calendar.start);
  if (month && *month >= 0 && *month < calendar.months) return *month;
  throw ReplayError(
      fmt::format("{} {}: the run has the months {} to {} (0 to {}); write one of them", option, text,
                  month_name(calendar.start, 0), month_name(calendar.start, calendar.months - 1), calendar.months - 1),
      bad_input);
}

}  // namespace coalis::cli
