#include "sensitivity_design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>
#include <vector>

#include "coalis/core/build_info.hpp"
#include "coalis/engine/simulate.hpp"
#include "coalis/io/scenario/scenario_key.hpp"
#include "coalis/network/outcomes.hpp"

namespace coalis::cli {
namespace {

namespace fs = std::filesystem;
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
  static std::string text(const Json& value) { return value.is_null() ? "none" : value.dump(); }
  static std::string called(const std::string& list, std::size_t i, const Json& item) {
    return list == "scenarios" ? fmt::format("scenarios {}", static_cast<char>('A' + i))
                               : fmt::format("factors '{}'", item.value("name", ""));
  }

  void compare_lists(const std::string& name, const Json& there, const Json& here) {
    if (there.size() != here.size())
      found_.push_back(fmt::format("{}: {} there, {} here", name, there.size(), here.size()));
    else
      for (std::size_t i = 0; i < there.size(); ++i) compare(called(name, i, here[i]), there[i], here[i]);
  }

  std::vector<std::string> found_;
};

// Every outcome is kept, so that others may be asked for.
Json without_outcomes(Json design) {
  design.erase("outcomes");
  return design;
}

void begin_again(const fs::path& folder) {
  if (!fs::exists(folder)) return;
  if (RunStore(folder, "", "", Access::read).others_at_work())
    throw StoreError(fmt::format("{}: another process is at work on it; end it before --restart", folder.string()));
  fs::remove_all(folder);
}

}  // namespace

Json design_json(const SensitivityRuns& runs) {
  const SensitivityPlan& plan = runs.file.plan;
  Json json{{"model_version", model_version}, {"replicates", runs.study().replicates}, {"seed", runs.study().seed}};
  for (const auto& file : runs.study().files) {
    Scenario scenario = read_scenario(file).scenario;
    forget_unread(scenario);
    json["scenarios"].push_back(to_toml(scenario));
  }
  for (const std::size_t outcome : runs.study().outcomes) json["outcomes"].push_back(all_outcome_quantities()[outcome].name);
  for (std::size_t f = 0; f < plan.names.size(); ++f)
    json["factors"].push_back(factor_json(runs.study().design.factors[f], std::string(group_of(plan.paths[f]))));
  json["groups"] = plan.groups;
  if (plan.morris) json["morris"] = {{"trajectories", plan.morris->trajectories}, {"levels", plan.morris->levels}};
  if (plan.sobol) json["sobol"] = {{"points", plan.sobol->points}};
  return json;
}

std::string design_changes(const Json& there, const Json& here) {
  Changes changes;
  changes.compare("", there, here);
  return changes.words();
}

std::unique_ptr<RunStore> open_sensitivity_store(const SensitivityRuns& runs, bool restart) {
  const fs::path folder = runs.store_folder(), path = folder / "design.json";
  if (restart) begin_again(folder);
  auto store = std::make_unique<RunStore>(folder, runs.study().name, kept_words(StudyRecord::outcomes, runs.study().further()),
                                          Access::write);
  // Through JSON text, as the file's: numbers are compared as they are read.
  const Json here = without_outcomes(Json::parse(design_json(runs).dump()));
  store->claim_merge();  // two processes that begin at once
  if (fs::exists(path)) {
    const Json file = read_json_file(path, kept_design);
    if (const std::string changes = design_changes(file.value("design", Json()), here); !changes.empty())
      throw json_file_error(path, kept_design, fmt::format("the runs kept there are of another design ({})", changes));
  } else {
    const Json file{{"format", kept_design.name},
                    {"version", kept_design.version},
                    {"program", build_info().version},
                    {"study", runs.study().name},
                    {"design", here}};
    write_text(path, file.dump(1) + "\n");
  }
  store->release_merge();
  return store;
}

}  // namespace coalis::cli
