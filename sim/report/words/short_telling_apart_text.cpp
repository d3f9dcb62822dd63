// See short_telling_apart_text.hpp.
#include "coalis/report/words/short_telling_apart_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "coalis/core/counted.hpp"
#include "coalis/core/letter_case.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/report/words/short_sentences.hpp"
#include "coalis/report/words/value_words.hpp"

namespace coalis {
namespace {

using Watching = PossibleObservation::Kind;

// What is done meanwhile, in few words; "" where all that is watched is watched under one scenario.
std::string meanwhile(const TellingApartAnswer& answer, std::size_t scenario) {
  std::map<std::size_t, std::string> names;
  for (const auto& row : answer.rows)
    if (row.observation.kind == Watching::lists)
      names[row.observation.scenario] = row.observation.name.substr(row.observation.name.find(": ") + 2);
  if (names.size() < 2 || !names.contains(scenario)) return "";
  std::vector<std::string> all;
  for (const auto& [number, name] : names) all.push_back(name);
  return short_names(all)[static_cast<std::size_t>(std::distance(names.begin(), names.find(scenario)))];
}

std::string organisations_of(const TellingApartAnswer::Row& row) {
  const std::string each = counted(row.observation.organisations, "organisation");
  return row.coalitions == 1 ? each : fmt::format("{} coalitions, {} each", row.coalitions, each);
}

}  // namespace

std::string model_named(const TellingApartAnswer& answer, std::size_t candidate) {
  const auto& named = answer.candidates[candidate];
  const auto same = std::count_if(answer.candidates.begin(), answer.candidates.end(),
                                  [&](const auto& other) { return other.structure == named.structure; });
  const std::string words = rule_words(named.structure), file = named.file.substr(named.file.find_last_of('/') + 1);
  return same == 1 ? words : fmt::format("{} ({})", words, file.empty() ? "the scenario's own parameters" : file);
}

std::string right_in_100(double error) { return fixed(100 * (1 - error), 0); }

double half_interval(double standard_error) { return 1.96 * standard_error; }

std::string kind_of_evidence(const TellingApartAnswer& answer, const PossibleObservation& observation) {
  switch (observation.kind) {
    case Watching::lists_so_far: return "Attendance lists so far";
    case Watching::survey: return "A second survey";
    default: break;
  }
  const std::string name = meanwhile(answer, observation.scenario);
  return name.empty() ? "New attendance lists" : fmt::format("New attendance lists under \"{}\"", name);
}

std::string evidence_watched(const TellingApartAnswer& answer, const TellingApartAnswer::Row& row) {
  const PossibleObservation& o = row.observation;
  const std::string whom = organisations_of(row), months = counted(o.months, "month");
  if (o.kind == Watching::lists_so_far) return "the attendance lists so far of " + whom;
  if (o.kind == Watching::survey) return fmt::format("a second survey of {}, {} after the first", whom, months);
  const std::string name = meanwhile(answer, o.scenario);
  return fmt::format("attendance lists of {}{} over {}{}", whom, row.coalitions == 1 ? "" : ",", months,
                     name.empty() ? "" : fmt::format(" under \"{}\"", name));
}

std::string short_telling_apart_answer(const TellingApartAnswer& answer) {
  const LeastEffort effort = least_effort(answer);
  const std::string guessing = right_in_100(answer.guessing());
  if (!effort.better_than_guessing)
    return fmt::format(
        "None of these would tell them apart: of {} ways of watching none is told from guessing, right {} times in 100.",
        answer.rows.size(), guessing);
  const auto& row = answer.rows[effort.cheapest];
  const std::string what = capitalised(evidence_watched(answer, row)), right = right_in_100(row.result.error);
  return fullest({fmt::format("{} would name the right model {} times in 100; guessing does {} times.", what, right, guessing),
                  fmt::format("{} would name the right model {} times in 100.", what, right),
                  fmt::format("{} would name the right model {} times in 100; guessing does {} times.",
                              kind_of_evidence(answer, row.observation), right, guessing)});
}

std::vector<std::string> telling_apart_how_sure(const TellingApartAnswer& answer) {
  const LeastEffort effort = least_effort(answer);
  const auto &row = answer.rows[effort.cheapest], &least = answer.rows[effort.fewest_errors];
  std::vector<std::string> said;
  if (effort.better_than_guessing) {
    said.push_back(fmt::format("The {} may be off by {} either way (95 % interval).", right_in_100(row.result.error),
                               fixed(100 * half_interval(row.result.se), 0)));
    said.push_back(effort.cheapest == effort.fewest_errors
                       ? "No other way that was tried is right more often."
                       : fmt::format("The most that was reached is {} in 100, which is not clearly more, for more effort.",
                                     right_in_100(least.result.error)));
  }
  said.push_back(fmt::format("It rests on {} simulated coalitions of each model, half of which teach how to judge the others.",
                             grouped(static_cast<double>(answer.replicates))));
  said.emplace_back("Simulated lists are complete. Real ones have gaps, and tell less.");
  return said;
}

std::vector<std::string> telling_apart_costs(const TellingApartAnswer& answer) {
  const LeastEffort effort = least_effort(answer);
  std::vector<std::string> said;
  if (effort.better_than_guessing) {
    const auto& row = answer.rows[effort.cheapest];
    said.push_back(fmt::format("Effort is organisations times months: here {}. No price is put on it.",
                               grouped(static_cast<double>(effort_of(row)))));
    if (row.coalitions > 1)
      said.push_back(
          fmt::format("It takes {} coalitions that are run by one and the same rule, and watched together.", row.coalitions));
  } else {
    said.emplace_back("More organisations, more months or more coalitions may help. So may a change that sets the models apart.");
  }
  said.emplace_back("Until then, ask every question under each of these models, and trust what all of them say.");
  return said;
}

std::vector<std::string> models_told_apart(const TellingApartAnswer& answer) {
  std::vector<std::string> said;
  for (std::size_t c = 0; c < answer.candidates.size(); ++c) said.push_back(capitalised(model_named(answer, c)) + ".");
  return said;
}

}  // namespace coalis
