// Tidy tables of a study (CSV, RFC 4180): a line an observation, point, replicate and seed in each, and a dictionary of all
// columns.
#include <fmt/format.h>

#include <cmath>
#include <deque>
#include <utility>

#include "coalis/core/month_text.hpp"
#include "coalis/io/hdf5/study_result.hpp"
#include "coalis/io/text/output.hpp"
#include "coalis/model/fields.hpp"
#include "coalis/network/outcomes.hpp"
#include "coalis/statistics/summary.hpp"
#include "io/text/csv_table.hpp"
#include "questions/study/values.hpp"

namespace coalis {
namespace {

namespace fs = std::filesystem;

using io::csv_field;

void append_cell(std::string& line, const std::string& cell) { line.append(",").append(cell); }

constexpr const char *runs_file = "runs.csv", *failed_file = "failed.csv", *summary_file = "summary.csv",
                     *points_file = "points.csv", *months_file = "trajectories.csv", *regions_file = "trajectories_by_region.csv",
                     *survey_file = "survey.csv", *dictionary_file = "data_dictionary.csv";

// "" is missing.
std::string csv_number(double value) { return std::isnan(value) ? "" : number_text(value); }
std::string csv_number(float value) { return std::isnan(value) ? "" : fmt::format("{}", value); }

using io::Column;

// One file being written; its columns go into the dictionary.
class StudySheet {
 public:
  StudySheet(const fs::path& folder, const std::string& name, std::vector<Column> columns)
      : file_(folder / name, io::Replace::asked), columns_(std::move(columns)) {
    std::string head;
    for (const Column& column : columns_) append_cell(head, csv_field(column.name));
    line(head.substr(1));
  }
  void line(const std::string& text) {
    file_.write(text);
    file_.write("\n");
  }
  void finish() { file_.finish(); }
  const std::vector<Column>& columns() const { return columns_; }
  std::string name() const { return file_.path().filename().string(); }

 private:
  io::TextFile file_;
  std::vector<Column> columns_;
};

std::vector<Column> with(std::vector<Column> columns, const std::vector<Quantity>& quantities) {
  for (const auto& quantity : quantities) columns.push_back({quantity.name, quantity.unit, quantity.meaning});
  return columns;
}

std::vector<Column> run_columns() {
  return {{"point", "1", "number of the design point"},
          {"replicate", "1", "number of the replicate"},
          {"seed", "1", "seed of the study"}};
}

class Tables {
 public:
  Tables(const fs::path& folder, const StudyContents& contents)
      : folder_(folder),
        study_(contents.study),
        points_(contents.points),
        parameters_(contents.parameters),
        runs_(folder, runs_file, run_sheet_columns()),
        failed_(folder, failed_file, failed_columns()),
        summary_(folder, summary_file, summary_columns()) {
    if (study_.record >= StudyRecord::trajectories) {
      auto columns = run_columns();
      columns.push_back({"month", "", "month, YYYY-MM"});
      by_month_.emplace_back(folder, months_file, with(columns, trajectory_quantities()));
    }
    if (study_.record == StudyRecord::all) {
      auto columns = run_columns();
      columns.push_back({"region", "", "region of the scenario"});
      columns.push_back({"month", "", "month, YYYY-MM"});
      by_month_.emplace_back(folder, regions_file, with(columns, region_trajectory_quantities()));
      by_month_.emplace_back(folder, survey_file, with(run_columns(), survey_quantities()));
    }
  }

  std::vector<std::string> write(const RunStore& store) {
    write_points();
    for (std::size_t p = 0; p < points_.size(); ++p) {
      Samples samples(outcomes_of(study_.further()).size());
      const RunKey point = point_in_store(points_[p], parameters_);
      for (std::uint32_t r = 0; r < study_.replicates; ++r) {
        if (store.done({point, r}))
          add(p, r, store.read({point, r}).record, samples);
        else if (const auto* cause = store.failure({point, r}))
          failed_.line(fmt::format("{},{},{},{}", p, r, study_.seed, csv_field(*cause)));
      }
      summarise_point(p, samples);
    }
    finish(runs_);
    finish(failed_);
    finish(summary_);
    for (auto& sheet : by_month_) finish(sheet);
    write_dictionary();
    return std::move(names_);
  }

 private:
  std::vector<Column> run_sheet_columns() const {
    auto columns = run_columns();
    columns.push_back({"scenario", "", "scenario file, as the study names it"});
    for (const Factor& factor : study_.design.factors) columns.push_back(factor_column(factor));
    if (!parameters_.empty()) {
      columns.push_back({"parameter_file", "", "file of the parameter set"});
      columns.push_back({"parameter_line", "1", "line of the parameter set in its file"});
    }
    columns.push_back({"hash", "", "64-bit hash over the final state and the outcomes, hexadecimal"});
    return with(columns, outcomes_of(study_.further()));
  }
  static Column factor_column(const Factor& factor) {
    return {factor.name, "", fmt::format("value of {}; empty: the scenario's own", paths_text(factor))};
  }
  static std::vector<Column> failed_columns() {
    auto columns = run_columns();
    columns.push_back({"cause", "", "why the run failed"});
    return columns;
  }
  static std::vector<Column> summary_columns() {
    return {{"point", "1", "number of the design point"},
            {"seed", "1", "seed of the study"},
            {"outcome", "", "name of the outcome"},
            {"n", "1", "replicates in which it is not missing"},
            {"mean", "of the outcome", "mean over replicates"},
            {"se", "of the outcome", "Monte Carlo standard error of the mean"},
            {"sd", "of the outcome", "standard deviation over replicates"},
            {"q10", "of the outcome", "10 % quantile over replicates"},
            {"q50", "of the outcome", "median over replicates"},
            {"q90", "of the outcome", "90 % quantile over replicates"}};
  }

  std::string factors_of(const StudyPoint& point) const {
    std::string text = csv_field(study_.scenarios[point.scenario]);
    for (const auto& value : point.values) append_cell(text, csv_field(plain_text(value)));
    return text;
  }

  void write_points() {
    std::vector<Column> columns{{"point", "1", "number of the design point"},
                                {"scenario", "", "scenario file, as the study names it"}};
    for (const Factor& factor : study_.design.factors) columns.push_back(factor_column(factor));
    columns.push_back({"key", "", "key of the point: equal points of equal model versions have equal keys"});
    StudySheet sheet(folder_, points_file, columns);
    for (std::size_t p = 0; p < points_.size(); ++p)
      sheet.line(fmt::format("{},{},{}", p, factors_of(points_[p]), to_string(points_[p].key)));
    finish(sheet);
  }

  void add(std::size_t p, std::uint32_t r, const RunRecord& record, Samples& samples) {
    samples.add(record.outcomes);
    const std::string head = fmt::format("{},{},{}", p, r, study_.seed);
    std::string line = fmt::format("{},{}", head, factors_of(points_[p]));
    if (!parameters_.empty()) {
      const StudyParameters& file = parameters_[points_[p].parameters];
      line += fmt::format(",{},{}", csv_field(file.name), file.sets.sets[file.drawn.at(r / replicates_a_set)].line);
    }
    append_cell(line, fmt::format("{:016x}", record.hash));
    for (const double value : record.outcomes) append_cell(line, csv_number(value));
    runs_.line(line);
    const Scenario& scenario = points_[p].resolved;
    if (study_.record >= StudyRecord::trajectories) add_months(by_month_[0], head, scenario, record.trajectories, 0, 1);
    if (study_.record < StudyRecord::all) return;
    for (std::size_t region = 0; region < scenario.regions.size(); ++region) {
      add_months(by_month_[1], fmt::format("{},{}", head, csv_field(scenario.regions[region].name)), scenario,
                 record.region_trajectories, region, scenario.regions.size());
    }
    line = head;
    for (const double value : record.survey) append_cell(line, csv_number(value));
    by_month_[2].line(line);
  }

  // The lines of a run, [quantity][region of regions][month].
  static void add_months(StudySheet& sheet, const std::string& head, const Scenario& scenario, const std::vector<float>& values,
                         std::size_t region, std::size_t regions) {
    const auto months = static_cast<std::size_t>(scenario.calendar.months);
    for (std::size_t month = 0; month < months; ++month) {
      std::string line = fmt::format("{},{}", head, month_text(scenario.calendar.start, static_cast<int>(month)));
      for (std::size_t at = region * months + month; at < values.size(); at += regions * months)
        append_cell(line, csv_number(values[at]));
      sheet.line(line);
    }
  }

  void summarise_point(std::size_t p, const Samples& samples) {
    const auto& outcomes = outcomes_of(study_.further());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const Summary s = samples.summary(i);
      summary_.line(fmt::format("{},{},{},{},{},{},{},{},{},{}", p, study_.seed, outcomes[i].name, s.n, csv_number(s.mean),
                                csv_number(s.se), csv_number(s.sd), csv_number(s.q10), csv_number(s.q50), csv_number(s.q90)));
    }
  }

  void finish(StudySheet& sheet) {
    sheet.finish();
    names_.push_back(sheet.name());
    for (const Column& c : sheet.columns()) {
      dictionary_ += fmt::format("{},{},{},{}\n", sheet.name(), csv_field(c.name), csv_field(c.unit), csv_field(c.meaning));
    }
  }
  void write_dictionary() {
    io::TextFile file(folder_ / dictionary_file, io::Replace::asked);
    file.write("file,column,unit,meaning\n" + dictionary_);
    file.finish();
    names_.emplace_back(dictionary_file);
  }

  const fs::path& folder_;
  const Study& study_;
  const std::vector<StudyPoint>& points_;
  std::span<const StudyParameters> parameters_;
  StudySheet runs_, failed_, summary_;
  std::deque<StudySheet> by_month_;
  std::string dictionary_;
  std::vector<std::string> names_;
};

}  // namespace

std::vector<std::string> write_study_tables(const fs::path& folder, const StudyContents& study, const RunStore& store,
                                            bool overwrite) {
  std::vector<std::string> files{runs_file, failed_file, summary_file, points_file, dictionary_file};
  if (study.study.record >= StudyRecord::trajectories) files.emplace_back(months_file);
  if (study.study.record == StudyRecord::all) files.insert(files.end(), {regions_file, survey_file});
  check_outputs_in(folder, files, overwrite);
  return Tables(folder, study).write(store);
}

}  // namespace coalis
