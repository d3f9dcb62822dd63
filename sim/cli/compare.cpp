// coalis compare: paired differences between scenarios.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>

#include "coalis/core/counted.hpp"
#include "coalis/ensemble/paired.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/hdf5/comparison_file.hpp"
#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/evidence_base.hpp"
#include "coalis/questions/outcomes_named.hpp"
#include "coalis/questions/survey_beside.hpp"
#include "commands.hpp"
#include "compare_answer.hpp"
#include "compare_sets.hpp"
#include "numbers.hpp"
#include "print.hpp"
#include "progress.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

constexpr std::size_t usual_replicates = 200, most_for_precision = 65'536;
// Replicate numbers from here on are those of runs with other luck; the parameter set is that of the number without it.
constexpr std::uint32_t other_luck = 1u << 31;

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

bool report(const std::vector<Diagnostic>& diagnostics) { return print_problems("coalis compare", diagnostics); }

// Outcomes by their name, or by its part before the kind.
std::vector<std::size_t> outcomes_named(const std::string& name, const char* option) {
  auto found = coalis::outcomes_named(name);
  if (found.empty()) throw UsageError(fmt::format("{} {}: there is no such outcome; coalis defaults lists them", option, name));
  return found;
}

// Whether outcomes are asked for that are computed only then.
bool further_asked(const CompareOptions& options) {
  std::vector<std::string> names = options.outcomes;
  if (!options.on.empty()) names.push_back(options.on);
  for (const auto& text : options.matters) names.push_back(text.substr(0, text.find('=')));
  return std::any_of(names.begin(), names.end(),
                     [](const std::string& name) { return further_outcomes(coalis::outcomes_named(name)); });
}

std::vector<double> matters_of(const CompareOptions& options) {
  std::vector<double> matters;
  std::set<std::string> given;
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
    const std::string name = text.substr(0, equals);
    if (!given.insert(name).second) throw UsageError(fmt::format("--matters {}: {} has a difference already", text, name));
    for (const std::size_t i : outcomes_named(name, "--matters")) matters[i] = value;
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
          {label_of(contenders.size()), name, file.scenario, planned_cost(file.scenario), {}, file.evidence_path, {}});
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
    c.scenario.name += c.budget->became;  // wherever it is named
    c.planned_cost = c.budget->cost_after;
  }
  for (Contender& c : contenders) c.base = evidence_base(c.scenario);
  return contenders;
}

// The scenarios' own structure first, then those of --structures.
std::vector<StructureOf> structures_of(const CompareOptions& options, const std::vector<Contender>& contenders) {
  const Scenario& reference = contenders.front().scenario;
  const Structure own = reference.structure;
  std::vector<StructureOf> structures{{own, calibration_of(reference)}};
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
      structures.push_back({s, calibration_of(reference, s)});
  } catch (const VariantError& error) {
    throw UsageError(fmt::format("--structures: {}", error.what()));
  }
  return structures;
}

// With parameter sets a structure is calibrated if they were fitted under it to these scenarios' coalition.
void mark_structures(CompareAnswer& answer) {
  const bool fitted =
      std::all_of(answer.scenarios.begin(), answer.scenarios.end(), [](const Contender& c) { return c.base.sites > 0; });
  for (StructureOf& one : answer.structures)
    one.calibration =
        fitted && one.structure == answer.structures.front().structure ? Calibration::calibrated : Calibration::not_calibrated;
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

// What is run: the scenarios as they are, or with each parameter set.
std::vector<std::vector<Scenario>> variants_of(const CompareAnswer& answer) {
  if (answer.sets) return answer.sets->scenarios;
  return {scenarios_of(answer.scenarios)};
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

  // Replicates first..first+count-1 of all scenarios, with their variants; false if interrupted.
  bool run(std::span<const std::vector<Scenario>> variants, const CompareAnswer& answer, std::size_t first, std::size_t count,
           const Recording& recording, const PairedSink& sink) {
    const auto variant_of = [&](std::uint32_t replicate) {
      return answer.sets ? answer.sets->scenarios_of[replicate % other_luck] : 0;
    };
    const Execution execution{.threads = options_.threads,
                              .cancel = &interruption_.requested(),
                              .progress = [&](std::size_t done) { progress_.show(done_ + done); },
                              .measure = further_ ? &add_outcomes : nullptr};
    const auto replicates = replicate_range(static_cast<std::uint32_t>(first), count);
    const std::size_t done = run_paired(variants, variant_of, options_.seed, replicates,
                                        further_ ? with_sources(recording) : recording, execution, sink);
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
    answer.half_widths.push_back(half_width(s));
    answer.reached = answer.reached && answer.half_widths.back() <= wanted;
    const double needed = replicates_needed(s.sd, wanted);
    answer.needed = std::isnan(s.sd) || std::isnan(answer.needed) ? s.sd : std::max(answer.needed, needed);
  }
  return answer;
}

std::vector<std::vector<double>> own_shares(const OwnItems& own, std::span<const RunRecord> records) {
  std::vector<std::vector<double>> shares;
  for (std::size_t i = 0; !own.empty() && i < records.size(); ++i) shares.push_back(own.shares(records[i]));
  return shares;
}

// The comparison proper: all replicates at once, or from look to look until it is precise enough. False if interrupted.
bool run_comparison(const CompareOptions& options, CompareAnswer& answer, Bench& bench, const OwnItems& own,
                    ComparisonWriter* writer) {
  const auto variants = variants_of(answer);
  const PairedSink sink = [&](std::span<const RunRecord> records) {
    answer.samples.add(records);
    if (writer) writer->append(records, own_shares(own, records));
  };
  const Recording recording = writer ? own.recording(comparison_recording) : comparison_recording;
  if (!(options.precision > 0)) return bench.run(variants, answer, 0, answer.asked, recording, sink);
  const std::size_t outcome = outcomes_named(options.on, "--on").front();
  for (std::size_t look = first_look; look <= answer.asked; look *= 2) {
    const std::size_t done = answer.samples.replicates();
    const bool whole = bench.run(variants, answer, done, look - done, recording, sink);
    answer.precision = precision_of(answer.samples, options.precision, outcome);
    if (!whole) answer.precision->reached = false;
    if (!whole || answer.precision->reached) return whole;
  }
  return true;
}

// Every other structure; with parameter sets every run once more with other luck. False if interrupted.
bool run_variants(const CompareOptions& options, CompareAnswer& answer, Bench& bench) {
  const Recording outcomes_alone{false, false, false, false, false, false};
  const auto set = options.structures.empty() ? std::vector<bool>{false, false, false} : switches_set(options.structures);
  const auto matters = matters_of(options);
  bool whole = true;
  const auto run = [&](std::size_t structure, std::size_t first) {
    auto variants = variants_of(answer);
    for (auto& scenarios : variants)
      scenarios = with_structure(std::move(scenarios), set, answer.structures[structure].structure);
    PairedSamples samples(answer.scenarios.size(), 0, matters);
    whole = whole && bench.run(variants, answer, first, answer.samples.replicates(), outcomes_alone,
                               [&](std::span<const RunRecord> records) { samples.add(records); });
    return samples;
  };
  const bool several_sets = answer.parameter_sets() > 1;
  if (several_sets) answer.again = run(0, other_luck);
  for (std::size_t i = 1; whole && i < answer.structures.size(); ++i) {
    VariantRun variant{i, run(i, 0), {}};
    if (several_sets && whole) variant.again = run(i, other_luck);
    answer.variants.push_back(std::move(variant));
  }
  return whole;
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

std::vector<ComparedScenario> compared_of(const CompareAnswer& answer) {
  std::vector<ComparedScenario> compared;
  for (const Contender& c : answer.scenarios)
    compared.push_back({c.label, c.scenario, budget_sentence(answer, c), {c.base.sites, c.base.basis, c.base.items}});
  return compared;
}

std::optional<ComparedSets> compared_sets(const CompareAnswer& answer) {
  if (!answer.sets) return std::nullopt;
  const UsedSets& used = *answer.sets;
  ComparedSets sets{
      std::filesystem::path(used.file).filename().string(), used.hash, {}, used.weights, {}, answer.parameter_sets()};
  sets.lines.assign(used.lines.begin(), used.lines.end());
  for (const std::size_t set : used.of_replicate) sets.set_of_replicate.push_back(static_cast<std::int32_t>(set));
  return sets;
}

ComparisonInfo comparison_info(const CompareOptions& options, const CompareAnswer& answer, std::size_t asked,
                               std::vector<Quantity> own_items) {
  return {options.seed,
          asked,
          provenance(command_line(options, asked), thread_count(options.threads)),
          matters_of(options),
          answer.evidence_text,
          compared_sets(answer),
          std::move(own_items)};
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
  for (const VariantRun& run : answer.variants) add(run.structure, run.samples);
  return list;
}

// What the command takes; throws TooLarge if it does not fit.
void check_room(const CompareOptions& options, const CompareAnswer& answer) {
  const auto scenarios = scenarios_of(answer.scenarios);
  const bool further = further_asked(options);
  const Recording recording = further ? with_sources(comparison_recording) : comparison_recording;
  Needs needs = ensemble_needs(scenarios, recording, answer.asked, options.threads);
  const std::size_t comparisons = answer.structures.size() * (answer.parameter_sets() > 1 ? 2 : 1),
                    outcomes = outcomes_of(further).size();
  add_figures(needs, comparisons * outcomes * scenarios.size());
  if (answer.file) {
    double row = 0, records = 0;
    for (const Scenario& scenario : scenarios) {  // its runs, and what they differ in
      row += 2 * result_row_bytes(scenario, recording, outcomes);
      records += record_bytes(scenario, recording);
    }
    add_file(needs, *answer.file, row, records);
  }
  require_room(needs);
}

int compare(const CompareOptions& options) {
  check_usage(options);
  const auto shown = outcomes_asked(options.outcomes, options.all || options.json);
  if (!report(shown.problems)) return bad_input;
  auto contenders = read_contenders(options);
  if (!contenders) return bad_input;
  const std::size_t asked = replicates_asked(options);
  const int months = contenders->front().scenario.calendar.months;
  CompareAnswer answer{*contenders,
                       options.seed,
                       asked,
                       *shown.question,
                       PairedSamples(contenders->size(), months, matters_of(options)),
                       options.lever,
                       {},
                       structures_of(options, *contenders),
                       {},
                       {},
                       {},
                       {},
                       {}};
  if (!options.parameters.empty()) {
    answer.sets = use_sets({options.parameters, options.draws, options.seed, asked, options.quiet}, answer.scenarios);
    if (!answer.sets) return bad_input;
    mark_structures(answer);
  }
  OwnItems own;
  if (const auto& evidence = contenders->front().evidence; !evidence.empty()) {
    answer.evidence_text = text_of_file(evidence, largest_text);
    const EvidenceFile figures = parse_evidence(answer.evidence_text, evidence.string());
    if (!report(figures.diagnostics) || !report(check_windows(figures, evidence.string(), contenders->front().scenario)))
      return bad_input;
    own = OwnItems(figures.items, contenders->front().scenario);
  }

  std::optional<ComparisonWriter> writer;
  if (!options.output.empty()) answer.file = options.output;
  check_room(options, answer);
  if (answer.file) {
    writer.emplace(*answer.file, options.force, compared_of(answer), comparison_info(options, answer, asked, own.quantities()));
  }
  Bench bench(options, asked * answer.structures.size() * (answer.parameter_sets() > 1 ? 2 : 1));
  bool whole = run_comparison(options, answer, bench, own, writer ? &*writer : nullptr);
  if (answer.samples.replicates() == 0) return bench.exit_code();
  if (whole) whole = run_variants(options, answer, bench);
  if (!whole) answer.variants.clear(), answer.again.reset();
  if (writer) {
    if (const auto list = structures_compared(answer); list.size() > 1) writer->structures(list);
    if (const auto list = variances_of(answer); !list.empty()) writer->variances(list);
    writer->finish(tbb_loop());
  }

  if (options.json)
    print_answer("{}\n", to_json(answer).dump(2));
  else
    print_text(to_text(answer));
  if (!whole) print_message("Interrupted after {}.\n", counted(answer.samples.replicates(), "replicate"));
  return whole ? success : bench.exit_code();
}

int guarded(const CompareOptions& options) try { return compare(options); } catch (const UsageError& error) {
  print_message("coalis compare: {}\n", error.what());
  return bad_input;
} catch (const SetsError& error) {
  print_message("coalis compare: {}\n", error.what());
  return bad_input;
} catch (const ResultError& error) {
  print_message("{}\n", error.what());
  return file_error;
}

void add_options(CLI::App& command, CompareOptions& o) {
  command.add_option("SCENARIO", o.scenarios, "Scenario files (TOML), the first being the reference")->required();
  command.add_option("-o,--output", o.output, "Comparison file to write (HDF5)");
  add_whole(command, "--replicates", o.replicates, from<std::uint32_t>(1),
            "Number of replicates of each; with --precision the most (default 200, 65536)", false);
  add_whole(command, "--seed", o.seed, {}, "Seed of all random draws");
  add_whole(command, "--threads", o.threads, thread_range, "Threads; 0: all");
  command.add_option("--set", o.set, "Change a value of all scenarios: path=value")->take_all()->allow_extra_args(false);
  auto* outcomes =
      command
          .add_option("--outcomes", o.outcomes,
                      "Outcomes to show: names, or what stands before .KIND; those of network and association only if named")
          ->delimiter(',');
  command.add_flag("--all", o.all, "Show all outcomes of a run, not the main ones alone (--json has all of them)")
      ->excludes(outcomes);
  command.add_option("--matters", o.matters, "Difference that matters: OUTCOME=DIFFERENCE")->delimiter(',');
  auto* precision = add_above_0(command, "--precision", o.precision,
                                "Run until the 95 % interval of a mean difference is so narrow to each side");
  auto* on = command.add_option("--on", o.on, "Outcome of --precision")->needs(precision);
  precision->needs(on);
  command.add_option("--equal-budget", o.lever,
                     "Scale this in the others to the reference's planned cost: fte, per_year or a lever");
  command
      .add_option("--structures", o.structures, "Repeat under other structures: engagement, decision, influence, all, or values")
      ->delimiter(',');
  auto* parameters = command.add_option(
      "--parameters", o.parameters,
      "Parameter sets with weights (CSV, as a posterior of coalis calibrate): each replicate has one, drawn by its "
      "weight, the same in all scenarios");
  add_whole(command, "--draws", o.draws, from<int>(1), "Use only so many of the parameter sets, drawn by their weights", false)
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
      "parameter set is wrong or a budget cannot be met, 3 the file exists already or cannot be written,\n" +
      std::string(interruption_codes) + ": the runs under way are finished and kept.");
  command->callback([options, &status] { status = guarded(*options); });
}

}  // namespace coalis::cli
