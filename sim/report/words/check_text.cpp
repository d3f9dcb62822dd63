#include "coalis/report/words/check_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "coalis/core/counted.hpp"
#include "coalis/inference/sheets.hpp"
#include "coalis/model/setting_words.hpp"
#include "coalis/report/words/plain_text.hpp"

namespace coalis {
namespace {

constexpr double fixed_below = 0.5, open_above = 0.8;  // of the variance left along a direction
constexpr double loading_shown = 0.35;

std::string_view use_text(const std::string& use) {
  return use == "calibrate" ? "seen by the fit" : use == "validate" ? "held out" : "sets an input";
}

std::string item_text(const ItemCheck& item) {
  std::string text = fmt::format(
      "\n  {} ({}; n = {})\n    distance {}; surveys of the posterior among each other {} .. {} (median {}), "
      "degrees of freedom {}, design effect {}; {}{}\n      {}\tevidence\tposterior\tprior\tp\n",
      item.id, use_text(item.use), item.n, distance_text(item.distance, 2), distance_text(item.reference.low, 2),
      distance_text(item.reference.high, 2), distance_text(item.reference.median, 2), item.degrees_of_freedom,
      fixed(item.design_effect, 1), p_text(item.p), explained(item.distance, item.reference.high, item.p) ? "" : "  DOES NOT FIT",
      of_sheets(item.measures) ? "came" : "answer");
  for (const auto& c : item.categories)
    text += fmt::format("      {}\t{}\t{:>5.1f} .. {:>5.1f} %\t{:>5.1f} .. {:>5.1f} %\t{}{}\n", c.name,
                        std::isnan(c.observed) ? "-" : fixed(100 * c.observed, 1) + " %", 100 * c.posterior.low,
                        100 * c.posterior.high, 100 * c.prior.low, 100 * c.prior.high, p_number(c.p),
                        c.observed < c.posterior.low || c.observed > c.posterior.high ? "  outside" : "");
  for (const auto& reading : item.readings) text += fmt::format("      read as {}: {}\n", reading.name, p_text(reading.p));
  return text;
}

std::string ranks_text(const std::vector<int>& ranks, int low, int high) {
  std::string text;
  for (const int rank : ranks) text += fmt::format("{:>4}{}", rank, rank < low || rank > high ? "*" : " ");
  return text;
}

std::string coverage_text(const CoverageCheck& check) {
  std::string text = fmt::format(
      "\nAre 90 % intervals to be believed? {} pseudo-surveys from the prior, each with the posterior of its {} nearest runs out "
      "of {} ({} possible histories): share of intervals that hold the truth, width in units of the prior's.\n"
      "  parameter\tnearest runs\t\twidth\twith regression\t\twidth\n",
      check.settings.truths, check.settings.nearest, check.settings.table, check.possible);
  for (const auto& p : check.parameters)
    text += fmt::format("  {}\t{:.1f} %\t{}\t{:.2f}\t{:.1f} %\t{}\t{:.2f}\n", p.path, 100 * p.nearest.coverage,
                        coverage_verdict(p.nearest.coverage), p.nearest.width, 100 * p.regression.coverage,
                        coverage_verdict(p.regression.coverage), p.regression.width);
  text += fmt::format("  Ranks of the truth (with regression), {} bins; {} to {} each if right (99 %), * outside:\n",
                      check.settings.bins, check.band_low, check.band_high);
  for (const auto& p : check.parameters)
    text += fmt::format("  {}\t{}\n", p.path, ranks_text(p.regression.ranks, check.band_low, check.band_high));
  return text;
}

std::string identification_text(const PosteriorCheck& check) {
  std::string text = "\nWhat the evidence says of single parameters (share of the prior's variance that is gone)\n";
  for (const auto& parameter : check.parameters)
    text += fmt::format("  {}\t{} %\n", with_others(parameter.path, parameter.also), fixed(100 * parameter.contraction, 0));
  if (std::any_of(check.parameters.begin(), check.parameters.end(), [](const auto& p) { return is_wider(p.contraction); }))
    text += fmt::format("  {}\n", wider_words());
  text += "\nWhat it says of them together (each in units of its prior's standard deviation)\n";
  for (const Direction& d : check.directions) {
    if (d.variance_left > fixed_below && d.variance_left < open_above) continue;
    text +=
        fmt::format("  {:<11} {:>4.0f} % of the variance left: {}\n", d.variance_left <= fixed_below ? "fixed," : "not fixed,",
                    100 * d.variance_left, direction_words(d, check.parameters));
  }
  return text +
         "  Along a line that is not fixed, the survey cannot tell one set of values from another: answers must be averaged over "
         "it.\n";
}

}  // namespace

std::string parameter_words(const PosteriorCheck::Parameter& parameter) {
  std::vector<std::string> paths{parameter.path};
  paths.insert(paths.end(), parameter.also.begin(), parameter.also.end());
  return setting_words(paths);
}

std::vector<ItemFit> item_fits(const PosteriorCheck& check) {
  std::vector<ItemFit> items;
  for (const ItemCheck& item : check.items) {
    if (item.use == "specify") continue;
    auto& one = items.emplace_back(
        ItemFit{item.id, item.measures, item.use == "validate", item.distance, item.reference.high, item.p, {}});
    for (const auto& c : item.categories) one.categories.push_back({c.name, c.observed, c.posterior.low, c.posterior.high});
  }
  return items;
}

std::vector<ItemWeight> item_weights(const PosteriorCheck& check) {
  std::vector<ItemWeight> items;
  for (const ItemCheck& item : check.items)
    if (item.use == "calibrate") items.push_back({item.id, item.n, item.design_effect, item.measures});
  return items;
}

std::vector<std::string> rough_words(const PosteriorCheck& check) {
  std::vector<std::string> sentences;
  for (const RoughCheck& item : check.rough)
    for (const auto& f : item.figures) {
      const double scale = item.mean ? 1 : 100;
      const int digits = item.mean ? 1 : 0;
      const auto span = [&](double from, double to) {
        return fmt::format("{} to {}{}", fixed(scale * from, digits), fixed(scale * to, digits), item.mean ? "" : " %");
      };
      const std::string model = std::isnan(f.posterior.low) ? "has no answers" : span(f.posterior.low, f.posterior.high);
      sentences.push_back(fmt::format(
          "{} ({}), '{}': the source says {}, the fitted model {}; {} in 100 of its surveys lie within what the "
          "source says.",
          asked_in_words(item.measures), use_text(item.use), f.name, span(f.least, f.most), model, fixed(100 * f.within, 0)));
    }
  return sentences;
}

std::string fit_verdict(const PosteriorCheck& check) {
  return fit_verdict(check.total.distance, check.total.reference.high, check.total.p, item_fits(check));
}

std::string direction_words(const Direction& direction, const std::vector<PosteriorCheck::Parameter>& parameters) {
  std::vector<std::size_t> order(parameters.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto size = [&](std::size_t i) { return std::abs(direction.loadings[i]); };
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return size(a) > size(b); });
  const bool sum = direction.variance_left <= fixed_below;
  std::string text;
  for (const std::size_t i : order) {
    if (!text.empty() && size(i) < loading_shown) break;
    const bool up = direction.loadings[i] > 0;
    if (sum)
      text += fmt::format("{}{}", text.empty() ? "" : up ? " + " : " - ", parameters[i].path);
    else
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", parameters[i].path, up ? "up" : "down");
  }
  return text;
}

std::string_view coverage_verdict(double coverage) {
  return coverage < .85 ? "too narrow" : coverage > .97 ? "conservative" : "as it should be";
}

std::string to_text(const PosteriorCheck& check) {
  std::string text =
      fmt::format("{}: does the posterior fit?\n{} draws of {}, engagement {}. Ranges hold 90 % of simulated surveys.\n",
                  check.calibration, check.draws, check.posterior.string(), check.engagement);
  text += fmt::format(
      "All fitted items together: distance {}; surveys of the posterior among each other {} .. {} (median {}); {}.\n"
      "Deviance of the evidence from the posterior's mean shares, without design effects: {:.1f} on {} degrees of freedom.\n",
      distance_text(check.total.distance, 1), distance_text(check.total.reference.low, 1),
      distance_text(check.total.reference.high, 1), distance_text(check.total.reference.median, 1), p_text(check.total.p),
      check.point_deviance, check.degrees_of_freedom);
  if (const std::string weights = weights_text(item_weights(check)); !weights.empty()) text += weights + "\n";
  text += fit_verdict(check) + "\n";
  for (const std::string& sentence : not_explained(item_fits(check))) text += sentence + "\n";
  for (const ItemCheck& item : check.items) text += item_text(item);
  const auto rough = rough_words(check);
  if (!rough.empty()) text += "\nWhat the source says roughly, of no number of answers\n";
  for (const std::string& sentence : rough) text += "  " + sentence + "\n";
  if (check.elsewhere)
    text += fmt::format(
        "\n  another coalition ({}; by direction only): more see the mission accomplished than services effective in {:.0f} "
        "% of {} "
        "(perceived progress {:.2f}, service effectiveness {:.2f} on average)\n",
        check.elsewhere->scenario, 100 * check.elsewhere->share, counted(check.elsewhere->runs, "run"),
        check.elsewhere->accomplished, check.elsewhere->effective);
  text += identification_text(check);
  if (check.coverage && !check.coverage->parameters.empty()) text += coverage_text(*check.coverage);
  return text;
}

}  // namespace coalis
