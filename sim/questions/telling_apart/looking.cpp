// Runs of one simulated coalition, and what can be observed of them.
#include <algorithm>
#include <map>

#include "coalis/engine/simulate.hpp"
#include "coalis/questions/telling_apart/telling_apart.hpp"

namespace coalis {
namespace {

Scenario scenario_of(const TellingApart& question, const Candidate& candidate, std::size_t scenario, std::uint32_t replicate) {
  const auto& sets = candidate.sets;
  if (sets.sets.empty()) return candidate.scenarios[scenario];
  return question.with_set(candidate.scenarios[scenario], sets, sets.sets[candidate.set_of[replicate]]);
}

RunRecord run(const TellingApart& question, const Scenario& scenario, std::uint32_t replicate, const Recording& recording) {
  RunRecord record;
  Simulator(make_plan(scenario)).run(question.seed, replicate, recording, record);
  return record;
}

}  // namespace

std::vector<Features> look_at(const TellingApart& question, std::size_t candidate, std::uint32_t replicate) {
  const Candidate& c = question.candidates[candidate];
  const int first = question.first;
  std::vector<RunRecord> records;
  for (std::size_t s = 0; s < c.scenarios.size(); ++s)
    records.push_back(run(question, scenario_of(question, c, s, replicate), replicate, TellingApart::by_organisation));
  std::map<int, RunRecord> surveys;
  for (const int months : question.months) {
    Scenario later = scenario_of(question, c, 0, replicate);
    later.survey.month = first + months - 1;
    surveys[months] = run(question, later, replicate, TellingApart::survey_alone);
  }
  const int count = c.scenarios.front().organisations.count();
  const auto members = panel(records.front(), count, first, question.seed);
  std::vector<Features> features;
  for (const PossibleObservation& o : question.observations) {
    const auto observed = std::span(members).first(std::min(o.organisations, members.size()));
    using Seen = PossibleObservation::Kind;
    if (o.kind == Seen::survey)
      features.push_back(survey_features(records.front(), surveys.at(o.months), observed));
    else if (o.kind == Seen::lists_so_far)
      features.push_back(attendance_features(records.front(), count, observed, {0, first / 2}, {first / 2, first}));
    else
      features.push_back(attendance_features(records[o.scenario], count, observed, {0, first}, {first, first + o.months}));
  }
  return features;
}

}  // namespace coalis
