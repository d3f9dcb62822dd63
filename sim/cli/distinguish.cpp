// coalis distinguish: which observation would tell structures of engagement apart that fit the evidence alike.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/inference/telling_apart.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/questions/structures.hpp"
#include "coalis/statistics/resampling.hpp"
#include "commands.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

using Json = nlohmann::ordered_json;

struct DistinguishOptions {
  std::vector<std::string> scenarios, candidates;
  std::vector<std::size_t> organisations{25, 50, 100}, coalitions{1, 4};
  std::vector<int> months{6, 12, 24, 36};
  std::size_t replicates = 200;
  std::uint64_t seed = 1;
  int threads = 0;
  bool quiet = false, json = false;
};

struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A structure of engagement with the parameters that the evidence leaves it.
struct Candidate {
  std::string name;
  ParameterSets sets;               // none: the scenarios' own parameters
  std::vector<std::size_t> set_of;  // [replicate], drawn by weight
  std::vector<Scenario> scenarios;  // with the structure, in the order of the command
};

// A way of looking: at whom and for how long.
struct Observation {
  std::string name;
  std::size_t scenario = 0;  // under which
  std::size_t organisations = 0;
  int months = 0;
  enum class Kind { lists_so_far, lists, survey } kind = Kind::lists;
};

Scenario read(const std::string& path, const std::string& structure) {
  const ScenarioFile file = read_scenario(path, std::vector<std::string>{fmt::format("structure.engagement=\"{}\"", structure)});
  for (const auto& d : file.diagnostics) print_message("{}\n", to_string(d));
  if (!file.ok()) throw UsageError(path + ": cannot be used");
  return file.scenario;
}

Candidate read_candidate(const std::string& text, const DistinguishOptions& options) {
  const auto equals = text.find('=');
  Candidate candidate{text.substr(0, equals), {}, std::vector<std::size_t>(options.replicates, 0), {}};
  const auto names = choices(Refers::engagement);
  if (std::find(names.begin(), names.end(), candidate.name) == names.end())
    throw UsageError(fmt::format("--candidate {}: choose one of {}", text, fmt::join(names, ", ")));
  for (const auto& path : options.scenarios) candidate.scenarios.push_back(read(path, candidate.name));
  if (equals == text.npos) return candidate;
  candidate.sets = read_parameter_sets(text.substr(equals + 1));
  for (const auto& d : candidate.sets.diagnostics) print_message("{}\n", to_string(d));
  if (!candidate.sets.ok()) throw UsageError(text.substr(equals + 1) + ": cannot be used");
  leave_out_plans(candidate.sets);  // what is planned is the scenarios', as in a comparison
  std::vector<double> weights;
  for (const ParameterSet& set : candidate.sets.sets) weights.push_back(set.weight);
  const auto counts = systematic_resampling(weights, static_cast<std::int64_t>(options.replicates), options.seed);
  candidate.set_of.clear();
  for (std::size_t i = 0; i < counts.size(); ++i)
    candidate.set_of.insert(candidate.set_of.end(), static_cast<std::size_t>(counts[i]), i);
  return candidate;
}

// First month after the survey, from which is looked; the same in all scenarios.
int first_month(const DistinguishOptions& options, const std::vector<Candidate>& candidates) {
  const auto& scenarios = candidates.front().scenarios;
  const Scenario& reference = scenarios.front();
  for (std::size_t i = 0; i < scenarios.size(); ++i)
    if (scenarios[i].calendar != reference.calendar || scenarios[i].survey != reference.survey ||
        scenarios[i].organisations.count() != reference.organisations.count())
      throw UsageError(
          fmt::format("{} and {} differ in calendar, survey month or organisations", options.scenarios[i], options.scenarios[0]));
  const int first = reference.survey.month + 1, longest = *std::max_element(options.months.begin(), options.months.end());
  if (first + longest > reference.calendar.months)
    throw UsageError(fmt::format("{}: ends {} after its survey; --months asks for {}", options.scenarios[0],
                                 counted(reference.calendar.months - first, "month"), longest));
  return first;
}

std::vector<Observation> observations_of(const DistinguishOptions& options, const std::vector<Scenario>& scenarios, int first) {
  using Kind = Observation::Kind;
  std::vector<Observation> list;
  for (const std::size_t n : options.organisations) list.push_back({"attendance lists so far", 0, n, first, Kind::lists_so_far});
  for (const std::size_t n : options.organisations)
    for (const int months : options.months) list.push_back({"survey repeated: " + scenarios[0].name, 0, n, months, Kind::survey});
  for (std::size_t s = 0; s < scenarios.size(); ++s)
    for (const std::size_t n : options.organisations)
      for (const int months : options.months)
        list.push_back({"attendance lists: " + scenarios[s].name, s, n, months, Kind::lists});
  return list;
}

// One coalition of one candidate, looked at in every way: all runs share the replicate's draws.
class Looking {
 public:
  Looking(const DistinguishOptions& options, const std::vector<Candidate>& candidates,
          const std::vector<Observation>& observations, int first)
      : options_(options), candidates_(candidates), observations_(observations), first_(first) {}

  static constexpr Recording by_organisation{.trajectories = false,
                                             .regions = false,
                                             .organisations = false,
                                             .ties = false,
                                             .survey = true,
                                             .organisation_trajectories = true};
  static constexpr Recording survey_alone{
      .trajectories = false, .regions = false, .organisations = false, .ties = false, .survey = true};

  std::vector<Features> look(std::size_t candidate, std::uint32_t replicate) const {
    const Candidate& c = candidates_[candidate];
    std::vector<RunRecord> records;
    for (std::size_t s = 0; s < c.scenarios.size(); ++s)
      records.push_back(run(scenario_of(c, s, replicate), replicate, by_organisation));
    std::map<int, RunRecord> surveys;
    for (const int months : options_.months) {
      Scenario later = scenario_of(c, 0, replicate);
      later.survey.month = first_ + months - 1;
      surveys[months] = run(later, replicate, survey_alone);
    }
    const int count = c.scenarios.front().organisations.count();
    const auto members = panel(records.front(), count, first_, options_.seed);
    std::vector<Features> features;
    for (const Observation& o : observations_) {
      const auto observed = std::span(members).first(std::min(o.organisations, members.size()));
      using Kind = Observation::Kind;
      if (o.kind == Kind::survey)
        features.push_back(survey_features(records.front(), surveys.at(o.months), observed));
      else if (o.kind == Kind::lists_so_far)
        features.push_back(attendance_features(records.front(), count, observed, {0, first_ / 2}, {first_ / 2, first_}));
      else
        features.push_back(attendance_features(records[o.scenario], count, observed, {0, first_}, {first_, first_ + o.months}));
    }
    return features;
  }

 private:
  Scenario scenario_of(const Candidate& c, std::size_t scenario, std::uint32_t replicate) const {
    if (c.sets.sets.empty()) return c.scenarios[scenario];
    const ScenarioFile file = with_parameters(c.scenarios[scenario], c.sets, c.sets.sets[c.set_of[replicate]]);
    if (!file.ok()) throw UsageError(to_string(file.diagnostics.front()));
    return file.scenario;
  }
  RunRecord run(const Scenario& scenario, std::uint32_t replicate, const Recording& recording) const {
    RunRecord record;
    Simulator(make_plan(scenario)).run(options_.seed, replicate, recording, record);
    return record;
  }

  const DistinguishOptions& options_;
  const std::vector<Candidate>& candidates_;
  const std::vector<Observation>& observations_;
  int first_;
};

// [observation][candidate][replicate]; nothing if interrupted, and then `status` is the exit code.
std::vector<std::vector<std::vector<Features>>> simulate(const DistinguishOptions& options, const Looking& looking,
                                                         std::size_t candidates, std::size_t observations, int& status) {
  std::vector<std::vector<std::vector<Features>>> samples(
      observations, std::vector<std::vector<Features>>(candidates, std::vector<Features>(options.replicates)));
  Interruption interruption;
  ProgressLine progress(candidates * options.replicates, !options.quiet, "coalitions");
  const Execution execution{
      .threads = options.threads, .batch = 1, .cancel = &interruption.requested(), .progress = [&](std::size_t done) {
        progress.show(done);
      }};
  // Every task writes places of its own.
  const auto make_runner = [&]() -> Runner {
    return [&](std::uint32_t number, RunRecord&) {
      const std::size_t candidate = number / options.replicates, replicate = number % options.replicates;
      auto features = looking.look(candidate, static_cast<std::uint32_t>(replicate));
      for (std::size_t o = 0; o < features.size(); ++o) samples[o][candidate][replicate] = std::move(features[o]);
    };
  };
  const std::size_t tasks = candidates * options.replicates;
  if (execute(replicate_range(0, tasks), make_runner, execution, [](const RunRecord&) {}) == tasks) return samples;
  status = interruption.exit_code();
  return {};
}

// What the command takes; throws TooLarge if it does not fit. A thread keeps the records of all runs of a coalition.
void check_room(const DistinguishOptions& options, const std::vector<Candidate>& candidates, std::size_t observations) {
  constexpr std::size_t features = 64;  // bytes of a coalition's, looked at in one way
  Needs needs = ensemble_needs(candidates.front().scenarios, Looking::by_organisation, options.replicates * candidates.size(),
                               options.threads);
  const Scenario& first = candidates.front().scenarios.front();
  needs.thread_memory += static_cast<double>(options.months.size()) * record_bytes(first, Looking::survey_alone);
  needs.replicate_memory += static_cast<double>(observations * features);
  needs.replicates_named = "coalitions of all structures (--replicates)";
  require_room(needs);
}

struct Row {
  Observation observation;
  std::size_t coalitions;
  Discrimination result;
};

double guessing(const std::vector<Candidate>& candidates) { return 1 - 1 / static_cast<double>(candidates.size()); }

std::string months_of(const Observation& o) {
  const std::string months = counted(o.months, "month");
  return o.kind == Observation::Kind::lists_so_far ? months + " before the survey" : months + " after the survey";
}

// What the rows come to: the observation with the fewest errors, and the cheapest that errs as seldom.
std::string sentence(const std::vector<Row>& rows, const std::vector<Candidate>& candidates) {
  const auto least =
      std::min_element(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.result.error < b.result.error; });
  const auto effort = [](const Row& row) {
    return row.coalitions * row.observation.organisations * static_cast<std::size_t>(row.observation.months);
  };
  const Row* best = &*least;
  for (const Row& row : rows)
    if (row.result.error - least->result.error <= 2 * std::hypot(row.result.se, least->result.se) && effort(row) < effort(*best))
      best = &row;
  if (guessing(candidates) - least->result.error <= 2 * least->result.se)
    return fmt::format(
        "None of these observations tells the structures apart better than guessing, which errs in {:.0f} of 100 coalitions.\n",
        100 * guessing(candidates));
  const std::string where =
      fmt::format("{}, {} in {}, {}", best->observation.name, counted(best->observation.organisations, "organisation"),
                  best->coalitions == 1 ? "one coalition" : fmt::format("each of {} coalitions", best->coalitions),
                  months_of(best->observation));
  return fmt::format(
      "What tells them apart with the least effort: {}. The structure would then be named wrongly in {:.0f} of 100 cases "
      "(standard "
      "error {:.0f}){}; guessing errs in {:.0f}.\n",
      where, 100 * best->result.error, 100 * best->result.se,
      best == &*least
          ? ", the fewest of all that were tried"
          : fmt::format(", no clearly more than with the most that was tried ({:.0f} of 100)", 100 * least->result.error),
      100 * guessing(candidates));
}

std::string to_text(const std::vector<Row>& rows, const std::vector<Candidate>& candidates, const DistinguishOptions& options) {
  std::string names;
  for (const Candidate& c : candidates) names += (names.empty() ? "" : ", ") + c.name;
  std::string text = fmt::format(
      "How often a coalition's structure of engagement would be named wrongly ({}; guessing: {:.2f}), {} of each\n\n"
      "{}\nobservation\torganisations\tcoalitions\tmonths\terror\ts.e.\n",
      names, guessing(candidates), counted(options.replicates, "simulated coalition"), sentence(rows, candidates));
  for (const Row& row : rows)
    text += fmt::format("{}\t{}\t{}\t{}\t{:.2f}\t{:.2f}\n", row.observation.name, row.observation.organisations, row.coalitions,
                        row.observation.months, row.result.error, row.result.se);
  return text +
         "\nOrganisations are per coalition, of those that were members at the time of the survey. Months are those after the "
         "survey (of lists so far: before it). Errors are those of a quadratic discriminant on simulated coalitions that it has "
         "not "
         "seen.\n";
}

Json to_json(const std::vector<Row>& rows, const std::vector<Candidate>& candidates, const DistinguishOptions& options) {
  Json json{
      {"replicates", options.replicates}, {"seed", options.seed}, {"model_version", model_version}, {"rows", Json::array()}};
  for (const Candidate& c : candidates) json["candidates"].push_back({{"structure", c.name}, {"parameters", c.sets.file}});
  for (const Row& row : rows)
    json["rows"].push_back({{"observation", row.observation.name},
                            {"organisations", row.observation.organisations},
                            {"coalitions", row.coalitions},
                            {"months", row.observation.months},
                            {"error", row.result.error},
                            {"se", row.result.se},
                            {"confusion", row.result.confusion}});
  return json;
}

int distinguish(const DistinguishOptions& options) {
  if (options.candidates.size() < 2) throw UsageError("one candidate cannot be told apart; give --candidate twice or more");
  std::vector<Candidate> candidates;
  for (const auto& text : options.candidates) candidates.push_back(read_candidate(text, options));
  const int first = first_month(options, candidates);
  const auto observations = observations_of(options, candidates.front().scenarios, first);
  check_room(options, candidates, observations.size());
  int status = success;
  const auto samples =
      simulate(options, Looking(options, candidates, observations, first), candidates.size(), observations.size(), status);
  if (samples.empty()) return status;
  std::vector<Row> rows;
  for (std::size_t o = 0; o < observations.size(); ++o)
    for (const std::size_t coalitions : options.coalitions)
      rows.push_back({observations[o], coalitions, discriminate(samples[o], coalitions)});
  if (options.json)
    print_answer("{}\n", to_json(rows, candidates, options).dump(2));
  else
    print_text(to_text(rows, candidates, options));
  return success;
}

int guarded(const DistinguishOptions& options) try { return distinguish(options); } catch (const UsageError& error) {
  print_message("coalis distinguish: {}\n", error.what());
  return bad_input;
} catch (const std::invalid_argument& error) {  // discriminate(): too few cases
  print_message("coalis distinguish: {}; raise --replicates\n", error.what());
  return bad_input;
}

}  // namespace

void add_distinguish(CLI::App& program, int& status) {
  const auto options = std::make_shared<DistinguishOptions>();
  CLI::App* command =
      program.add_subcommand("distinguish", "Find the observation that would tell structures of engagement apart");
  command->add_option("SCENARIO", options->scenarios, "What is done after the survey month; the first: nothing new")->required();
  command
      ->add_option("--candidate", options->candidates,
                   "Structure and its parameter sets: STRUCTURE=FILE, or STRUCTURE alone; two or more")
      ->required()
      ->allow_extra_args(false);
  add_wholes(*command, "--organisations", options->organisations, from<int>(1), "Organisations observed in a coalition");
  add_wholes(*command, "--months", options->months, {1, 12'000}, "Months observed after the survey");
  add_wholes(*command, "--coalitions", options->coalitions, {1, 1'000'000}, "Coalitions observed together");
  add_whole(*command, "--replicates", options->replicates, {40, 1'000'000}, "Simulated coalitions of each structure");
  add_whole(*command, "--seed", options->seed, {}, "Seed of all random draws");
  add_whole(*command, "--threads", options->threads, thread_range, "Threads; 0: all");
  command->add_flag("--quiet", options->quiet, "No progress line");
  command->add_flag("--json", options->json, "As JSON");
  command->footer(
      "Examples:\n"
      "  coalis distinguish scenarios/twins/*.toml --candidate mixture=m.csv --candidate trait=t.csv\n"
      "Exit codes: 0 done, 1 a run failed, 2 the command line, a scenario or a parameter set is wrong, " +
      std::string(interruption_codes) + ".");
  command->callback([options, &status] { status = guarded(*options); });
}

}  // namespace coalis::cli
