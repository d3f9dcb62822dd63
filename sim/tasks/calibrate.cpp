#include "coalis/tasks/calibrate.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "coalis/core/counted.hpp"
#include "coalis/ensemble/resources.hpp"
#include "coalis/io/questions/parameter_sets.hpp"
#include "coalis/report/words/posterior_text.hpp"
#include "coalis/tasks/shared_proposals.hpp"

namespace coalis {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t proposals_a_step = 4096;
constexpr std::chrono::seconds between_saves{5};

// A set of values has up to a hundred numbers.
void require_room_for(const CalibrationProblem& problem, std::size_t sets, const char* named, int threads) {
  constexpr double set_bytes = 1024;
  constexpr Recording survey_alone{
      .trajectories = false, .regions = false, .organisations = false, .ties = false, .survey = true};
  Needs needs = ensemble_needs({&problem.scenario, 1}, survey_alone, sets, threads);
  needs.replicate_memory += set_bytes;
  needs.replicates_named = named;
  require_room(needs);
}

RunProposals proposals_here(const AbcModel& abc, const AbcSettings& settings, int threads, const Watch& watch) {
  return [&abc, &settings, execution = Execution{.threads = threads, .cancel = watch.cancel}](
             const AbcState& state, std::span<const std::uint32_t> numbers, const Sink& sink) {
    return run_proposals(state, abc, settings, numbers, execution, sink);
  };
}

// begun: the state is on disk already.
void sample(const CalibrationFile& file, const CalibrationModel& model, const std::filesystem::path& kept, AbcState& state,
            bool begun, bool restart, int threads, const Watch& watch, const Sharing& sharing) {
  const AbcModel abc = model.abc_model();
  const AbcSettings& settings = file.calibration->sampler;
  RunProposals run = proposals_here(abc, settings, threads, watch);
  std::size_t step = proposals_a_step;
  if (sharing.lessor) {
    step *= sharing.lessor->processes();  // all wait for its end
    run = proposals_by_all(*sharing.lessor, sharing.lease_seconds, std::move(run), watch);
  }
  auto saved = Clock::now();
  const auto save = [&] {
    if (kept.empty()) return;
    begun ? write_state(kept, file, state) : begin_state(kept, file, state, restart);
    begun = true;
    saved = Clock::now();
  };
  while (state.stopped.empty() && !watch.cancelled()) {
    const std::size_t before = state.finished.size();
    advance_abc_by(state, abc, settings, step, run);
    const bool finished = state.finished.size() > before;
    if (finished) watch.say(generation_text(state.finished.back()));
    if (!begun || finished || Clock::now() - saved >= between_saves) save();
  }
  save();
}

}  // namespace

void require_room_to_calibrate(const CalibrationProblem& problem, int threads) {
  const AbcSettings& sampler = problem.sampler;
  require_room_for(problem, sampler.draws + sampler.prior_runs + proposals_a_step, "draws and runs of a generation", threads);
}

void require_room_to_check(const CalibrationProblem& problem, std::size_t table, int threads) {
  require_room_for(problem, table, "runs of the table (--table)", threads);
}

std::optional<PosteriorAnswer> calibrate(const CalibrationFile& file, const CalibrationModel& model, const PosteriorFiles& files,
                                         bool restart, const std::string& command, int threads, const Watch& watch,
                                         const Sharing& sharing) {
  std::optional<AbcState> state;
  if (!restart) state = read_state(files.state, file);
  if (state && state->stopped.empty())
    watch.say(fmt::format("going on from {}: generation {}, {} of it done", files.state.string(), state->current.number,
                          counted(state->current.proposals, "run")));
  const bool begun = state.has_value();
  if (!state) state = begin_abc(file.calibration->sampler);
  sample(file, model, files.state, *state, begun, restart, threads, watch, sharing);
  if (state->stopped.empty()) return std::nullopt;
  check_posterior_path(files.posterior, file, restart);  // again: it may have appeared meanwhile
  write_posterior(files.posterior, file, model, *state, command);
  return posterior_answer(model, *state, files.posterior);
}

void share_calibration(const CalibrationModel& model, Lessor& lessor, int threads, const Watch& watch) {
  const AbcModel abc = model.abc_model();
  share_proposals(lessor, proposals_here(abc, model.calibration().sampler, threads, watch), watch);
}

Asked<GivenPosterior> read_given(const CalibrationModel& model, const std::filesystem::path& path) {
  return ask_given(model, read_parameter_sets(path));
}

std::optional<PosteriorAnswer> reweigh(const CalibrationFile& file, const CalibrationModel& model, const GivenPosterior& given,
                                       const std::filesystem::path& posterior, bool restart, const std::string& command,
                                       int threads, const Watch& watch) {
  const ReweightSettings settings = reweight_settings(model);
  const Reweighted weighted =
      reweighted(model.abc_model(), given.draws, settings, Execution{.threads = threads, .cancel = watch.cancel});
  if (watch.cancelled()) return std::nullopt;
  watch.say(reweighted_text(given, weighted));
  if (!suffices(weighted)) return std::nullopt;
  const AbcState state = state_of(given, weighted, settings);
  check_posterior_path(posterior, file, restart);  // again: it may have appeared meanwhile
  write_posterior(posterior, file, model, state, command);
  return posterior_answer(model, state, posterior);
}

}  // namespace coalis
