#include "coalis/report/words/posterior_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string_view>
#include <vector>

#include "coalis/core/counted.hpp"
#include "coalis/model/setting_words.hpp"
#include "coalis/report/words/fit_words.hpp"
#include "coalis/report/words/plain_text.hpp"

namespace coalis {
namespace {

// Of a parameter's variance before: what is gone from there on is said, or a little of it.
constexpr double much = 0.5, little = 0.2;
constexpr double draws_that_suffice = 100;  // effective ones, for ranges of 8 in 10

// "Appeal of an event of this kind (meeting)." in a list.
std::string list_of(const PosteriorAnswer& answer, double least, double below) {
  std::string list;
  for (const FittedParameter& p : answer.parameters) {
    if (p.contraction < least || p.contraction >= below) continue;
    std::vector<std::string> paths{p.path};
    paths.insert(paths.end(), p.also.begin(), p.also.end());
    list += fmt::format("    {} ({} %)\n", setting_words(paths), fixed(100 * std::max(p.contraction, 0.0), 0));
  }
  return list;
}

// What has not been asked, and what it would speak of.
std::vector<std::string> next_to_collect(const PosteriorAnswer& answer) {
  const auto seen = [&](std::initializer_list<std::string_view> measures) {
    return std::any_of(answer.items.begin(), answer.items.end(), [&](const ItemWeight& item) {
      return std::find(measures.begin(), measures.end(), item.measures) != measures.end();
    });
  };
  std::vector<std::string> sentences;
  if (!seen({"attendance_persistence"}))
    sentences.push_back("Sign-in sheets with names of organisations: they say who comes again, and nobody has to remember.");
  if (!seen({"leadership_rating"}))
    sentences.push_back(
        "A question to members: how well are we led? Attendance alone hardly tells leadership from other appeal.");
  if (!seen({"collaborates_inside", "collaborates_outside"}))
    sentences.push_back("A question to members: whom do you work with? Attendance says nothing of that.");
  if (!seen({"goal_attainment_rating"}))
    sentences.push_back("A question to members: how much progress have we made? Nothing else speaks of what comes of it.");
  if (sentences.empty()) sentences.push_back("The same again: another year of sheets, and the survey once more.");
  return sentences;
}

}  // namespace

std::string verdict_text(const PosteriorAnswer& answer) {
  const std::string said = list_of(answer, much, 2), hinted = list_of(answer, little, much),
                    open = list_of(answer, -std::numeric_limits<double>::infinity(), little);
  std::string text = "In words (in brackets: how much of what was uncertain before is gone)\n";
  text += said.empty() ? "  Your figures settle none of these numbers.\n" : "  Your figures say:\n" + said;
  if (!hinted.empty()) text += "  They say a little of:\n" + hinted;
  if (!open.empty()) text += "  They leave open what was assumed beforehand:\n" + open;
  text += fmt::format("  The draws count as {:.0f} independent ones: {}.\n", answer.effective_size,
                      answer.effective_size >= draws_that_suffice
                          ? "enough for ranges"
                          : fmt::format("few; ask for more draws, until they count as {:.0f}", draws_that_suffice));
  text += "  What to collect next:\n";
  for (const std::string& sentence : next_to_collect(answer)) text += "    " + sentence + "\n";
  return text;
}

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
  return text + "\n" + verdict_text(answer) +
         fmt::format("\nPosterior: {} (docs/formats/parameters.md); it takes {} to say how well it fits.\n", answer.file.string(),
                     "coalis calibrate --check");
}

std::string generation_text(const GenerationSummary& g) {
  return fmt::format("generation {:>2}: tolerance {:>8.3f}, {:>8} runs, {:.4f} accepted, effective sample size {:.0f}", g.number,
                     g.tolerance, g.proposals, g.acceptance(), g.effective_size);
}

}  // namespace coalis
