// A study made ready: its file, its scenarios at every point and its parameter sets read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "coalis/io/hdf5/study_result.hpp"
#include "coalis/questions/study/points.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

struct PreparedStudy {
  StudyQuestion question;
  std::string text;  // of its file

  StudyContents contents() const { return {question.study, text, question.points, question.parameters}; }
};

// Reads what the study names; problems also of warnings. Beside those of ask() and share(), the study, a scenario or a file of
// sets that is wrong, and an answer that the design cannot give. Throws TooLarge, FileError.
Asked<PreparedStudy> prepare_study(const StudyOptions& options, const Watch& watch = {});

// Tries every set that is drawn at every point, as a scenario is checked; none may change a planned cost. Leaves the sets as
// numbers in the study. Before runs; what only looks at runs that are done need not. Cancelled, it has tried some.
std::vector<Diagnostic> try_sets(StudyQuestion& study, const Watch& watch = {});

// The scenario of a run: the point's, with its parameter set.
Scenario scenario_of(const StudyQuestion& study, std::size_t point, std::uint32_t replicate);

}  // namespace coalis
