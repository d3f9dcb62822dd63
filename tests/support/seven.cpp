#include "seven.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "coalis/engine/simulate.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "support.hpp"

namespace coalis::test {

const std::vector<NamedScenario>& seven_scenarios() {
  static const auto list = [] {
    std::vector<NamedScenario> read;
    for (const char* path :
         {"scenarios/illinois.toml", "tests/docking/data/b-other-rules.toml", "tests/docking/data/c-nonmembers-and-levers.toml",
          "tests/docking/data/d-hubs-with-core.toml", "tests/docking/data/e-interventions.toml",
          "tests/docking/data/f-convened-by-members.toml", "tests/docking/data/g-stress.toml"}) {
      ScenarioFile file = read_scenario(source_dir() / path);
      if (!file.ok()) throw std::runtime_error(to_string(file.diagnostics.front()));
      read.push_back({std::string(1, static_cast<char>('a' + read.size())), std::move(file.scenario)});
    }
    return read;
  }();
  return list;
}

RunRecord run_once(const Scenario& scenario, std::uint32_t replicate, const Recording& recording,
                   std::string_view instruction_set, std::uint64_t seed) {
  RunRecord record;
  Simulator(make_plan(scenario), instruction_set).run(seed, replicate, recording, record);
  return record;
}

bool same_record(const RunRecord& a, const RunRecord& b) {
  const auto same_tie = [](const Tie& x, const Tie& y) {
    return x.owner == y.owner && x.partner == y.partner && x.strength == y.strength;
  };
  const auto answers = [](const Respondent& r) {
    return std::tuple(r.organisation, r.sector, r.meetings, r.outreach, r.trainings, r.cases, r.goal, r.leadership, r.inside,
                      r.outside);
  };
  const auto same_answers = [&](const Respondent& x, const Respondent& y) { return answers(x) == answers(y); };
  return a.replicate == b.replicate && a.hash == b.hash && same_bits(a.outcomes, b.outcomes) &&
         same_bits(a.trajectories, b.trajectories) && same_bits(a.region_trajectories, b.region_trajectories) &&
         a.attended == b.attended && same_bits(a.final_float, b.final_float) && a.final_integer == b.final_integer &&
         std::equal(a.ties.begin(), a.ties.end(), b.ties.begin(), b.ties.end(), same_tie) &&
         same_bits(a.region_ties, b.region_ties) && same_bits(a.survey, b.survey) &&
         std::equal(a.respondents.begin(), a.respondents.end(), b.respondents.begin(), b.respondents.end(), same_answers) &&
         same_bits(a.organisation_trajectories, b.organisation_trajectories);
}

}  // namespace coalis::test
