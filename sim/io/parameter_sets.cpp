// A small reader of comma-separated values: fields may be quoted, quotes doubled; no line breaks inside of fields.
#include "coalis/io/parameter_sets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>

namespace coalis {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == text.npos ? "" : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Nothing if a quote is not closed, or something follows it.
std::optional<std::vector<std::string>> split(std::string_view line) {
  std::vector<std::string> fields;
  while (true) {
    const auto start = line.find_first_not_of(" \t");
    if (start != line.npos && line[start] == '"') {
      std::string field;
      std::size_t at = start + 1;
      for (;; ++at) {
        if (at >= line.size()) return std::nullopt;
        if (line[at] == '"' && (at + 1 >= line.size() || line[at + 1] != '"')) break;
        at += line[at] == '"';
        field += line[at];
      }
      fields.push_back(field);
      const auto comma = line.find(',', at);
      if (!trimmed(line.substr(at + 1, comma == line.npos ? line.npos : comma - at - 1)).empty()) return std::nullopt;
      if (comma == line.npos) return fields;
      line.remove_prefix(comma + 1);
    } else {
      const auto comma = line.find(',');
      fields.emplace_back(trimmed(line.substr(0, comma)));
      if (comma == line.npos) return fields;
      line.remove_prefix(comma + 1);
    }
  }
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// What a posterior says of itself.
constexpr std::string_view scenario_line = "# scenario:", evidence_line = "# evidence:", coalition_line = "# coalition:",
                           values_line = "# values with the first set:", items_line = "# fitted to the items:";

// Where a set of a posterior comes from: not read here.
constexpr std::array<std::string_view, 3> where_from{"distance", "seed", "replicate"};
constexpr std::string_view series_table = "series.";
constexpr std::array<std::string_view, 5> tables{"parameters.", "kinds.", "environment.", series_table, "structure."};

class Reading {
 public:
  explicit Reading(ParameterSets& result) : result_(result) {}

  void read(std::string_view text) {
    for (std::string_view line; !text.empty();) {
      const auto end = std::min(text.find('\n'), text.size());
      line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      ++line_;
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      if (line_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
      if (!line.empty() && line.front() == '#') comment(line);
      if (trimmed(line).empty() || line.front() == '#') continue;
      const auto fields = split(line);
      if (!fields) {
        fail("a quote that is not closed or not at a field's ends", "write \"...\", a quote inside as \"\"");
      } else if (columns_ == 0) {
        header(*fields);
      } else {
        row(*fields);
      }
    }
    if (columns_ == 0) return fail("no columns", "begin with a line of names, as in weight,parameters.tie_prob");
    if (result_.diagnostics.empty() && !(weights_ > 0)) fail("no set with a weight above 0", "add one a line");
  }

 private:
  void comment(std::string_view line) {
    FittedSets& fitted = result_.fitted;
    const auto after = [&](std::string_view key, std::string& into) {
      if (line.starts_with(key)) into = std::string(trimmed(line.substr(key.size())));
    };
    after(scenario_line, fitted.scenario), after(evidence_line, fitted.evidence);
    after(coalition_line, fitted.coalition), after(values_line, fitted.values);
    if (!line.starts_with(items_line)) return;
    const auto list = nlohmann::json::parse(line.substr(items_line.size()), nullptr, false);
    for (const auto& id : list.is_array() ? list : nlohmann::json::array())
      if (id.is_string()) fitted.items.push_back(id);
  }

  void header(const std::vector<std::string>& names) {
    columns_ = names.size();
    std::set<std::string> seen;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!seen.insert(names[i]).second) fail(fmt::format("column '{}' twice", names[i]), "leave one out");
      if (names[i] == "weight") {
        weight_column_ = i;
        used_.push_back(false);
        continue;
      }
      const auto begins = [&](std::string_view start) { return names[i].starts_with(start); };
      used_.push_back(std::find(where_from.begin(), where_from.end(), names[i]) == where_from.end());
      if (!used_.back()) continue;
      if (std::none_of(tables.begin(), tables.end(), begins))
        fail(fmt::format("column '{}' is no path of a parameter", names[i]),
             "columns are weight and paths that begin with parameters., kinds., environment., series. or structure.");
      result_.paths.push_back(names[i]);
    }
    if (result_.paths.empty()) fail("no column of a parameter", "add one, as in parameters.tie_prob");
  }

  void row(const std::vector<std::string>& fields) {
    if (fields.size() != columns_)
      return fail(fmt::format("{} fields for {} columns", fields.size(), columns_), "give every column a value");
    ParameterSet set;
    set.line = line_;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (used_[i]) set.values.push_back(fields[i]);
      if (i != weight_column_) continue;
      const auto weight = number(fields[i]);
      if (!weight || *weight < 0) return fail(fmt::format("weight '{}'", fields[i]), "a weight is a number, 0 or more");
      set.weight = *weight;
    }
    weights_ += set.weight;
    result_.sets.push_back(std::move(set));
  }

  void fail(std::string problem, std::string advice) {
    result_.diagnostics.push_back({result_.file, line_, 1, false, std::move(problem), std::move(advice)});
  }

  ParameterSets& result_;
  int line_ = 0;
  std::vector<bool> used_;  // [column]
  std::size_t columns_ = 0, weight_column_ = static_cast<std::size_t>(-1);
  double weights_ = 0;
};

}  // namespace

std::string to_text(const FittedSets& fitted) {
  return fmt::format("{} {}\n{} {}\n{} {}\n{} {}\n{} {}\n", scenario_line, fitted.scenario, evidence_line, fitted.evidence,
                     coalition_line, fitted.coalition, values_line, fitted.values, items_line,
                     nlohmann::json(fitted.items).dump(-1, ' ', true));
}

ParameterSets read_parameter_sets(const std::filesystem::path& path) {
  ParameterSets result;
  result.file = path.string();
  std::ifstream in(path);
  if (!in || std::filesystem::is_directory(path)) {
    result.diagnostics.push_back({result.file, 0, 0, false, "cannot be read", "check the path and its permissions"});
    return result;
  }
  return parse_parameter_sets(std::string{std::istreambuf_iterator<char>(in), {}}, result.file);
}

ParameterSets parse_parameter_sets(std::string_view text, const std::string& name) {
  ParameterSets result;
  result.file = name;
  Reading(result).read(text);
  return result;
}

ParameterSets take_columns(ParameterSets& sets, std::string_view table) {
  ParameterSets taken = sets;
  for (std::size_t i = sets.paths.size(); i-- > 0;) {
    ParameterSets& other = sets.paths[i].starts_with(table) ? sets : taken;
    other.paths.erase(other.paths.begin() + static_cast<std::ptrdiff_t>(i));
    for (ParameterSet& set : other.sets) set.values.erase(set.values.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return taken;
}

std::vector<std::string> leave_out_plans(ParameterSets& sets) { return take_columns(sets, series_table).paths; }

ScenarioFile with_parameters(const Scenario& scenario, const ParameterSets& sets, const ParameterSet& set,
                             const std::vector<bool>& left_out) {
  std::vector<std::string> overrides;
  for (std::size_t i = 0; i < sets.paths.size(); ++i)
    if (left_out.empty() || !left_out[i]) overrides.push_back(sets.paths[i] + "=" + set.values.at(i));
  ScenarioFile file = parse_scenario(to_toml(scenario), sets.file, overrides);
  std::erase_if(file.diagnostics, [](const Diagnostic& d) { return d.warning; });
  for (Diagnostic& d : file.diagnostics) {
    d.file = sets.file;
    d.line = set.line;
    d.column = 1;
  }
  return file;
}

}  // namespace coalis
