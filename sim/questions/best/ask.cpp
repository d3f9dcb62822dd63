#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "coalis/core/number_text.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/model/record.hpp"
#include "coalis/questions/asked_month.hpp"
#include "coalis/questions/best/best.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/outcomes_named.hpp"
#include "coalis/questions/packed_sets.hpp"
#include "coalis/statistics/resampling.hpp"

namespace coalis {
namespace {

// A sixth of the budget as a round number: 10,000 of 60,000.
double next_step(double budget) {
  const double sixth = budget / 6, up_to = sixth * (1 + 1e-9);
  double power = 1;  // of ten
  while (power * 10 <= up_to) power *= 10;
  while (power > up_to) power /= 10;
  for (const double round : {5.0, 2.0})
    if (sixth >= round * power) return round * power;
  return power;
}

// The same policy, whatever it is called and however it came about.
bool is_known(std::span<const Possible> known, Scenario scenario) {
  return std::any_of(known.begin(), known.end(), [&](const Possible& other) {
    scenario.name = other.scenario.name;
    return other.scenario == scenario;
  });
}

// Resolves options one after the other; the first problem ends it.
class AskingBest {
 public:
  AskingBest(const BestOptions& options, const BestInput& input) : options_(options), input_(input) {}

  Asked<BestQuestion> all() {
    if (options_.draws != 0 && options_.parameters.empty()) {
      refuse(fmt::format("--draws {}", options_.draws), "takes some of the sets of --parameters, which is missing");
      return {std::nullopt, std::move(problems_)};
    }
    question_.file = options_.scenario, question_.scenario = input_.scenario, question_.seed = options_.seed;
    const bool right = money() && month() && aim() && guards() && structures() && first();
    if (!right) return {std::nullopt, std::move(problems_)};
    for (const auto* name : {"engaged", "engaged_steadily", "goal_attainment", "hours_given", "member_cost"}) {
      question_.shown.push_back(outcomes_named(name).front());
      question_.stretch.push_back(*stretch(name));
    }
    SearchRule& rule = question_.rule;
    for (const GuardedOutcome& guard : question_.guards) rule.race.tolerances.push_back(guard.tolerance);
    rule.race.most = 512;
    rule.race.fine = outcome_quantities()[question_.aim].matters / 2;
    const std::size_t sets = question_.sets(), each = std::max<std::size_t>(2, options_.replicates / sets);
    rule.fresh = sets > 1 ? each * sets : options_.replicates;  // every set as often
    return {std::move(question_), std::move(problems_)};
  }

 private:
  bool refuse(std::string option, std::string problem, std::string advice = "") {
    return refuse(option_problem(std::move(option), std::move(problem), std::move(advice)));
  }
  bool refuse(Diagnostic problem) {
    problems_.push_back(std::move(problem));
    return false;
  }

  bool money() {
    const double budget = options_.budget;
    if (auto problem = budget_problem(budget)) return refuse(std::move(*problem));
    question_.amounts = {budget / 2, 0.75 * budget, budget, budget + next_step(budget)};
    question_.budget = 2;
    return true;
  }

  // The outcome, if it is one of every run, alone of its name, and good or bad.
  std::optional<std::size_t> outcome(const std::string& option, const std::string& name) {
    const auto named = outcomes_named(name);
    if (named.empty() || named.front() >= outcome_quantities().size())
      refuse(option, named.empty() ? "there is no such outcome" : "is not an outcome of every run",
             named.empty() ? outcome_advice(name) : "coalis defaults lists them");
    else if (named.size() > 1)
      refuse(option, fmt::format("name one outcome, as in {}.meeting", name));
    else if (input_.better(name) == 0)
      refuse(option, "is neither good nor bad by itself", "name an outcome of which more or less is better, as engaged");
    else
      return named.front();
    return std::nullopt;
  }

  std::optional<double> stretch(std::string_view name) const {
    return input_.stretch ? input_.stretch(name, input_.scenario.calendar.months, question_.from) : std::optional(1.0);
  }

  bool aim() {
    const auto found = outcome("--for " + options_.aim, options_.aim);
    if (!found) return false;
    if (const auto times = stretch(options_.aim); !times || *times != 1)
      return refuse("--for " + options_.aim, "is an average of the whole run, and --from-month asks for the time after it",
                    "take another aim, or guard this one");
    question_.aim = *found, question_.better = input_.better(options_.aim);
    return true;
  }

  bool guards() {
    for (std::size_t g = 0; g < options_.guards.size(); ++g) {
      const std::string& text = options_.guards[g];
      const auto equals = text.find('=');
      if (equals == text.npos && g > 0 && options_.guards[g - 1].find('=') != text.npos && decimal_number(text)) {
        const std::string& before = options_.guards[g - 1];  // "withdrawn=0,5"
        return refuse(fmt::format("--guard {},{}", before, text), "a comma stands between two guards",
                      fmt::format("write a decimal point, as in {}.{}", before, text));
      }
      const std::string name = text.substr(0, equals), option = "--guard " + text;
      const auto found = outcome(option, name);
      if (!found) return false;
      if (*found == question_.aim) return refuse(option, "is the aim already", "leave it out");
      for (const GuardedOutcome& other : question_.guards)
        if (other.outcome == *found) return refuse(option, name + " is guarded already");
      const auto times = stretch(name);
      if (!times) return refuse(option, "is a ratio of the whole run, and --from-month asks for the time after it");
      GuardedOutcome guard{*found, input_.better(name), outcome_quantities()[*found].matters, *times};
      if (equals != text.npos) {
        const auto harm = decimal_number(std::string_view(text).substr(equals + 1));
        if (!harm || !(*harm >= 0) || !std::isfinite(*harm)) return refuse(option, "the harm must be a number, 0 or more");
        guard.tolerance = *harm;
      }
      question_.guards.push_back(guard);
    }
    return true;
  }

  bool month() {
    auto found = asked_from_month(input_.scenario.calendar, options_.from_month);
    if (auto* problem = std::get_if<Diagnostic>(&found)) return refuse(std::move(*problem));
    question_.from = std::get<int>(found);
    return true;
  }

  bool structures() {
    if (!options_.structures.empty() && input_.files.size() > 1)
      return refuse("--structures", "is given by several files of --parameters already", "leave one of the two out");
    const Structure own = input_.scenario.structure;
    if (input_.files.empty())
      question_.structures.push_back({own, calibration_of(input_.scenario), {}, {}, {}, evidence_base(input_.scenario)});
    for (const BestInput::File& file : input_.files)
      if (!add_file(file)) return false;
    auto& list = question_.structures;
    const auto first = std::find_if(list.begin(), list.end(), [&](const UnderStructure& one) { return one.structure == own; });
    if (first == list.end())
      return refuse("--parameters",
                    fmt::format("none was fitted under the structure of {}, '{}'", options_.scenario, to_string(own)),
                    "set it with --set structure.engagement=..., or add such a file");
    std::rotate(list.begin(), first, first + 1);
    return options_.structures.empty() || add_structures(own);
  }

  bool add_structures(const Structure& own) try {
    const UnderStructure with = question_.structures.front();
    for (const Structure& other : structure_variants(own, options_.structures)) {
      UnderStructure one = with;
      one.structure = other;
      one.calibration = with.file.empty() ? calibration_of(input_.scenario, other) : Calibration::not_calibrated;
      if (with.file.empty()) {
        Scenario there = input_.scenario;
        there.structure = other;
        one.base = evidence_base(there);
      }
      question_.structures.push_back(std::move(one));
    }
    return true;
  } catch (const VariantError& error) {
    return refuse("--structures", error.what());
  }

  // The sets of a file that draws take in turn, each checked with the scenario.
  bool add_file(const BestInput::File& file) {
    UnderStructure one;
    one.file = file.name, one.sets = file.sets;
    std::vector<double> weights;
    for (const ParameterSet& set : file.sets.sets) weights.push_back(set.weight);
    one.set_of = growing_resampling(weights, static_cast<std::size_t>(options_.draws_of_each()), options_.seed);
    const double cost = planned_cost(input_.scenario);
    const std::set<std::size_t> drawn(one.set_of.begin(), one.set_of.end());
    for (const std::size_t s : drawn) {
      const ParameterSet& set = file.sets.sets[s];
      const auto with = input_.with_parameters(input_.scenario, file.sets, set);
      if (!add_problems(problems_, with.problems) || !with.ok()) return false;
      const auto packed = with_packed_set(input_.scenario, file.sets, set);
      const std::string place = fmt::format("{}:{}", file.sets.file, set.line);
      if (!packed.ok() || *packed.question != *with.question)
        return refuse(place, "sets more than parameters, kinds, environment and structure", "leave these columns out");
      if (std::abs(planned_cost(*with.question) - cost) > 1e-9 * cost)
        return refuse(place, "changes the planned cost", "what is compared must not vary with parameters");
      if (s != *drawn.begin() && with.question->structure != one.structure)
        return refuse(place, "has another structure than the sets before it", "give a file for each structure");
      one.structure = with.question->structure;
    }
    const auto first = input_.with_parameters(input_.scenario, file.sets, file.sets.sets.front());
    one.base = evidence_base(input_.scenario, file.sets, first.ok() ? &*first.question : nullptr);
    one.calibration = one.base.sites > 0 ? Calibration::calibrated : Calibration::not_calibrated;
    for (const UnderStructure& other : question_.structures)
      if (other.structure == one.structure)
        return refuse("--parameters " + file.name, "has the structure of " + other.file, "give one file for each structure");
    question_.structures.push_back(std::move(one));
    return true;
  }

  bool first() {
    const Scenario& now = question_.scenario;
    question_.menu = menu_of(now);
    question_.first.push_back({{}, {"as it is", {}}, now, planned_cost(now, question_.from)});
    for (const Combination& one :
         first_round(question_.menu, question_.amounts.size(), question_.budget, options_.points, options_.seed))
      if (auto made = possible(now, question_.menu, one, question_.amounts[one.money], question_.from);
          made && !is_known(question_.first, made->scenario))
        question_.first.push_back(std::move(*made));
    const Cheapest least = cheapest(now, question_.menu, question_.from);
    for (std::size_t money = 0; money < question_.amounts.size(); ++money)
      if (auto made = possible(now, question_.menu, {money, least.settings}, question_.amounts[money], question_.from);
          made && !is_known(question_.first, made->scenario))
        question_.first.push_back(std::move(*made));
    const bool any = std::any_of(question_.first.begin(), question_.first.end(),
                                 [&](const Possible& one) { return one.cost <= question_.amounts[question_.budget]; });
    if (any) return true;
    return refuse(fmt::format("--budget {}", number_text(options_.budget)),
                  fmt::format("whatever is chosen, {} costs {:.0f} USD a year or more", options_.scenario, least.cost),
                  "its events alone may cost more; a larger budget, or fewer events in the scenario");
  }

  const BestOptions& options_;
  const BestInput& input_;
  BestQuestion question_;
  std::vector<Diagnostic> problems_;
};

}  // namespace

std::vector<std::size_t> BestQuestion::counted() const {
  std::vector<std::size_t> list;
  for (std::size_t s = 0; s < structures.size(); ++s)
    if (structures[s].calibration == structures.front().calibration) list.push_back(s);
  return list;
}

const EvidenceBase& BestQuestion::evidence() const {
  for (const std::size_t s : counted())
    if (structures[s].base.sites == 0) return structures[s].base;
  return structures.front().base;
}

Scenario BestQuestion::under(const Scenario& option, std::size_t structure, std::size_t set) const {
  const UnderStructure& one = structures[structure];
  Scenario result = option;
  result.structure = one.structure;
  if (one.set_of.empty()) return result;
  result = *with_packed_set(result, one.sets, one.sets.sets[one.set_of[set]]).question;  // checked when it was asked
  result.structure = one.structure;
  return result;
}

Asked<BestQuestion> ask_best(const BestOptions& options, const BestInput& input) { return AskingBest(options, input).all(); }

namespace {

// Adds combinations to the known options, those that are new and can be paid; their costs.
class Adding {
 public:
  Adding(const BestQuestion& question, std::vector<Possible>& known) : question_(question), known_(known) {
    for (const Possible& one : known) tried_.insert(one.of);
  }
  void add(const Combination& one) {
    if (!tried_.insert(one).second) return;
    auto made = possible(question_.scenario, question_.menu, one, question_.amounts[one.money], question_.from);
    if (!made || is_known(known_, made->scenario)) return;
    costs.push_back(made->cost);
    known_.push_back(std::move(*made));
  }
  std::vector<double> costs;

 private:
  const BestQuestion& question_;
  std::vector<Possible>& known_;
  std::set<Combination> tried_;
};

}  // namespace

std::vector<double> refine(const BestQuestion& question, std::vector<Possible>& known, std::span<const std::size_t> best) {
  Adding added(question, known);
  for (std::size_t money = 0; money < question.amounts.size(); ++money) {
    const auto leader = std::find_if(best.begin(), best.end(), [&](std::size_t i) {
      return !known[i].of.settings.empty() && known[i].cost <= question.amounts[money];
    });
    if (leader == best.end()) continue;
    Combination of = known[*leader].of;
    of.money = money;
    for (const Combination& one : neighbours(question.menu, of, question.amounts.size())) added.add(one);
    added.add(of);  // the leader may be of less money
  }
  return std::move(added.costs);
}

std::vector<double> look_around(const BestQuestion& question, std::vector<Possible>& known, std::span<const std::size_t> best) {
  std::map<std::vector<std::size_t>, Combination> leaders;
  for (const std::size_t i : best)
    if (!known[i].of.settings.empty() && known[i].cost <= question.amounts[question.budget])
      leaders.emplace(way_of(question.menu, known[i].of), known[i].of);
  Adding added(question, known);
  for (auto& [way, of] : leaders) {
    of.money = question.budget;
    added.add(of);
    for (const Combination& one : neighbours(question.menu, of, question.amounts.size()))
      if (one.money == of.money && way_of(question.menu, one) == way) added.add(one);
  }
  return std::move(added.costs);
}

}  // namespace coalis
