#include "explorer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coalis/model/packed.hpp"
#include "coalis/questions/fitted.hpp"
#include "coalis/questions/packed_sets.hpp"
#include "io/scenario/value_text.hpp"
#include "scenario_text.hpp"

namespace coalis::page {
namespace {

constexpr Recording recording{.trajectories = true, .regions = true, .organisations = false, .ties = false, .survey = false};

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

Scenario Explorer::scenario_of(const Side& side) const {
  const Coalition& coalition = coalitions_.at(side.coalition);
  Scenario s = moved(coalition.scenario, coalition.levers, side.values);
  s.name = name_of(coalition.scenario, coalition.levers, side.values);
  if (engagement >= 0) s.structure.engagement = engagement;
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
  if (with_sets && sets_ && engagement < 0) {
    options.parameters = sets_->file;
    input.sets = sets_;
    input.with_parameters = with_packed_set;
  }
  auto asked = ask(options, input);
  if (!asked.ok()) {
    for (const Diagnostic& d : asked.problems) error_ += d.problem + (d.advice.empty() ? ". " : "; " + d.advice + ". ");
    return false;
  }
  const bool other_luck = seed != ran_seed_;
  const auto before = std::move(variant_of_);
  question_ = std::move(asked.question);
  variant_of_ = question_->sets ? question_->sets->scenarios_of : std::vector<std::size_t>();
  ran_seed_ = seed, asked_ = replicates;
  if (pairs_.size() < replicates) pairs_.resize(replicates);
  const auto variants = question_->variants(0);
  for (std::size_t side = 0; side < sides; ++side) {
    std::vector<Scenario> scenarios;
    for (const auto& variant : variants) scenarios.push_back(as_run(variant[side]));
    keep_or_forget(side, std::move(scenarios), other_luck || before != variant_of_);
  }
  return true;
}

void Explorer::keep_or_forget(std::size_t side, std::vector<Scenario> scenarios, bool other_luck) {
  Side& s = sides_[side];
  if (!other_luck && scenarios == s.ran) return;
  s.ran = std::move(scenarios), s.done = 0, s.simulator.reset();
}

void Explorer::simulate(std::size_t side, std::size_t replicate) {
  Side& s = sides_[side];
  const std::size_t variant = variant_of_.empty() ? 0 : variant_of_[replicate];
  if (!s.simulator || s.simulated != variant) s.simulator = std::make_unique<Simulator>(make_plan(s.ran[variant]));
  s.simulated = variant;
  s.simulator->run(seed, static_cast<std::uint32_t>(replicate), recording, pairs_[replicate][side]);
}

std::size_t Explorer::run(std::size_t count) {
  const std::size_t last = std::min(count, asked_);
  for (std::size_t replicate = pairs_done(); replicate < last; ++replicate)
    for (std::size_t side = 0; side < sides; ++side)
      if (sides_[side].done == replicate) simulate(side, replicate), ++sides_[side].done;
  return pairs_done();
}

ComparisonAnswer Explorer::answer() const {
  PairedSamples samples(sides, question().scenarios.front().scenario.calendar.months, question().matters);
  for (const Pair& pair : pairs()) samples.add(pair);
  return {question(), std::move(samples)};
}

std::string Explorer::name_of_file(std::size_t side) const {
  return changed(side) ? side == 0 ? "option-a.toml" : "option-b.toml" : coalitions_.at(sides_.at(side).coalition).file;
}

std::string Explorer::file_of(std::size_t side) const {
  const Coalition& coalition = coalitions_.at(sides_.at(side).coalition);
  return changed_file(coalition.scenario, coalition.file, question().scenarios.at(side).scenario);
}

std::string Explorer::command() const {
  std::string line = fmt::format("coalis compare {} {} --replicates {} --seed {} --outcomes {}", io::toml_key(name_of_file(0)),
                                 io::toml_key(name_of_file(1)), asked_, seed, outcome);
  if (!same_money.empty()) line += " --equal-budget " + same_money;
  if (!question().sets) return line;
  double draws = 0;
  for (const ParameterSet& set : sets_->sets) draws += set.weight;
  return line + fmt::format(" --parameters {} --draws {}", sets_->file, draws);
  return line;
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
