#include "coalis/io/scenario/policy_option.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "coalis/core/characters.hpp"
#include "coalis/core/names.hpp"
#include "coalis/core/path_names.hpp"
#include "coalis/io/scenario/resolved.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/questions/equal_budget.hpp"
#include "coalis/questions/policy/beginning.hpp"
#include "coalis/questions/policy/ready_made.hpp"
#include "coalis/questions/policy/without.hpp"
#include "scenario_load.hpp"

namespace coalis {
namespace {

using Diagnostics = std::vector<Diagnostic>;

constexpr std::string_view takes_away = "without ", said = "--with ";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Where a character stands first outside of quotes and before another, which may be 0 for any; npos if nowhere.
std::size_t outside_of_quotes(std::string_view text, char wanted, char before) {
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quote && quote == '"' && text[i] == '\\')
      ++i;
    else if (quote)
      quote = text[i] == quote ? '\0' : quote;
    else if ((text[i] == '"' || text[i] == '\'') && !(i > 0 && is_letter(text[i - 1])))  // no apostrophe
      quote = text[i];
    else if (text[i] == wanted && (!before || (i + 1 < text.size() && text[i + 1] == before)))
      return i;
  }
  return text.npos;
}

// As it stands, or in quotes if it would be taken for more or less than a name.
std::string name_as_given(const std::string& name) {
  const auto is_whole = [](const std::string& text) { return outside_of_quotes(text + ": ", ':', ' ') == text.size(); };
  const bool loses_quotes = name.size() > 2 && (name.front() == '"' || name.front() == '\'') && name.back() == name.front();
  if (is_whole(name) && !loses_quotes) return name;
  const std::string doubled = '"' + name + '"';
  return is_whole(doubled) ? doubled : "'" + name + "'";
}

bool is_value(std::string_view change) { return outside_of_quotes(change, '=', 0) != change.npos; }
bool is_file(std::string_view change) { return change.ends_with(".toml"); }

// A scenario on its way through the changes of an option; values that follow each other are read together.
class Applying {
 public:
  Applying(const Scenario& scenario, const PolicyOption& option)
      : scenario_(scenario), place_(std::string(said) + to_string(option)) {}

  bool change(const std::string& text) {
    if (is_value(text)) return values_.push_back(text), true;
    if (!read_values()) return false;
    if (is_file(text)) return read_file(text);
    if (text.starts_with(takes_away)) return take(without(scenario_, trimmed(text.substr(takes_away.size()))));
    auto made = with_ready_made(scenario_, text);
    if (made) return scenario_ = *std::move(made), true;
    if (const FileIdentity found = what_is(std::filesystem::path(text)); !found.is.empty()) return refuse_file(text, found);
    if (const std::size_t colon = outside_of_quotes(text, ':', 0); colon != text.npos && colon + 1 < text.size())
      return refuse(fmt::format("'{}' is no ready-made option here", text),
                    fmt::format("a name ends with a colon and a space, as in '{}: {}'", text.substr(0, colon),
                                trimmed(text.substr(colon + 1))));
    return refuse(fmt::format("'{}' is no ready-made option here", text),
                  ready_made_problem(scenario_, text) + "; or write path=value, as in hubs." +
                      (scenario_.hubs.empty() ? "NAME" : in_path(scenario_.hubs.front().name)) + ".fte=1");
  }

  // All changes are there: checked as a file would be.
  bool finish() {
    if (!read_values()) return false;
    return read(io::load_scenario_text(to_toml(scenario_), place_, problems_), {});
  }

  bool take(Asked<Scenario> asked) {
    for (Diagnostic& problem : asked.problems) refuse(std::move(problem.problem), std::move(problem.advice));
    if (asked.question) scenario_ = *std::move(asked.question);
    return asked.ok();
  }

  const Scenario& scenario() const { return scenario_; }
  Diagnostics problems() { return std::move(problems_); }

 private:
  bool refuse(std::string problem, std::string advice) {
    problems_.push_back(option_problem(place_, std::move(problem), std::move(advice)));
    return false;
  }

  bool refuse_file(const std::string& name, const FileIdentity& found) {
    if (found.format == "scenario") return refuse(fmt::format("the name of '{}' does not end in .toml", name), "rename it");
    return refuse(fmt::format("'{}' is no option: {}", name, another_kind_text(found, "a scenario")), "");
  }

  bool read_values() {
    if (values_.empty()) return true;
    auto tree = io::load_scenario_text(to_toml(scenario_), place_, problems_);
    io::refuse_overlaps(values_, problems_, said);
    for (const std::string& text : values_) {
      const auto names = names_set(text);
      const bool planned = std::any_of(scenario_.interventions.begin(), scenario_.interventions.end(),
                                       [&](const Intervention& i) { return names_set(i.set) == names; });
      if (planned)  // else what is planned would overrule the option
        io::add_intervention(*tree, text, problems_, said);
      else
        io::apply_override(*tree, text, {}, problems_, said);
    }
    values_.clear();
    return read(std::move(tree), {});
  }

  bool read_file(const std::string& path) {
    auto tree = io::load_scenario_text(to_toml(scenario_), place_, problems_);
    io::Merged merged;
    if (!io::put_on_top(*tree, path, problems_, merged)) return false;
    const std::string evidence = scenario_.evidence;
    if (!read(std::move(tree), std::move(merged))) return false;
    scenario_.evidence = evidence;
    return true;
  }

  // What is wrong stands where the option or its file says it; what a line of the scenario is at odds with it, with the option.
  bool read(std::optional<io::Node> tree, io::Merged merged) {
    const auto wrong = [](const Diagnostic& d) { return !d.warning; };
    if (!tree || std::any_of(problems_.begin(), problems_.end(), wrong)) return false;
    ScenarioFile file = io::read_scenario_tree(*std::move(tree), std::move(merged), place_);
    for (Diagnostic& problem : file.diagnostics) {
      const bool own = problem.file != place_ || problem.line == 0;
      if (problem.warning && !own) continue;  // the scenario has it, too
      problems_.push_back(own ? std::move(problem)
                              : option_problem(place_, std::move(problem.problem), std::move(problem.advice)));
    }
    if (!file.ok()) return false;
    scenario_ = std::move(file.scenario);
    return true;
  }

  Scenario scenario_;
  const std::string place_;
  std::vector<std::string> values_;
  Diagnostics problems_;
};

}  // namespace

Asked<PolicyOption> parse_policy_option(std::string_view text) {
  const auto refuse = [&](std::string problem, std::string advice) -> Asked<PolicyOption> {
    return {std::nullopt, {option_problem(std::string(said) + visible(text, Lines::one), std::move(problem), std::move(advice))}};
  };
  if (const auto bad = bad_character(text, Lines::one)) return refuse(bad->what, "write characters that can be seen");
  PolicyOption option;
  std::string_view changes = text;
  if (const std::size_t colon = outside_of_quotes(text, ':', ' '); colon != text.npos) {
    option.name = trimmed(text.substr(0, colon));
    const char first = option.name.empty() ? ' ' : option.name.front();
    if (option.name.size() > 2 && (first == '"' || first == '\'') && option.name.back() == first)
      option.name = option.name.substr(1, option.name.size() - 2);
    changes = text.substr(colon + 1);
    if (option.name.empty()) return refuse("the option's name is empty", "write it before the colon, or leave the colon out");
    if (const std::string problem = blank_problem(option.name); !problem.empty())
      return refuse("the option's name " + problem, "write plain spaces, between words only");
  }
  while (true) {
    const std::size_t end = outside_of_quotes(changes, ';', 0);
    const std::string_view change = trimmed(changes.substr(0, end));
    if (change.empty())
      return refuse("a change is empty", "write NAME: CHANGE; CHANGE, as in 'half post: hubs.Office.fte=0.5; monthly meetings'");
    option.changes.emplace_back(change);
    if (end == changes.npos) break;
    changes = changes.substr(end + 1);
  }
  if (option.name.empty()) option.name = fmt::format("{}", fmt::join(option.changes, "; "));
  return {std::move(option), {}};
}

std::string to_string(const PolicyOption& option) {
  std::string changes = fmt::format("{}", fmt::join(option.changes, "; "));
  if (option.name == changes && outside_of_quotes(changes, ':', ' ') == changes.npos) return changes;
  return name_as_given(option.name) + ": " + changes;
}

Asked<PolicyEffect> with_option(const Scenario& scenario, const PolicyOption& option, int from) {
  Applying applying(scenario, option);
  const bool right = std::all_of(option.changes.begin(), option.changes.end(),
                                 [&](const std::string& change) { return applying.change(change); }) &&
                     applying.finish();
  if (!right) return {std::nullopt, applying.problems()};
  PolicyEffect effect;
  for (Difference& d : differences(scenario, applying.scenario()))
    if (!d.field.table.empty()) effect.differences.push_back(std::move(d));
  if (!applying.take(beginning_in(scenario, applying.scenario(), from))) return {std::nullopt, applying.problems()};
  effect.scenario = applying.scenario();
  const bool named_by_file = effect.scenario.name != scenario.name && to_string(option) == option.name;
  if (!named_by_file) effect.scenario.name = option.name;
  effect.scenario.description =
      fmt::format("{}, {}{}", scenario.name, effect.scenario.name.starts_with(takes_away) ? "" : "with ", effect.scenario.name);
  effect.cost_before = planned_cost(scenario, from), effect.cost = planned_cost(effect.scenario, from);
  return {std::move(effect), applying.problems()};
}

Asked<PolicyEffect> option_of(const Scenario& scenario, std::string_view text, int from) {
  Asked<PolicyOption> option = parse_policy_option(text);
  if (!option.ok()) return {std::nullopt, std::move(option.problems)};
  return with_option(scenario, *option.question, from);
}

}  // namespace coalis
