#include "coalis/tasks/best.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "coalis/core/counted.hpp"
#include "coalis/ensemble/paired.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/store/best_state.hpp"
#include "coalis/model/outcome_rows.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "tasks/asked_with.hpp"

namespace coalis {
namespace {

// Options that a thread runs together: their worlds stay in its cache.
constexpr std::size_t options_together = 16;
constexpr Recording best_outcomes_alone{false, false, false, false, false, false};

// What was run before, batch by batch, and what is run now: a search asks for the same batches in the same order.
class KeptBatches {
 public:
  KeptBatches(const BestQuestion& question, const BestKept& kept, const Watch& watch) : kept_(kept) {
    if (kept_.state.empty()) return;
    key_ = best_key(question);
    auto before = read_best_state(kept_.state, key_, kept_.replace);
    if (!before) return;
    batches_ = std::move(*before), saved_ = batches_.size();
    kept_.replace = false;  // it is this question's
    std::size_t runs = 0;
    for (const BestBatch& batch : batches_) runs += batch.count * batch.options.size();
    watch.say(fmt::format("going on from {}: {} done", kept_.state.string(), counted(runs, "run")));
  }

  // The values of a batch that was run before; null if it was not. Throws FileError: another one was.
  const BestBatch* find(const BestBatch& asked, std::size_t values_each) {
    if (next_ >= saved_) return nullptr;
    const BestBatch& batch = batches_[next_++];
    if (!batch.is_of(asked) || batch.values.size() != asked.options.size() * asked.count * values_each)
      throw wrong_best_state(kept_.state);
    return &batch;
  }

  // Saves now and then: what that takes stays below a twentieth of what the runs take.
  void add(BestBatch batch) {
    if (kept_.state.empty()) return;
    batches_.push_back(std::move(batch));
    if (Clock::now() - last_ >= std::max<Clock::duration>(between_saves, 20 * took_)) save();
  }
  // What was run since is kept, too.
  void save() {
    if (kept_.state.empty() || (written_ ? *written_ : saved_) == batches_.size()) return;
    const auto begun = Clock::now();
    write_best_state(kept_.state, key_, batches_, kept_.replace);
    kept_.replace = false, written_ = batches_.size();
    last_ = Clock::now(), took_ = last_ - begun;
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds between_saves{1};

  BestKept kept_;
  std::string key_;
  std::vector<BestBatch> batches_;
  std::size_t saved_ = 0, next_ = 0;  // batches of before; of them used
  std::optional<std::size_t> written_;
  Clock::time_point last_ = Clock::now();
  Clock::duration took_{0};
};

// What is run for a race: options by number, of which there are more after the first round.
class OptionRuns {
 public:
  OptionRuns(const BestQuestion& question, const std::vector<Possible>& options, int threads, const BestKept& kept,
             const Watch& watch)
      : question_(question),
        options_(options),
        threads_(threads),
        watch_(watch),
        counted_(question.counted()),
        kept_(question, kept, watch) {}

  // Draw d is replicate d of every option, with set d modulo their number; nothing if cancelled. Races look at the aim and at
  // guards: what is shown beside them, and structures that the aim is not averaged over, are run for the figures alone.
  std::vector<OptionDraws> draw(std::span<const std::size_t> options, std::size_t first, std::size_t count) {
    std::vector<OptionDraws> drawn(options.size(), OptionDraws(question_.measures(), std::vector<double>(count, 0)));
    for (std::size_t at = 0; at < options.size(); at += options_together) {
      const auto some = options.subspan(at, std::min(options_together, options.size() - at));
      for (std::size_t s = 0; s < question_.structures.size(); ++s) {
        if (!is_counted(s) && !question_.rule.is_fresh(first)) continue;
        BestBatch batch{s, first, count, {some.begin(), some.end()}, {}};
        const BestBatch* before = kept_.find(batch, outcomes_of(first).size());
        if (!before && !run(batch)) return {};
        done_ += some.size() * count;
        take(before ? *before : batch, std::span(drawn).subspan(at, some.size()));
        if (!before) kept_.add(std::move(batch));
      }
    }
    return drawn;
  }
  void save() { kept_.save(); }

 private:
  bool is_counted(std::size_t structure) const {
    return std::find(counted_.begin(), counted_.end(), structure) != counted_.end();
  }
  // The outcomes that are read of a draw: the aim, guards, what is shown.
  std::vector<std::size_t> outcomes_of(std::size_t first) const {
    std::vector<std::size_t> list{question_.aim};
    for (const GuardedOutcome& guard : question_.guards) list.push_back(guard.outcome);
    if (question_.rule.is_fresh(first)) list.insert(list.end(), question_.shown.begin(), question_.shown.end());
    return list;
  }

  // Fills the values; false if cancelled.
  bool run(BestBatch& batch) {
    const std::size_t sets = question_.sets(), options = batch.options.size();
    // Replicates of one set after each other: a thread makes its scenarios ready once.
    std::vector<std::uint32_t> replicates = replicate_range(static_cast<std::uint32_t>(batch.first), batch.count);
    std::stable_sort(replicates.begin(), replicates.end(), [&](auto a, auto b) { return a % sets < b % sets; });
    std::map<std::size_t, std::size_t> place;  // of a set among the variants
    std::vector<std::vector<Scenario>> variants;
    for (const std::uint32_t replicate : replicates) {
      if (!place.emplace(replicate % sets, variants.size()).second) continue;
      auto& variant = variants.emplace_back();
      for (const std::size_t option : batch.options)
        variant.push_back(question_.under(options_[option].scenario, batch.structure, replicate % sets));
    }
    Execution execution{.threads = threads_, .cancel = watch_.cancel};
    if (watch_.progress)
      execution.progress = [&](std::size_t done) { watch_.progress(done_ + done * options, most_runs_of(question_)); };
    const std::vector<std::size_t> outcomes = outcomes_of(batch.first);
    batch.values.resize(options * batch.count * outcomes.size());
    const std::size_t done = run_paired(
        variants, [&](std::uint32_t replicate) { return place.at(replicate % sets); }, question_.seed, replicates,
        best_outcomes_alone, execution,
        [&](std::span<const RunRecord> records) {
          for (std::size_t i = 0; i < records.size(); ++i) {
            const std::size_t draw = records[i].replicate - batch.first;
            for (std::size_t k = 0; k < outcomes.size(); ++k)
              batch.values[(i * batch.count + draw) * outcomes.size() + k] = records[i].outcomes[outcomes[k]];
          }
        });
    return done == batch.count;
  }

  // Adds what a batch says to the measures of its options.
  void take(const BestBatch& batch, std::span<OptionDraws> drawn) const {
    const std::size_t guards = question_.guards.size(), each = outcomes_of(batch.first).size();
    const double weight = 1 / static_cast<double>(counted_.size());
    const bool counts = is_counted(batch.structure);
    for (std::size_t i = 0; i < drawn.size(); ++i)
      for (std::size_t draw = 0; draw < batch.count; ++draw) {
        const double* values = batch.values.data() + (i * batch.count + draw) * each;
        const double aim = question_.better * values[0];
        drawn[i][question_.aim_under(batch.structure)][draw] = aim;
        if (!counts) continue;
        drawn[i][0][draw] += weight * aim;
        for (std::size_t g = 0; g < guards; ++g)
          drawn[i][g + 1][draw] += weight * question_.guards[g].better * question_.guards[g].stretch * values[1 + g];
        for (std::size_t k = 0; 1 + guards + k < each; ++k)
          drawn[i][question_.shown_at(k)][draw] += weight * question_.stretch[k] * values[1 + guards + k];
      }
  }

  const BestQuestion& question_;
  const std::vector<Possible>& options_;
  int threads_;
  const Watch& watch_;
  std::vector<std::size_t> counted_;
  KeptBatches kept_;
  std::size_t done_ = 0;  // runs
};

// Of the first round; the second is smaller.
Needs needs_of(const BestQuestion& question, int threads, bool kept) {
  std::vector<Scenario> scenarios;
  for (std::size_t i = 0; i < std::min(options_together, question.first.size()); ++i)
    scenarios.push_back(question.first[i].scenario);
  const std::size_t draws = question.rule.fresh + question.rule.races * question.rule.race.most;
  Needs needs = ensemble_needs(scenarios, best_outcomes_alone, draws, threads);
  double variants = 0;
  for (const Scenario& scenario : scenarios) variants += scenario_bytes(scenario) * static_cast<double>(question.sets());
  needs.memory += variants;
  const std::size_t copies = kept ? 4 : 1;  // its values, and as digits in a document and in its text; most options leave early
  needs.replicate_memory += static_cast<double>(question.first.size() * question.measures() * sizeof(double) * copies);
  return needs;
}

}  // namespace

std::size_t most_runs_of(const BestQuestion& question) {
  // Half of those that begin leave at once, as a rule.
  return question.first.size() * question.rule.race.most * question.counted().size();
}

Asked<BestQuestion> read_best(const BestOptions& options, const Watch& watch) {
  return read_best(options, read_scenario(options.scenario, options.set), watch);
}

Asked<BestQuestion> read_best(const BestOptions& options, ScenarioFile file, const Watch& watch) {
  std::vector<Diagnostic> problems;
  BestInput input;
  if (!add_problems(problems, file.diagnostics)) return {std::nullopt, std::move(problems)};
  input.scenario = std::move(file.scenario);
  for (const std::string& name : options.parameters) {
    ParameterSets sets = read_parameter_sets(name);
    if (!add_problems(problems, sets.diagnostics)) return {std::nullopt, std::move(problems)};
    leave_out_plans(sets);
    if (const auto left = leave_out_elsewhere(sets, input.scenario); !left.empty()) watch.say(name + ": " + elsewhere_text(left));
    input.files.push_back({name, std::move(sets)});
  }
  input.with_parameters = asked_with(watch);
  input.better = [](std::string_view outcome) {
    if (is_burden(outcome)) return -1;
    const Better better = words_of(outcome).better;
    return better == Better::more ? 1 : better == Better::less ? -1 : 0;
  };
  // Before the month all runs are alike, so that a difference of averages a year is that of the months after it, thinned out.
  input.stretch = [](std::string_view outcome, int months, int from) -> std::optional<double> {
    if (from == 0 || months_of(outcome, months) < months) return 1;
    if (is_a_year(words_of(outcome))) return static_cast<double>(months) / (months - from);
    return outcome == "hours_per_goal" ? std::nullopt : std::optional(1.0);
  };
  Asked<BestQuestion> asked = ask_best(options, input);
  asked.problems.insert(asked.problems.begin(), problems.begin(), problems.end());
  return asked;
}

std::optional<BestAnswer> find_best(const BestQuestion& question, int threads, const Watch& watch, const BestKept& kept) {
  require_room(needs_of(question, threads, !kept.state.empty()));
  std::vector<Possible> options = question.first;
  std::vector<double> costs;
  for (const Possible& one : options) costs.push_back(one.cost);
  OptionRuns runs(question, options, threads, kept, watch);
  const Searched searched = search_options(
      std::move(costs), question.rule,
      {.near = [&](std::span<const std::size_t> best) { return refine(question, options, best); },
       .around = [&](std::span<const std::size_t> best) { return look_around(question, options, best); }},
      [&](std::span<const std::size_t> list, std::size_t first, std::size_t count) { return runs.draw(list, first, count); });
  if (!searched.whole) {
    runs.save();
    return std::nullopt;
  }
  return best_answer(question, options, searched);
}

}  // namespace coalis
