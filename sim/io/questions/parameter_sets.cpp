// What the columns of a table of parameter sets mean.
#include "coalis/io/questions/parameter_sets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "coalis/core/characters.hpp"
#include "coalis/core/letter_case.hpp"
#include "coalis/io/text/file_kind.hpp"
#include "coalis/io/text/whole_file.hpp"
#include "coalis/questions/fitted.hpp"
#include "io/text/checksum.hpp"
#include "io/text/csv_reader.hpp"
#include "questions/study/values.hpp"

namespace coalis {
namespace {

// What a posterior says of itself.
constexpr std::string_view scenario_line = "# scenario:", evidence_line = "# evidence:", coalition_line = "# coalition:",
                           values_line = "# values with the first set:", structure_line = "# structure:", world_line = "# world:",
                           items_line = "# fitted to the items:", figures_line = "# figures of these items:",
                           posterior_line = "# Posterior of ", sets_line = "# tolerance:",  // ends with " of 1000"
    content_line = "# content:";

// Where a set of a posterior comes from: not read here.
constexpr std::array<std::string_view, 3> where_from{"distance", "seed", "replicate"};
constexpr std::array<std::string_view, 5> tables{"parameters.", "kinds.", "environment.", "series.", "structure."};

// Each line without what ends it, on any system.
template <class See>
void for_each_line(std::string_view text, See see) {
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of("\r\n"), text.size());
    see(text.substr(0, end));
    text.remove_prefix(text.substr(end).starts_with("\r\n") ? end + 2 : std::min(end + 1, text.size()));
  }
}

// Of all lines but the one that says it, whatever ends them: copying between systems may change that.
std::string content_of(std::string_view text) {
  io::Checksum checksum;
  for_each_line(text, [&](std::string_view line) {
    if (!line.starts_with(content_line)) checksum.add(line.data(), line.size()), checksum.add("\n", 1);
  });
  return io::hex(checksum.value());
}

// A cell that begins as a number does, in TOML or elsewhere ("NaN", "1e5", "0x1F", ".5").
bool looks_like_number(std::string_view text) {
  if (text.empty()) return false;
  const std::string rest = lower_case(std::string(text.front() == '-' || text.front() == '+' ? text.substr(1) : text));
  const bool begins = !rest.empty() && std::string_view(".0123456789").find(rest.front()) != rest.npos;
  return begins || rest == "nan" || rest == "inf" || rest == "na" || rest == "infinity";
}

// A finite number as scenarios have them: no leading zeros, digits on both sides of a point.
std::optional<double> plain_number(std::string_view text) {
  std::string_view rest = text.substr(!text.empty() && (text.front() == '-' || text.front() == '+') ? 1 : 0);
  const auto is_digit = [](char c) { return '0' <= c && c <= '9'; };
  if (rest.empty() || !is_digit(rest.front())) return std::nullopt;
  if (rest.front() == '0' && rest.size() > 1 && is_digit(rest[1])) return std::nullopt;
  if (const auto point = rest.find('.'); point != rest.npos && (point + 1 == rest.size() || !is_digit(rest[point + 1])))
    return std::nullopt;
  return finite_number(text);
}

constexpr std::string_view number_advice =
    "write a finite number in decimals, with digits on both sides of a point, as in 0.35, 12 or 2e-3";

class SetsReading {
 public:
  explicit SetsReading(ParameterSets& result) : result_(result) {}

  // What a posterior says of itself, in lines that are comments for others.
  void comments(std::string_view text) {
    for_each_line(text, [&](std::string_view line) {
      ++lines_;
      if (line.starts_with('#')) comment(line);
    });
  }

  // A posterior says how many sets it has, and ends with a line's end, as the program writes it: else it was cut off, and a last
  // number may be the beginning of one. It says a checksum, too, since any digit may be another. Tables made by hand say nothing.
  void refuse_damaged(std::string_view text) {
    if (!posterior_ || !result_.ok()) return;
    if (text.back() != '\n' && text.back() != '\r')
      fail({"", lines_, 0}, "the last line of the posterior has no end: the file was cut off",
           "copy it again, or calibrate again");
    else if (said_sets_ > 0 && said_sets_ != result_.sets.size())
      fail({"", said_at_, 0}, fmt::format("the posterior says that it has {} sets, and has {}", said_sets_, result_.sets.size()),
           "copy it again; if sets were left out on purpose, remove this line and '# content:'");
    else if (!said_content_.empty() && said_content_ != content_of(text))
      fail({"", said_content_at_, 0}, "the posterior is not what was written: a number, a name or a line has changed since",
           "copy it again; if it was changed on purpose, remove this line");
  }

  void read(const io::CsvText& csv) {
    if (csv.names.empty()) {
      if (result_.ok()) fail({"", 0, 0}, "no columns", "begin with a line of names, as in weight,parameters.tie_prob");
      return;
    }
    header(csv.names);
    if (!result_.ok()) return;
    for (const auto& cells : csv.rows) row(cells);
    if (!result_.ok()) return;
    if (!(weights_ > 0)) fail({"", 0, 0}, "no set with a weight above 0", "add one a line");
    if (!std::isfinite(weights_))
      fail(csv.names[*weight_column_], "the weights add up to more than a number can be", "divide them all by the same number");
  }

 private:
  void comment(std::string_view line) {
    FittedSets& fitted = result_.fitted;
    const auto after = [&](std::string_view key, std::string& into) {
      if (line.starts_with(key)) into = std::string(trimmed(line.substr(key.size())));
    };
    after(scenario_line, fitted.scenario), after(evidence_line, fitted.evidence);
    after(coalition_line, fitted.coalition), after(values_line, fitted.values), after(structure_line, fitted.structure);
    const auto texts = [&](std::string_view key, std::vector<std::string>& into) {
      if (!line.starts_with(key)) return;
      const auto list = nlohmann::json::parse(line.substr(key.size()), nullptr, false);
      for (const auto& text : list.is_array() ? list : nlohmann::json::array())
        if (text.is_string()) into.push_back(text);
    };
    texts(world_line, fitted.world), texts(items_line, fitted.items), texts(figures_line, fitted.figures);
    if (line.starts_with(world_line) && !is_world(fitted.world))
      fail({"", lines_, 0}, "the survey of the posterior was in no month of a calendar (survey.month)",
           "copy it again, or calibrate again");
    posterior_ = posterior_ || line.starts_with(posterior_line);
    if (after(content_line, said_content_); line.starts_with(content_line)) said_content_at_ = lines_;
    const auto of = line.rfind(" of ");
    if (!line.starts_with(sets_line) || of == line.npos) return;
    said_sets_ = static_cast<std::size_t>(plain_number(trimmed(line.substr(of + 4))).value_or(0));
    said_at_ = lines_;
  }

  void header(const std::vector<io::CsvCell>& names) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string& name = names[i].text;
      for (std::size_t j = 0; j < i; ++j) compare(names[j].text, names[i]);
      used_.push_back(false);
      if (name == "weight") {
        weight_column_ = i;
        continue;
      }
      if (std::find(where_from.begin(), where_from.end(), name) != where_from.end()) continue;
      used_.back() = true;
      if (std::none_of(tables.begin(), tables.end(), [&](std::string_view start) { return name.starts_with(start); }))
        fail(names[i], fmt::format("column '{}' is no path of a parameter", name),
             "columns are weight and paths that begin with parameters., kinds., environment., series. or structure.");
      result_.paths.push_back(name);
    }
    if (result_.paths.empty()) fail({"", 0, 0}, "no column of a parameter", "add one, as in parameters.tie_prob");
  }

  // Two columns may be one parameter, or have one name in files; equal texts have been found before.
  void compare(const std::string& before, const io::CsvCell& cell) {
    const std::string& name = cell.text;
    if (name == before) return;
    if (names_set(name) == names_set(before) && !names_set(name).empty())
      fail(cell, fmt::format("column '{}' twice", name), "leave one out");
    else if (same_column(name, before))
      fail(cell,
           fmt::format("the columns '{}' and '{}' have one name in files, where '/' is '_' and letter case may not count", before,
                       name),
           "rename one of the two kinds or series");
  }

  void row(const std::vector<io::CsvCell>& cells) {
    ParameterSet set;
    set.line = cells.front().line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string& text = cells[i].text;
      if (used_[i]) {
        if (text.empty())
          return fail(cells[i], fmt::format("the field of {} is empty", result_.paths[set.values.size()]),
                      "give every set a value of every column");
        if (looks_like_number(text) && !plain_number(text))
          return fail(cells[i], fmt::format("'{}' is no number", text), std::string(number_advice));
        set.values.push_back(text);
      }
      if (i != weight_column_) continue;
      const auto weight = plain_number(text);
      if (!weight || *weight < 0)
        return fail(cells[i], fmt::format("weight '{}'", text),
                    "a weight is a number, 0 or more, with digits on both sides of a point, as in 0.5");
      set.weight = *weight;
    }
    weights_ += set.weight;
    result_.sets.push_back(std::move(set));
  }

  void fail(const io::CsvCell& at, std::string problem, std::string advice) {
    result_.diagnostics.push_back({result_.file, at.line, at.column, false, std::move(problem), std::move(advice)});
  }

  ParameterSets& result_;
  std::vector<bool> used_;  // [column]
  bool posterior_ = false;
  std::size_t said_sets_ = 0;
  std::string said_content_;
  int lines_ = 0, said_at_ = 0, said_content_at_ = 0;
  std::optional<std::size_t> weight_column_;
  double weights_ = 0;
};

}  // namespace

std::string to_text(const FittedSets& fitted) {
  std::string text;
  const auto add = [&](std::string_view line, const std::string& value) { text += fmt::format("{} {}\n", line, value); };
  const auto list = [](const std::vector<std::string>& texts) { return nlohmann::json(texts).dump(-1, ' ', true); };
  add(scenario_line, fitted.scenario), add(evidence_line, fitted.evidence), add(coalition_line, fitted.coalition);
  add(values_line, fitted.values), add(structure_line, fitted.structure), add(world_line, list(fitted.world));
  add(items_line, list(fitted.items)), add(figures_line, list(fitted.figures));
  return text;
}

std::string with_content(std::string_view comments, std::string_view table) {
  const std::string content = content_of(std::string(comments) + std::string(table));
  return fmt::format("{}{} {}\n{}", comments, content_line, content, table);
}

bool says_content(std::string_view posterior) { return posterior.find(fmt::format("\n{} ", content_line)) != posterior.npos; }

bool is_as_written(std::string_view posterior) {
  return posterior.find(fmt::format("\n{} {}", content_line, content_of(posterior))) != posterior.npos;
}

ParameterSets parse_parameter_sets(std::string_view text, const std::string& file) {
  ParameterSets result;
  result.file = file;
  if (auto other = another_kind(text, file, "", "a table of parameter sets (CSV)"))
    return result.diagnostics.push_back(*std::move(other)), result;
  SetsReading reading(result);
  reading.comments(text);
  reading.read(io::parse_csv(text, file, result.diagnostics));
  reading.refuse_damaged(text);
  return result;
}

ParameterSets read_parameter_sets(const std::filesystem::path& path) {
  const WholeFile file = read_whole_file(path, largest_table);
  if (file.ok()) return parse_parameter_sets(file.text, path.string());
  ParameterSets result;
  result.file = path.string();
  result.diagnostics.push_back({result.file, 0, 0, false, "cannot be read: " + file.problem, file.advice});
  return result;
}

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
