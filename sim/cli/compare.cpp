// coalis compare: paired differences between scenarios.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "coalis/core/counted.hpp"
#include "coalis/io/comparison_file.hpp"
#include "coalis/io/evidence_file.hpp"
#include "coalis/io/parameter_sets.hpp"
#include "coalis/io/scenario_file.hpp"
#include "coalis/network/outcomes.hpp"
#include "commands.hpp"
#include "compare_answer.hpp"
#include "outcomes_shown.hpp"
#include "progress.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

constexpr std::size_t usual_replicates = 200, most_for_precision = 65'536;

struct CompareOptions {
  std::vector<std::string> scenarios, set, outcomes, matters, structures;
  std::string output, on, lever, parameters;
  std::uint32_t replicates = 0;  // 0: as usual
  std::uint64_t seed = 1;
  int threads = 0, draws = 0;
  double precision = 0;  // 0: not asked for
  bool force = false, quiet = false, json = false, all = false;
};

// Says what is wrong with the command line; exit code bad_input.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

bool report(const std::vector<Diagnostic>& diagnostics) {
  for (const auto& diagnostic : diagnostics) fmt::print(stderr, "{}\n", to_string(diagnostic));
  return std::all_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.warning; });
}

// Outcomes by their name, or by its part before the kind.
std::vector<std::size_t> outcomes_named(const std::string& name, const char* option) {
  auto found = cli::outcomes_named(name);
  if (found.empty()) throw UsageError(fmt::format("{} {}: there is no such outcome; coalis defaults lists them", option, name));
  return found;
}

// Whether outcomes are asked for that are computed only then.
bool further_asked(const CompareOptions& options) {
  std::vector<std::string> names = options.outcomes;
  if (!options.on.empty()) names.push_back(options.on);
  for (const auto& text : options.matters) names.push_back(text.substr(0, text.find('=')));
  return std::any_of(names.begin(), names.end(),
                     [](const std::string& name) { return further_outcomes(cli::outcomes_named(name)); });
}

std::vector<double> matters_of(const CompareOptions& options) {
  std::vector<double> matters;
  for (const Quantity& quantity : outcomes_of(further_asked(options))) matters.push_back(quantity.matters);
  for (const auto& text : options.matters) {
    const auto equals = text.find('=');
    if (equals == std::string::npos)
      throw UsageError(fmt::format("--matters {}: write OUTCOME=DIFFERENCE, as in engaged=0.05", text));
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + equals + 1, end, value);
    if (error != std::errc() || stop != end || !(value >= 0) || !std::isfinite(value))
      throw UsageError(fmt::format("--matters {}: the difference must be a number, 0 or more", text));
    for (const std::size_t i : outcomes_named(text.substr(0, equals), "--matters")) matters[i] = value;
  }
  return matters;
}

std::string label_of(std::size_t i) { return i < 26 ? std::string(1, static_cast<char>('A' + i)) : fmt::format("S{}", i + 1); }

// Scenarios with overrides and equal budget; nothing if one is wrong (which has been said).
std::optional<std::vector<Contender>> read_contenders(const CompareOptions& options) {
  std::vector<Contender> contenders;
  bool right = true;
  for (const auto& name : options.scenarios) {
    ScenarioFile file = read_scenario(name, options.set);
    right = report(file.diagnostics) && right;
    if (right)
      contenders.push_back(
          {label_of(contenders.size()), name, file.scenario, planned_cost(file.scenario), {}, file.evidence_path});
  }
  if (!right) return std::nullopt;
  const Contender& reference = contenders.front();
  for (Contender& c : contenders) {
    if (c.scenario.calendar != reference.scenario.calendar)
      throw UsageError(
          fmt::format("{}: starts {} and runs {}, {} starts {} and runs {}; compare scenarios of one calendar, or --set it",
                      c.file, c.scenario.calendar.start, counted(c.scenario.calendar.months, "month"), reference.file,
                      reference.scenario.calendar.start, reference.scenario.calendar.months));
    if (options.lever.empty() || &c == &reference) continue;
    try {
      c.budget = equal_budget(c.scenario, reference.planned_cost, options.lever);
    } catch (const BudgetError& error) {
      throw UsageError(fmt::format("{}: cannot have the budget of {}: {}", c.file, reference.file, error.what()));
    }
    c.scenario = c.budget->scenario;
    c.planned_cost = c.budget->cost_after;
  }
  return contenders;
}

// The scenarios' own structure first, then those of --structures.
std::vector<StructureOf> structures_of(const CompareOptions& options, const std::vector<Contender>& contenders) {
  const Scenario& reference = contenders.front().scenario;
  const Structure own = reference.structure;
  std::vector<StructureOf> structures{{own, calibration_of(own, reference.parameters)}};
  if (options.structures.empty()) return structures;
  try {
    const auto set = switches_set(options.structures);
    for (const Contender& c : contenders) {
      const Structure& s = c.scenario.structure;
      if ((set[0] && s.engagement != own.engagement) || (set[1] && s.decision != own.decision) ||
          (set[2] && s.influence != own.influence))
        throw UsageError(fmt::format("{} and {} differ in what --structures sets in all; compare them without it",
                                     contenders.front().file, c.file));
    }
    for (const Structure& s : structure_variants(own, options.structures))
      structures.push_back({s, calibration_of(s, reference.parameters)});
  } catch (const VariantError& error) {
    throw UsageError(fmt::format("--structures: {}", error.what()));
  }
  return structures;
}

// A parameter set's scenarios, checked, with its weight.
struct WeightedScenarios {
  double weight;
  std::vector<Scenario> scenarios;
};

// Nothing if a set is wrong (which has been said).
std::optional<std::vector<WeightedScenarios>> read_sets(const CompareOptions& options, const std::vector<Contender>& contenders) {
  std::vector<WeightedScenarios> result;
  if (options.parameters.empty()) return result;
  ParameterSets sets = read_parameter_sets(options.parameters);
  if (!report(sets.diagnostics)) return std::nullopt;
  if (const auto plans = leave_out_plans(sets); !plans.empty() && !options.quiet)
    fmt::print(stderr, "{}: {} left to the scenarios: what is planned is what they compare\n", sets.file, fmt::join(plans, ", "));
  std::vector<double> weights;
  for (const ParameterSet& set : sets.sets) weights.push_back(set.weight);
  if (options.draws > 0) {
    const auto counts = systematic_resampling(weights, options.draws, options.seed);
    std::copy(counts.begin(), counts.end(), weights.begin());
  }
  for (std::size_t i = 0; i < sets.sets.size(); ++i) {
    if (!(weights[i] > 0)) continue;
    WeightedScenarios& one = result.emplace_back(WeightedScenarios{weights[i], {}});
    for (const Contender& c : contenders) {
      const ScenarioFile file = with_parameters(c.scenario, sets, sets.sets[i]);
      if (!report(file.diagnostics)) return std::nullopt;
      if (file.scenario.structure != c.scenario.structure)
        throw UsageError(fmt::format(
            "{}:{}: was fitted under the structure '{}', {} has '{}'; set it in all with --set "
            "structure.engagement=...",
            sets.file, sets.sets[i].line, to_string(file.scenario.structure), c.file, to_string(c.scenario.structure)));
      if (std::abs(planned_cost(file.scenario) - c.planned_cost) > 1e-9 * c.planned_cost)
        throw UsageError(fmt::format("{}:{}: changes the planned cost of {}; what is compared must not vary with parameters",
                                     sets.file, sets.sets[i].line, c.file));
      one.scenarios.push_back(file.scenario);
    }
  }
  return result;
}

std::vector<Scenario> scenarios_of(const std::vector<Contender>& contenders) {
  std::vector<Scenario> scenarios;
  for (const Contender& c : contenders) scenarios.push_back(c.scenario);
  return scenarios;
}

// The switches named in --structures, in all scenarios.
std::vector<Scenario> with_structure(std::vector<Scenario> scenarios, const std::vector<bool>& set, const Structure& structure) {
  for (Scenario& s : scenarios) {
    if (set[0]) s.structure.engagement = structure.engagement;
    if (set[1]) s.structure.decision = structure.decision;
    if (set[2]) s.structure.influence = structure.influence;
  }
  return scenarios;
}

// The command with every value that matters spelt out.
std::string command_line(const CompareOptions& options, std::size_t replicates) {
  std::string line = "coalis compare";
  for (const auto& file : options.scenarios) line += fmt::format(" '{}'", file);
  line += fmt::format(" --replicates {} --seed {} --threads {}", replicates, options.seed, options.threads);
  if (options.precision > 0) line += fmt::format(" --precision {} --on {}", options.precision, options.on);
  if (!options.lever.empty()) line += fmt::format(" --equal-budget {}", options.lever);
  if (!options.outcomes.empty()) line += fmt::format(" --outcomes {}", fmt::join(options.outcomes, ","));
  for (const auto& text : options.set) line += fmt::format(" --set '{}'", text);
  for (const auto& text : options.matters) line += fmt::format(" --matters {}", text);
  if (!options.structures.empty()) line += fmt::format(" --structures {}", fmt::join(options.structures, ","));
  if (!options.parameters.empty()) line += fmt::format(" --parameters '{}'", options.parameters);
  if (options.draws > 0) line += fmt::format(" --draws {}", options.draws);
  return line;
}

// Runs comparisons with what they have in common.
class Bench {
 public:
  Bench(const CompareOptions& options, std::size_t runs)
      : options_(options), further_(further_asked(options)), progress_(runs, !options.quiet) {}

  // Replicates first..first+count-1 of all scenarios; false if interrupted.
  bool run(std::span<const Scenario> scenarios, std::size_t first, std::size_t count, const Recording& recording,
           const PairedSink& sink) {
    const Execution execution{.threads = options_.threads,
                              .cancel = &interruption_.requested(),
                              .progress = [&](std::size_t done) { progress_.show(done_ + done); },
                              .measure = further_ ? &add_outcomes : nullptr};
    const auto replicates = replicate_range(static_cast<std::uint32_t>(first), count);
    const std::size_t done =
        run_paired(scenarios, options_.seed, replicates, further_ ? with_sources(recording) : recording, execution, sink);
    done_ += done;
    progress_.wipe();
    return done == count;
  }
  int exit_code() const { return interruption_.exit_code(); }  // after an interruption

 private:
  const CompareOptions& options_;
  bool further_;
  Interruption interruption_;
  ProgressLine progress_;
  std::size_t done_ = 0;
};

PrecisionAnswer precision_of(const PairedSamples& samples, double wanted, std::size_t outcome) {
  PrecisionAnswer answer{wanted, outcome, true, {}, 0};
  for (std::size_t i = 1; i < samples.scenarios(); ++i) {
    const PairedSummary s = samples.difference(i, outcome);
    answer.half_widths.push_back(half_width(s.se));
    answer.reached = answer.reached && answer.half_widths.back() <= wanted;
    const double needed = replicates_needed(s.sd, wanted);
    answer.needed = std::isnan(s.sd) || std::isnan(answer.needed) ? s.sd : std::max(answer.needed, needed);
  }
  return answer;
}

// The comparison proper: all replicates at once, or from look to look until it is precise enough. False if interrupted.
bool run_comparison(const CompareOptions& options, CompareAnswer& answer, Bench& bench, ComparisonWriter* writer) {
  const auto scenarios = scenarios_of(answer.scenarios);
  const PairedSink sink = [&](std::span<const RunRecord> records) {
    answer.samples.add(records);
    if (writer) writer->append(records);
  };
  if (!(options.precision > 0)) return bench.run(scenarios, 0, answer.asked, comparison_recording, sink);
  const std::size_t outcome = outcomes_named(options.on, "--on").front();
  for (std::size_t look = first_look; look <= answer.asked; look *= 2) {
    const std::size_t done = answer.samples.replicates();
    const bool whole = bench.run(scenarios, done, look - done, comparison_recording, sink);
    answer.precision = precision_of(answer.samples, options.precision, outcome);
    if (!whole) answer.precision->reached = false;
    if (!whole || answer.precision->reached) return whole;
  }
  return true;
}

// Every other structure with the scenarios' own parameters, every structure with every parameter set.
bool run_variants(const CompareOptions& options, CompareAnswer& answer, Bench& bench,
                  const std::vector<WeightedScenarios>& sets) {
  const Recording outcomes_alone{false, false, false, false, false};
  const auto set = options.structures.empty() ? std::vector<bool>{false, false, false} : switches_set(options.structures);
  const auto matters = matters_of(options);
  const auto run = [&](std::size_t structure, bool own, double weight, const std::vector<Scenario>& scenarios) {
    VariantRun variant{structure, own, weight, PairedSamples(scenarios.size(), 0, matters)};
    const auto varied = with_structure(scenarios, set, answer.structures[structure].structure);
    const bool whole = bench.run(varied, 0, answer.samples.replicates(), outcomes_alone,
                                 [&](std::span<const RunRecord> records) { variant.samples.add(records); });
    if (whole) answer.variants.push_back(std::move(variant));
    return whole;
  };
  for (std::size_t i = 0; i < answer.structures.size(); ++i) {
    if (i > 0 && !run(i, true, 1, scenarios_of(answer.scenarios))) return false;
    for (const WeightedScenarios& one : sets)
      if (!run(i, false, one.weight, one.scenarios)) return false;
  }
  return true;
}

std::size_t replicates_asked(const CompareOptions& options) {
  const std::size_t given = options.replicates;
  if (!(options.precision > 0)) return given > 0 ? given : usual_replicates;
  const std::size_t most = last_look(given > 0 ? given : most_for_precision);
  if (most == 0)
    throw UsageError(
        fmt::format("--replicates {}: --precision looks at {} first; allow as many", given, counted(first_look, "replicate")));
  return most;
}

void check_usage(const CompareOptions& options) {
  if (options.scenarios.size() < 2) throw UsageError("one scenario is nothing to compare; name two or more");
  const auto levers = budget_levers();
  if (!options.lever.empty() && std::find(levers.begin(), levers.end(), options.lever) == levers.end())
    throw UsageError(fmt::format("--equal-budget {}: choose one of {}", options.lever, fmt::join(levers, ", ")));
  if (options.precision > 0 && outcomes_named(options.on, "--on").size() > 1)
    throw UsageError(fmt::format("--on {}: name one outcome, as in {}.meeting", options.on, options.on));
}

std::string text_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<ComparedScenario> compared_of(const CompareAnswer& answer) {
  std::vector<ComparedScenario> compared;
  for (const Contender& c : answer.scenarios) compared.push_back({c.label, c.scenario, budget_sentence(answer, c)});
  return compared;
}

ComparisonInfo comparison_info(const CompareOptions& options, const CompareAnswer& answer, std::size_t asked) {
  return {options.seed, asked, provenance(command_line(options, asked), thread_count(options.threads)), matters_of(options),
          answer.evidence_text};
}

// Mean differences of the own structure and of those of --structures, with the scenarios' own parameters.
std::vector<ComparedStructure> structures_compared(const CompareAnswer& answer) {
  std::vector<ComparedStructure> list;
  const auto add = [&](std::size_t structure, const PairedSamples& samples) {
    const StructureOf& of = answer.structures[structure];
    ComparedStructure& one =
        list.emplace_back(ComparedStructure{to_string(of.structure), std::string(to_string(of.calibration)), {}, {}});
    for (std::size_t q = 0; q < outcome_quantities().size(); ++q) {
      auto& mean = one.mean.emplace_back();
      auto& error = one.error.emplace_back();
      for (std::size_t i = 1; i < samples.scenarios(); ++i) {
        const PairedSummary s = samples.difference(i, q);
        mean.push_back(s.mean), error.push_back(s.se);
      }
    }
  };
  add(0, answer.samples);
  for (const VariantRun& run : answer.variants)
    if (run.own_parameters) add(run.structure, run.samples);
  return list;
}

int compare(const CompareOptions& options) {
  check_usage(options);
  const auto shown = outcomes_shown("coalis compare", options.outcomes, options.all || options.json);
  if (!shown) return bad_input;
  auto contenders = read_contenders(options);
  if (!contenders) return bad_input;
  const std::size_t asked = replicates_asked(options);
  const int months = contenders->front().scenario.calendar.months;
  CompareAnswer answer{*contenders,
                       options.seed,
                       asked,
                       *shown,
                       PairedSamples(contenders->size(), months, matters_of(options)),
                       options.lever,
                       {},
                       structures_of(options, *contenders),
                       0,
                       {},
                       {},
                       {},
                       {}};
  const auto sets = read_sets(options, *contenders);
  if (!sets) return bad_input;
  answer.parameter_sets = sets->size();
  if (const auto& evidence = contenders->front().evidence; !evidence.empty()) {
    answer.evidence_text = text_of_file(evidence);
    const EvidenceFile figures = parse_evidence(answer.evidence_text, evidence.string());
    if (!report(figures.diagnostics)) return bad_input;
    answer.evidence.sites = figures.calibrated_sites();
  }

  std::optional<ComparisonWriter> writer;
  if (!options.output.empty()) {
    answer.file = options.output;
    writer.emplace(*answer.file, options.force, compared_of(answer), comparison_info(options, answer, asked));
  }
  Bench bench(options, asked * (answer.structures.size() * (sets->size() + 1)));
  bool whole = run_comparison(options, answer, bench, writer ? &*writer : nullptr);
  if (answer.samples.replicates() == 0) return bench.exit_code();
  if (whole && (answer.structures.size() > 1 || !sets->empty())) whole = run_variants(options, answer, bench, *sets);
  if (!whole) answer.variants.clear();
  if (writer) {
    if (const auto list = structures_compared(answer); list.size() > 1) writer->structures(list);
    if (const auto list = variances_of(answer); !list.empty()) writer->variances(list);
    writer->finish(tbb_loop());
  }

  if (options.json)
    fmt::print("{}\n", to_json(answer).dump(2));
  else
    print_answer(to_text(answer));
  if (!whole) fmt::print(stderr, "Interrupted after {}.\n", counted(answer.samples.replicates(), "replicate"));
  return whole ? success : bench.exit_code();
}

int guarded(const CompareOptions& options) try { return compare(options); } catch (const UsageError& error) {
  fmt::print(stderr, "coalis compare: {}\n", error.what());
  return bad_input;
} catch (const ResultError& error) {
  fmt::print(stderr, "{}\n", error.what());
  return file_error;
}

void add_options(CLI::App& command, CompareOptions& o) {
  command.add_option("SCENARIO", o.scenarios, "Scenario files (TOML), the first being the reference")->required();
  command.add_option("-o,--output", o.output, "Comparison file to write (HDF5)");
  command
      .add_option("--replicates", o.replicates, "Number of replicates of each; with --precision the most (default 200, 65536)")
      ->check(CLI::PositiveNumber);
  command.add_option("--seed", o.seed, "Seed of all random draws")->capture_default_str();
  command.add_option("--threads", o.threads, "Threads; 0: all")->check(CLI::NonNegativeNumber)->capture_default_str();
  command.add_option("--set", o.set, "Change a value of all scenarios: path=value")->take_all()->allow_extra_args(false);
  auto* outcomes =
      command
          .add_option("--outcomes", o.outcomes,
                      "Outcomes to show: names, or what stands before .KIND; those of network and association only if named")
          ->delimiter(',');
  command.add_flag("--all", o.all, "Show all outcomes of a run, not the main ones alone (--json has all of them)")
      ->excludes(outcomes);
  command.add_option("--matters", o.matters, "Difference that matters: OUTCOME=DIFFERENCE")->delimiter(',');
  auto* precision =
      command
          .add_option("--precision", o.precision, "Run until the 95 % interval of a mean difference is so narrow to each side")
          ->check(CLI::PositiveNumber);
  auto* on = command.add_option("--on", o.on, "Outcome of --precision")->needs(precision);
  precision->needs(on);
  command.add_option("--equal-budget", o.lever,
                     "Scale this in the others to the reference's planned cost: fte, per_year or a lever");
  command
      .add_option("--structures", o.structures, "Repeat under other structures: engagement, decision, influence, all, or values")
      ->delimiter(',');
  auto* parameters = command.add_option("--parameters", o.parameters, "Repeat with weighted parameter sets (CSV)");
  command.add_option("--draws", o.draws, "Draw so many parameter sets by their weights; without it all are run")
      ->check(CLI::PositiveNumber)
      ->needs(parameters);
  command.add_flag("--force", o.force, "Replace an existing comparison file");
  command.add_flag("--quiet", o.quiet, "No progress line");
  command.add_flag("--json", o.json, "Print the answer as JSON (docs/formats/comparison.md)");
}

}  // namespace

void add_compare(CLI::App& program, int& status) {
  const auto options = std::make_shared<CompareOptions>();
  CLI::App* command = program.add_subcommand("compare", "Compare scenarios replicate by replicate, with all draws shared");
  add_options(*command, *options);
  command->footer(
      "Examples:\n"
      "  coalis compare scenarios/illinois.toml scenarios/illinois-full-time-leader.toml --outcomes engaged,goal_attainment\n"
      "  coalis compare scenarios/illinois.toml scenarios/illinois-three-hubs.toml --equal-budget fte -o hubs.h5\n"
      "  coalis compare A.toml B.toml --precision 0.01 --on engaged\n"
      "  coalis compare A.toml B.toml --structures engagement --parameters sets.csv --draws 50 --outcomes engaged\n"
      "Exit codes: 0 done, also if --precision was not reached (which is said), 1 a run failed, 2 the command line, a scenario "
      "or a\n"
      "parameter set is wrong or a budget cannot be met, 3 the file exists already or cannot be written, 130 interrupted: "
      "Ctrl-C\n"
      "finishes the runs under way and keeps them.");
  command->callback([options, &status] { status = guarded(*options); });
}

}  // namespace coalis::cli
