// Asking, and what the samples come to.
#include "coalis/questions/telling_apart/telling_apart.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "coalis/core/counted.hpp"
#include "coalis/core/double_math.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/statistics/intervals.hpp"
#include "coalis/statistics/resampling.hpp"

namespace coalis {
namespace {

constexpr std::array<std::size_t, 3> usual_organisations{25, 50, 100};
constexpr std::array usual_months{6, 12, 24, 36};

// Months of the run after its survey.
int months_after(const Scenario& scenario) { return scenario.calendar.months - scenario.survey.month - 1; }

// What is looked at where the options do not say: nobody can be observed who is not there, and nothing after the end.
TellingApartOptions completed(TellingApartOptions options, const Scenario& scenario) {
  const auto members = static_cast<std::size_t>(scenario.organisations.member_count());
  if (options.organisations.empty()) {
    for (const std::size_t n : usual_organisations) options.organisations.push_back(std::min(n, members));
    const auto repeated = std::unique(options.organisations.begin(), options.organisations.end());
    options.organisations.erase(repeated, options.organisations.end());
  }
  if (options.months.empty())
    for (const int months : usual_months)
      if (months == usual_months.front() || months <= months_after(scenario)) options.months.push_back(months);
  return options;
}

// What is wrong with the scenarios, which must be alike up to the survey and long enough after it.
std::vector<Diagnostic> scenario_problems(const TellingApartOptions& options, const std::vector<Scenario>& scenarios) {
  const Scenario& reference = scenarios.front();
  for (std::size_t i = 0; i < scenarios.size(); ++i)
    if (scenarios[i].calendar != reference.calendar || scenarios[i].survey != reference.survey ||
        scenarios[i].organisations.count() != reference.organisations.count())
      return {option_problem("", fmt::format("{} and {} differ in calendar, survey month or organisations", options.scenarios[i],
                                             options.scenarios[0]))};
  const auto members = static_cast<std::size_t>(reference.organisations.member_count());
  const std::size_t most = *std::max_element(options.organisations.begin(), options.organisations.end());
  if (most > members)
    return {option_problem(fmt::format("--organisations {}", most),
                           fmt::format("{} has {}", options.scenarios[0], counted(members, "member organisation")),
                           "observe no more than there are")};
  const int after = months_after(reference), longest = *std::max_element(options.months.begin(), options.months.end());
  if (longest <= after) return {};
  return {option_problem(options.scenarios[0],
                         fmt::format("ends {} its survey, after which {} {} to be observed",
                                     after > 0 ? counted(after, "month") + " after" : std::string("with"),
                                     counted(longest, "month"), longest == 1 ? "is" : "are"),
                         "a longer [calendar] months, an earlier [survey] month, or fewer --months")};
}

std::vector<PossibleObservation> observations_of(const TellingApartOptions& options, const std::vector<Scenario>& scenarios,
                                                 int first) {
  using Kind = PossibleObservation::Kind;
  std::vector<PossibleObservation> list;
  for (const std::size_t n : options.organisations) list.push_back({"attendance lists so far", 0, n, first, Kind::lists_so_far});
  for (const std::size_t n : options.organisations)
    for (const int months : options.months) list.push_back({"survey repeated: " + scenarios[0].name, 0, n, months, Kind::survey});
  for (std::size_t s = 0; s < scenarios.size(); ++s)
    for (const std::size_t n : options.organisations)
      for (const int months : options.months)
        list.push_back({"attendance lists: " + scenarios[s].name, s, n, months, Kind::lists});
  return list;
}

void draw_sets(Candidate& candidate, std::size_t replicates, std::uint64_t seed) {
  candidate.set_of.assign(replicates, 0);
  if (candidate.sets.sets.empty()) return;
  leave_out_plans(candidate.sets);  // what is planned is the scenarios', as in a comparison
  std::vector<double> weights;
  for (const ParameterSet& set : candidate.sets.sets) weights.push_back(set.weight);
  const auto counts = systematic_resampling(weights, static_cast<std::int64_t>(replicates), seed);
  candidate.set_of.clear();
  for (std::size_t i = 0; i < counts.size(); ++i)
    candidate.set_of.insert(candidate.set_of.end(), static_cast<std::size_t>(counts[i]), i);
}

}  // namespace

Asked<std::vector<CandidateName>> candidates_named(const TellingApartOptions& options) {
  if (options.candidates.size() < 2)
    return {std::nullopt, {option_problem("", "one candidate cannot be told apart", "give --candidate twice or more")}};
  const auto names = choices(Refers::engagement);
  std::vector<CandidateName> named;
  for (const std::string& text : options.candidates) {
    const auto equals = text.find('=');
    auto& one = named.emplace_back(CandidateName{text.substr(0, equals), std::nullopt});
    if (std::find(names.begin(), names.end(), one.structure) == names.end())
      return {std::nullopt, {option_problem("--candidate " + text, fmt::format("choose one of {}", fmt::join(names, ", ")))}};
    if (equals != text.npos) one.file = text.substr(equals + 1);
  }
  return {std::move(named), {}};
}

Asked<TellingApart> ask_telling_apart(const TellingApartOptions& asked, std::vector<Candidate> candidates, WithSet with_set) {
  const auto& scenarios = candidates.front().scenarios;
  const TellingApartOptions options = completed(asked, scenarios.front());
  if (auto problems = scenario_problems(options, scenarios); !problems.empty()) return {std::nullopt, std::move(problems)};
  TellingApart question;
  question.first = scenarios.front().survey.month + 1;
  question.observations = observations_of(options, scenarios, question.first);
  question.coalitions = options.coalitions;
  question.months = options.months;
  question.replicates = options.replicates;
  question.seed = options.seed;
  question.with_set = std::move(with_set);
  for (Candidate& candidate : candidates) draw_sets(candidate, options.replicates, options.seed);
  question.candidates = std::move(candidates);
  return {std::move(question), {}};
}

TellingApartAnswer telling_apart_answer(const TellingApart& question,
                                        std::span<const std::vector<std::vector<Features>>> samples) {
  TellingApartAnswer answer;
  for (const Candidate& candidate : question.candidates) answer.candidates.push_back({candidate.structure, candidate.sets.file});
  answer.replicates = question.replicates;
  answer.seed = question.seed;
  for (std::size_t o = 0; o < question.observations.size(); ++o)
    for (const std::size_t coalitions : question.coalitions)
      answer.rows.push_back({question.observations[o], coalitions, discriminate(samples[o], coalitions)});
  return answer;
}

std::size_t effort_of(const TellingApartAnswer::Row& row) {
  return row.coalitions * row.observation.organisations * static_cast<std::size_t>(row.observation.months);
}

LeastEffort least_effort(const TellingApartAnswer& answer) {
  const auto& rows = answer.rows;
  const std::size_t cases = answer.replicates * answer.candidates.size();
  // Of many ways that are tried one looks better by luck: the doubt of 2.5 % is shared out among them.
  const double beyond_luck = student_quantile(std::max<std::size_t>(cases, 2) - 1, 0.025 / static_cast<double>(rows.size()));
  const auto told = [&](std::size_t i) { return answer.guessing() - rows[i].result.error > beyond_luck * rows[i].result.se; };
  LeastEffort found;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool here = told(i), fewer = rows[i].result.error < rows[found.fewest_errors].result.error;
    if (here == found.better_than_guessing ? fewer : here) found.fewest_errors = i;
    found.better_than_guessing = found.better_than_guessing || here;
  }
  found.cheapest = found.fewest_errors;
  const Discrimination& least = rows[found.fewest_errors].result;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (told(i) == found.better_than_guessing && effort_of(rows[i]) < effort_of(rows[found.cheapest]) &&
        rows[i].result.error - least.error <= 2 * root_of_squares(rows[i].result.se, least.se))
      found.cheapest = i;
  return found;
}

}  // namespace coalis
