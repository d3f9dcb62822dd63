#include "coalis/io/answers/check_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "coalis/core/characters.hpp"
#include "coalis/inference/evidence_match.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "coalis/io/text/json_file.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "coalis/report/words/check_text.hpp"
#include "io/text/checked_json.hpp"
#include "minus_zero.hpp"

namespace coalis {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<const char*, double ShareRange::*>, 9> quantile_members{{{"q025", &ShareRange::q025},
                                                                                        {"q05", &ShareRange::low},
                                                                                        {"q10", &ShareRange::q10},
                                                                                        {"q25", &ShareRange::q25},
                                                                                        {"q50", &ShareRange::median},
                                                                                        {"q75", &ShareRange::q75},
                                                                                        {"q90", &ShareRange::q90},
                                                                                        {"q95", &ShareRange::high},
                                                                                        {"q975", &ShareRange::q975}}};

// Writing.

Json range_json(const ShareRange& range) {
  Json json;
  for (const auto& [key, member] : quantile_members) json[key] = range.*member;
  return json;
}

Json item_json(const ItemCheck& item) {
  Json json{{"id", item.id},
            {"measures", item.measures},
            {"use", item.use},
            {"n", item.n},
            {"degrees_of_freedom", item.degrees_of_freedom},
            {"design_effect", item.design_effect},
            {"distance", item.distance},
            {"reference", range_json(item.reference)},
            {"p", item.p},
            {"categories", Json::array()},
            {"readings", Json::array()}};
  for (const auto& c : item.categories) {
    Json category{{"name", c.name}, {"observed", c.observed}};
    if (c.of > 0) category["of"] = c.of;
    category["prior"] = range_json(c.prior), category["posterior"] = range_json(c.posterior), category["p"] = c.p;
    json["categories"].push_back(std::move(category));
  }
  for (const auto& r : item.readings) json["readings"].push_back({{"name", r.name}, {"p", r.p}});
  return json;
}

Json rough_json(const RoughCheck& item) {
  Json json{{"id", item.id}, {"measures", item.measures}, {"use", item.use}, {"mean", item.mean}, {"figures", Json::array()}};
  for (const auto& f : item.figures)
    json["figures"].push_back({{"name", f.name},
                               {"between", {f.least, f.most}},
                               {"prior", range_json(f.prior)},
                               {"posterior", range_json(f.posterior)},
                               {"within", f.within}});
  return json;
}

Json coverage_json(const CoverageCheck& check) {
  Json json{{"table", check.settings.table},
            {"possible", check.possible},
            {"truths", check.settings.truths},
            {"nearest", check.settings.nearest},
            {"band", {check.band_low, check.band_high}},
            {"parameters", Json::array()}};
  const auto method = [](const ParameterCoverage::Method& m) {
    return Json{{"coverage", m.coverage}, {"verdict", coverage_verdict(m.coverage)}, {"width", m.width}, {"ranks", m.ranks}};
  };
  for (const auto& p : check.parameters)
    json["parameters"].push_back({{"path", p.path}, {"nearest", method(p.nearest)}, {"regression", method(p.regression)}});
  return json;
}

Json check_json(const PosteriorCheck& check) {
  Json json{{"format", check_format.name},
            {"version", check_format.version},
            {"calibration", check.calibration},
            {"engagement", check.engagement},
            {"posterior", visible(check.posterior.filename().string(), Lines::one)},
            {"posterior_sha1", check.posterior_hash},
            {"model_version", check.made_by.model},
            {"program_version", check.made_by.program},
            {"commit", check.made_by.commit},
            {"draws", check.draws},
            {"effective_sample_size", check.effective_size},
            {"degrees_of_freedom", check.degrees_of_freedom},
            {"distance", check.total.distance},
            {"reference", range_json(check.total.reference)},
            {"p", check.total.p},
            {"verdict", fit_verdict(check)},
            {"not_explained", not_explained(item_fits(check))},
            {"point_deviance", check.point_deviance},
            {"items", Json::array()},
            {"parameters", Json::array()},
            {"directions", Json::array()},
            {"coverage", nullptr},
            {"elsewhere", nullptr}};
  for (const ItemCheck& item : check.items) json["items"].push_back(item_json(item));
  for (const auto& parameter : check.parameters) {
    json["parameters"].push_back({{"path", parameter.path}, {"contraction", parameter.contraction}});
    if (!parameter.also.empty()) json["parameters"].back()["also"] = parameter.also;
  }
  for (const Direction& d : check.directions)
    json["directions"].push_back(
        {{"variance_left", d.variance_left}, {"loadings", d.loadings}, {"words", direction_words(d, check.parameters)}});
  if (check.coverage) json["coverage"] = coverage_json(*check.coverage);
  for (const RoughCheck& item : check.rough) json["rough"].push_back(rough_json(item));
  if (check.elsewhere)
    json["elsewhere"] = {{"scenario", check.elsewhere->scenario},
                         {"runs", check.elsewhere->runs},
                         {"direction_holds", check.elsewhere->share},
                         {"progress", check.elsewhere->accomplished},
                         {"service_effectiveness", check.elsewhere->effective}};
  return json;
}

// Reading. Distances may be infinite.

constexpr double large = largest_number, many = 2e9;

// Of shares, or of distances.
ShareRange read_quantiles(const CheckedJson& json, bool shares) {
  ShareRange range{};
  double last = 0;
  for (const auto& [key, member] : quantile_members) {
    const double next = shares ? json[key].number(0, 1) : json[key].number_or_infinite(0, large);
    json[key].require(next >= last, "is below the quantile before");
    range.*member = last = next;
  }
  return range;
}

ShareRange optional_quantiles(const CheckedJson& json, const char* name) {
  ShareRange range{};
  const Json* found = json.find(name);
  const Json none;
  for (const auto& [key, member] : quantile_members)
    range.*member = CheckedJson(found ? *found : none, name).optional_number(key);
  return range;
}

ItemCheck read_item(const CheckedJson& json) {
  ItemCheck item{};
  item.id = json["id"].text();
  item.measures = json.optional_text("measures", item.id);
  item.use = json["use"].text();
  constexpr std::array uses{"calibrate", "validate", "specify"};
  json["use"].require(std::find(uses.begin(), uses.end(), item.use) != uses.end(), "is none of calibrate, validate, specify");
  item.n = json["n"].whole<int>(0, many);
  item.degrees_of_freedom = static_cast<int>(json.optional_count("degrees_of_freedom", many));
  item.design_effect = json.optional_number("design_effect");
  item.distance = json["distance"].number_or_infinite(0, large);
  item.reference = read_quantiles(json["reference"], false);
  item.p = json["p"].number(0, 1);
  const CheckedJson categories = json["categories"];
  const std::size_t count = categories.size(1);
  for (std::size_t c = 0; c < count; ++c) {
    const CheckedJson category = categories.at(c);
    const bool reported = !category["observed"].absent();
    item.categories.push_back({category["name"].text(),
                               reported ? category["observed"].number(0, 1) : std::numeric_limits<double>::quiet_NaN(),
                               optional_quantiles(category, "prior"), read_quantiles(category["posterior"], true),
                               category.optional_number("p"), static_cast<int>(category.optional_count("of", many))});
  }
  for (const CheckedJson& reading : json.optional_list("readings"))
    item.readings.push_back({reading.optional_text("name"), reading.optional_number("p")});
  return item;
}

RoughCheck read_rough(const CheckedJson& json) {
  RoughCheck item{json["id"].text(), json.optional_text("measures"), json["use"].text(), false, {}};
  item.mean = counts_trainings(item.measures);
  const CheckedJson figures = json["figures"];
  const std::size_t count = figures.size(1);
  for (std::size_t k = 0; k < count; ++k) {
    const CheckedJson one = figures.at(k), between = one["between"];
    between.require(between.size(2) == 2, "is no pair");
    item.figures.push_back({one["name"].text(), between.at(0).number(0, large), between.at(1).number(0, large),
                            optional_quantiles(one, "prior"), optional_quantiles(one, "posterior"), one["within"].number(0, 1)});
  }
  return item;
}

ParameterCoverage::Method read_method(const CheckedJson& json) {
  ParameterCoverage::Method method;
  method.coverage = json["coverage"].number(0, 1 + 1e-9);  // a sum of shares
  method.width = json.optional_number("width");
  const std::size_t bins = json["ranks"].size(1);
  for (std::size_t k = 0; k < bins; ++k) method.ranks.push_back(json["ranks"].at(k).whole<int>(0, many));
  return method;
}

CoverageCheck read_coverage(const CheckedJson& json, const std::vector<PosteriorCheck::Parameter>& fitted) {
  CoverageCheck check;
  check.settings.table = json["table"].whole(0, many);
  check.settings.truths = json["truths"].whole(1, many);
  check.settings.nearest = json["nearest"].whole(1, many);
  check.possible = json.optional_count("possible", many);
  json["band"].require(json["band"].size(2) == 2, "is no pair");
  check.band_low = json["band"].at(0).whole<int>(0, many);
  check.band_high = json["band"].at(1).whole<int>(check.band_low, many);
  const CheckedJson parameters = json["parameters"];
  const std::size_t count = parameters.size(0);
  parameters.require(count == fitted.size(),
                     fmt::format("is of {} parameters, {} were fitted: coverage was not computed; make the file again, with more "
                                 "runs (--table) or without coverage (--table 0)",
                                 count, fitted.size()));
  for (std::size_t p = 0; p < count; ++p) {
    const CheckedJson one = parameters.at(p);
    one["path"].require(one["path"].text() == fitted[p].path, "is another than the one fitted");
    auto& of = check.parameters.emplace_back(ParameterCoverage{fitted[p].path, read_method(one["nearest"]), {}});
    if (const Json* regression = one.find("regression"); regression && regression->is_object())
      of.regression = read_method(one["regression"]);
    one["nearest"]["ranks"].require(of.nearest.ranks.size() == check.parameters.front().nearest.ranks.size(),
                                    "has another number of bins than the first");
  }
  check.settings.bins = check.parameters.front().nearest.ranks.size();
  return check;
}

void read_directions(const CheckedJson& json, PosteriorCheck& check) {
  for (const CheckedJson& one : json.optional_list("directions")) {
    Direction direction{one.optional_number("variance_left"), {}};
    if (const Json* loadings = one.find("loadings"); loadings && loadings->is_array())
      for (const Json& loading : *loadings)
        direction.loadings.push_back(loading.is_number() ? CheckedJson(loading, "loadings").number(-large, large) : 0);
    if (direction.loadings.size() == check.parameters.size()) check.directions.push_back(std::move(direction));
  }
}

void read_elsewhere(const CheckedJson& json, PosteriorCheck& check) {
  const Json* found = json.find("elsewhere");
  if (!found || !found->is_object()) return;
  const CheckedJson elsewhere(*found, "elsewhere");
  check.elsewhere = ElsewhereCheck{elsewhere.optional_text("scenario"), elsewhere.optional_count("runs", many),
                                   elsewhere.optional_number("progress"), elsewhere.optional_number("service_effectiveness"),
                                   elsewhere.optional_number("direction_holds")};
}

PosteriorCheck read_all(const CheckedJson& json) {
  PosteriorCheck check;
  check.posterior = json["posterior"].text();
  check.engagement = json["engagement"].text();
  check.made_by = {json["program_version"].text(), json["commit"].text(), json["model_version"].text()};
  check.calibration = json.optional_text("calibration");
  check.posterior_hash = json.optional_text("posterior_sha1");
  check.draws = json["draws"].whole(1, many);
  check.effective_size = json["effective_sample_size"].number(0, many);
  check.total.distance = json["distance"].number_or_infinite(0, large);
  check.degrees_of_freedom = json["degrees_of_freedom"].whole<int>(0, many);
  check.total.p = json["p"].number(0, 1);
  check.total.reference = read_quantiles(json["reference"], false);
  check.point_deviance = json.optional_number("point_deviance");
  const std::size_t items = json["items"].size(1);
  for (std::size_t i = 0; i < items; ++i) check.items.push_back(read_item(json["items"].at(i)));
  for (const CheckedJson& one : json.optional_list("rough")) check.rough.push_back(read_rough(one));
  const CheckedJson parameters = json["parameters"];
  const std::size_t fitted = parameters.size(1);
  for (std::size_t p = 0; p < fitted; ++p) {
    auto& parameter = check.parameters.emplace_back(
        PosteriorCheck::Parameter{parameters.at(p)["path"].text(), parameters.at(p)["contraction"].number(-large, 1)});
    if (!parameters.at(p).find("also")) continue;
    const CheckedJson also = parameters.at(p)["also"];
    const std::size_t count = also.size(1);
    for (std::size_t i = 0; i < count; ++i) parameter.also.push_back(also.at(i).text());
  }
  if (!json["coverage"].absent()) check.coverage = read_coverage(json["coverage"], check.parameters);
  read_directions(json, check);
  read_elsewhere(json, check);
  return check;
}

}  // namespace

std::string json_text(const PosteriorCheck& check) { return checked_json_text(without_minus_zero(check_json(check)), 2); }

PosteriorCheck parse_check(std::string_view text, const std::filesystem::path& path) {
  const Json json = parse_json(text, path, check_format);
  try {
    return read_all(CheckedJson(json));
  } catch (const WrongJson& wrong) {
    throw json_file_error(path, check_format, fmt::format("is damaged ({})", wrong.what()));
  }
}

void check_answer_path(const std::filesystem::path& path) {
  check_output_path(path, true);
  std::error_code error;
  if (std::filesystem::file_size(path, error) == 0 || error) return;
  const FilesInUse::Looking looking;
  if (looks_like(path).format != check_format.name)
    throw FileError(path.string() +
                    ": exists already and is no answer of --check; choose another name for the posterior with -o");
}

PosteriorCheck read_check(const std::filesystem::path& path) {
  return parse_check(text_of_file(path, largest_values, Empty::allowed), path);
}

}  // namespace coalis
