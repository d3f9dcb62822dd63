// See calibrate_report.hpp.
#include "calibrate_report.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "coalis/core/build_info.hpp"
#include "coalis/core/characters.hpp"
#include "coalis/core/counted.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "coalis/statistics/weighted.hpp"

namespace coalis::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ParameterLine {
  std::string name, prior, source;
  double prior_low, prior_high, low, median, high;  // 90 % intervals
  double contraction;                               // share of the prior's variance that is gone
};

constexpr std::size_t prior_sample = 4000;

std::vector<ParameterLine> parameter_lines(const PosteriorReport& report) {
  const CalibrationProblem& c = report.model.calibration();
  const auto prior = prior_draws(report.model.abc_model(), c.sampler.seed, 0, prior_sample);
  const std::vector<double> equal(prior_sample, 1.0);
  std::vector<double> weights;
  for (const Particle& p : report.state.population) weights.push_back(p.weight);
  std::vector<ParameterLine> lines;
  std::size_t next = 0;
  for (const auto* list : {&c.fitted, &c.nuisance}) {
    for (const UncertainParameter& parameter : *list) {
      std::vector<double> before, after;
      for (const auto& draw : prior) before.push_back(draw[next]);
      for (const Particle& p : report.state.population) after.push_back(p.values[next]);
      const double ratio = weighted_sd(after, weights) / weighted_sd(before, equal);
      lines.push_back({parameter.paths.front().text(), to_string(parameter.prior), parameter.source,
                       weighted_quantile(before, equal, .05), weighted_quantile(before, equal, .95),
                       weighted_quantile(after, weights, .05), weighted_quantile(after, weights, .5),
                       weighted_quantile(after, weights, .95), 1 - ratio * ratio});
      ++next;
    }
  }
  return lines;
}

std::uint64_t runs_of(const AbcState& state) {
  std::uint64_t runs = state.current.proposals;
  for (const GenerationSummary& g : state.finished) runs += g.proposals;
  return runs;
}

}  // namespace

std::string to_text(const PosteriorReport& report) {
  const CalibrationProblem& c = report.model.calibration();
  const AbcState& state = report.state;
  const GenerationSummary& last = state.finished.back();
  std::string text =
      fmt::format("{}: {} (effective sample size {:.0f}) from {}\n\n", c.name, counted(state.population.size(), "weighted draw"),
                  last.effective_size, counted(runs_of(state), "run"));
  text += "  generation\ttolerance\truns\taccepted\teffective sample size\n";
  for (const GenerationSummary& g : state.finished)
    text += fmt::format("  {:>10}\t{:.3f}\t{}\t{:.4f}\t{:.0f}\n", g.number, g.tolerance, g.proposals, g.acceptance(),
                        g.effective_size);
  text += fmt::format(
      "\nIt ended because {}. The tolerance is a sum over items of deviance / design effect; two surveys of the same coalition "
      "differ by about {} (the degrees of freedom).\n\n",
      state.stopped, report.model.degrees_of_freedom());
  text += "  parameter\t90 % of the posterior\tmedian\tof the prior\tvariance gone\n";
  const auto figure = [](double value) { return significant(value, 4); };
  for (const ParameterLine& p : parameter_lines(report))
    text += fmt::format("  {}\t{} .. {}\t{}\t{} .. {}\t{:.0f} %\n", p.name, figure(p.low), figure(p.high), figure(p.median),
                        figure(p.prior_low), figure(p.prior_high), 100 * p.contraction);
  return text + fmt::format("\nPosterior: {} (docs/formats/parameters.md); it takes {} to say how well it fits.\n",
                            report.file.string(), "coalis calibrate --check");
}

Json to_json(const PosteriorReport& report) {
  const CalibrationProblem& c = report.model.calibration();
  const AbcState& state = report.state;
  Json json{{"calibration", c.name},
            {"model_version", model_version},
            {"program_version", build_info().version},
            {"commit", build_info().commit},
            {"file", visible(report.file.string(), Lines::one)},
            {"draws", state.population.size()},
            {"effective_sample_size", state.finished.back().effective_size},
            {"runs", runs_of(state)},
            {"degrees_of_freedom", report.model.degrees_of_freedom()},
            {"stopped", state.stopped},
            {"generations", Json::array()},
            {"parameters", Json::array()}};
  for (const GenerationSummary& g : state.finished)
    json["generations"].push_back({{"number", g.number},
                                   {"tolerance", g.tolerance},
                                   {"runs", g.proposals},
                                   {"acceptance", g.acceptance()},
                                   {"effective_sample_size", g.effective_size}});
  for (const ParameterLine& p : parameter_lines(report))
    json["parameters"].push_back({{"path", p.name},
                                  {"prior", p.prior},
                                  {"source", p.source},
                                  {"prior_5", p.prior_low},
                                  {"prior_95", p.prior_high},
                                  {"posterior_5", p.low},
                                  {"posterior_50", p.median},
                                  {"posterior_95", p.high},
                                  {"contraction", p.contraction}});
  return json;
}

}  // namespace coalis::cli
