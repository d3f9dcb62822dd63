#include "report_sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "coalis/core/build_info.hpp"
#include "coalis/io/questions/sensitivity_file.hpp"
#include "coalis/io/text/file_hash.hpp"
#include "coalis/io/text/json_file.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/report/words/outcome_words.hpp"

namespace coalis::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr JsonFormat format{"coalis-sensitivity", sensitivity_format_version, "a result of coalis sensitivity",
                            "name a file that coalis sensitivity -o has written"};

double number_of(const Json& value) { return value.is_number() ? value.get<double>() : chart::missing; }
chart::Range range_of(const Json& interval) { return {number_of(interval.at("low")), number_of(interval.at("high"))}; }

std::string interval_text(const Json& interval) {
  const double value = number_of(interval.at("value")), low = number_of(interval.at("low")),
               high = number_of(interval.at("high"));
  if (std::isnan(value)) return "missing";
  return std::isnan(low + high) ? fmt::format("{:.3f}", value) : fmt::format("{:.3f} ({:.3f} to {:.3f})", value, low, high);
}

// Files of an older program do not say it.
bool above_total(const Json& index) {
  return number_of(index.at("first").at("value")) > number_of(index.at("total").at("value"));
}

// Everything about one target of the file.
class TargetReading {
 public:
  TargetReading(const Json& file, const Json& target, std::string id)
      : file_(file), target_(target), id_(std::move(id)), words_(words_of(target.at("outcome").get<std::string>())) {}

  report::SensitivityPage::Target read() const {
    report::SensitivityPage::Target t;
    t.id = id_;
    t.title = title();
    t.summary = summary();
    if (!varies()) return t;
    const Json &sobol = target_.at("sobol"), &morris = target_.at("morris"), &groups = target_.at("morris_groups");
    for (const bool group : {false, true})
      if (auto chart = shares(sobol, group); !chart.factors.empty()) t.shares.push_back(std::move(chart));
    if (!sobol.empty()) t.ends = ends(sobol), t.tables.push_back(indices(sobol)), t.warning = warning(sobol);
    for (const auto& [list, group] : {std::pair{&morris, false}, {&groups, true}}) {
      if (list->empty()) continue;
      t.screened.push_back(screened(*list, group));
      t.tables.push_back(effects(*list, group));
    }
    return t;
  }

 private:
  std::string scenario() const { return target_.at("scenario").get<std::string>(); }
  std::string title() const { return fmt::format("{}, {}", words_.title, scenario()); }
  bool varies() const { return target_.contains("varies") ? target_.at("varies").get<bool>() : number_of(target_.at("sd")) > 0; }
  double scaled(const Json& value) const { return words_.scale * number_of(value); }

  std::string summary() const {
    const std::string mean = fmt::format("{:.{}f}", scaled(target_.at("mean")), words_.decimals + 1);
    if (!varies())
      return fmt::format(
          "{} {} over all points: it does not vary over the ranges, no factor changes it, and there is nothing to "
          "share out.",
          mean, words_.measure);
    std::string text = fmt::format("On average {} {}; standard deviation over the ranges {:.{}f}.", mean, words_.measure,
                                   scaled(target_.at("sd")), words_.decimals + 1);
    const Json& seed = target_.at("seed");
    if (const double parameters = number_of(seed.at("parameters")); !std::isnan(parameters))
      text += fmt::format(" Of the variance of one run parameters are {:.0f} %, luck the rest.", 100 * parameters);
    if (const double left = number_of(seed.at("left")); !std::isnan(left))
      text += fmt::format(" In the means that were analysed {:.1f} % of the variance is left of luck.", 100 * left);
    return text;
  }

  chart::Caption caption(const char* what, std::string subtitle) const {
    const std::string model = file_.at("design").at("model_version");
    return {.id = fmt::format("{}-{}", id_, what),
            .title = title(),
            .subtitle = std::move(subtitle),
            .source = fmt::format("Coalis {}, model version {}, {}", file_.at("program_version").get<std::string>(), model,
                                  file_.at("name").get<std::string>()),
            .interval = "",
            .runs = file_.at("design").at("replicates"),
            .runs_are = "runs of each point",
            .seed = file_.at("design").at("seed")};
  }

  chart::Importance shares(const Json& sobol, bool group) const {
    chart::Importance chart;
    chart.caption =
        caption(group ? "shares-groups" : "shares", group ? "Share of the variance that is due to all parameters of a group"
                                                          : "Share of the variance that is due to a parameter");
    chart.quantity = {"share of the variance", "%", 100, 0, "more"};
    for (const Json& index : sobol)
      if (index.at("group") == group)
        chart.factors.push_back({index.at("input"), number_of(index.at("total").at("value")), range_of(index.at("total")),
                                 number_of(index.at("first").at("value")), range_of(index.at("first"))});
    return chart;
  }

  chart::Tornado ends(const Json& sobol) const {
    chart::Tornado chart;
    chart.caption = caption("tornado", "Average in the lowest and in the highest fifth of a parameter's range");
    chart.quantity = {std::string(words_.title), std::string(words_.unit), words_.scale, words_.decimals + 1, "more"};
    chart.centre = number_of(target_.at("mean"));
    chart.centre_is = "average over the ranges";
    for (const Json& index : sobol)
      if (index.contains("low_end"))
        chart.factors.push_back(
            {index.at("input"), "low", "high", number_of(index.at("low_end")), number_of(index.at("high_end"))});
    return chart;
  }

  chart::Importance screened(const Json& effects, bool group) const {
    chart::Importance chart;
    chart.caption = caption(group ? "effects-groups" : "effects",
                            group ? "Average effect of moving all parameters of a group through their ranges"
                                  : "Average effect of moving a parameter through its range");
    chart.quantity = {"average absolute effect", std::string(words_.unit), words_.scale, words_.decimals + 1, "more"};
    chart.total_is = "average absolute effect (mu*)";
    for (const Json& effect : effects)
      chart.factors.push_back(
          {effect.at("input"), number_of(effect.at("mu_star").at("value")), range_of(effect.at("mu_star")), chart::missing, {}});
    return chart;
  }

  static html::Table indices(const Json& sobol) {
    html::Table table{"Shares of the variance (95 % intervals)", {"Input", "With others (total)", "Alone (first order)"}, {}};
    for (const Json& index : sobol)
      table.rows.push_back({index.at("input"), interval_text(index.at("total")),
                            interval_text(index.at("first")) + (above_total(index) ? " *" : "")});
    return table;
  }

  html::Table effects(const Json& list, bool group) const {
    html::Table table{fmt::format("Effects of moving {} through {}, in the outcome's unit", group ? "a group" : "a parameter",
                                  group ? "its ranges" : "its range"),
                      {"Input", "mu* (95 % interval)", "mu", "sigma"},
                      {}};
    const auto text = [](const Json& value) { return value.is_number() ? fmt::format("{:.3f}", value.get<double>()) : "-"; };
    for (const Json& effect : list)
      table.rows.push_back(
          {effect.at("input"), interval_text(effect.at("mu_star")), text(effect.at("mu")), text(effect.at("sigma"))});
    return table;
  }

  static std::string warning(const Json& sobol) {
    std::string names;
    for (const Json& index : sobol)
      if (above_total(index)) names += (names.empty() ? "" : ", ") + index.at("input").get<std::string>();
    return names.empty()
               ? ""
               : fmt::format("* A first order above the total cannot be; both are within the error of the base points: {}.",
                             names);
  }

  const Json &file_, &target_;
  std::string id_;
  const OutcomeWords& words_;
};

}  // namespace

bool is_sensitivity_result(const std::filesystem::path& path) {
  std::ifstream file(path);
  const Json json = Json::parse(file, nullptr, false);
  return json.is_object() && json.contains("format") && json["format"] == format.name;
}

report::SensitivityPage sensitivity_page(const std::filesystem::path& path, const std::string& title,
                                         const std::string& command) {
  const Json file = read_json_file(path, format);
  report::SensitivityPage page;
  try {
    page.title = title.empty() ? file.at("name").get<std::string>() : title;
    page.question = file.at("question");
    for (std::size_t s = 0; s < file.at("scenario_files").size(); ++s)
      page.scenarios.push_back(
          fmt::format("{}: {}", static_cast<char>('A' + s), file.at("scenario_files")[s].get<std::string>()));
    for (const Json& target : file.at("targets"))
      page.targets.push_back(TargetReading(file, target, fmt::format("target-{}", page.targets.size() + 1)).read());
    page.points = file.at("points"), page.replicates = file.at("design").at("replicates");
    page.program = file.at("program_version"), page.commit = file.at("commit");
    page.model = file.at("design").at("model_version");
  } catch (const std::exception& error) {
    throw json_file_error(path, format, fmt::format("it is damaged ({})", error.what()));
  }
  page.file = path.filename().string(), page.file_hash = sha1_of_file(path);
  page.command = command;
  return page;
}

}  // namespace coalis::cli
