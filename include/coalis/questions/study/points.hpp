// A study as a checked question: its points resolved and told apart, its runs in the order in which they are done.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "coalis/questions/asked.hpp"
#include "coalis/questions/study/study.hpp"

namespace coalis {

inline constexpr std::uint64_t most_runs = 1'000'000'000;  // of a study

struct StudyOptions {
  std::string file;                     // the study's, as given
  std::vector<std::string> parameters;  // files of parameter sets, which go before the study's own
  std::uint32_t replicates = 0;         // 0: the study's
  // Of more points so many are asked about, evenly spaced; what needs all of them is not checked then.
  std::size_t most_points = std::numeric_limits<std::size_t>::max();
};

struct StudyQuestion {
  std::string file;  // as given
  Study study;
  std::vector<StudyPoint> points;
  std::size_t designed = 0;                   // points that the study has; `points` may be some of them
  std::vector<std::string> parameter_files;   // given, which go before the study's own
  std::uint32_t replicates_given = 0;         // 0: the study's
  std::vector<StudyParameters> parameters{};  // empty: the scenarios' own parameters
  // [file][set][column]: sets that were read as numbers when they were tried; empty ones are read anew for every scenario.
  std::vector<std::vector<std::vector<double>>> numbers{};
  std::vector<std::string> notices{};  // what must be known of the sets, sentences

  std::size_t runs() const { return points.size() * study.replicates; }
  std::size_t all_runs() const { return designed * study.replicates; }  // also of points that are left out
  // Runs are numbered replicate by replicate: all points of replicate 0, then of replicate 1, ...; those of one parameter set
  // after each other.
  std::size_t point_of(std::size_t run) const { return place_of(run).first; }
  std::uint32_t replicate_of(std::size_t run) const { return place_of(run).second; }
  RunName name_of(std::size_t run) const { return name_of(point_of(run), replicate_of(run)); }
  RunName name_of(std::size_t point, std::uint32_t replicate) const {
    return {point_in_store(points[point], parameters), replicate};
  }
  // In the first format of the store.
  RunKey key_of(std::size_t run) const { return run_key(points[point_of(run)], parameters, replicate_of(run)); }
  // Replicates after each other that share a parameter set, of which there are several; else 1.
  std::size_t together() const;
  // "point 3 (hubs.Chicago.fte = 0.5, levers.information = 1)"
  std::string describe(std::size_t point) const;

 private:
  std::pair<std::size_t, std::uint32_t> place_of(std::size_t run) const;
};

// That replicates were given which make more runs than a study may have.
std::optional<Diagnostic> too_many_runs(const StudyQuestion& study);

// The study with the points of its design on every scenario, to be resolved.
StudyQuestion designed_study(const StudyOptions& options, Study study);

// What was read for its points.
struct StudyRead {
  std::vector<std::vector<Diagnostic>> problems;            // [point]: errors of its scenario; without any it is resolved
  std::function<void(std::vector<StudyPoint>&)> give_keys;  // to all points, of runs of their scenarios with the study's seed
};

// The study with its points resolved, brought to equal budgets if it asks for that, and named by keys. Problems are scenarios
// that are wrong, budgets that cannot be met, two points that are the same run, points whose months or regions differ if these
// are recorded.
Asked<StudyQuestion> ask(StudyQuestion designed, const StudyRead& read);

// What a figure's points are known by: scenario and values.
std::vector<Coordinates> coordinates_of(const StudyQuestion& study);

}  // namespace coalis
