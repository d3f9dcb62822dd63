#include "report_fit.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "calibrate_check.hpp"
#include "check_file.hpp"
#include "coalis/report/charts/chart_text.hpp"
#include "coalis/report/words/fit_words.hpp"
#include "coalis/report/words/likelihood.hpp"

namespace coalis::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string in_words(std::string id) {
  for (char& c : id)
    if (c == '_') c = ' ';
  if (!id.empty()) id.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(id.front())));
  return id;
}

// JSON has no infinite number: it is written as null.
double distance_in(const Json& of) { return of.is_null() ? std::numeric_limits<double>::infinity() : of.get<double>(); }

chart::Range range(const Json& of, const char* low, const char* high) { return {of.at(low), of.at(high)}; }

chart::Bands bands(const Json& of) {
  return {of.at("q50"), range(of, "q25", "q75"), range(of, "q10", "q90"), range(of, "q05", "q95")};
}

// One line for each answer to the item; of yes and no, one is enough beside others.
void add_item(std::vector<chart::PredictiveChecks::Item>& items, const Json& item, bool brief = false) {
  const auto n = item.at("n").get<double>();
  const Json& categories = item.at("categories");
  for (std::size_t c = 0; c < (brief && categories.size() == 2 ? 1 : categories.size()); ++c) {
    const Json& category = categories[c];
    const double observed = category.at("observed").is_number() ? category.at("observed").get<double>() : chart::missing;
    auto& row = items.emplace_back();
    row.name = fmt::format("{}: {}", in_words(item.at("id")), category.at("name").get<std::string>());
    row.predicted = bands(category.at("posterior"));
    row.observed = observed;
    if (std::isfinite(observed) && n > 0) {
      const Interval survey = wilson(static_cast<std::size_t>(std::lround(observed * n)), static_cast<std::size_t>(n));
      row.interval = {survey.low, survey.high};
    }
    row.held_out = item.at("use") == "validate";
  }
}

// What sets an input is no test of the fit.
std::vector<ItemFit> item_fits(const Json& check) {
  std::vector<ItemFit> items;
  for (const Json& item : check.at("items")) {
    if (item.at("use") == "specify") continue;
    auto& one = items.emplace_back();
    one.id = item.at("id"), one.measures = item.value("measures", one.id);
    one.held_out = item.at("use") == "validate";
    one.distance = distance_in(item.at("distance")), one.high = distance_in(item.at("reference").at("q95")), one.p = item.at("p");
    for (const Json& category : item.at("categories"))
      if (category.at("observed").is_number())
        one.categories.push_back({category.at("name"), category.at("observed"), category.at("posterior").at("q05"),
                                  category.at("posterior").at("q95")});
  }
  return items;
}

report::Fit fit_of(const Json& check) {
  report::Fit fit;
  fit.posterior = check.at("posterior");
  fit.engagement = check.at("engagement");
  fit.draws = check.at("draws");
  fit.effective = check.at("effective_sample_size");
  fit.distance = distance_in(check.at("distance"));
  fit.degrees_of_freedom = check.at("degrees_of_freedom");
  const Json& usual = check.at("reference");
  fit.usual = {distance_in(usual.at("q05")), distance_in(usual.at("q95"))};
  fit.p = check.at("p");
  const auto items = item_fits(check);
  fit.verdict = fit_verdict(fit.distance, fit.usual.high, fit.p, items);
  fit.not_explained = not_explained(items);
  return fit;
}

std::string maker_of(const Json& check) {
  return fmt::format("Coalis {}, model version {}", check.at("program_version").get<std::string>(),
                     check.at("model_version").get<std::string>());
}

chart::PredictiveChecks checks_of(const Json& check, const std::string& name) {
  chart::PredictiveChecks data;
  data.caption.id = "checks";
  data.caption.title = "What the fitted model predicts of the survey";
  data.caption.subtitle = fmt::format("Share of the answers to each item; {}, engagement {}",
                                      check.at("posterior").get<std::string>(), check.at("engagement").get<std::string>());
  data.caption.source = fmt::format("{}, {}", maker_of(check), name);
  data.caption.interval = "Ranges: chance and parameters, of one structure";
  data.quantity = {"answers", "in 100", 100, 0, "more"};
  for (const Json& item : check.at("items"))
    if (item.at("use") != "specify") add_item(data.items, item);
  return data;
}

// Answers of checks with what they are called.
struct Checks {
  std::vector<Json> of;
  std::vector<std::string> names;  // of files

  const Json& first() const { return of.front(); }
  std::string sources() const {
    std::string all;
    for (const std::string& name : names) all += ", " + name;
    return maker_of(first()) + all;
  }
  std::vector<chart::Option> options() const {
    std::vector<chart::Option> all;
    for (std::size_t i = 0; i < of.size(); ++i)
      all.push_back({std::string(1, static_cast<char>('A' + i)), of[i].at("engagement").get<std::string>()});
    return all;
  }
};

// Items of every posterior beside each other, in charts of so many rows that they can be read.
std::vector<chart::PredictiveChecks> side_by_side(const Checks& checks) {
  constexpr std::size_t most_rows = 11;
  std::vector<chart::PredictiveChecks> charts;
  const auto begin = [&](bool held_out) {
    auto& chart = charts.emplace_back();
    chart.caption.id = fmt::format("checks-{}", charts.size());
    chart.caption.title =
        held_out ? "What the fit has not seen: predicted and observed" : "What the fit has seen: predicted and observed";
    chart.caption.subtitle = "Share of the answers to each item";
    chart.caption.interval = "Ranges: chance and parameters";
    chart.caption.source = checks.sources();
    chart.quantity = {"answers", "in 100", 100, 0, "more"};
    for (const chart::Option& option : checks.options()) chart.models.push_back(option.name);
  };
  for (const char* use : {"calibrate", "validate"}) {
    bool begun = false;
    for (std::size_t i = 0; i < checks.first().at("items").size(); ++i) {
      std::vector<std::vector<chart::PredictiveChecks::Item>> rows;  // [posterior][category]
      for (const Json& check : checks.of) {
        const Json& item = check.at("items").at(i);
        if (item.at("use") == use) add_item(rows.emplace_back(), item, true);
      }
      if (rows.empty()) continue;
      if (!begun || charts.back().items.size() + rows.front().size() > most_rows) begin(use == std::string_view("validate"));
      begun = true;
      for (std::size_t c = 0; c < rows.front().size(); ++c) {
        auto& row = charts.back().items.emplace_back(rows.front()[c]);
        for (std::size_t k = 1; k < rows.size(); ++k) row.more.push_back(rows[k][c].predicted);
      }
    }
  }
  return charts;
}

chart::Profile profile(const Checks& checks, std::string id, std::string title, const std::string& unit) {
  chart::Profile chart;
  chart.caption.id = std::move(id);
  chart.caption.title = std::move(title);
  chart.caption.source = checks.sources();
  chart.quantity = {unit, "%", 100, 0, ""};
  chart.series = checks.options();
  for (const Json& parameter : checks.first().at("parameters")) chart.rows.push_back({parameter.at("path"), {}});
  return chart;
}

chart::Profile contraction(const Checks& checks) {
  auto chart = profile(checks, "contraction", "What the survey has taught of each parameter",
                       "share of the prior's variance that is gone");
  chart.reference = 0;
  for (const Json& check : checks.of)
    for (std::size_t i = 0; i < chart.rows.size(); ++i)
      chart.rows[i].values.push_back(check.at("parameters").at(i).at("contraction").get<double>());
  return chart;
}

std::string made_from(const Json& coverage) {
  return fmt::format("{} simulated surveys; posterior: the {} nearest of {} runs", coverage.at("truths").get<int>(),
                     coverage.at("nearest").get<int>(), chart::number(coverage.at("table"), 0));
}

bool has_coverage(const Json& check) { return check.at("coverage").is_object(); }

chart::Profile coverage(const Checks& checks) {
  auto chart =
      profile(checks, "coverage", "How often 90 % intervals hold the truth", "share of the 90 % intervals that hold the truth");
  chart.caption.subtitle = made_from(checks.first().at("coverage"));
  chart.expected = {0.85, 0.97};
  chart.expected_is = "as it should be; above, intervals are wider than they say";
  chart.reference = 0.9;
  for (const Json& check : checks.of)
    for (std::size_t i = 0; i < chart.rows.size(); ++i)
      chart.rows[i].values.push_back(check.at("coverage").at("parameters").at(i).at("nearest").at("coverage").get<double>());
  return chart;
}

chart::RankHistograms ranks(const Json& check, const std::string& name) {
  const Json& coverage = check.at("coverage");
  chart::RankHistograms chart;
  const auto engagement = check.at("engagement").get<std::string>();
  chart.caption.id = "ranks-" + engagement;
  chart.caption.title = "Where the truth lies among the draws: " + engagement;
  chart.caption.subtitle = made_from(coverage);
  chart.caption.source = fmt::format("{}, {}", maker_of(check), name);
  chart.band = {coverage.at("band").at(0), coverage.at("band").at(1)};
  for (const Json& parameter : coverage.at("parameters")) {
    const auto path = parameter.at("path").get<std::string>();
    auto& panel = chart.panels.emplace_back();
    panel.name = path.substr(path.find('.') + 1);  // "parameters.tie_prob": of the table every panel would begin alike
    panel.counts = parameter.at("nearest").at("ranks").get<std::vector<double>>();
    chart.expected = coverage.at("truths").get<double>() / static_cast<double>(panel.counts.size());
  }
  return chart;
}

// What must be alike for posteriors to stand side by side: items with their answers, parameters.
Json shape_of(const Json& check) {
  Json shape;
  for (const Json& item : check.at("items")) {
    Json& one = shape["items"].emplace_back(Json{{"id", item.at("id")}, {"use", item.at("use")}, {"n", item.at("n")}});
    for (const Json& category : item.at("categories")) one["answers"].push_back(category.at("name"));
  }
  for (const Json& parameter : check.at("parameters")) shape["parameters"].push_back(parameter.at("path"));
  return shape;
}

// What `make` makes of a file that was read; a member that is missing, or a value that cannot be, is damage.
template <class Make>
auto made_of(const std::filesystem::path& path, Make make) {
  try {
    return make();
  } catch (const JsonFileError&) {
    throw;
  } catch (const OtherFit&) {
    throw;
  } catch (const std::exception& error) {
    throw json_file_error(path, check_format, fmt::format("is damaged ({})", error.what()));
  }
}

}  // namespace

report::FitAndChecks read_fit(const std::filesystem::path& path, const ComparisonFile& file,
                              const std::filesystem::path& comparison) {
  const Json check = read_check(path);
  return made_of(path, [&] {
    const auto posterior = check.at("posterior").get<std::string>(), hash = check.value("posterior_sha1", std::string());
    const bool same = file.sets && (hash.empty() ? file.sets->file == posterior : file.sets->hash == hash);
    if (!same)
      throw OtherFit(
          fmt::format("--fit {}: checks the posterior {}, but {} was made with {}; make it again with --parameters {}, or "
                      "leave --fit out",
                      path.string(), posterior, comparison.string(),
                      file.sets ? fmt::format("the parameter sets of {}{}", file.sets->file,
                                              file.sets->file == posterior ? ", which have changed since" : "")
                                : std::string("the scenarios' own parameters"),
                      posterior));
    return report::FitAndChecks{fit_of(check), checks_of(check, path.filename().string())};
  });
}

report::FitPage fit_page(const std::vector<std::string>& paths, const std::string& title, const std::string& command) {
  Checks checks;
  report::FitPage page;
  page.title = title.empty() ? "How well the model fits the survey" : title;
  page.command = command;
  bool covered = true;
  for (const std::string& path : paths) {
    const Json& check = checks.of.emplace_back(read_check(path));
    checks.names.push_back(std::filesystem::path(path).filename().string());
    made_of(path, [&] {
      if (shape_of(check) != shape_of(checks.first()))
        throw json_file_error(
            path, check_format,
            fmt::format("has other items, answers or parameters than {}: they cannot stand side by side", paths.front()));
      page.fits.push_back(fit_of(check));
      covered = covered && has_coverage(check);
      if (has_coverage(check)) page.ranks.push_back(ranks(check, checks.names.back()));
      return 0;
    });
  }
  return made_of(paths.front(), [&] {
    page.checks = side_by_side(checks);
    page.contraction = contraction(checks);
    if (covered) page.coverage = coverage(checks);
    page.program = checks.first().at("program_version");
    page.commit = checks.first().at("commit");
    page.model = checks.first().at("model_version");
    return page;
  });
}

}  // namespace coalis::cli
