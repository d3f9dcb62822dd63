// Reading a calibration: the file, its scenario, its evidence, its priors.
#include "coalis/io/questions/calibration_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "coalis/core/names.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/inference/evidence_match.hpp"
#include "coalis/io/questions/evidence_file.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/model/parameter_sums.hpp"
#include "coalis/questions/run_key.hpp"
#include "io/text/toml_tree.hpp"
#include "number_in.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;
using io::Entry;
using io::Node;
using io::Table;

constexpr std::size_t most_fitted = 40;

const std::vector<std::string_view> calibration_keys{"format",     "version",  "name",    "scenario",   "evidence",
                                                     "engagement", "nuisance", "sampler", "parameters", "nuisance_parameters"};
const std::vector<std::string_view> parameter_keys{"path", "uniform", "normal", "lognormal", "beta", "limits", "source"};
const std::vector<std::string_view> sampler_keys{
    "draws", "seed", "prior_runs", "quantile", "least_acceptance", "least_tolerance", "most_generations"};

class CalibrationReading {
 public:
  CalibrationReading(CalibrationFile& file, const fs::path& path) : file_(file), folder_(path.parent_path()) {}

  void document(const Node& root, Nuisance nuisance) {
    const auto& table = std::get<Table>(root.value);
    if (!identity(root, table)) return;
    known_keys(table, calibration_keys, "the file");
    CalibrationProblem calibration;
    if (const auto* name = value<std::string>(table, "name", "text")) calibration.name = *name;
    if (is_blank(calibration.name)) fail(root, "the calibration has no name", "add name = \"...\"");
    if (!read_scenario_of(root, table, calibration) || !read_evidence_of(root, table, calibration)) return;
    sampler(table, calibration.sampler);
    parameters(table, "parameters", calibration.scenario, calibration.fitted);
    parameters(table, "nuisance_parameters", calibration.scenario, calibration.nuisance);
    if (calibration.fitted.empty() && table.find("parameters") == nullptr)
      fail(root, "nothing is fitted", "add [[parameters]] with a path and a prior");
    if (calibration.fitted.size() > most_fitted)
      fail(root, fmt::format("{} parameters are fitted at once", calibration.fitted.size()),
           fmt::format("fit at most {}; 8 to 12 are usual, move the rest to [[nuisance_parameters]]", most_fitted));
    if (!keep_nuisance(table, nuisance)) calibration.nuisance.clear();
    if (file_.diagnostics.end() == std::find_if(file_.diagnostics.begin(), file_.diagnostics.end(), is_error))
      room_together(root, calibration);
    if (file_.diagnostics.end() == std::find_if(file_.diagnostics.begin(), file_.diagnostics.end(), is_error))
      file_.calibration = std::move(calibration);
  }

 private:
  // All within what the priors leave them, each as low as it goes: a sum that is too large then always is.
  void room_together(const Node& root, const CalibrationProblem& calibration) {
    Scenario lowest = calibration.scenario;
    for (const auto* list : {&calibration.fitted, &calibration.nuisance})
      for (const UncertainParameter& parameter : *list)
        for (const ParameterPath& path : parameter.paths) path.set(lowest, least_of(parameter.prior));
    for (const ParameterSum& sum : parameter_sums(lowest)) {
      const double least = std::round(sum.value * 1e9) / 1e9;
      if (least < sum.bounds.max || (least == sum.bounds.max && !sum.bounds.open_max)) continue;
      const auto of_sum = std::find_if(places_.begin(), places_.end(), [&](const auto& one) {
        return one.first.starts_with("parameters.") && sum.name.find(one.first.substr(11)) != sum.name.npos;
      });
      fail(of_sum == places_.end() ? root.place : of_sum->second,
           fmt::format("the priors allow no values together: {} is at least {:.7g}", sum.name, least),
           fmt::format("keep it {}{}: lower a prior, or the value that the scenario has of the other",
                       sum.bounds.open_min ? "" : "within ", range_text(sum.bounds)));
    }
  }
  static double least_of(const Prior& prior) {
    if (prior.kind == PriorKind::uniform) return std::max(prior.a, prior.limits.min);
    const bool positive = prior.kind == PriorKind::lognormal || prior.kind == PriorKind::beta;
    return positive ? std::max(0.0, prior.limits.min) : prior.limits.min;
  }

  static bool is_error(const Diagnostic& d) { return !d.warning; }

  bool identity(const Node& root, const Table& table) {
    const auto* format = value<std::string>(table, "format", "text");
    if (!format || *format != "calibration")
      return fail(root, "not a calibration file", "begin it with format = \"calibration\""), false;
    const auto* version = value<std::int64_t>(table, "version", "a whole number");
    if (version && *version == calibration_format_version) return true;
    fail(root,
         version ? fmt::format("too {}: calibration version {}", *version > calibration_format_version ? "new" : "old", *version)
                 : "a calibration file without a version",
         fmt::format("this program reads version = {}", calibration_format_version));
    return false;
  }

  void known_keys(const Table& table, const std::vector<std::string_view>& known, std::string_view where) {
    for (const Entry& entry : table.entries)
      if (std::find(known.begin(), known.end(), entry.key) == known.end())
        fail(entry.place, fmt::format("unknown key '{}' in {}", entry.key, where),
             fmt::format("choose one of {}", fmt::join(known, ", ")));
  }

  bool read_scenario_of(const Node& root, const Table& table, CalibrationProblem& calibration) {
    const auto* name = value<std::string>(table, "scenario", "text");
    if (!name) return fail(root, "no scenario", "add scenario = \"../illinois.toml\", relative to this file"), false;
    std::vector<std::string> overrides;
    if (const auto* engagement = value<std::string>(table, "engagement", "text")) {
      const auto names = choices(Refers::engagement);
      if (std::find(names.begin(), names.end(), *engagement) == names.end())
        fail(table.find("engagement")->node, fmt::format("there is no engagement '{}'", *engagement),
             fmt::format("choose one of {}", fmt::join(names, ", ")));
      else
        overrides.push_back("structure.engagement=\"" + *engagement + "\"");
    }
    file_.scenario_path = (folder_ / *name).lexically_normal();
    ScenarioFile scenario = read_scenario(file_.scenario_path, overrides);
    for (Diagnostic& d : scenario.diagnostics) file_.diagnostics.push_back(std::move(d));
    if (!scenario.ok()) return false;
    file_.evidence_path = scenario.evidence_path;
    calibration.scenario = std::move(scenario.scenario);
    return true;
  }

  bool read_evidence_of(const Node& root, const Table& table, CalibrationProblem& calibration) {
    if (const auto* name = value<std::string>(table, "evidence", "text"))
      file_.evidence_path = (folder_ / *name).lexically_normal();
    if (file_.evidence_path.empty())
      return fail(root, "no evidence", "add evidence = \"...\", or name it in the scenario"), false;
    EvidenceFile evidence = read_evidence(file_.evidence_path, calibration.scenario);
    for (Diagnostic& d : evidence.diagnostics) file_.diagnostics.push_back(std::move(d));
    if (evidence.ok())
      for (Diagnostic& d : warnings_about_numbers(evidence, file_.evidence_path.string(), calibration.scenario))
        file_.diagnostics.push_back(std::move(d));
    calibration.evidence = std::move(evidence.items);
    return evidence.diagnostics.empty();
  }

  bool keep_nuisance(const Table& table, Nuisance wanted) {
    const auto* written = value<std::string>(table, "nuisance", "text");
    if (written && *written != "prior" && *written != "fixed")
      fail(table.find("nuisance")->node, fmt::format("nuisance is '{}'", *written), "write \"prior\" or \"fixed\"");
    if (wanted != Nuisance::as_written) return wanted == Nuisance::prior;
    return !written || *written == "prior";
  }

  void sampler(const Table& root, AbcSettings& settings) {
    const auto* table = value<Table>(root, "sampler", "a table");
    if (!table) return;
    known_keys(*table, sampler_keys, "[sampler]");
    const auto count = [&](std::string_view key, auto& into, double least, double most) {
      if (const auto found = number(*table, key, least, most))
        into = static_cast<std::remove_reference_t<decltype(into)>>(*found);
    };
    const std::size_t problems = file_.diagnostics.size();
    count("draws", settings.draws, 20, 1e6);
    const bool known = file_.diagnostics.size() == problems;  // else nothing can be said of what hangs on them
    settings.prior_runs = 10 * settings.draws;
    count("prior_runs", settings.prior_runs, known ? static_cast<double>(settings.draws) : 1, 1e8);
    count("seed", settings.seed, 0, 9e15);
    count("quantile", settings.quantile, 0.01, 0.99);
    count("least_acceptance", settings.least_acceptance, 1e-5, 0.9);
    count("least_tolerance", settings.least_tolerance, 0, 1e6);
    count("most_generations", settings.most_generations, 1, 1000);
  }

  void parameters(const Table& root, std::string_view key, const Scenario& scenario, std::vector<UncertainParameter>& into) {
    const auto* list = value<io::Array>(root, key, "a list of tables");
    if (!list) return;
    for (const Node& node : *list) {
      const auto* table = std::get_if<Table>(&node.value);
      if (!table) {
        fail(node, fmt::format("{} takes tables", key), fmt::format("write [[{}]]", key));
        continue;
      }
      known_keys(*table, parameter_keys, fmt::format("[[{}]]", key));
      if (auto one = parameter(node, *table, scenario)) into.push_back(*std::move(one));
    }
  }

  std::optional<UncertainParameter> parameter(const Node& node, const Table& table, const Scenario& scenario) {
    UncertainParameter result;
    std::vector<std::string> paths;
    if (const Entry* entry = table.find("path"); entry && std::holds_alternative<std::string>(entry->node.value))
      paths = {std::get<std::string>(entry->node.value)};
    else
      paths = list<std::string>(table, "path", "texts");
    if (paths.empty()) return fail(node, "a parameter without a path", "add path = \"parameters.tie_prob\""), std::nullopt;
    for (const std::string& path : paths) {
      try {
        result.paths.emplace_back(scenario, path);
      } catch (const std::invalid_argument& error) {
        return fail(node, error.what(), "coalis defaults lists the keys"), std::nullopt;
      }
      places_.emplace_back(path, node.place);
      if (!seen_.insert(names_set(path)).second) fail(node, fmt::format("'{}' is there twice", path), "remove one of them");
    }
    if (const auto* source = value<std::string>(table, "source", "text")) result.source = *source;
    if (result.source.empty())
      fail(node, fmt::format("the prior of '{}' has no source", paths.front()),
           "say where it comes from: source = \"assumption\"");
    if (!prior(node, table, paths.front(), result)) return std::nullopt;
    return result;
  }

  bool prior(const Node& node, const Table& table, const std::string& path, UncertainParameter& into) {
    int kinds = 0;
    Prior& prior = into.prior;
    for (std::size_t k = 0; k < prior_names.size(); ++k) {
      if (!table.find(prior_names[k])) continue;
      ++kinds;
      const auto ends = list<double>(table, prior_names[k], "two numbers");
      if (ends.size() != 2)
        return fail(node, fmt::format("{} takes two numbers", prior_names[k]), "see docs/formats/calibration.md"), false;
      prior.kind = static_cast<PriorKind>(k);
      prior.a = ends[0], prior.b = ends[1];
    }
    if (kinds != 1)
      return fail(node, fmt::format("'{}' needs one prior", path), fmt::format("give one of {}", fmt::join(prior_names, ", "))),
             false;
    const bool right = prior.kind == PriorKind::uniform  ? prior.a < prior.b
                       : prior.kind == PriorKind::normal ? prior.b > 0
                                                         : prior.a > 0 && prior.b > 0;
    if (!right)
      return fail(node, fmt::format("the prior of '{}' is empty: {}", path, to_string(prior)), "correct its two numbers"), false;
    // Beyond what can be divided by: subnormal numbers have no reciprocal.
    const double width = prior.kind == PriorKind::uniform ? prior.b - prior.a : prior.b;
    if (!std::isnormal(width) || (prior.a != 0 && !std::isnormal(prior.a)))
      return fail(node, fmt::format("the prior of '{}' is too narrow or too wide to draw from: {}", path, to_string(prior)),
                  "correct its two numbers, or leave the parameter at its value"),
             false;
    prior.limits = into.paths.front().bounds();
    if (table.find("limits")) {
      const auto ends = list<double>(table, "limits", "two numbers");
      if (ends.size() != 2 || !(ends[0] < ends[1]))
        return fail(node, "limits takes two ascending numbers", "as in limits = [0, 1]"), false;
      prior.limits = {std::max(prior.limits.min, ends[0]), std::min(prior.limits.max, ends[1]), prior.limits.open_min,
                      prior.limits.open_max};
    }
    if (prior.mass_within_limits() < 0.01)
      return fail(node, fmt::format("nearly all of the prior of '{}' lies outside of {}", path, range_text(prior.limits)),
                  "move the prior or the limits"),
             false;
    if (prior.kind == PriorKind::uniform && !(within(prior.limits, prior.a) && within(prior.limits, prior.b)))
      return fail(node, fmt::format("the prior of '{}' goes beyond {}", path, range_text(prior.limits)), "narrow it"), false;
    return true;
  }

  std::optional<double> number(const Table& table, std::string_view key, double least, double most) {
    const Entry* entry = table.find(key);
    if (!entry) return std::nullopt;
    const auto found = as_number(entry->node);
    if (found && *found >= least && *found <= most) return found;
    fail(entry->node, fmt::format("'{}' must be a number from {} to {}", key, number_text(least), number_text(most)),
         "correct it");
    return std::nullopt;
  }

  template <class T>
  const T* value(const Table& table, std::string_view key, const char* type) {
    const Entry* entry = table.find(key);
    if (!entry) return nullptr;
    const auto* found = std::get_if<T>(&entry->node.value);
    if (!found) fail(entry->node, fmt::format("'{}' is {}", key, io::type_name(entry->node)), fmt::format("it takes {}", type));
    return found;
  }

  // The items of a list, all of one type; empty, and an error, if it is anything else.
  template <class T>
  std::vector<T> list(const Table& table, std::string_view key, const char* type) {
    std::vector<T> values;
    const auto* array = value<io::Array>(table, key, fmt::format("a list of {}", type).c_str());
    if (!array) return values;
    for (const Node& node : *array) {
      if constexpr (std::is_same_v<T, double>) {
        if (const auto found = as_number(node)) values.push_back(*found);
      } else {
        if (const auto* found = std::get_if<T>(&node.value)) values.push_back(*found);
      }
    }
    if (values.size() == array->size()) return values;
    fail(table.find(key)->node, fmt::format("'{}' takes a list of {}", key, type), "correct it");
    return {};
  }

  void fail(const Node& node, std::string problem, std::string advice) {
    fail(node.place, std::move(problem), std::move(advice));
  }
  void fail(const io::Place& place, std::string problem, std::string advice) {
    file_.diagnostics.push_back({place.file, place.line, place.column, false, std::move(problem), std::move(advice)});
  }

  CalibrationFile& file_;
  fs::path folder_;
  std::set<std::vector<std::string>> seen_;
  std::vector<std::pair<std::string, io::Place>> places_;  // of parameters, by path
};

// Everything that the draws depend on, as text.
std::string key_of(const CalibrationProblem& c) {
  Scenario scenario = c.scenario;
  scenario.name = scenario.description = scenario.evidence = "";
  const AbcSettings& s = c.sampler;
  std::string text = fmt::format("{} {}\n{}\n{} {} {} {} {} {} {}\n", sampler_version, model_version, to_toml(scenario), s.draws,
                                 s.prior_runs, s.quantile, s.least_acceptance, s.least_tolerance, s.most_generations, s.seed);
  for (const auto* list : {&c.fitted, &c.nuisance}) {
    for (const UncertainParameter& p : *list) {
      for (const ParameterPath& path : p.paths) text += path.text() + " ";
      text += fmt::format("{} {} {}\n", to_string(p.prior), p.prior.limits.min, p.prior.limits.max);
    }
    text += "\n";
  }
  for (const EvidenceItem& item : c.evidence) {
    if (item.use != "calibrate" && !item.range) continue;
    text += fmt::format("{} {} {} {} {}\n", item.id, fmt::join(item.counts, " "), item.n, item.share.value_or(-1), item.outcome);
    if (item.range) text += fmt::format("{} {}\n", (*item.range)[0], (*item.range)[1]);
    text += fmt::format("{} {} {} {} {}\n", measured(item), fmt::join(item.categories, "|"), item.lowest, item.last_months,
                        item.since);
    for (const Bin& bin : bins_of(item)) text += fmt::format("{} {} ", bin.from, bin.to);
    if (item.n_between) text += fmt::format("{} {}\n", (*item.n_between)[0], (*item.n_between)[1]);
  }
  return to_string(combined_key(text));
}

}  // namespace

CalibrationFile read_calibration(const fs::path& path, Nuisance nuisance) {
  CalibrationFile result;
  const WholeFile file = read_whole_file(path, largest_text);
  if (file.ok()) return parse_calibration(file.text, path, nuisance);
  result.diagnostics.push_back({path.string(), 0, 0, false, "cannot be read: " + file.problem, file.advice});
  return result;
}

CalibrationFile parse_calibration(std::string_view text, const fs::path& path, Nuisance nuisance) {
  CalibrationFile result;
  if (auto other = another_kind(text, path.string(), "calibration", "a calibration")) {
    result.diagnostics.push_back(*std::move(other));
    return result;
  }
  if (const auto root = io::parse_toml(text, path.string(), result.diagnostics))
    CalibrationReading(result, path).document(*root, nuisance);
  if (result.ok()) result.key = key_of(*result.calibration);
  return result;
}

}  // namespace coalis
