#include "coalis/io/answers/sensitivity_design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>
#include <vector>

#include "coalis/core/build_info.hpp"
#include "coalis/core/letters.hpp"
#include "coalis/io/scenario/scenario_file.hpp"
#include "coalis/io/scenario/scenario_key.hpp"
#include "coalis/io/text/json_file.hpp"
#include "coalis/model/version.hpp"
#include "coalis/network/outcomes.hpp"

namespace coalis {
namespace {

using Json = nlohmann::ordered_json;

constexpr JsonFormat kept_design{"coalis-sensitivity-design", 1, "the design of a sensitivity study",
                                 "give --restart to begin again"};

Json factor_json(const Factor& factor, const std::string& group) {
  Json json{{"name", factor.name}, {"paths", factor.paths}, {"group", group}, {"scenarios", factor.scenarios}};
  if (factor.values.empty())
    json["range"] = {factor.min, factor.max}, json["whole"] = factor.whole;
  else
    json["values"] = factor.values, json["settings"] = factor.settings;
  return json;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Scenarios are kept as text: the first line that differs, with the table that it stands in.
std::string first_change(const std::string& there, const std::string& here) {
  const auto a = lines_of(there), b = lines_of(here);
  std::string table;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::string x = i < a.size() ? a[i] : "nothing", y = i < b.size() ? b[i] : "nothing";
    if (x != y) return fmt::format("{}{} there, {} here", table, x, y);
    if (x.starts_with('[')) table = x + " ";
  }
  return "";
}

class Changes {
 public:
  void compare(const std::string& name, const Json& there, const Json& here) {
    if (there == here) return;
    if (there.is_object() && here.is_object()) {
      for (const auto& [key, value] : there.items()) compare(below(name, key), value, here.value(key, Json()));
      for (const auto& [key, value] : here.items())
        if (!there.contains(key)) compare(below(name, key), Json(), value);
    } else if (name == "factors" || name == "scenarios") {
      compare_lists(name, there, here);
    } else if (there.is_string() && here.is_string() && there.get_ref<const std::string&>().find('\n') != std::string::npos) {
      found_.push_back(fmt::format("{}: {}", name, first_change(there, here)));
    } else {
      found_.push_back(fmt::format("{}: {} there, {} here", name, text(there), text(here)));
    }
  }

  std::string words() const {
    constexpr std::size_t most = 4;
    std::string words;
    for (std::size_t i = 0; i < std::min(most, found_.size()); ++i) words += (i > 0 ? "; " : "") + found_[i];
    return words + (found_.size() > most ? fmt::format("; and {} more", found_.size() - most) : "");
  }

 private:
  static std::string below(const std::string& name, const std::string& key) { return name.empty() ? key : name + "." + key; }
  static std::string text(const Json& value) {
    constexpr std::size_t most = 60;
    const std::string text = value.is_null() ? "none" : value.dump();
    return text.size() > most ? fmt::format("{} of {}", value.type_name(), value.size()) : text;
  }
  static std::string called(const std::string& list, std::size_t i, const Json& item) {
    return list == "scenarios" ? fmt::format("scenarios {}", letter_of(i)) : fmt::format("factors '{}'", item.value("name", ""));
  }

  void compare_lists(const std::string& name, const Json& there, const Json& here) {
    if (!there.is_array() || !here.is_array())
      found_.push_back(fmt::format("{}: {} there, {} here", name, text(there), text(here)));
    else if (there.size() != here.size())
      found_.push_back(fmt::format("{}: {} there, {} here", name, there.size(), here.size()));
    else
      for (std::size_t i = 0; i < there.size(); ++i) compare(called(name, i, here[i]), there[i], here[i]);
  }

  std::vector<std::string> found_;
};

// Through JSON text, as a file's: numbers are compared as they are read.
Json as_read(const SensitivityQuestion& question) { return Json::parse(design_json(question).dump()); }

Json without_outcomes(Json design) {
  design.erase("outcomes");
  return design;
}

std::string changes_of(const Json& there, const Json& here) {
  Changes changes;
  changes.compare("", there, here);
  return changes.words();
}

}  // namespace

Json design_json(const SensitivityQuestion& question) {
  const SensitivityPlan& plan = question.plan;
  const Study& study = question.study;
  Json json{{"model_version", model_version}, {"replicates", study.replicates}, {"seed", study.seed}};
  for (Scenario scenario : question.own) {
    forget_unread(scenario);
    json["scenarios"].push_back(to_toml(scenario));
  }
  for (const std::size_t outcome : study.outcomes) json["outcomes"].push_back(all_outcome_quantities()[outcome].name);
  for (std::size_t f = 0; f < plan.names.size(); ++f)
    json["factors"].push_back(factor_json(study.design.factors[f], std::string(group_of(plan.paths[f]))));
  json["groups"] = plan.groups;
  if (plan.morris) json["morris"] = {{"trajectories", plan.morris->trajectories}, {"levels", plan.morris->levels}};
  if (plan.sobol) json["sobol"] = {{"points", plan.sobol->points}};
  return json;
}

std::string design_changes(const Json& there, const SensitivityQuestion& here) { return changes_of(there, as_read(here)); }

std::string kept_design_text(const SensitivityQuestion& question) {
  const Json file{{"format", kept_design.name},
                  {"version", kept_design.version},
                  {"program", build_info().version},
                  {"study", question.study.name},
                  {"design", without_outcomes(as_read(question))}};
  return checked_json_text(file, 1);
}

void require_kept_design(const std::filesystem::path& path, const SensitivityQuestion& question) {
  const Json file = read_json_file(path, kept_design);
  const std::string changes = changes_of(file.value("design", Json()), without_outcomes(as_read(question)));
  if (!changes.empty())
    throw json_file_error(path, kept_design, fmt::format("the runs kept there are of another design ({})", changes));
}

}  // namespace coalis
