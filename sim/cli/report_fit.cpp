#include "report_fit.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "calibrate_check.hpp"
#include "coalis/report/likelihood.hpp"

namespace coalis::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string in_words(std::string id) {
  for (char& c : id)
    if (c == '_') c = ' ';
  if (!id.empty()) id.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(id.front())));
  return id;
}

chart::Range range(const Json& of, const char* low, const char* high) { return {of.at(low), of.at(high)}; }

// One line for each answer to the item.
void add_item(std::vector<chart::PredictiveChecks::Item>& items, const Json& item) {
  const auto n = item.at("n").get<double>();
  for (const Json& category : item.at("categories")) {
    const Json& posterior = category.at("posterior");
    const double observed = category.at("observed").is_number() ? category.at("observed").get<double>() : chart::missing;
    auto& row = items.emplace_back();
    row.name = fmt::format("{}: {}", in_words(item.at("id")), category.at("name").get<std::string>());
    row.predicted = {posterior.at("q50"), range(posterior, "q25", "q75"), range(posterior, "q10", "q90"),
                     range(posterior, "q025", "q975")};
    row.observed = observed;
    if (std::isfinite(observed) && n > 0) {
      const Interval survey = wilson(static_cast<std::size_t>(std::lround(observed * n)), static_cast<std::size_t>(n));
      row.interval = {survey.low, survey.high};
    }
    row.held_out = item.at("use") == "validate";
  }
}

report::Fit fit_of(const Json& check, const std::string& name) {
  report::Fit fit;
  fit.posterior = check.at("posterior");
  fit.engagement = check.at("engagement");
  fit.draws = check.at("draws");
  fit.effective = check.at("effective_sample_size");
  fit.distance = check.at("distance");
  fit.usual = range(check.at("reference"), "q05", "q95");
  fit.p = check.at("p");
  auto& data = fit.checks;
  data.caption.id = "checks";
  data.caption.title = "What the fitted model predicts of the survey";
  data.caption.subtitle = fmt::format("Share of the answers to each item; {}, engagement {}", fit.posterior, fit.engagement);
  data.caption.source = fmt::format("Coalis {}, model version {}, {}", check.at("program_version").get<std::string>(),
                                    check.at("model_version").get<std::string>(), name);
  data.caption.interval = "Ranges: chance and parameters, of one structure";
  data.quantity = {"answers", "in 100", 100, 0, "more"};
  for (const Json& item : check.at("items"))
    if (item.at("use") != "specify") add_item(data.items, item);
  return fit;
}

}  // namespace

report::Fit read_fit(const std::filesystem::path& path) {
  const Json check = read_json_file(path, check_format);
  try {
    return fit_of(check, path.filename().string());
  } catch (const Json::exception& error) {
    throw json_file_error(path, check_format, fmt::format("is damaged ({})", error.what()));
  }
}

}  // namespace coalis::cli
