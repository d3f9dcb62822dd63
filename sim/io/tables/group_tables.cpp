// See group_tables.hpp.
#include "group_tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <variant>

#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/text/output.hpp"
#include "earlier_tables.hpp"
#include "io/hdf5/hdf5_variables.hpp"
#include "io/text/csv_table.hpp"

namespace coalis::io {
namespace {

namespace fs = std::filesystem;
using h5::Values;
using h5::Variable;
using Names = std::vector<std::string>;
using Cells = std::variant<std::vector<float>, std::vector<double>, std::vector<std::int64_t>, std::vector<std::uint64_t>, Names>;

constexpr std::size_t block_values = std::size_t{1} << 20;  // of one variable, read at once

// Variables of a group along the same dimensions.
struct Sheet {
  std::string group, file;
  std::vector<Variable> variables;
  const Names& dimensions() const { return variables.front().dimensions; }
};

Cells read_cells(hid_t group, const Variable& variable, std::size_t first, std::size_t count) {
  switch (variable.values) {
    case Values::float32: return h5::read_rows<float>(group, variable.name, first, count);
    case Values::float64: return h5::read_rows<double>(group, variable.name, first, count);
    case Values::integer: return h5::read_rows<std::int64_t>(group, variable.name, first, count);
    case Values::unsigned64: return h5::read_rows<std::uint64_t>(group, variable.name, first, count);
    case Values::text: break;
  }
  const Names all = h5::read_names(group, variable.name);  // along one dimension only
  const auto from = all.begin() + static_cast<std::ptrdiff_t>(std::min(first, all.size()));
  return Names(from,
               from + static_cast<std::ptrdiff_t>(std::min<std::size_t>(count, static_cast<std::size_t>(all.end() - from))));
}

void add_cell(CsvTable& csv, const Cells& cells, std::size_t at) {
  const auto add = [&](const auto& values) {
    using Value = typename std::decay_t<decltype(values)>::value_type;
    if constexpr (std::is_same_v<Value, std::string>)
      csv.add(values.at(at));
    else if constexpr (std::is_same_v<Value, std::uint64_t>)
      csv.add(fmt::format("{:016x}", values.at(at)));
    else
      csv.add_number(values.at(at));
  };
  std::visit(add, cells);
}

// A dimension's coordinates as cells.
struct Axis {
  std::string name;
  std::size_t length = 0;
  Cells values;
  std::optional<Names> dates;
};

class GroupExporter {
 public:
  GroupExporter(hid_t file, fs::path folder, bool overwrite, std::span<const fs::path> others = {})
      : file_(file),
        folder_(std::move(folder)),
        overwrite_(overwrite),
        others_(others),
        seed_(h5::read_attribute<std::uint64_t>(file, "seed")) {}

  std::vector<ExportedTable> run() {
    collect(file_, "");
    prepare();
    for (const Sheet& sheet : sheets_) write(sheet);
    if (compared()) scenarios();
    CsvTable csv(folder_ / dictionary_file, overwrite_,
                 {{"table", "", ""}, {"column", "", ""}, {"unit", "", ""}, {"meaning", "", ""}});
    for (const auto& [name, column] : dictionary_) {
      for (const std::string* text : {&name, &column.name, &column.unit, &column.meaning}) csv.add(*text);
      csv.end_row();
    }
    tables_.push_back({dictionary_file, csv.finish()});
    return std::move(tables_);
  }

  GroupTables one(const std::string& name) {
    std::vector<Sheet> found = sheets_of(h5::open_group(file_, name), name);
    std::stable_partition(found.begin(), found.end(), [](const Sheet& sheet) { return sheet.dimensions() == Names{"set"}; });
    take(std::move(found), name);
    for (const Sheet& sheet : sheets_) write(sheet);
    return {std::move(tables_), std::move(dictionary_)};
  }

 private:
  static constexpr const char* dictionary_file = "data-dictionary.csv";

  // The sheets of all groups below, that with most dimensions first.
  void collect(hid_t parent, const std::string& path) {
    for (const std::string& name : h5::group_names(parent)) {
      if (path.empty() && name == "provenance") continue;
      const h5::Handle group = h5::open_group(parent, name);
      const std::string here = path.empty() ? name : path + "/" + name;
      std::vector<Sheet> found = sheets_of(group, here);
      const auto more = [](const Sheet& a, const Sheet& b) { return a.dimensions().size() > b.dimensions().size(); };
      std::stable_sort(found.begin(), found.end(), more);
      take(std::move(found), here);
      collect(group, here);
    }
  }

  static std::vector<Sheet> sheets_of(hid_t group, const std::string& path) {
    std::vector<Sheet> found;
    for (const Variable& variable : h5::variables_of(group)) {
      if (variable.dimensions == Names{variable.name}) continue;  // a scale
      auto sheet =
          std::find_if(found.begin(), found.end(), [&](const Sheet& s) { return s.dimensions() == variable.dimensions; });
      if (sheet == found.end()) sheet = found.insert(found.end(), {path, "", {}});
      sheet->variables.push_back(variable);
    }
    return found;
  }

  // The first has the name of the group.
  void take(std::vector<Sheet> found, const std::string& path) {
    for (Sheet& sheet : found) {
      sheet.file = path;
      std::replace(sheet.file.begin(), sheet.file.end(), '/', '-');
      if (&sheet != &found.front()) sheet.file += fmt::format("-by-{}", fmt::join(sheet.dimensions(), "-"));
      sheets_.push_back(std::move(sheet));
    }
  }

  // The scenarios of a comparison are groups with attributes.
  bool compared() const {
    return h5::has_group(file_, "scenarios") && !h5::group_names(h5::open_group(file_, "scenarios")).empty();
  }
  void scenarios() {
    const std::vector<Column> columns{{"scenario", "", "label of the scenario; the first is the reference"},
                                      {"title", "", "name of the scenario"},
                                      {"planned_cost", "USD/year", "planned cost"},
                                      {"budget", "", "what --equal-budget did to it"},
                                      {"text", "", "resolved scenario, as run (TOML)"}};
    CsvTable csv(folder_ / "scenarios.csv", overwrite_, columns);
    const h5::Handle group = h5::open_group(file_, "scenarios");
    for (const std::string& label : h5::read_names(group, "scenario")) {
      const h5::Handle one = h5::open_group(group, label);
      csv.add(label);
      csv.add(h5::read_text_attribute(one, "title"));
      csv.add_number(h5::read_attribute<double>(one, "planned_cost"));
      csv.add(h5::has_attribute(one, "budget") ? h5::read_text_attribute(one, "budget") : "");
      csv.add(h5::read_text_attribute(one, "scenario"));
      csv.end_row();
    }
    tables_.push_back({"scenarios.csv", csv.finish()});
    for (const Column& column : columns) dictionary_.emplace_back("scenarios", column);
  }

  void prepare() {
    Names files{dictionary_file};
    if (compared()) files.emplace_back("scenarios.csv");
    for (const Sheet& sheet : sheets_) files.push_back(sheet.file + ".csv");
    check_outputs_in(folder_, files, overwrite_, others_);
    if (overwrite_)
      for (const std::string& file : remove_earlier_tables(folder_, files)) tables_.push_back({file, 0, true});
  }

  static Axis axis_of(hid_t group, const std::string& name, std::size_t length) {
    const auto variables = h5::variables_of(group);
    const auto scale = std::find_if(variables.begin(), variables.end(), [&](const Variable& v) { return v.name == name; });
    if (scale == variables.end() || scale->lengths.at(0) != length)
      throw h5::Error("dimension " + name + " does not have the length of its variables");
    Axis axis{name, length, read_cells(group, *scale, 0, length), {}};
    if (std::holds_alternative<std::vector<std::int64_t>>(axis.values) && name == "month") axis.dates = dates_of(group);
    return axis;
  }

  void describe(std::vector<Column>& columns, hid_t group, const std::string& name) const {
    columns.push_back(
        {name, h5::read_text_attribute_of(group, name, "units"), h5::read_text_attribute_of(group, name, "long_name")});
  }

  std::vector<Column> columns_of(const Sheet& sheet, hid_t group, const std::vector<Axis>& axes) const {
    std::vector<Column> columns;
    for (const Axis& axis : axes) {
      if (axis.dates) {
        columns.push_back({"month", "", "number of the month, from 0"});
        columns.push_back({"date", "", "year and month"});
        continue;
      }
      describe(columns, group, axis.name);
      if (axis.name == "replicate")
        columns.push_back({"seed", "", "seed of the run; with the replicate it determines every draw"});
    }
    for (const Variable& variable : sheet.variables) describe(columns, group, variable.name);
    return columns;
  }

  void add_place(CsvTable& csv, const std::vector<Axis>& axes, std::size_t row) const {
    std::vector<std::size_t> at(axes.size());
    for (std::size_t i = axes.size(); i-- > 0;) {
      at[i] = row % axes[i].length;
      row /= axes[i].length;
    }
    for (std::size_t i = 0; i < axes.size(); ++i) {
      if (axes[i].dates) {
        csv.add_number(at[i]);
        csv.add((*axes[i].dates)[at[i]]);
        continue;
      }
      add_cell(csv, axes[i].values, at[i]);
      if (axes[i].name == "replicate") csv.add_number(seed_);
    }
  }

  void write(const Sheet& sheet) {
    const h5::Handle group = h5::open_group(file_, sheet.group);
    std::vector<Axis> axes;
    std::size_t inner = 1;
    for (std::size_t i = 0; i < sheet.dimensions().size(); ++i) {
      axes.push_back(axis_of(group, sheet.dimensions()[i], sheet.variables.front().lengths[i]));
      if (i > 0) inner *= axes.back().length;
    }
    const auto columns = columns_of(sheet, group, axes);
    CsvTable csv(folder_ / (sheet.file + ".csv"), overwrite_, columns);
    const std::size_t rows = axes.front().length, most = std::max<std::size_t>(1, block_values / std::max<std::size_t>(1, inner));
    for (std::size_t first = 0; first < rows && inner > 0; first += most) {
      const std::size_t count = std::min(most, rows - first);
      std::vector<Cells> cells;
      for (const Variable& variable : sheet.variables) cells.push_back(read_cells(group, variable, first, count));
      for (std::size_t row = 0; row < count * inner; ++row) {
        add_place(csv, axes, first * inner + row);
        for (const Cells& values : cells) add_cell(csv, values, row);
        csv.end_row();
      }
    }
    tables_.push_back({sheet.file + ".csv", csv.finish()});
    for (const Column& column : columns) dictionary_.emplace_back(sheet.file, column);
  }

  hid_t file_;
  fs::path folder_;
  bool overwrite_;
  std::span<const fs::path> others_;
  std::uint64_t seed_;
  std::vector<Sheet> sheets_;
  std::vector<ExportedTable> tables_;
  std::vector<std::pair<std::string, Column>> dictionary_;  // table, column
};

}  // namespace

std::vector<ExportedTable> export_groups(hid_t file, const fs::path& folder, bool overwrite, std::span<const fs::path> others) {
  return GroupExporter(file, folder, overwrite, others).run();
}

GroupTables export_group(hid_t file, const std::string& group, const fs::path& folder, bool overwrite) {
  return GroupExporter(file, folder, overwrite).one(group);
}

// From days since the first.
std::vector<std::string> dates_of(hid_t group) {
  using namespace std::chrono;
  const std::string since = h5::read_text_attribute_of(group, "month", "units");  // "days since 2005-06-01"
  int year_number = 0;
  unsigned month_number = 0;
  if (std::sscanf(since.c_str(), "days since %d-%u-", &year_number, &month_number) != 2)
    throw h5::Error("months without a first day");
  const sys_days first = year(year_number) / month(month_number) / 1;
  std::vector<std::string> dates;
  for (const std::int32_t offset : h5::read_dataset<std::int32_t>(group, "month")) {
    const year_month_day day(first + days(offset));
    dates.push_back(fmt::format("{:04}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month())));
  }
  return dates;
}

}  // namespace coalis::io
