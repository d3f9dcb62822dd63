// Are the outcomes of a kept comparison those that this machine computes?

#include <fmt/format.h>

#include <map>
#include <span>

#include "coalis/ensemble/paired.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/network/outcomes.hpp"
#include "tasks/chosen_rows.hpp"
#include "tasks/verifying.hpp"

namespace coalis {
namespace {

// What a file has of one group: [figure][scenario][replicate]; empty of a figure that it lacks.
using Figures = std::vector<std::vector<std::vector<double>>>;

// Files of older programs lack the last outcomes of a run.
bool lacks(const ComparisonFile& file, std::size_t outcome) {
  return outcome >= file.matters.size() && outcome < outcome_quantities().size();
}

Figures read_figures(const ComparisonFile& file, const std::string& group, const std::vector<Quantity>& quantities) {
  Figures figures;
  for (const Quantity& quantity : quantities) {
    auto& of = figures.emplace_back();
    if (group == "outcomes" && lacks(file, figures.size() - 1)) continue;
    for (std::size_t s = 0; s < file.scenarios.size(); ++s) of.push_back(file.values(group, quantity.name, s));
  }
  return figures;
}

// Outcomes that are computed only when asked for are in the file if they were asked for.
bool has_further(const ComparisonFile& file) {
  for (const Quantity& quantity : std::span(all_outcome_quantities()).subspan(outcome_quantities().size())) try {
      file.values("outcomes", quantity.name, 0);
      return true;
    } catch (const ResultError&) {
    }
  return false;
}

// The scenarios with a parameter set of the file.
std::vector<Scenario> with_set(const ComparisonFile& file, std::int32_t set, std::vector<Scenario> scenarios) {
  const ParameterSets& sets = file.sets->values;
  for (Scenario& scenario : scenarios) {
    ScenarioFile read = with_parameters(scenario, sets, sets.sets.at(static_cast<std::size_t>(set)));
    if (!read.ok()) throw ResultError("parameter sets of the comparison: " + to_string(read.diagnostics.front()));
    scenario = std::move(read.scenario);
  }
  return scenarios;
}

class Check {
 public:
  explicit Check(const ComparisonFile& file)
      : file_(file),
        further_(has_further(file)),
        outcomes_(read_figures(file, "outcomes", outcomes_of(further_))),
        survey_(read_figures(file, "survey", survey_quantities())) {}

  // Each replicate with its parameter set, if there are any.
  void run(const std::vector<Scenario>& scenarios, std::span<const std::uint32_t> replicates, int threads, const Watch& watch,
           Verified& found) const {
    Execution execution{.threads = threads, .cancel = watch.cancel, .measure = further_ ? &add_outcomes : nullptr};
    if (watch.progress) execution.progress = [&](std::size_t done) { watch.progress(done, replicates.size()); };
    const Recording survey{.trajectories = false, .regions = false, .organisations = false, .ties = false, .survey = true},
        recording = further_ ? with_sources(survey) : survey;
    require_room(ensemble_needs(scenarios, recording, replicates.size(), threads));
    std::map<std::int32_t, std::size_t> places;  // of a set in `variants`
    std::vector<std::vector<Scenario>> variants;
    if (!file_.sets) variants.push_back(scenarios);
    for (const std::uint32_t r : replicates)
      if (file_.sets && places.try_emplace(file_.sets->set_of_replicate[r], variants.size()).second)
        variants.push_back(with_set(file_, file_.sets->set_of_replicate[r], scenarios));
    const auto variant_of = [&](std::uint32_t r) { return file_.sets ? places.at(file_.sets->set_of_replicate[r]) : 0; };
    found.compared = run_paired(variants, variant_of, file_.seed, replicates, recording, execution,
                                [&](std::span<const RunRecord> records) { compare(records, found); });
  }

 private:
  void compare(std::span<const RunRecord> records, Verified& found) const {
    for (std::size_t s = 0; s < records.size(); ++s) {
      compare(records[s].replicate, s, outcomes_of(further_), outcomes_, records[s].outcomes, found);
      compare(records[s].replicate, s, survey_quantities(), survey_, records[s].survey, found);
    }
  }
  void compare(std::uint32_t replicate, std::size_t scenario, const std::vector<Quantity>& quantities, const Figures& recorded,
               const std::vector<double>& here, Verified& found) const {
    for (std::size_t q = 0; q < quantities.size(); ++q) {
      if (recorded[q].empty()) continue;
      const double was = recorded[q][scenario].at(replicate);
      if (same_value(was, here[q])) continue;
      found.different.push_back(fmt::format("replicate {}, {} of {}: recorded {}, here {}", replicate, quantities[q].name,
                                            file_.scenarios[scenario].label, was, here[q]));
    }
  }

  const ComparisonFile& file_;
  bool further_;
  Figures outcomes_, survey_;
};

}  // namespace

Verified verify_comparison(const CheckedPath& checked, std::size_t sample, int threads, const Watch& watch) {
  Verified found{.file = checked.path.string(), .of = Verified::Of::comparison, .has_checksums = checked.has_checksums};
  const ComparisonFile file(checked);
  require_same_model(found.file, file.model_version, file.program_version, file.commit);
  if (file.sets && file.sets->values.paths.empty())
    throw ResultError(
        fmt::format("{}: its runs have parameter sets of {}, and it holds no values of them (it is of an older program): "
                    "they cannot be run again; make it again by its command: {}",
                    found.file, file.sets->file, file.provenance.command));
  const Check check(file);
  std::vector<Scenario> scenarios;
  for (const auto& compared : file.scenarios) {
    const ScenarioFile read = parse_scenario(compared.text, fmt::format("{} (scenario {})", found.file, compared.label));
    if (!read.ok()) throw ResultError(to_string(read.diagnostics.front()));
    scenarios.push_back(read.scenario);
  }
  std::vector<std::uint32_t> replicates;
  for (const std::size_t r : chosen_rows(file.replicates, sample)) replicates.push_back(static_cast<std::uint32_t>(r));
  found.held = file.replicates, found.wanted = replicates.size(), found.scenarios = scenarios.size();
  check.run(scenarios, replicates, threads, watch, found);
  return found;
}

}  // namespace coalis
