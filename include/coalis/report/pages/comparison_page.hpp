// The report on a comparison, from plain data: what `coalis report` shows of a comparison file.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "coalis/report/charts/charts.hpp"
#include "coalis/report/pages/fit_page.hpp"
#include "coalis/report/pages/html.hpp"
#include "coalis/report/words/sentences.hpp"
#include "coalis/report/words/value_words.hpp"

namespace coalis::report {

// A scenario as it was run. The first of a page is the reference.
struct Compared {
  Option option;
  std::string description;
  double planned_cost = 0;  // USD a year, from ComparisonPage::from on
  std::string budget;       // what equal budget did to it, "" for nothing
  std::string undone;       // that this takes away what it changes, "" for nothing
  std::string hash;         // of its resolved text
};

struct Level {
  double mean, low, high;  // over replicates, and the middle 80 % of them; NaN: missing
};

// How a mean difference comes about over the months of the run.
struct Course {
  bool followed = false;    // month by month
  std::optional<int> half;  // month_of_half() (statistics/paired_statistics.hpp)
  bool first = false;       // half is the first month in which something has happened under both
  int largest = 0;          // month from half on in which the mean difference is largest, and by how much
  double at_largest = 0;
  double last_year = 0;  // the mean difference of the last twelve months, of fewer where the run is shorter
};

struct Outcome {
  std::string name;
  std::vector<Level> levels;                   // one an option
  std::vector<OutcomeDifference> differences;  // one an option but the reference
  std::vector<Course> courses;                 // of the same; of the headline alone
};

struct EvidenceRow {
  std::string item, category, observed, simulated;
  bool seen = false;           // by the fit of the reference's parameters
  bool other_figures = false;  // the fit has seen this item with others
};

struct StructureRow {
  std::string structure, calibration;
  std::vector<double> mean, error;  // of the headline outcome, one an option but the reference
};

// What single runs' differences from the reference vary by, over structures of one calibration and parameter sets: parts of the
// variance of the headline outcome. NaN: nothing varies so.
struct Parts {
  double mean, chance, parameters, structure;
  // Under the options' own structure: mean differences of the middle 80 % of the sets; weight with the sign of theirs. Else NaN.
  double sets_low, sets_high, sets_same_sign;
  double parameter_noise = 0;  // what chance alone would add to `parameters` if sets did not share draws
};
struct VarianceRow {
  std::string calibration;
  std::size_t structures = 1, parameter_sets = 0;
  std::vector<Parts> parts;  // one an option but the reference
};

// How well a posterior fits the evidence.
struct FitAndChecks {
  Fit fit;
  chart::PredictiveChecks checks;
};

struct Origin {
  std::string program, commit, model, file, file_hash, date, compiler, command, report_command;
  std::uint64_t seed = 0;
};

struct ComparisonPage {
  std::string title, question, date;
  bool own_title = true;  // else it is made of the options' names, which the question has, too
  std::string start;      // "YYYY-MM"
  int months = 0;
  int from = 0;  // the month in which options begin
  std::size_t replicates = 0;
  std::vector<Compared> options;
  std::string headline;                                // name of the outcome that the answer is about
  std::vector<Outcome> outcomes;                       // all
  std::vector<EvidenceBase> evidence;                  // what stands behind each option
  bool rivals_fitted = false;                          // all structures of engagement were, to this coalition's survey
  Included included;                                   // in the runs of the headline
  std::string parameter_file;                          // whose sets the runs have; "" without
  std::vector<std::vector<std::string>> extrapolated;  // levers, one list an option but the reference
  std::vector<std::vector<SettingChange>> changes;     // one an option but the reference
  std::vector<std::vector<std::string>> told;          // the same as people would tell it (told_changes())
  std::vector<EvidenceRow> evidence_rows;
  std::optional<FitAndChecks> fit;
  std::vector<StructureRow> structures;  // the own first; empty: no others were run
  std::vector<VarianceRow> variances;    // empty: neither structures nor parameter sets were run
  Origin origin;

  std::vector<chart::DifferenceFan> fans;  // one an option but the reference, as dots and tiles
  std::vector<chart::DifferenceDots> dots;
  std::vector<chart::RegionTiles> regions;
  std::optional<chart::Levels> levels;
  std::optional<chart::AttendanceHistogram> attendance;
};

// The whole page. Throws std::out_of_range if the headline is no outcome of the page.
std::string html(const ComparisonPage& page);

// What stands behind all options together.
EvidenceBase evidence_of(const ComparisonPage& page);

// The answer for one option but the reference (1 the first).
Sentences answer_of(const ComparisonPage& page, std::size_t option);

}  // namespace coalis::report
