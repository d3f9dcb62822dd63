#include "explorer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/shell_word.hpp"
#include "coalis/model/packed.hpp"
#include "coalis/model/setting_words.hpp"
#include "coalis/questions/fitted.hpp"
#include "coalis/questions/packed_sets.hpp"
#include "scenario_text.hpp"

namespace coalis::page {
namespace {

constexpr Recording recording{.trajectories = true, .regions = true, .organisations = false, .ties = false, .survey = false};
constexpr Recording outcomes_alone{false, false, false, false, false, false};

// What is wrong, in words: of budgets it names what is scaled.
std::string problems_text(const std::vector<Diagnostic>& problems, const std::string& scaled) {
  std::string text, name = scaled;
  std::replace(name.begin(), name.end(), '_', ' ');
  for (const Diagnostic& d : problems) {
    std::string problem = spoken(d.problem);
    if (const std::size_t at = scaled.empty() ? problem.npos : problem.find(scaled); at != problem.npos)
      problem.replace(at, scaled.size(), name);
    text += (scaled.empty() ? "" : "B ") + problem + ". ";
  }
  return text;
}

// Without what no run reads.
Scenario as_run(Scenario scenario) {
  scenario.name.clear(), scenario.description.clear(), scenario.evidence.clear();
  return scenario;
}

}  // namespace

bool Explorer::add_coalition(std::string file, std::string_view packed) {
  auto scenario = unpacked(packed);
  if (!scenario) {
    error_ = file + " is no scenario of this model version";
    return false;
  }
  auto levers = levers_of(*scenario);
  coalitions_.push_back({std::move(file), *std::move(scenario), std::move(levers)});
  if (coalitions_.size() == 1)
    for (std::size_t side = 0; side < sides; ++side) begin_from(side, 0);
  return true;
}

bool Explorer::add_sets(std::string_view text) {
  sets_ = unpacked_sets(text);
  if (!sets_) error_ = "the parameter sets cannot be read";
  return sets_.has_value();
}

void Explorer::begin_from(std::size_t side, std::size_t coalition) {
  Side& s = sides_.at(side);
  s.coalition = coalition, s.values.clear();
  for (const Lever& lever : coalitions_.at(coalition).levers) s.values.push_back(lever.now);
}

void Explorer::set(std::size_t side, std::size_t lever, double value) {
  Side& s = sides_.at(side);
  s.values.at(lever) = clamped(coalitions_.at(s.coalition).levers.at(lever), value);
}

std::vector<bool> Explorer::hubs_chosen(std::size_t side) const {
  std::vector<bool> chosen;
  const auto& levers = coalitions_.at(coalition_of(side)).levers;
  for (std::size_t i = 0; i < levers.size(); ++i)
    if (levers[i].what == Lever::What::hub_at) chosen.push_back(value(side, i) != 0);
  return chosen;
}

Scenario Explorer::scenario_of(const Side& side) const {
  const Coalition& coalition = coalitions_.at(side.coalition);
  Scenario s = moved(coalition.scenario, coalition.levers, side.values);
  s.name = name_of(coalition.scenario, coalition.levers, side.values);
  if (rules[0] >= 0) s.structure.engagement = rules[0];
  if (rules[1] >= 0) s.structure.decision = rules[1];
  if (rules[2] >= 0) s.structure.influence = rules[2];
  return s;
}

bool Explorer::sets_fit(std::size_t coalition) const {
  return sets_ && sets_->fitted.coalition == coalition_key(coalitions_.at(coalition).scenario);
}

bool Explorer::changed(std::size_t side) const {
  const Scenario &base = coalitions_.at(sides_.at(side).coalition).scenario, &now = question().scenarios.at(side).scenario;
  return as_run(base) != as_run(now);
}

bool Explorer::begin(std::size_t replicates) {
  error_.clear();
  ComparisonOptions options;
  ComparisonInput input;
  for (const Side& side : sides_) {
    options.scenarios.push_back(coalitions_.at(side.coalition).file);
    input.scenarios.push_back(scenario_of(side));
  }
  options.outcomes = {outcome}, options.lever = same_money, options.seed = seed;
  options.replicates = static_cast<std::uint32_t>(replicates);
  if (with_structures) options.structures = {"engagement"};
  if (uses_sets()) {
    options.parameters = sets_->file;
    input.sets = sets_;
    input.with_parameters = with_packed_set;
  }
  auto asked = ask(options, input);
  if (!asked.ok()) {
    error_ = problems_text(asked.problems, same_money);
    return false;
  }
  const auto before = std::move(variant_of_);
  question_ = std::move(asked.question);
  variant_of_ = question_->sets ? question_->sets->scenarios_of : std::vector<std::size_t>();
  const bool other_luck = seed != ran_seed_ || before != variant_of_;
  ran_seed_ = seed, asked_ = replicates;
  const std::size_t structures = question_->structures.size();
  pairs_.resize(structures);
  for (auto& pairs : pairs_) pairs.resize(std::max(pairs.size(), replicates));
  for (Side& side : sides_) side.runs.resize(structures);
  for (std::size_t structure = 0; structure < structures; ++structure) {
    const auto variants = question_->variants(structure);
    for (std::size_t side = 0; side < sides; ++side) {
      std::vector<Scenario> scenarios;
      for (const auto& variant : variants) scenarios.push_back(as_run(variant[side]));
      keep_or_forget(sides_[side].runs[structure], std::move(scenarios), other_luck);
    }
  }
  return true;
}

void Explorer::keep_or_forget(Runs& runs, std::vector<Scenario> scenarios, bool other_luck) {
  if (!other_luck && scenarios == runs.of) return;
  runs.of = std::move(scenarios), runs.done = 0, runs.simulator.reset();
}

void Explorer::simulate(std::size_t structure, std::size_t side, std::size_t replicate) {
  Runs& runs = sides_[side].runs[structure];
  const std::size_t variant = variant_of_.empty() ? 0 : variant_of_[replicate];
  if (!runs.simulator || runs.simulated != variant) runs.simulator = std::make_unique<Simulator>(make_plan(runs.of[variant]));
  runs.simulated = variant;
  runs.simulator->run(seed, static_cast<std::uint32_t>(replicate), structure == 0 ? recording : outcomes_alone,
                      pairs_[structure][replicate][side]);
  ++runs.done;
}

std::size_t Explorer::pairs_done(std::size_t structure) const {
  return std::min({sides_[0].runs[structure].done, sides_[1].runs[structure].done, asked_});
}

std::size_t Explorer::run(std::size_t count) {
  std::size_t all = 0;
  for (std::size_t structure = 0; structure < pairs_.size(); ++structure) {
    const std::size_t before = structure * asked_, last = count > before ? std::min(count - before, asked_) : 0;
    for (std::size_t replicate = pairs_done(structure); replicate < last; ++replicate)
      for (std::size_t side = 0; side < sides; ++side)
        if (sides_[side].runs[structure].done == replicate) simulate(structure, side, replicate);
    all += pairs_done(structure);
  }
  return all;
}

ComparisonAnswer Explorer::answer() const {
  PairedSamples samples(sides, question().scenarios.front().scenario.calendar.months, question().matters);
  for (const Pair& pair : pairs()) samples.add(pair);
  ComparisonAnswer answer{question(), std::move(samples)};
  if (run_whole())
    for (std::size_t structure = 1; structure < pairs_.size(); ++structure) {
      VariantRun& variant = answer.variants.emplace_back(VariantRun{structure, PairedSamples(sides, 0, question().matters), {}});
      for (const Pair& pair : pairs_of(structure)) variant.samples.add(pair);
    }
  return answer;
}

bool Explorer::run_whole() const {
  for (std::size_t structure = 0; structure < pairs_.size(); ++structure)
    if (pairs_done(structure) < asked_) return false;
  return true;
}

std::string Explorer::name_of_file(std::size_t side) const {
  return changed(side) ? side == 0 ? "option-a.toml" : "option-b.toml" : coalitions_.at(sides_.at(side).coalition).file;
}

std::string Explorer::file_of(std::size_t side) const {
  const Coalition& coalition = coalitions_.at(sides_.at(side).coalition);
  return changed_file(coalition.scenario, coalition.file, question().scenarios.at(side).scenario);
}

// Of the options' files as they are run: at the same money already.
std::string Explorer::command() const {
  std::string line = fmt::format("coalis compare {} {} --replicates {} --seed {} --outcomes {}", shell_word(name_of_file(0)),
                                 shell_word(name_of_file(1)), asked_, seed, outcome);
  if (with_structures) line += " --structures engagement";
  if (!question().sets) return line;
  double draws = 0;
  for (const ParameterSet& set : sets_->sets) draws += set.weight;
  return line + fmt::format(" --parameters {} --draws {}", shell_word(sets_->file), draws);
}

std::vector<std::uint64_t> Explorer::hashes(std::size_t coalition, std::size_t replicates) const {
  Simulator simulator(make_plan(coalitions_.at(coalition).scenario));
  std::vector<std::uint64_t> list;
  RunRecord record;
  for (std::uint32_t r = 0; r < replicates; ++r) {
    simulator.run(1, r, recording, record);
    list.push_back(record.hash);
  }
  return list;
}

}  // namespace coalis::page
