#include "coalis/tasks/keep_comparison.hpp"

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/questions/comparison/variants.hpp"
#include "coalis/report/words/comparison_text.hpp"
#include "coalis/tasks/told.hpp"

namespace coalis {
namespace {

std::vector<ComparedScenario> compared(const Comparison& question) {
  std::vector<ComparedScenario> list;
  for (const Contender& c : question.scenarios)
    list.push_back({c.label, c.scenario, budget_sentence(question, c), c.base, undone_by_budget(question, c)});
  return list;
}

std::optional<ComparedSets> compared_sets(const Comparison& question) {
  if (!question.sets) return std::nullopt;
  const UsedSets& used = *question.sets;
  ComparedSets sets{
      std::filesystem::path(used.file).filename().string(), used.hash, {}, used.weights, {}, question.parameter_sets()};
  sets.values = used.sets;
  sets.lines.assign(used.lines.begin(), used.lines.end());
  for (const std::size_t set : used.of_replicate) sets.set_of_replicate.push_back(static_cast<std::int32_t>(set));
  return sets;
}

ComparisonInfo info(const Comparison& question, const std::string& command, int threads) {
  return {question.seed,
          question.replicates,
          provenance(command, thread_count(threads)),
          question.matters,
          question.evidence,
          compared_sets(question),
          question.own.quantities(),
          question.from};
}

std::vector<std::vector<double>> own_shares(const OwnItems& own, std::span<const RunRecord> records) {
  std::vector<std::vector<double>> shares;
  for (std::size_t i = 0; !own.empty() && i < records.size(); ++i) shares.push_back(own.shares(records[i]));
  return shares;
}

}  // namespace

void require_room(const Comparison& question, int threads, const std::filesystem::path& file) {
  const auto scenarios = question.own_scenarios();
  const bool further = question.further();
  const Recording recording = further ? with_sources(comparison_recording) : comparison_recording;
  Needs needs = ensemble_needs(scenarios, recording, question.replicates, threads);
  const std::size_t comparisons = question.structures.size() * (question.runs_again() ? 2 : 1),
                    outcomes = outcomes_of(further).size();
  add_figures(needs, comparisons * outcomes * scenarios.size());
  if (!file.empty()) {
    double row = 0, records = 0;
    for (const Scenario& scenario : scenarios) {  // its runs, and what they differ in
      row += 2 * result_row_bytes(scenario, recording, outcomes);
      records += record_bytes(scenario, recording);
    }
    add_file(needs, file, row, records);
  }
  require_room(needs);
}

ComparisonKeeper::ComparisonKeeper(const std::filesystem::path& path, bool overwrite, const Comparison& question,
                                   const std::string& command, int threads)
    : writer_(path, overwrite, compared(question), info(question, command, threads)) {}

void ComparisonKeeper::add(const Comparison& question, std::span<const RunRecord> records) {
  writer_.append(records, own_shares(question.own, records));
}

void ComparisonKeeper::finish(const ComparisonAnswer& answer) {
  if (const auto list = structures_compared(answer); list.size() > 1) writer_.structures(list);
  if (const auto list = variances_of(answer); !list.empty()) writer_.variances(list);
  writer_.finish(tbb_loop(), told(answer));
}

}  // namespace coalis
