#include "coalis/tasks/compare.hpp"

#include <utility>

#include "coalis/ensemble/under_rules.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/comparison/compared.hpp"

namespace coalis {
namespace {

// Replicate numbers from here on are those of runs with other luck; the parameter set is that of the number without it.
constexpr std::uint32_t other_luck = 1u << 31;

// Runs comparisons with what they have in common.
class Bench {
 public:
  Bench(const Comparison& question, int threads, const Watch& watch, const std::vector<AttendanceRule*>& rules)
      : question_(question), threads_(threads), watch_(watch), rules_(rules) {}

  // Replicates first..first+count-1 of all scenarios, with their variants; false if interrupted.
  bool run(std::size_t structure, std::size_t first, std::size_t count, const Recording& recording, const PairedSink& sink) {
    const auto variants = question_.variants(structure);
    const auto variant_of = [&](std::uint32_t replicate) { return question_.variant_of(replicate % other_luck); };
    const bool further = question_.further();
    Execution execution{.threads = threads_, .cancel = watch_.cancel, .measure = further ? &add_outcomes : nullptr};
    if (watch_.progress) execution.progress = [&](std::size_t done) { watch_.progress(done_ + done, question_.runs()); };
    const auto replicates = replicate_range(static_cast<std::uint32_t>(first), count);
    const std::size_t done = run_paired_under(rules_, variants, variant_of, question_.seed, replicates,
                                              further ? with_sources(recording) : recording, execution, sink);
    done_ += done;
    return done == count;
  }

 private:
  const Comparison& question_;
  int threads_;
  const Watch& watch_;
  const std::vector<AttendanceRule*>& rules_;
  std::size_t done_ = 0;
};

// The comparison proper. False if interrupted.
bool run_comparison(ComparisonAnswer& answer, Bench& bench, ComparisonSink* keep) {
  const Comparison& question = answer.question;
  const PairedSink sink = [&](std::span<const RunRecord> records) {
    answer.samples.add(records);
    if (keep) keep->add(question, records);
  };
  const Recording recording = keep ? question.own.recording(comparison_recording) : comparison_recording;
  if (!question.precision) return bench.run(0, 0, question.replicates, recording, sink);
  for (std::size_t look = first_look; look <= question.replicates; look *= 2) {
    const std::size_t done = answer.replicates();
    const bool whole = bench.run(0, done, look - done, recording, sink);
    answer.precision = precision_of(answer.samples, *question.precision);
    if (!whole) answer.precision->reached = false;
    if (!whole || answer.precision->reached) return whole;
  }
  return true;
}

// Every other structure; with parameter sets every run once more with other luck. False if interrupted.
bool run_variants(ComparisonAnswer& answer, Bench& bench) {
  const Recording outcomes_alone{false, false, false, false, false, false};
  const Comparison& question = answer.question;
  bool whole = true;
  const auto run = [&](std::size_t structure, std::size_t first) {
    PairedSamples samples(question.scenarios.size(), 0, question.matters);
    whole = whole && bench.run(structure, first, answer.replicates(), outcomes_alone,
                               [&](std::span<const RunRecord> records) { samples.add(records); });
    return samples;
  };
  if (question.runs_again()) answer.again = run(0, other_luck);
  for (std::size_t i = 1; whole && i < question.structures.size(); ++i) {
    VariantRun variant{i, run(i, 0), {}};
    if (question.runs_again() && whole) variant.again = run(i, other_luck);
    answer.variants.push_back(std::move(variant));
  }
  return whole;
}

}  // namespace

ComparisonAnswer compare(Comparison question, int threads, const Watch& watch, ComparisonSink* sink,
                         const std::vector<AttendanceRule*>& rules) {
  PairedSamples samples(question.scenarios.size(), question.scenarios.front().scenario.calendar.months, question.matters);
  ComparisonAnswer answer{std::move(question), std::move(samples)};
  Bench bench(answer.question, threads, watch, rules);
  answer.whole = run_comparison(answer, bench, sink);
  if (answer.replicates() == 0) return answer;
  answer.whole = answer.whole && run_variants(answer, bench);
  if (!answer.whole) answer.variants.clear(), answer.again.reset();
  if (sink) sink->finish(answer);
  return answer;
}

}  // namespace coalis
