#include "coalis/report/words/options_text.hpp"

#include <fmt/format.h>

#include <cmath>

#include "coalis/core/names.hpp"
#include "coalis/core/shell_word.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/value_words.hpp"

namespace coalis {
namespace {

// A row a change; in words what was nothing before, or is not any more, stands alone.
std::string differences_of(const ListedOption& option, const Calendar& calendar, bool keys) {
  std::string text;
  if (keys) {
    for (const Difference& d : option.differences)
      text += fmt::format("    {}: {} to {}\n", d.path, d.a.value_or("absent"), d.b.value_or("absent"));
    return text;
  }
  for (const SettingChange& change : changes_in_words(option.differences, calendar)) {
    if (change.reference == "none" && change.other != "none")
      text += fmt::format("    New: {}\n", change.what);
    else if (change.other == "none")
      text += fmt::format("    Gone: {}\n", change.what);
    else
      text += fmt::format("    {}: {} instead of {}\n", change.what, change.other, change.reference);
  }
  return text;
}

}  // namespace

std::string cost_words(double before, double after) {
  const double more = std::round(after) - std::round(before);
  if (more == 0) return "It costs the same.";
  return fmt::format("It costs {} USD a year {}.", grouped(std::abs(more)), more > 0 ? "more" : "less");
}

std::string to_text(const ListedOptions& list, bool keys) {
  std::string text = fmt::format(
      "What {} could do otherwise. As it is, its coordination is planned to cost {} USD a year; members' own time and "
      "travel is no part of that.\n",
      list.scenario.name, grouped(list.cost));
  std::string senseless, example;
  for (const ListedOption& option : list.options) {
    const std::string& name = option.made.option.name;
    if (!option.made.reason.empty()) {
      senseless += fmt::format("  {}: {}\n", name, option.made.reason);
      continue;
    }
    if (example.size() < 60 && name_key(name) != name_key(list.scenario.name)) example += " --with " + shell_word(name);
    text += fmt::format("\n  {}\n    {} {}\n{}", name, option.made.meaning, cost_words(list.cost, option.cost),
                        differences_of(option, list.scenario.calendar, keys));
  }
  if (!senseless.empty()) text += "\nNot for this coalition:\n" + senseless;
  if (!keys) text += "\nEvery value that an option changes: --keys.\n";
  if (!example.empty()) text += fmt::format("\nTo compare some of them: coalis compare {}{}\n", shell_word(list.file), example);
  return text;
}

}  // namespace coalis
