// Which of two coalitions keeps more organisations engaged? 100 pairs of runs that share their luck, and the answer in words.
#include <cstdio>

#include "coalis/report/words/comparison_text.hpp"
#include "coalis/tasks/compare.hpp"

int main(int count, char** arguments) {
  coalis::ComparisonOptions options;
  options.scenarios.assign(arguments + 1, arguments + count);
  options.outcomes = {"engaged"};
  options.replicates = 100;

  auto asked = coalis::read_comparison(options, coalis::Watch{});
  for (const auto& problem : asked.problems) std::fprintf(stderr, "%s\n", to_string(problem).c_str());
  if (!asked.ok()) return 2;

  const coalis::ComparisonAnswer answer = coalis::compare(*std::move(asked.question), /*threads=*/0, {});
  const coalis::PairedSummary engaged = answer.samples.difference(1, answer.question.outcomes.front());
  std::printf("difference: %.4f, standard error %.4f, %zu pairs\n", engaged.mean, engaged.se, engaged.pairs);
  std::printf("%s", to_text(answer).c_str());
}
