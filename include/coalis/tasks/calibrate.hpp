// Calibrating: a posterior of parameters from evidence, sampled until it stops; and checking one.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "coalis/io/questions/calibration_file.hpp"
#include "coalis/questions/calibration/check.hpp"
#include "coalis/questions/calibration/given.hpp"
#include "coalis/questions/calibration/posterior.hpp"
#include "coalis/tasks/lessor.hpp"
#include "coalis/tasks/watch.hpp"

namespace coalis {

struct PosteriorFiles {
  std::filesystem::path posterior, state;  // state: "" if none is kept
};

// What sampling takes, or checking with a table of so many runs. Throw TooLarge if it does not fit.
void require_room_to_calibrate(const CalibrationProblem& problem, int threads);
void require_room_to_check(const CalibrationProblem& problem, std::size_t table, int threads);

// Samples until it stops; the state is on disk after every few seconds and at the end. Goes on from the state that is there,
// unless `restart`, and then replaces the posterior and the state that are there. command: how the posterior says that it was
// made. Notices: a generation, and that it goes on. Nothing if cancelled. Throws FileError, ReplicateError.
std::optional<PosteriorAnswer> calibrate(const CalibrationFile& file, const CalibrationModel& model, const PosteriorFiles& files,
                                         bool restart, const std::string& command, int threads, const Watch& watch,
                                         const Sharing& sharing = {});
// What a process does that does not lead: the proposals that it is given. Throws ReplicateError.
void share_calibration(const CalibrationModel& model, Lessor& lessor, int threads, const Watch& watch);

// Reads another posterior (`--from`), and asks. Weights it anew by the calibration's evidence and, if that suffices, writes it as
// the posterior; a notice says what came of it. Nothing if it does not suffice, or if cancelled. Throws as calibrate() does.
Asked<GivenPosterior> read_given(const CalibrationModel& model, const std::filesystem::path& path);
std::optional<PosteriorAnswer> reweigh(const CalibrationFile& file, const CalibrationModel& model, const GivenPosterior& given,
                                       const std::filesystem::path& posterior, bool restart, const std::string& command,
                                       int threads, const Watch& watch);

// Reads the posterior, and the scenario of the other coalition, and asks.
Asked<PosteriorQuestion> read_check_question(const CalibrationModel& model, const CheckOptions& options);

// Nothing if cancelled. Progress is of the table of coverage. Throws ReplicateError.
std::optional<PosteriorCheck> check_posterior(const PosteriorQuestion& question, int threads, const Watch& watch);

}  // namespace coalis
