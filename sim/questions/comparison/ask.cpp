#include "coalis/questions/comparison/ask.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>
#include <variant>

#include "coalis/core/counted.hpp"
#include "coalis/core/letters.hpp"
#include "coalis/core/names.hpp"
#include "coalis/core/number_text.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/asked_month.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/questions/outcomes_named.hpp"
#include "coalis/questions/policy/beginning.hpp"
#include "coalis/statistics/paired_statistics.hpp"
#include "questions/comparison/sets.hpp"

namespace coalis {
namespace {

constexpr std::size_t usual_replicates = 200, most_for_precision = 65'536;

// Resolves options one after the other; the first problem ends it.
class Asking {
 public:
  Asking(const ComparisonOptions& options, const ComparisonInput& input) : options_(options), input_(input) {}

  Asked<Comparison> all() {
    comparison_.seed = options_.seed, comparison_.lever = options_.lever, comparison_.budget = options_.budget;
    const bool right =
        usage() && outcomes() && from_month() && contenders() && replicates() && matters() && structures() && sets();
    if (!right) return {std::nullopt, std::move(problems_)};
    mark_structures(input_, comparison_);
    comparison_.evidence = input_.evidence_text;
    comparison_.own = OwnItems(input_.evidence, comparison_.scenarios.front().scenario);
    return {std::move(comparison_), std::move(problems_)};
  }

 private:
  bool refuse(std::string option, std::string problem, std::string advice = "") {
    return refuse(option_problem(std::move(option), std::move(problem), std::move(advice)));
  }
  bool refuse(Diagnostic problem) {
    problems_.push_back(std::move(problem));
    return false;
  }
  bool no_such_outcome(const std::string& option, const std::string& name) {
    return refuse(option + name, "there is no such outcome", outcome_advice(name));
  }

  bool usage() {
    if (options_.scenarios.size() + options_.with.size() < 2)
      return refuse("", "one scenario is nothing to compare",
                    "name two or more, or options with --with (coalis options lists some)");
    if (auto problem = options_.budget != 0 ? budget_problem(options_.budget) : std::nullopt) return refuse(std::move(*problem));
    const auto levers = budget_levers();
    if (!options_.lever.empty() && std::find(levers.begin(), levers.end(), options_.lever) == levers.end())
      return refuse((options_.budget > 0 ? "--lever " : "--equal-budget ") + options_.lever,
                    fmt::format("choose one of {}", fmt::join(levers, ", ")),
                    decimal_number(options_.lever) ? fmt::format("a sum is --budget {}", options_.lever) : "");
    if (options_.draws != 0 && (options_.draws < 0 || options_.parameters.empty()))
      return refuse(fmt::format("--draws {}", options_.draws),
                    options_.draws < 0 ? "takes 1 or more" : "takes some of the sets of --parameters, which is missing");
    return precision();
  }

  // How sure, and of which outcome: both or neither.
  bool precision() {
    if (options_.precision == 0 && options_.on.empty()) return true;
    if (options_.precision != 0 && !(options_.precision > 0 && std::isfinite(options_.precision)))
      return refuse(fmt::format("--precision {}", options_.precision), "takes a number above 0");
    if (options_.precision == 0 || options_.on.empty())
      return refuse("", "how sure, of which outcome: --precision and --on go together");
    const auto named = outcomes_named(options_.on);
    if (named.empty()) return no_such_outcome("--on ", options_.on);
    if (named.size() > 1) return refuse("--on " + options_.on, fmt::format("name one outcome, as in {}.meeting", options_.on));
    comparison_.precision = WantedPrecision{options_.precision, named.front()};
    return true;
  }

  bool outcomes() {
    auto asked = outcomes_asked(options_.outcomes, options_.all);
    problems_.insert(problems_.end(), asked.problems.begin(), asked.problems.end());
    if (asked.ok()) comparison_.outcomes = std::move(*asked.question);
    return asked.ok();
  }

  bool from_month() {
    auto found = asked_from_month(input_.scenarios.at(0).calendar, options_.from_month);
    if (auto* problem = std::get_if<Diagnostic>(&found)) return refuse(std::move(*problem));
    comparison_.from = std::get<int>(found);
    return true;
  }

  // Scenarios of one calendar, at equal budget if that is asked for.
  bool contenders() {
    const std::size_t files = options_.scenarios.size();
    for (std::size_t i = 0; i < files + options_.with.size(); ++i) {
      const Scenario& scenario = input_.scenarios.at(i);
      const bool is_file = i < files;
      comparison_.scenarios.push_back({letter_of(i),
                                       is_file ? options_.scenarios[i] : options_.scenarios.front(),
                                       scenario,
                                       0,
                                       {},
                                       {},
                                       {},
                                       is_file ? "" : options_.with[i - files]});
    }
    name_contenders();
    if (!options_have_names()) return false;
    const Contender& reference = comparison_.scenarios.front();
    for (Contender& c : comparison_.scenarios) {
      const Calendar &own = c.scenario.calendar, &first = reference.scenario.calendar;
      if (own != first)
        return refuse(c.called(),
                      fmt::format("starts {} and runs {}, {} starts {} and runs {}", own.start, counted(own.months, "month"),
                                  reference.file, first.start, first.months),
                      "compare scenarios of one calendar, or --set it");
    }
    if (!begin_and_equalise()) return false;
    for (Contender& c : comparison_.scenarios) {
      c.base = evidence_base(c.scenario);
      if (input_.apart && &c != &reference) c.apart = input_.apart(reference.scenario, c.scenario);
    }
    return true;
  }

  // What has no name is called by its file, and so are those of one name, so that each can be told.
  void name_contenders() {
    auto& all = comparison_.scenarios;
    const auto file_of = [](const Contender& c) { return std::filesystem::path(c.file).stem().string(); };
    std::vector<std::string> names;
    for (const Contender& c : all) {
      const bool twice = std::any_of(all.begin(), all.end(), [&](const Contender& other) {
        return name_key(other.scenario.name) == name_key(c.scenario.name) && file_of(other) != file_of(c);
      });
      const std::string& name = c.scenario.name;
      names.push_back(is_blank(name) ? file_of(c) : twice ? fmt::format("{}, {}", name, file_of(c)) : name);
    }
    for (std::size_t i = 0; i < all.size(); ++i) all[i].scenario.name = names[i];
  }

  // Of two that are called alike nobody could say which is meant.
  bool options_have_names() {
    const auto& all = comparison_.scenarios;
    for (const Contender& c : all)
      for (const Contender& other : all)
        if (!c.option.empty() && &other < &c && name_key(other.scenario.name) == name_key(c.scenario.name))
          return refuse("--with " + c.option, fmt::format("{} is called '{}', too", other.called(), other.scenario.name),
                        "name it otherwise, as in --with 'NAME: CHANGE'");
    return true;
  }

  // Until the month all are the reference as it is given. From then on the others have its cost, or all of them a sum, if that is
  // asked for.
  bool begin_and_equalise() {
    const Scenario until_then = comparison_.scenarios.front().scenario;
    std::vector<Scenario> given;
    for (const Contender& c : comparison_.scenarios) given.push_back(c.scenario);
    const bool sum = options_.budget > 0;
    const double cost = sum ? options_.budget : planned_cost(until_then, comparison_.from);
    for (std::size_t i = 0; i < comparison_.scenarios.size(); ++i) {
      Contender& c = comparison_.scenarios[i];
      c.planned_cost = planned_cost(c.scenario, comparison_.from);
      if (i == 0 && !sum) continue;
      auto begun = beginning_in(until_then, c.scenario, comparison_.from);
      for (Diagnostic& problem : begun.problems)
        problem.file = fmt::format("--from-month {}, {}", options_.from_month, c.called());
      if (!add_problems(problems_, begun.problems)) return false;
      if (!options_.lever.empty()) {
        if (!equalise(c, until_then, cost)) return false;
        say_what_is_left(given, i, cost);
        begun = beginning_in(until_then, c.scenario, comparison_.from);
      }
      c.scenario = std::move(*begun.question);
      c.planned_cost = c.budget ? c.budget->cost_after : planned_cost(c.scenario, comparison_.from);
    }
    return true;
  }

  // Scales what is run from the month on; the time before costs what it does.
  bool equalise(Contender& c, const Scenario& until_then, double cost) {
    const int from = comparison_.from;
    const auto cost_of = [&](const Scenario& s) { return planned_cost(*beginning_in(until_then, s, from).question, from); };
    auto found = equal_budget(c.scenario, cost, options_.lever, cost_of, from);
    if (const auto* error = std::get_if<BudgetError>(&found)) {
      const std::string budget = options_.budget > 0 ? fmt::format("a budget of {:.0f} USD a year", cost)
                                                     : "the budget of " + comparison_.scenarios.front().file;
      return refuse(c.called(), fmt::format("cannot have {}: {}", budget, error->problem));
    }
    c.budget = std::get<Budget>(std::move(found));
    c.scenario = c.budget->scenario;
    c.scenario.name += c.budget->became;  // wherever it is named

    // What is said of it is of what was before.
    if (!c.budget->became.empty()) c.scenario.description.clear();
    return true;
  }

  // The same money may take away what an option is about: that is said, and by what else it could be met.
  void say_what_is_left(const std::vector<Scenario>& given, std::size_t i, double cost) {
    Contender& c = comparison_.scenarios[i];
    if (i == 0 || !c.budget) return;
    const Budget& budget = *c.budget;
    const std::optional<Budget>& of_reference = comparison_.scenarios.front().budget;
    const ScaledFrom reference{given.front(), of_reference ? of_reference->scenario : given.front()},
        option{given[i], budget.scenario};
    c.left = left_after_scaling(reference, option, options_.lever, comparison_.from);
    if (!c.left) return;
    const auto met_by = [&](const std::string& lever, const Scenario& scenario) {
      const auto cost_of = [&](const Scenario& s) {
        return planned_cost(*beginning_in(given.front(), s, comparison_.from).question, comparison_.from);
      };
      return std::holds_alternative<Budget>(equal_budget(scenario, cost, lever, cost_of, comparison_.from));
    };
    for (const std::string& lever : budget_levers())
      if (lever != options_.lever && met_by(lever, given[i]) && (!of_reference || met_by(lever, given.front()))) {
        c.instead = lever;
        return;
      }
  }

  bool replicates() {
    const std::size_t given = options_.replicates;
    comparison_.replicates = given > 0 ? given : usual_replicates;
    if (!comparison_.precision) return true;
    comparison_.replicates = last_look(given > 0 ? given : most_for_precision);
    if (comparison_.replicates > 0) return true;
    return refuse(fmt::format("--replicates {}", given),
                  fmt::format("--precision looks at {} first", counted(first_look, "replicate")), "allow as many");
  }

  // Whether outcomes are asked for that are computed only then.
  bool further_asked() const {
    std::vector<std::string> names = options_.outcomes;
    if (!options_.on.empty()) names.push_back(options_.on);
    for (const auto& text : options_.matters) names.push_back(text.substr(0, text.find('=')));
    return std::any_of(names.begin(), names.end(),
                       [](const std::string& name) { return further_outcomes(outcomes_named(name)); });
  }

  bool matters() {
    std::set<std::string> given;
    for (const Quantity& quantity : outcomes_of(further_asked())) comparison_.matters.push_back(quantity.matters);
    for (std::size_t m = 0; m < options_.matters.size(); ++m) {
      const std::string &text = options_.matters[m], option = "--matters " + text;
      const auto equals = text.find('=');
      if (equals == std::string::npos && m > 0 && decimal_number(text)) {  // "engaged=0,5"
        const std::string& before = options_.matters[m - 1];
        return refuse(fmt::format("--matters {},{}", before, text), "a comma stands between two differences",
                      fmt::format("write a decimal point, as in {}.{}", before, text));
      }
      if (equals == std::string::npos) return refuse(option, "write OUTCOME=DIFFERENCE, as in engaged=0.05");
      const auto value = decimal_number(std::string_view(text).substr(equals + 1));
      if (!value || !(*value >= 0) || !std::isfinite(*value)) return refuse(option, "the difference must be a number, 0 or more");
      const std::string name = text.substr(0, equals);
      if (!given.insert(name).second) return refuse(option, name + " has a difference already");
      const auto named = outcomes_named(name);
      if (named.empty()) return no_such_outcome("--matters ", name);
      for (const std::size_t i : named) comparison_.matters[i] = *value;
    }
    return true;
  }

  // The scenarios' own structure first, then those that are asked for.
  bool structures() {
    const Contender& reference = comparison_.scenarios.front();
    const Structure& own = reference.scenario.structure;
    comparison_.structures.push_back({own, Calibration::not_calibrated});
    comparison_.switches = {false, false, false};
    if (options_.structures.empty()) return true;
    try {
      const auto set = switches_set(options_.structures);
      for (const Contender& c : comparison_.scenarios) {
        const Structure& s = c.scenario.structure;
        if ((set[0] && s.engagement != own.engagement) || (set[1] && s.decision != own.decision) ||
            (set[2] && s.influence != own.influence))
          return refuse("", fmt::format("{} and {} differ in what --structures sets in all", reference.file, c.file),
                        "compare them without it");
      }
      comparison_.switches = set;
      for (const Structure& s : structure_variants(own, options_.structures))
        comparison_.structures.push_back({s, Calibration::not_calibrated});
    } catch (const VariantError& error) {
      return refuse("--structures", error.what());
    }
    return true;
  }

  bool sets() {
    if (!input_.sets) return true;
    if (input_.before_drawing) input_.before_drawing(comparison_);
    return use_sets(options_, input_, comparison_, problems_);
  }

  const ComparisonOptions& options_;
  const ComparisonInput& input_;
  Comparison comparison_;
  std::vector<Diagnostic> problems_;
};

}  // namespace

bool Comparison::further() const { return matters.size() > outcome_quantities().size(); }

std::vector<Scenario> Comparison::own_scenarios() const {
  std::vector<Scenario> list;
  for (const Contender& c : scenarios) list.push_back(c.scenario);
  return list;
}

std::vector<std::vector<Scenario>> Comparison::variants(std::size_t structure) const {
  auto list = sets ? sets->scenarios : std::vector<std::vector<Scenario>>{own_scenarios()};
  for (auto& variant : list)
    for (Scenario& s : variant) s = under(std::move(s), structures[structure].structure);
  return list;
}

Scenario Comparison::under(Scenario scenario, const Structure& other) const {
  if (switches[0]) scenario.structure.engagement = other.engagement;
  if (switches[1]) scenario.structure.decision = other.decision;
  if (switches[2]) scenario.structure.influence = other.influence;
  return scenario;
}

Asked<Comparison> ask(const ComparisonOptions& options, const ComparisonInput& input) { return Asking(options, input).all(); }

}  // namespace coalis
