// See result_tables.hpp. One function a table; every row begins with point, replicate, seed.
#include "coalis/io/tables/result_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <map>
#include <sstream>

#include "coalis/io/hdf5/result_file.hpp"
#include "coalis/io/hdf5/study_result.hpp"
#include "coalis/io/text/files_in_use.hpp"
#include "coalis/io/text/output.hpp"
#include "earlier_tables.hpp"
#include "group_tables.hpp"
#include "io/hdf5/result_open.hpp"
#include "io/text/csv_table.hpp"
#include "io/text/toml_tree.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;
using io::Column;
using io::CsvTable;
using io::dates_of;
using Names = std::vector<std::string>;

constexpr std::size_t run_values = std::size_t{1} << 22;  // of one variable, read at once
constexpr std::size_t block_replicates = 256;

constexpr std::array set_tables{"parameters.csv", "parameters-by-replicate.csv"};

const std::vector<Column> keys{{"point", "", "design point; 0 in a result of coalis run"},
                               {"replicate", "", "number of the replicate"},
                               {"seed", "", "seed of the run; with point and replicate it determines every draw"}};

Names split(const std::string& words) {
  std::istringstream stream(words);
  Names names;
  for (std::string word; stream >> word;) names.push_back(word);
  return names;
}

class RunExporter {
 public:
  RunExporter(hid_t file, fs::path folder, bool overwrite, std::span<const fs::path> others)
      : file_(file),
        folder_(std::move(folder)),
        overwrite_(overwrite),
        others_(others),
        seed_(h5::read_attribute<std::uint64_t>(file, "seed")),
        replicates_(h5::read_dataset<std::uint32_t>(file, "replicates/replicate")) {
    if (!h5::has_group(file, "names")) return;
    const h5::Handle names = h5::open_group(file, "names");
    const Names lists = h5::dataset_names(names);
    if (std::find(lists.begin(), lists.end(), "organisation") != lists.end())
      organisations_ = h5::read_names(names, "organisation");
  }

  std::vector<ExportedTable> run() {
    const std::vector<std::pair<std::string, void (RunExporter::*)()>> parts{
        {"outcomes", &RunExporter::outcomes},
        {"trajectories", &RunExporter::trajectories},
        {"trajectories_by_region", &RunExporter::trajectories_by_region},
        {"survey", &RunExporter::survey},
        {"survey/respondents", &RunExporter::respondents},
        {"attendance", &RunExporter::attendance},
        {"final", &RunExporter::organisations},
        {"ties", &RunExporter::ties},
        {"organisation_trajectories", &RunExporter::organisation_trajectories}};
    Names files{"data-dictionary.csv"};
    for (const auto& [group, write] : parts)
      if (holds(group)) files.push_back(table_file(group));
    if (holds("parameters")) files.insert(files.end(), set_tables.begin(), set_tables.end());
    check_outputs_in(folder_, files, overwrite_, others_);
    if (overwrite_)
      for (const std::string& file : io::remove_earlier_tables(folder_, files)) tables_.push_back({file, 0, true});
    for (const auto& [group, write] : parts) {
      if (holds(group)) (this->*write)();
    }
    if (holds("parameters")) parameter_sets();
    dictionary();
    return std::move(tables_);
  }

 private:
  static std::string table_file(const std::string& group) {
    return (group == "final" ? "organisations" : group == "survey/respondents" ? "respondents" : group) + ".csv";
  }
  bool holds(const std::string& group) const {
    return group == "survey/respondents" ? h5::has_group(file_, "survey") && h5::has_group(file_, group)
                                         : h5::has_group(file_, group);
  }

  // Opens a table, calls fill(table), and enters its columns into the dictionary.
  void table(const std::string& name, std::vector<Column> columns, const std::function<void(CsvTable&)>& fill) {
    columns.insert(columns.begin(), keys.begin(), keys.end());
    CsvTable csv(folder_ / (name + ".csv"), overwrite_, columns);
    fill(csv);
    tables_.push_back({name + ".csv", csv.finish()});
    for (Column& column : columns) dictionary_.emplace_back(name, std::move(column));
  }

  void begin_row(CsvTable& csv, std::size_t index) const {
    csv.add("0");
    csv.add_number(replicates_[index]);
    csv.add_number(seed_);
  }

  Column described(hid_t group, const std::string& name) const {
    return {name, h5::read_text_attribute_of(group, name, "units"), h5::read_text_attribute_of(group, name, "long_name")};
  }

  // Names of organisations, where they have any.
  void add_name_column(std::vector<Column>& columns, const char* name, const char* meaning) const {
    if (!organisations_.empty()) columns.push_back({name, "", meaning});
  }
  void add_name(CsvTable& csv, std::size_t organisation) const {
    if (organisations_.empty()) return;
    csv.add(organisation < organisations_.size() ? organisations_[organisation] : "");
  }

  static Names variables(hid_t group, const Names& coordinates) {
    Names names = h5::dataset_names(group);
    std::erase_if(names, [&](const std::string& name) {
      return std::find(coordinates.begin(), coordinates.end(), name) != coordinates.end();
    });
    return names;
  }

  // Calls row(index, values) for every replicate; values[variable] are the `size` numbers of the replicate.
  template <class T, class Row>
  void for_replicates(hid_t group, const Names& names, std::size_t size, Row row) const {
    const std::size_t most = std::clamp<std::size_t>(run_values / std::max<std::size_t>(1, size), 1, block_replicates);
    for (const auto& name : names) h5::check_rows(group, name, replicates_.size());
    for (std::size_t first = 0; first < replicates_.size(); first += most) {
      const std::size_t count = std::min(most, replicates_.size() - first);
      std::vector<std::vector<T>> blocks;
      for (const auto& name : names) {
        blocks.push_back(h5::read_rows<T>(group, name, first, count));
        if (blocks.back().size() != count * size)
          throw h5::Error("variable " + name + " does not have the size of its dimensions");
      }
      std::vector<const T*> values(names.size());
      for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t k = 0; k < names.size(); ++k) values[k] = blocks[k].data() + i * size;
        row(first + i, values);
      }
    }
  }

  // The quantities of a table in which each has rows of its own stand in the dictionary as "outcome=engaged".
  void describe_quantities(const std::string& name, const std::string& label, hid_t group, const Names& names) {
    for (const auto& quantity : names) {
      Column column = described(group, quantity);
      column.name = label + "=" + quantity;
      dictionary_.emplace_back(name, std::move(column));
    }
  }

  // A number a replicate and quantity.
  void figures(const std::string& name, const std::string& label) {
    const h5::Handle group = h5::open_group(file_, name);
    const Names names = variables(group, {"replicate"});
    table(name,
          {{label, "", "name; see the rows " + label + "=... of this dictionary"},
           {"value", "", "in the unit of the " + label + "; empty if missing"}},
          [&](CsvTable& csv) {
            for_replicates<double>(group, names, 1, [&](std::size_t index, const auto& values) {
              for (std::size_t k = 0; k < names.size(); ++k) {
                begin_row(csv, index);
                csv.add(names[k]);
                csv.add_number(*values[k]);
                csv.end_row();
              }
            });
          });
    describe_quantities(name, label, group, names);
  }
  void outcomes() { figures("outcomes", "outcome"); }
  void survey() { figures("survey", "figure"); }

  // A number a replicate, (region,) month and quantity.
  void monthly(const std::string& name, const Names& regions) {
    const h5::Handle group = h5::open_group(file_, name);
    const Names names = variables(group, {"replicate", "month", "region"}), dates = dates_of(group);
    std::vector<Column> columns{{"month", "", "number of the month, from 0"},
                                {"date", "", "year and month"},
                                {"quantity", "", "name; see the rows quantity=... of this dictionary"},
                                {"value", "", "in the unit of the quantity; empty if missing"}};
    if (!regions.empty()) columns.insert(columns.begin(), Column{"region", "", "name of the region"});
    const std::size_t areas = std::max<std::size_t>(1, regions.size());
    table(name, columns, [&](CsvTable& csv) {
      for_replicates<float>(group, names, areas * dates.size(), [&](std::size_t index, const auto& values) {
        for (std::size_t at = 0; at < areas * dates.size(); ++at) {
          for (std::size_t k = 0; k < names.size(); ++k) {
            begin_row(csv, index);
            if (!regions.empty()) csv.add(regions[at / dates.size()]);
            csv.add_number(at % dates.size());
            csv.add(dates[at % dates.size()]);
            csv.add(names[k]);
            csv.add_number(values[k][at]);
            csv.end_row();
          }
        }
      });
    });
    describe_quantities(name, "quantity", group, names);
  }
  void trajectories() { monthly("trajectories", {}); }
  void trajectories_by_region() { monthly("trajectories_by_region", h5::read_names(file_, "names/region")); }

  void attendance() {
    const h5::Handle group = h5::open_group(file_, "attendance");
    const Names kinds = h5::read_names(group, "kind");
    const std::size_t n = h5::read_dataset<std::int32_t>(group, "organisation").size();
    std::vector<Column> columns{{"organisation", "", "number of the organisation"}};
    add_name_column(columns, "name", "name of the organisation");
    columns.insert(columns.end(), {{"kind", "", "kind of event"}, described(group, "attended")});
    table("attendance", columns, [&](CsvTable& csv) {
      for_replicates<std::int32_t>(group, {"attended"}, kinds.size() * n, [&](std::size_t index, const auto& values) {
        for (std::size_t i = 0; i < n; ++i) {
          for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            begin_row(csv, index);
            csv.add_number(i);
            add_name(csv, i);
            csv.add(kinds[kind]);
            csv.add_number(values[0][kind * n + i]);
            csv.end_row();
          }
        }
      });
    });
  }

  // What the numbers of a variable stand for, in order from 0; empty if they are numbers.
  Names labels(hid_t group, const std::string& name) const {
    static const std::map<std::string, std::string> lists{
        {"region", "names/region"}, {"role", "names/role"}, {"home_hub", "names/hub"}};
    if (const auto list = lists.find(name); list != lists.end()) return h5::read_names(file_, list->second);
    return split(h5::read_text_attribute_of(group, name, "flag_meanings"));
  }

  // A number, or the label that it stands for; numbers below 0 have none.
  static void add_labelled(CsvTable& csv, float value, const Names& labels) {
    if (labels.empty()) return csv.add_number(value);
    csv.add(value >= 0 && static_cast<std::size_t>(value) < labels.size() ? labels[static_cast<std::size_t>(value)] : "");
  }

  // A row an organisation (and month), a column a variable.
  void by_organisation(const std::string& name, const std::string& group_name, bool monthly) {
    const h5::Handle group = h5::open_group(file_, group_name);
    const Names names = variables(group, {"replicate", "month", "organisation"});
    const Names dates = monthly ? dates_of(group) : Names{""};
    const std::size_t n = h5::read_dataset<std::int32_t>(group, "organisation").size();
    std::vector<Column> columns;
    if (monthly) columns = {{"month", "", "number of the month, from 0"}, {"date", "", "year and month"}};
    columns.push_back({"organisation", "", "number of the organisation"});
    add_name_column(columns, "name", "name of the organisation");
    std::vector<Names> meanings;
    for (const auto& variable : names) {
      columns.push_back(described(group, variable));
      meanings.push_back(labels(group, variable));
    }
    table(name, columns, [&](CsvTable& csv) {
      for_replicates<float>(group, names, dates.size() * n, [&](std::size_t index, const auto& values) {
        for (std::size_t at = 0; at < dates.size() * n; ++at) {
          begin_row(csv, index);
          if (monthly) csv.add_number(at / n), csv.add(dates[at / n]);
          csv.add_number(at % n);
          add_name(csv, at % n);
          for (std::size_t k = 0; k < names.size(); ++k) add_labelled(csv, values[k][at], meanings[k]);
          csv.end_row();
        }
      });
    });
  }
  void organisations() { by_organisation("organisations", "final", false); }
  void organisation_trajectories() { by_organisation("organisation_trajectories", "organisation_trajectories", true); }

  // Rows that are strung together: those of each replicate lie one after the other. `whole`: variables of whole numbers, which
  // come first; `minus_is_missing`: a number below 0 is no answer.
  void strung(const std::string& name, hid_t group, const std::string& dimension, const Names& whole, const Names& real,
              bool minus_is_missing) {
    std::vector<Column> columns;
    for (const auto& variable : whole) columns.push_back(described(group, variable));
    for (const auto& variable : real) columns.push_back(described(group, variable));
    std::vector<std::size_t> named;  // of `whole`, those that are numbers of organisations
    for (std::size_t k = 0; k < whole.size(); ++k)
      if (whole[k] == "owner" || whole[k] == "partner" || whole[k] == "organisation") named.push_back(k);
    for (const std::size_t k : named)
      add_name_column(columns,
                      whole[k] == "organisation" ? "name"
                      : whole[k] == "owner"      ? "owner_name"
                                                 : "partner_name",
                      "name of the organisation");
    const auto start = h5::read_rows<std::int64_t>(group, dimension + "_start", 0, replicates_.size());
    const auto count = h5::read_rows<std::int32_t>(group, dimension + "_count", 0, replicates_.size());
    table(name, columns, [&](CsvTable& csv) {
      for (std::size_t index = 0; index < replicates_.size(); ++index) {
        const auto first = static_cast<hsize_t>(start[index]);
        const auto rows = static_cast<hsize_t>(count[index]);
        std::vector<std::vector<std::int32_t>> integers;
        std::vector<std::vector<float>> floats;
        for (const auto& variable : whole) integers.push_back(h5::read_rows<std::int32_t>(group, variable, first, rows));
        for (const auto& variable : real) floats.push_back(h5::read_rows<float>(group, variable, first, rows));
        for (std::size_t row = 0; row < rows; ++row) {
          begin_row(csv, index);
          for (const auto& values : integers) minus_is_missing&& values[row] < 0 ? csv.add("") : csv.add_number(values[row]);
          for (const auto& values : floats) csv.add_number(values[row]);
          for (const std::size_t k : named) add_name(csv, static_cast<std::size_t>(integers[k][row]));
          csv.end_row();
        }
      }
    });
  }
  void ties() { strung("ties", h5::open_group(file_, "ties"), "edge", {"owner", "partner"}, {"strength"}, false); }
  void respondents() {
    const h5::Handle group = h5::open_group(file_, "survey/respondents");
    const Names answers =
        variables(group, {"replicate", "respondent", "respondent_start", "respondent_count", "respondent_replicate"});
    strung("respondents", group, "respondent", answers, {}, true);
  }

  // As of a comparison or study: the sets, and the set of each replicate.
  void parameter_sets() {
    io::GroupTables sets = io::export_group(file_, "parameters", folder_, overwrite_);
    std::move(sets.tables.begin(), sets.tables.end(), std::back_inserter(tables_));
    std::move(sets.dictionary.begin(), sets.dictionary.end(), std::back_inserter(dictionary_));
  }

  void dictionary() {
    CsvTable csv(folder_ / "data-dictionary.csv", overwrite_,
                 {{"table", "", ""}, {"column", "", ""}, {"unit", "", ""}, {"meaning", "", ""}});
    for (const auto& [name, column] : dictionary_) {
      for (const std::string* text : {&name, &column.name, &column.unit, &column.meaning}) csv.add(*text);
      csv.end_row();
    }
    tables_.push_back({"data-dictionary.csv", csv.finish()});
  }

  hid_t file_;
  fs::path folder_;
  bool overwrite_;
  std::span<const fs::path> others_;
  std::uint64_t seed_;
  std::vector<std::uint32_t> replicates_;
  Names organisations_;  // by number; empty without a roster
  std::vector<ExportedTable> tables_;
  std::vector<std::pair<std::string, Column>> dictionary_;  // table, column
};

// The table of points of a study lies beside it, as its result does, and is called what a table of the result is: it is nobody's
// earlier export.
void keep_design_table(hid_t file, const fs::path& result) {
  std::vector<Diagnostic> ignored;
  const auto study = io::parse_toml(h5::read_text_attribute(file, "study"), "study", ignored);
  const io::Entry* design = study ? std::get<io::Table>(study->value).find("design") : nullptr;
  const auto* table = design ? std::get_if<io::Table>(&design->node.value) : nullptr;
  const io::Entry* named = table ? table->find("table") : nullptr;
  if (const auto* name = named ? std::get_if<std::string>(&named->node.value) : nullptr)
    FilesInUse::keep(result.parent_path() / *name);
}

}  // namespace

std::vector<ExportedTable> export_csv(const fs::path& result, const fs::path& folder, bool overwrite,
                                      std::span<const fs::path> others) {
  const CheckedPath checked = check_content(result);
  const io::FileKind& kind = io::kind_of(checked);
  const h5::Handle file = io::open_hdf5(checked, kind);
  try {
    if (kind.format == study_result_format) keep_design_table(file, result);
    return kind.format == result_format ? RunExporter(file, folder, overwrite, others).run()
                                        : io::export_groups(file, folder, overwrite, others);
  } catch (const h5::Error& error) {
    throw ResultError(fmt::format("{}: damaged: {}; copy it again or {}", result.string(), error.what(), kind.again));
  }
}

}  // namespace coalis
