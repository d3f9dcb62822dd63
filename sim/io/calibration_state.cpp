// The state of a calibration as JSON, and its posterior as a table of parameter sets.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "coalis/ensemble/fitted.hpp"
#include "coalis/io/build_info.hpp"
#include "coalis/io/calibration_file.hpp"
#include "coalis/io/json_file.hpp"
#include "coalis/io/parameter_sets.hpp"
#include "coalis/io/run_store.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/model/simulate.hpp"
#include "csv_table.hpp"
#include "durable.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr JsonFormat state_format{"coalis-calibration-state", calibration_state_version, "the state of a calibration",
                                  "move it away or give --restart"};

Json to_json(const GenerationSummary& g) {
  return {{"number", g.number},
          {"tolerance", g.tolerance},
          {"proposals", g.proposals},
          {"accepted", g.accepted},
          {"effective_size", g.effective_size}};
}

GenerationSummary summary_from(const Json& json) {
  return {json.at("number"), json.at("tolerance"), json.at("proposals"), json.at("accepted"), json.at("effective_size")};
}

// One line a particle: proposal, distance, weight, values.
Json to_json(const std::vector<Particle>& particles) {
  Json list = Json::array();
  for (const Particle& p : particles) {
    Json line = {p.proposal, p.distance, p.weight};
    for (const double value : p.values) line.push_back(value);
    list.push_back(std::move(line));
  }
  return list;
}

std::vector<Particle> particles_from(const Json& json, std::size_t values) {
  std::vector<Particle> particles;
  for (const Json& line : json) {
    if (line.size() != values + 3) throw std::runtime_error("a draw of another length");
    Particle p{{}, line.at(2), line.at(1), line.at(0)};
    for (std::size_t i = 3; i < line.size(); ++i) p.values.push_back(line[i]);
    particles.push_back(std::move(p));
  }
  return particles;
}

AbcState state_of(const Json& json, const fs::path& path, const CalibrationFile& file) {
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
    return state;
  } catch (const JsonFileError&) {
    throw;
  } catch (const std::exception& error) {
    throw json_file_error(path, state_format, fmt::format("is damaged ({})", error.what()));
  }
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
  for (const ComparedItem& item : model.fit_items()) fitted.items.push_back(item.id);
  return fitted;
}

}  // namespace

void write_state(const fs::path& path, const CalibrationFile& file, const AbcState& state) {
  Json json{{"format", state_format.name},
            {"version", state_format.version},
            {"program", build_info().version},
            {"calibration", file.calibration->name},
            {"key", file.key},
            {"stopped", state.stopped},
            {"current", to_json(state.current)},
            {"finished", Json::array()},
            {"population", to_json(state.population)},
            {"accepted", to_json(state.accepted)}};
  for (const GenerationSummary& g : state.finished) json["finished"].push_back(to_json(g));
  io::write_durably(path, json.dump() + "\n");
}

std::optional<AbcState> read_state(const fs::path& path, const CalibrationFile& file) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  return state_of(read_json_file(path, state_format), path, file);
}

AbcState parse_state(std::string_view text, const fs::path& path, const CalibrationFile& file) {
  return state_of(parse_json(text, path, state_format), path, file);
}

void write_posterior(const fs::path& path, const CalibrationFile& file, const CalibrationModel& model, const AbcState& state,
                     const std::string& command) {
  const CalibrationProblem& c = *file.calibration;
  const GenerationSummary& last = state.finished.back();
  const std::string engagement = engagement_of(c);
  std::uint64_t runs = state.current.proposals;
  for (const GenerationSummary& g : state.finished) runs += g.proposals;
  std::string text = fmt::format(
      "# Posterior of '{}': parameter sets with weights (docs/formats/parameters.md)\n# command: {}\n# program: coalis {} (model "
      "{}, "
      "{})\n{}# calibration: {}\n# seed: {}; runs: {}; generations: {}; stopped: {}\n# tolerance: {:.4f} on {} degrees of "
      "freedom; "
      "acceptance: {:.5f}; effective sample size: {:.0f} of {}\n",
      c.name, command, build_info().version, model_version, build_info().commit, to_text(fitted_of(file, model, state)), file.key,
      c.sampler.seed, runs, state.finished.size(), state.stopped, last.tolerance, model.degrees_of_freedom(), last.acceptance(),
      last.effective_size, state.population.size());
  text += "weight,distance,seed,replicate,structure.engagement";
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
  io::write_durably(path, text);
}

}  // namespace coalis
