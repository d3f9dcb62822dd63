// The state of a calibration as JSON, and its posterior as a table of parameter sets.
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "coalis/core/build_info.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/io/questions/calibration_file.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/text/file_error.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "coalis/io/text/json_file.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/questions/fitted.hpp"
#include "coalis/questions/structures.hpp"
#include "first_shard.hpp"
#include "io/text/csv_table.hpp"
#include "io/text/durable.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr JsonFormat state_format{"coalis-calibration-state", calibration_state_version, "the state of a calibration",
                                  "move it away or give --restart", calibration_state_oldest};

Json generation_json(const GenerationSummary& g) {
  return {{"number", g.number},
          {"tolerance", g.tolerance},
          {"proposals", g.proposals},
          {"accepted", g.accepted},
          {"effective_size", g.effective_size}};
}

// Something in a state that cannot be; the message says what.
struct Unsound : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void require(bool good, const std::string& problem) {
  if (!good) throw Unsound(problem);
}

std::uint64_t whole(const Json& json, std::uint64_t most) {
  require(json.is_number_unsigned() && json.get<std::uint64_t>() <= most, "a number that is not whole or out of its range");
  return json.get<std::uint64_t>();
}

// Finite, and not below `least`.
double real(const Json& json, double least) {
  require(json.is_number() && std::isfinite(json.get<double>()) && json.get<double>() >= least, "a number out of its range");
  return json.get<double>();
}

constexpr std::uint64_t most_proposals = std::numeric_limits<std::uint32_t>::max();

GenerationSummary summary_from(const Json& json) {
  return {static_cast<int>(whole(json.at("number"), 1'000'000)), real(json.at("tolerance"), 0),
          whole(json.at("proposals"), most_proposals), whole(json.at("accepted"), most_proposals),
          real(json.at("effective_size"), 0)};
}

// One line a particle: proposal, distance, weight, values.
Json particles_json(const std::vector<Particle>& particles) {
  Json list = Json::array();
  for (const Particle& p : particles) {
    Json line = {p.proposal, p.distance, p.weight};
    for (const double value : p.values) line.push_back(value);
    list.push_back(std::move(line));
  }
  return list;
}

std::vector<Particle> particles_from(const Json& json, std::size_t values) {
  require(json.is_array(), "draws that are no list");
  std::vector<Particle> particles;
  for (const Json& line : json) {
    require(line.is_array() && line.size() == values + 3, "a draw of another length");
    Particle p{{}, real(line[2], 0), real(line[1], 0), static_cast<std::uint32_t>(whole(line[0], most_proposals))};
    for (std::size_t i = 3; i < line.size(); ++i) p.values.push_back(real(line[i], std::numeric_limits<double>::lowest()));
    particles.push_back(std::move(p));
  }
  return particles;
}

// Sizes against each other and against the settings, weights and numbers of draws. Throws Unsound.
void check(const AbcState& state, const AbcSettings& settings) {
  const std::size_t finished = state.finished.size();
  for (std::size_t i = 0; i < finished; ++i) {
    const GenerationSummary& g = state.finished[i];
    require(g.number == static_cast<int>(i), "generations that are not in their order");
    require(g.accepted == settings.draws && g.proposals >= g.accepted, "a generation without its draws");
    require(g.effective_size > 0, "a generation without weights");
  }
  require(state.current.number == static_cast<int>(finished), "another generation under way than comes next");
  require(state.population.size() == (finished > 0 ? settings.draws : 0),
          "a population of another size than the settings ask for");
  require(state.stopped.empty() || finished > 0, "an end before the first generation");
  const bool first = finished == 0;
  const double most = first ? static_cast<double>(settings.prior_runs)
                            : std::ceil(static_cast<double>(settings.draws) / settings.least_acceptance);
  require(static_cast<double>(state.current.proposals) <= most, "more runs than a generation has");
  require(state.accepted.size() <= (first ? settings.prior_runs : settings.draws), "more draws than a generation has");
  double sum = 0;
  std::set<std::uint32_t> numbers;
  for (const Particle& p : state.population) {
    sum += p.weight;
    require(numbers.insert(p.proposal).second, "a draw twice");
  }
  require(first || std::abs(sum - 1) < 1e-6, "weights that do not add up to 1");
  for (std::size_t i = 0; i < state.accepted.size(); ++i)
    require(state.accepted[i].proposal < state.current.proposals &&
                (i == 0 || state.accepted[i - 1].proposal < state.accepted[i].proposal),
            "draws that are not in the order of their numbers");
}

// The last member of the object, so that it is at the end of the text: the checksum of all that stands before it.
constexpr std::string_view before_checksum = ",\"checksum\":\"", after_checksum = "\"}\n";

std::string guarded(const std::string& text) {
  const std::string content = text.substr(0, text.size() - 1);  // without the brace
  return fmt::format("{}{}{:016x}{}", content, before_checksum, io::checksum(content), after_checksum);
}

bool has_right_checksum(std::string_view text) {
  const std::size_t tail = before_checksum.size() + 16 + after_checksum.size();
  if (text.size() < tail) return false;
  const std::string_view content = text.substr(0, text.size() - tail);
  return text.substr(content.size()) == fmt::format("{}{:016x}{}", before_checksum, io::checksum(content), after_checksum);
}

std::string engagement_of(const CalibrationProblem& c) {
  return std::string(choices(Refers::engagement)[static_cast<std::size_t>(c.scenario.structure.engagement)]);
}

FittedSets fitted_of(const CalibrationFile& file, const CalibrationModel& model, const AbcState& state) {
  const CalibrationProblem& c = *file.calibration;
  FittedSets fitted;
  fitted.scenario =
      fmt::format("{} ({}), engagement {}", file.scenario_path.filename().string(), c.scenario.name, engagement_of(c));
  fitted.evidence = file.evidence_path.filename().string();
  fitted.coalition = coalition_key(c.scenario);
  Scenario with_first = c.scenario;
  model.set_values(with_first, state.population.front().values);
  fitted.values = values_key(with_first);
  fitted.structure = to_string(with_first.structure);
  fitted.world = world_of(with_first);
  for (const ComparedItem& item : model.fit_items())
    fitted.items.push_back(item.id), fitted.figures.push_back(figures_text(item));
  return fitted;
}

std::string state_text(const CalibrationFile& file, const AbcState& state) {
  Json json{{"format", state_format.name},
            {"version", state_format.version},
            {"program", build_info().version},
            {"calibration", file.calibration->name},
            {"key", file.key},
            {"stopped", state.stopped},
            {"current", generation_json(state.current)},
            {"finished", Json::array()},
            {"population", particles_json(state.population)},
            {"accepted", particles_json(state.accepted)}};
  for (const GenerationSummary& g : state.finished) json["finished"].push_back(generation_json(g));
  return guarded(json.dump());
}

// The key stands near the beginning; a file that is gone or cannot be read is nobody's.
bool is_of_another(const fs::path& path, const CalibrationFile& file) {
  constexpr std::size_t looked_at = std::size_t{1} << 16;
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return false;
  return bytes_of_file(path, 0, looked_at).find(file.key) == std::string::npos;
}

FileError taken(const fs::path& path) {
  return FileError(path.string() + ": another calibration has begun there meanwhile; choose another name with -o");
}

}  // namespace

void begin_state(const fs::path& path, const CalibrationFile& file, const AbcState& state, bool restart) {
  if (restart) return io::write_durably(path, state_text(file, state));
  if (io::write_new(path, state_text(file, state))) return;
  if (is_of_another(path, file)) throw taken(path);
}

void write_state(const fs::path& path, const CalibrationFile& file, const AbcState& state) {
  if (is_of_another(path, file)) throw taken(path);
  io::write_durably(path, state_text(file, state));
}

std::optional<AbcState> read_state(const fs::path& path, const CalibrationFile& file) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  return parse_state(text_of_file(path, largest_values, Empty::allowed), path, file);
}

AbcState parse_state(std::string_view text, const fs::path& path, const CalibrationFile& file) {
  const Json json = parse_json(text, path, state_format);
  if (json.at("version") > 1 && !has_right_checksum(text))
    throw json_file_error(path, state_format, "is damaged: its checksum is not that of its content");
  try {
    if (json.at("key") != file.key)
      throw json_file_error(path, state_format,
                            "belongs to other settings, other evidence or another model than the calibration file has now");
    AbcState state;
    state.stopped = json.at("stopped");
    state.current = summary_from(json.at("current"));
    for (const Json& g : json.at("finished")) state.finished.push_back(summary_from(g));
    const std::size_t values = file.calibration->fitted.size() + file.calibration->nuisance.size();
    state.population = particles_from(json.at("population"), values);
    state.accepted = particles_from(json.at("accepted"), values);
    check(state, file.calibration->sampler);
    return state;
  } catch (const Unsound& wrong) {
    throw json_file_error(path, state_format, fmt::format("is damaged ({})", wrong.what()));
  } catch (const Json::exception&) {
    throw json_file_error(path, state_format, "is damaged (a part of it is missing or is of another type)");
  }
}

void check_state_path(const fs::path& path, bool restart) {
  check_output_path(path, true);
  std::error_code error;
  if (!restart || fs::file_size(path, error) == 0 || error) return;
  if (looks_like(path).format != state_format.name)
    throw FileError(path.string() +
                    ": is no state of a calibration, which --restart would replace; move it away or choose another name with -o");
}

void check_posterior_path(const fs::path& path, const CalibrationFile& file, bool restart) {
  check_output_path(path, true);
  const std::string_view beginning = "# Posterior of ";
  std::error_code error;
  if (fs::file_size(path, error) == 0 || error) return;
  const FilesInUse::Looking looking;
  if (bytes_of_file(path, 0, beginning.size()) != beginning)
    throw FileError(path.string() + ": exists already and is no posterior; choose another name with -o");
  if (restart) return;
  const std::string text = text_of_file(path, largest_table, Empty::allowed);
  const bool own = text.find(fmt::format("\n# calibration: {}\n", file.key)) != std::string::npos;
  if (!own || !is_as_written(text))
    throw FileError(fmt::format("{}: {}; choose another name with -o, or give --restart to replace it", path.string(),
                                own && !says_content(text)
                                    ? "is a posterior of an older Coalis, which says no checksum: it may have been changed"
                                : own ? "is a posterior that has been changed since it was written"
                                      : "is a posterior that belongs to other settings, other evidence or another model than the "
                                        "calibration file has now"));
}

void write_posterior(const fs::path& path, const CalibrationFile& file, const CalibrationModel& model, const AbcState& state,
                     const std::string& command) {
  const CalibrationProblem& c = *file.calibration;
  const GenerationSummary& last = state.finished.back();
  const std::string engagement = engagement_of(c);
  std::uint64_t runs = state.current.proposals;
  for (const GenerationSummary& g : state.finished) runs += g.proposals;
  const std::string comments = fmt::format(
      "# Posterior of '{}': parameter sets with weights (docs/formats/parameters.md)\n# command: {}\n# program: coalis {} (model "
      "{}, "
      "{})\n{}# calibration: {}\n# seed: {}; runs: {}; generations: {}; stopped: {}\n# tolerance: {:.4f} on {} degrees of "
      "freedom; "
      "acceptance: {:.5f}; effective sample size: {:.0f} of {}\n",
      c.name, command, build_info().version, model_version, build_info().commit, to_text(fitted_of(file, model, state)), file.key,
      c.sampler.seed, runs, state.finished.size(), state.stopped, last.tolerance, model.degrees_of_freedom(), last.acceptance(),
      last.effective_size, state.population.size());
  std::string text = "weight,distance,seed,replicate,structure.engagement";
  for (const auto* list : {&c.fitted, &c.nuisance})
    for (const UncertainParameter& p : *list)
      for (const ParameterPath& parameter : p.paths) text += "," + io::csv_field(parameter.text());
  text += "\n";
  for (const Particle& particle : state.population) {
    const Stream stream = run_stream(c.sampler.seed, last.number, particle.proposal);
    text += fmt::format("{},{},{},{},{}", particle.weight, particle.distance, stream.seed, stream.replicate, engagement);
    std::size_t next = 0;
    for (const auto* list : {&c.fitted, &c.nuisance})
      for (const UncertainParameter& p : *list) {
        for (std::size_t i = 0; i < p.paths.size(); ++i) text += fmt::format(",{}", particle.values[next]);
        ++next;
      }
    text += "\n";
  }
  io::write_durably(path, with_content(comments, text));
}

}  // namespace coalis
