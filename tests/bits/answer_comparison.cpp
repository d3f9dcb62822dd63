// Asks a comparison of two scenarios and prints all of its answer: sentences, JSON, three charts. For builds that have only what
// a page in a browser needs, whose bytes scripts/wasm compares with those of the optimised program.
//
//   answer_comparison REPLICATES THREADS REFERENCE OTHER   scenarios as pack_scenario prints them
#include <array>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "coalis/io/answers/comparison_json.hpp"
#include "coalis/questions/level_trajectory.hpp"
#include "coalis/report/charts/charts.hpp"
#include "coalis/report/words/comparison_text.hpp"
#include "coalis/report/words/outcome_words.hpp"
#include "coalis/statistics/quantiles.hpp"
#include "coalis/tasks/compare.hpp"
#include "packed_file.hpp"

namespace coalis {
namespace {

const std::string outcome = "engaged";

using Curve = std::vector<double>;  // one a month

std::vector<chart::Bands> bands(const std::vector<Curve>& runs) {
  constexpr std::array probabilities{0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};
  std::vector<chart::Bands> result;
  for (std::size_t month = 0; month < runs.front().size(); ++month) {
    std::vector<double> values;
    for (const Curve& run : runs) values.push_back(run[month]);
    std::array<double, probabilities.size()> at;
    quantiles_of(std::span(values), probabilities, at);
    result.push_back({at[3], {at[2], at[4]}, {at[1], at[5]}, {at[0], at[6]}});
  }
  return result;
}

// The outcome over time.
struct Curves final : ComparisonSink {
  std::vector<Curve> reference, other, difference;

  void add(const Comparison& question, std::span<const RunRecord> records) override {
    const std::size_t months = question.scenarios.front().scenario.calendar.months;
    const std::size_t row = level_trajectory(index_of(outcome_quantities(), outcome)).value() * months;
    const auto curve = [&](const RunRecord& record) {
      const auto first = record.trajectories.begin() + static_cast<std::ptrdiff_t>(row);
      return Curve(first, first + static_cast<std::ptrdiff_t>(months));
    };
    reference.push_back(curve(records[0])), other.push_back(curve(records[1]));
    Curve& between = difference.emplace_back(months);
    for (std::size_t month = 0; month < months; ++month) between[month] = other.back()[month] - reference.back()[month];
  }
  void finish(const ComparisonAnswer&) override {}
};

void print_charts(const ComparisonAnswer& answer, const Curves& curves) {
  const OutcomeWords words = words_of(outcome);
  const std::size_t index = index_of(outcome_quantities(), outcome);
  const chart::Quantity quantity{std::string(words.title), std::string(words.unit), words.scale, words.decimals};
  const chart::Option reference{"A", answer.reference().name}, other{"B", answer.question.scenarios[1].scenario.name};
  chart::Caption caption;
  caption.id = "chart", caption.title = "B against A", caption.runs = answer.replicates(), caption.seed = answer.question.seed;
  const chart::Calendar start{2005, 6};
  const PairedSummary difference = answer.samples.difference(1, index);
  const auto before = answer.samples.values(0, index), after = answer.samples.values(1, index);
  std::vector<double> differences;
  for (std::size_t r = 0; r < before.size(); ++r) differences.push_back(after[r] - before[r]);
  const double matters = answer.samples.matters(index);
  chart::Levels levels;
  levels.caption = caption, levels.quantity = quantity, levels.start = start;
  levels.panels = {{reference, bands(curves.reference), curves.reference}, {other, bands(curves.other), curves.other}};

  const std::string charts[] = {
      svg(chart::DifferenceDots{caption, quantity, reference, other, differences, matters, difference.grain}),
      svg(chart::DifferenceFan{caption, quantity, reference, other, start, bands(curves.difference), matters, {}}),
      svg(levels),
  };
  for (const std::string& chart : charts) std::printf("%s\n", chart.c_str());
}

// Exit status 1, with what is wrong on standard error.
int answer_comparison(char** arguments) {
  ComparisonInput input;
  ComparisonOptions options;
  options.outcomes = {outcome, "never_attended", "coordination_cost"};
  options.structures = {"decision"};
  options.replicates = static_cast<std::uint32_t>(std::atoi(arguments[1]));
  for (int i = 3; i <= 4; ++i) {
    auto scenario = packed_file(arguments[i]);
    if (!scenario) return 1;
    options.scenarios.push_back(arguments[i]);
    input.scenarios.push_back(*std::move(scenario));
  }
  const auto asked = ask(options, input);
  for (const Diagnostic& problem : asked.problems) std::fprintf(stderr, "%s\n", to_string(problem).c_str());
  if (!asked.ok()) return 1;
  Curves curves;
  const ComparisonAnswer answer = compare(*asked.question, std::atoi(arguments[2]), {}, &curves);
  std::printf("%s\n%s\n%s", to_text(answer).c_str(), text_of(sentences_of(answer, 1, answer.question.outcomes[0])).c_str(),
              json_text(answer).c_str());
  print_charts(answer, curves);
  return 0;
}

}  // namespace
}  // namespace coalis

int main(int count, char** arguments) {
  if (count == 5) return coalis::answer_comparison(arguments);
  std::fputs("usage: answer_comparison REPLICATES THREADS REFERENCE OTHER\n", stderr);
  return 2;
}
