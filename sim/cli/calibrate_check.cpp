// See calibrate_check.hpp.
#include "calibrate_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "coalis/core/build_info.hpp"
#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/report/words/fit_words.hpp"

namespace coalis::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr double fixed_below = 0.5, open_above = 0.8;  // of the variance left along a direction
constexpr double loading_shown = 0.35;

// The parameters of a direction, the largest first. What the evidence fixes is a sum ("a + b - c"), what it does not is a way to
// move
// ("a up, b up, c down").
std::string combination(const Direction& direction, const std::vector<std::string>& names) {
  std::vector<std::size_t> order(names.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto size = [&](std::size_t i) { return std::abs(direction.loadings[i]); };
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return size(a) > size(b); });
  const bool sum = direction.variance_left <= fixed_below;
  std::string text;
  for (const std::size_t i : order) {
    if (!text.empty() && size(i) < loading_shown) break;
    const bool up = direction.loadings[i] > 0;
    if (sum)
      text += fmt::format("{}{}", text.empty() ? "" : up ? " + " : " - ", names[i]);
    else
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", names[i], up ? "up" : "down");
  }
  return text;
}

// What sets an input is no test of the fit.
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

std::string_view use_text(const std::string& use) {
  return use == "calibrate" ? "seen by the fit" : use == "validate" ? "held out" : "sets an input";
}

std::string item_text(const ItemCheck& item) {
  std::string text = fmt::format(
      "\n  {} ({}; n = {})\n    distance {}; surveys of the posterior among each other {} .. {} (median {}), "
      "degrees of freedom {}; p = {:.3f}{}\n      answer\tevidence\tposterior\tprior\tp\n",
      item.id, use_text(item.use), item.n, distance_text(item.distance, 2), distance_text(item.reference.low, 2),
      distance_text(item.reference.high, 2), distance_text(item.reference.median, 2), item.degrees_of_freedom, item.p,
      explained(item.distance, item.reference.high, item.p) ? "" : "  DOES NOT FIT");
  for (const auto& c : item.categories)
    text += fmt::format("      {}\t{:.1f} %\t{:>5.1f} .. {:>5.1f} %\t{:>5.1f} .. {:>5.1f} %\t{:.3f}{}\n", c.name,
                        100 * c.observed, 100 * c.posterior.low, 100 * c.posterior.high, 100 * c.prior.low, 100 * c.prior.high,
                        c.p, c.observed < c.posterior.low || c.observed > c.posterior.high ? "  outside" : "");
  for (const auto& reading : item.readings) text += fmt::format("      read as {}: p = {:.3f}\n", reading.name, reading.p);
  return text;
}

std::string verdict(double coverage) {
  return coverage < .85 ? "too narrow" : coverage > .97 ? "conservative" : "as it should be";
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
                        verdict(p.nearest.coverage), p.nearest.width, 100 * p.regression.coverage, verdict(p.regression.coverage),
                        p.regression.width);
  text += fmt::format("  Ranks of the truth (with regression), {} bins; {} to {} each if right (99 %), * outside:\n",
                      check.settings.bins, check.band_low, check.band_high);
  for (const auto& p : check.parameters)
    text += fmt::format("  {}\t{}\n", p.path, ranks_text(p.regression.ranks, check.band_low, check.band_high));
  return text;
}

std::string identification_text(const PosteriorCheck& check) {
  std::string text = "\nWhat the evidence says of single parameters (share of the prior's variance that is gone)\n";
  for (std::size_t i = 0; i < check.parameters.size(); ++i)
    text += fmt::format("  {}\t{:.0f} %\n", check.parameters[i], 100 * check.contraction[i]);
  text += "\nWhat it says of them together (each in units of its prior's standard deviation)\n";
  for (const Direction& d : check.directions) {
    if (d.variance_left > fixed_below && d.variance_left < open_above) continue;
    text +=
        fmt::format("  {:<11} {:>4.0f} % of the variance left: {}\n", d.variance_left <= fixed_below ? "fixed," : "not fixed,",
                    100 * d.variance_left, combination(d, check.parameters));
  }
  return text +
         "  Along a line that is not fixed, the survey cannot tell one set of values from another: answers must be averaged over "
         "it.\n";
}

Json to_json(const ShareRange& r) {
  return {{"q025", r.q025}, {"q05", r.low}, {"q10", r.q10},  {"q25", r.q25},  {"q50", r.median},
          {"q75", r.q75},   {"q90", r.q90}, {"q95", r.high}, {"q975", r.q975}};
}

Json to_json(const ItemCheck& item) {
  Json json{{"id", item.id},
            {"measures", item.measures},
            {"use", item.use},
            {"n", item.n},
            {"degrees_of_freedom", item.degrees_of_freedom},
            {"design_effect", item.design_effect},
            {"distance", item.distance},
            {"reference", to_json(item.reference)},
            {"p", item.p},
            {"categories", Json::array()},
            {"readings", Json::array()}};
  for (const auto& c : item.categories)
    json["categories"].push_back({{"name", c.name},
                                  {"observed", c.observed},
                                  {"prior", to_json(c.prior)},
                                  {"posterior", to_json(c.posterior)},
                                  {"p", c.p}});
  for (const auto& r : item.readings) json["readings"].push_back({{"name", r.name}, {"p", r.p}});
  return json;
}

Json to_json(const CoverageCheck& check) {
  Json json{{"table", check.settings.table},
            {"possible", check.possible},
            {"truths", check.settings.truths},
            {"nearest", check.settings.nearest},
            {"band", {check.band_low, check.band_high}},
            {"parameters", Json::array()}};
  const auto method = [](const ParameterCoverage::Method& m) {
    return Json{{"coverage", m.coverage}, {"verdict", verdict(m.coverage)}, {"width", m.width}, {"ranks", m.ranks}};
  };
  for (const auto& p : check.parameters)
    json["parameters"].push_back({{"path", p.path}, {"nearest", method(p.nearest)}, {"regression", method(p.regression)}});
  return json;
}

}  // namespace

std::string to_text(const PosteriorCheck& check) {
  const auto engagement =
      choices(Refers::engagement)[static_cast<std::size_t>(check.model.calibration().scenario.structure.engagement)];
  std::string text =
      fmt::format("{}: does the posterior fit?\n{} draws of {}, engagement {}. Ranges hold 90 % of simulated surveys.\n",
                  check.model.calibration().name, check.draws, check.posterior.string(), engagement);
  text += fmt::format(
      "All fitted items together: distance {}; surveys of the posterior among each other {} .. {} (median {}); p "
      "= {:.3f}.\n"
      "Deviance of the evidence from the posterior's mean shares, without design effects: {:.1f} on {} degrees of freedom.\n",
      distance_text(check.total.distance, 1), distance_text(check.total.reference.low, 1),
      distance_text(check.total.reference.high, 1), distance_text(check.total.reference.median, 1), check.total.p,
      check.point_deviance, check.model.degrees_of_freedom());
  const auto fits = item_fits(check);
  text += fit_verdict(check.total.distance, check.total.reference.high, check.total.p, fits) + "\n";
  for (const std::string& sentence : not_explained(fits)) text += sentence + "\n";
  for (const ItemCheck& item : check.items) text += item_text(item);
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

Json to_json(const PosteriorCheck& check) {
  const auto engagement =
      choices(Refers::engagement)[static_cast<std::size_t>(check.model.calibration().scenario.structure.engagement)];
  Json json{{"format", check_format.name},
            {"version", check_format.version},
            {"calibration", check.model.calibration().name},
            {"engagement", engagement},
            {"posterior", visible(check.posterior.filename().string(), Lines::one)},
            {"posterior_sha1", sha1_of_file(check.posterior)},
            {"model_version", model_version},
            {"program_version", build_info().version},
            {"commit", build_info().commit},
            {"draws", check.draws},
            {"effective_sample_size", check.effective_size},
            {"degrees_of_freedom", check.model.degrees_of_freedom()},
            {"distance", check.total.distance},
            {"reference", to_json(check.total.reference)},
            {"p", check.total.p},
            {"verdict", fit_verdict(check.total.distance, check.total.reference.high, check.total.p, item_fits(check))},
            {"not_explained", not_explained(item_fits(check))},
            {"point_deviance", check.point_deviance},
            {"items", Json::array()},
            {"parameters", Json::array()},
            {"directions", Json::array()},
            {"coverage", nullptr},
            {"elsewhere", nullptr}};
  for (const ItemCheck& item : check.items) json["items"].push_back(to_json(item));
  for (std::size_t i = 0; i < check.parameters.size(); ++i)
    json["parameters"].push_back({{"path", check.parameters[i]}, {"contraction", check.contraction[i]}});
  for (const Direction& d : check.directions)
    json["directions"].push_back(
        {{"variance_left", d.variance_left}, {"loadings", d.loadings}, {"words", combination(d, check.parameters)}});
  if (check.coverage) json["coverage"] = to_json(*check.coverage);
  if (check.elsewhere)
    json["elsewhere"] = {{"scenario", check.elsewhere->scenario},
                         {"runs", check.elsewhere->runs},
                         {"direction_holds", check.elsewhere->share},
                         {"progress", check.elsewhere->accomplished},
                         {"service_effectiveness", check.elsewhere->effective}};
  return json;
}

}  // namespace coalis::cli
