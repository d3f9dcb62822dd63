// A study file made ready: its points read, checked and named.
#pragma once

#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "coalis/ensemble/resources.hpp"
#include "coalis/io/hdf5/study_result.hpp"
#include "coalis/io/questions/study_file.hpp"
#include "coalis/io/scenario/scenario_key.hpp"
#include "coalis/io/store/run_store.hpp"
#include "coalis/tasks/run_costs.hpp"

namespace coalis::cli {

struct PreparedStudy {
  std::string path;  // of the study file, as given
  StudyFile file;
  std::vector<StudyPoint> points;
  std::vector<std::string> parameter_files;   // given on the command line, which go before the study's own
  std::vector<StudyParameters> parameters{};  // empty: the scenarios' own parameters
  // [file][set][column]: sets that check_parameters() has read as numbers; empty ones are read anew for every scenario.
  std::vector<std::vector<std::vector<double>>> numbers{};
  std::vector<std::string> notices{};  // what must be known of them, sentences
  std::size_t designed = 0;            // points that the study has; `points` may be some of them (prepare_study)

  const Study& study() const { return file.study; }
  StudyContents contents() const { return {file, points, parameters}; }
  std::size_t runs() const { return points.size() * file.study.replicates; }
  std::size_t all_runs() const { return designed * file.study.replicates; }  // also of points that were not read
  // Runs are numbered replicate by replicate: all points of replicate 0, then of replicate 1, ...; those of one parameter set
  // after each other.
  std::size_t point_of(std::size_t run) const { return place_of(run).first; }
  std::uint32_t replicate_of(std::size_t run) const { return place_of(run).second; }
  RunKey key_of(std::size_t run) const { return key_of(point_of(run), replicate_of(run)); }
  RunKey key_of(std::size_t point, std::uint32_t replicate) const { return run_key(points[point], parameters, replicate); }
  // The scenario of a run: the point's, with its parameter set.
  Scenario scenario_of(std::size_t point, std::uint32_t replicate) const;
  // Replicates after each other that share a parameter set, of which there are several; else 1.
  std::size_t together() const;

  std::size_t unit_size() const;                       // runs that are claimed together; depends on the study alone
  std::size_t run_bytes(std::size_t point) const;      // that the store keeps of a run
  double total_bytes(std::size_t missing_runs) const;  // of so many runs in the store and of the merged result
  // What `missing` of its runs take; the points that are too large alone are left out if runs may fail.
  Needs needs(std::size_t missing, int threads, bool runs_may_fail = false) const;
  // "point 3 (hubs.Chicago.fte = 0.5, levers.information = 1)"
  std::string describe(std::size_t point) const;
  std::string kept() const;                    // the store's word for what is recorded
  std::string parameters_kept() const;         // the store's word for parameter files: names and hashes
  std::filesystem::path store_folder() const;  // STUDY.runs, or STUDY.POSTERIOR.runs with a file of the command line
  std::filesystem::path result_path() const;   // the same with .h5
  // "coalis study run 'STUDY' --parameters 'FILE'"
  std::string command(std::string_view verb) const;
  RunStore open_store(Access access) const;

 private:
  std::pair<std::size_t, std::uint32_t> place_of(std::size_t run) const;
  std::string file_ending(std::string_view ending) const;
};

// Reads the study and all its points; prints what is wrong and returns nothing if that is an error: also two points that are the
// same run, points whose months or regions differ if these are recorded, and an answer that the design cannot give.
// Replicates other than 0 take the place of the study's, files of parameter sets that of its `parameters`. Of more than
// `most_points` points so many are read, evenly spaced; what needs all of them is not checked then. Throws TooLarge.
std::optional<PreparedStudy> prepare_study(const std::string& path, const std::vector<std::string>& parameters,
                                           std::uint32_t replicates = 0,
                                           std::size_t most_points = std::numeric_limits<std::size_t>::max());

// What a figure's points are known by: scenario and values.
std::vector<Coordinates> coordinates_of(const PreparedStudy& study);

}  // namespace coalis::cli
