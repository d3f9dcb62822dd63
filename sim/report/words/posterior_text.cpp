#include "coalis/report/words/posterior_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "coalis/core/counted.hpp"
#include "coalis/model/setting_words.hpp"
#include "coalis/report/words/fit_words.hpp"
#include "coalis/report/words/plain_text.hpp"

namespace coalis {

std::string to_text(const PosteriorAnswer& answer) {
  const std::uint64_t given_up = runs_given_up(answer);
  std::string text = fmt::format("{}: {} (effective sample size {:.0f}) from {}{}\n\n", answer.calibration,
                                 counted(answer.draws, "weighted draw"), answer.effective_size, counted(answer.runs, "run"),
                                 given_up == 0 ? ""
                                               : fmt::format(": {} of the generations below, and {} of one that was given up",
                                                             answer.runs - given_up, given_up));
  text += "  generation\ttolerance\truns\taccepted\teffective sample size\n";
  for (const GenerationSummary& g : answer.generations)
    text += fmt::format("  {:>10}\t{:.3f}\t{}\t{:.4f}\t{:.0f}\n", g.number, g.tolerance, g.proposals, g.acceptance(),
                        g.effective_size);
  text += fmt::format(
      "\nIt ended because {}. The tolerance is a sum over items of deviance / design effect; two surveys of the same coalition "
      "differ by about {} (the degrees of freedom).\n{}\n\n",
      answer.stopped, answer.degrees_of_freedom, weights_text(answer.items));
  text += "  parameter\t90 % of the posterior\tmedian\tof the prior\tvariance gone\n";
  const auto figure = [](double value) { return significant(value, 4); };
  for (const FittedParameter& p : answer.parameters)
    text += fmt::format("  {}\t{} .. {}\t{}\t{} .. {}\t{} %\n", with_others(p.path, p.also), figure(p.low), figure(p.high),
                        figure(p.median), figure(p.prior_low), figure(p.prior_high), fixed(100 * p.contraction, 0));
  text += "  Variance gone: the share of the prior's variance that the evidence has taken away.\n";
  if (std::any_of(answer.parameters.begin(), answer.parameters.end(), [](const auto& p) { return is_wider(p.contraction); }))
    text += fmt::format("  {}\n", wider_words());
  return text + fmt::format("\nPosterior: {} (docs/formats/parameters.md); it takes {} to say how well it fits.\n",
                            answer.file.string(), "coalis calibrate --check");
}

std::string generation_text(const GenerationSummary& g) {
  return fmt::format("generation {:>2}: tolerance {:>8.3f}, {:>8} runs, {:.4f} accepted, effective sample size {:.0f}", g.number,
                     g.tolerance, g.proposals, g.acceptance(), g.effective_size);
}

}  // namespace coalis
