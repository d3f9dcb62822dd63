#include "coalis/tasks/study_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string>

#include "coalis/network/outcomes.hpp"
#include "coalis/tasks/run_costs.hpp"

namespace coalis {
namespace {

constexpr double lease_bytes = 16e6;
constexpr double kept_simulators_bytes = 50e6;  // about what StudyRunner (study_run.hpp) keeps in a thread

std::filesystem::path beside(const std::filesystem::path& file, const StudyQuestion& study, std::string_view ending) {
  std::string names;
  for (const std::string& given : study.parameter_files)
    names.append(names.empty() ? "." : "+").append(std::filesystem::path(given).stem().string());
  return std::filesystem::path(file).replace_extension(names.append(ending));
}

// The store's word for parameter files: names and hashes.
std::string parameters_kept(const StudyQuestion& study) {
  std::string text;
  for (const StudyParameters& p : study.parameters)
    text += fmt::format("{}{} (SHA-1 {})", text.empty() ? "" : ", ", p.name, p.hash);
  return text;
}

// That the store keeps of a run.
std::size_t run_bytes(const StudyQuestion& question, std::size_t point) {
  const Study& study = question.study;
  const Scenario& scenario = question.points[point].resolved;
  const auto months = static_cast<std::size_t>(scenario.calendar.months);
  std::size_t bytes = outcome_bytes(study.further());
  if (study.record >= StudyRecord::trajectories) bytes += trajectory_quantities().size() * months * sizeof(float);
  if (study.record == StudyRecord::all) {
    bytes += region_trajectory_quantities().size() * scenario.regions.size() * months * sizeof(float) +
             survey_quantities().size() * sizeof(double);
  }
  return bytes;
}

// Of so many runs in the store and of the merged result.
double total_bytes(const StudyQuestion& study, std::size_t missing) {
  double mean = 0;
  for (std::size_t p = 0; p < study.points.size(); ++p)
    mean += static_cast<double>(run_bytes(study, p)) / static_cast<double>(study.points.size());
  return mean * static_cast<double>(missing + study.all_runs());
}

}  // namespace

std::filesystem::path store_folder(const StudyQuestion& study) { return beside(study.file, study, ".runs"); }
std::filesystem::path result_path(const StudyQuestion& study) { return beside(study.file, study, ".h5"); }

std::filesystem::path store_folder_of_copy(const StudyQuestion& study, const std::filesystem::path& copy) {
  std::error_code ignored;
  return std::filesystem::is_directory(copy, ignored) ? copy : beside(copy, study, ".runs");
}

RunStore open_store(const StudyQuestion& question, Access access) { return open_store(question, access, store_folder(question)); }

RunStore open_store(const StudyQuestion& question, Access access, StudyPart part) {
  if (part.whole()) return open_store(question, access);
  const auto [first, last] = replicates_of(question, part);
  const Study& study = question.study;
  return {store_folder(question),    study.name,   kept_words(study.record, study.further()), access,
          parameters_kept(question), {first, last}};
}

RunStore open_store(const StudyQuestion& question, Access access, const std::filesystem::path& folder) {
  const Study& study = question.study;
  return {folder, study.name, kept_words(study.record, study.further()), access, parameters_kept(question)};
}

std::size_t unit_size(const StudyQuestion& study) {
  if (study.study.batch > 0) return study.study.batch;
  double work = 1, bytes = 1;
  for (std::size_t p = 0; p < study.points.size(); ++p) {
    work = std::max(work, work_of(study.points[p].resolved));
    bytes = std::max(bytes, static_cast<double>(run_bytes(study, p)));
  }
  return unit_of(work, bytes);
}

LeaseSizes lease_sizes(const StudyQuestion& study, double seconds) {
  double bytes = 1;
  for (std::size_t p = 0; p < study.points.size(); ++p) bytes = std::max(bytes, static_cast<double>(run_bytes(study, p)));
  const auto most = static_cast<std::size_t>(std::max(1.0, lease_bytes / bytes));
  return {study.points.size() * (study.parameters.empty() ? 1 : replicates_a_set), std::min(most, unit_size(study)), most,
          seconds};
}

Needs needs_of(const StudyQuestion& study, std::size_t missing, int threads, bool runs_may_fail) {
  Needs needs;
  const auto asked = static_cast<std::size_t>(thread_count(threads));
  needs.threads = static_cast<int>(std::min(asked, std::max<std::size_t>(1, missing)));
  needs.replicates = study.all_runs();
  needs.replicates_named = "runs";
  needs.memory = program_bytes;  // beside the points, which are in memory already
  if (!study.points.empty())
    needs.memory += scenario_bytes(study.points.front().resolved) * static_cast<double>(study.designed - study.points.size());
  const double free = free_memory().bytes;
  double largest = 0, kept = 0;
  for (std::size_t p = 0; p < study.points.size(); ++p) {
    const double bytes = run_memory(study.points[p].resolved, recording_of(study.study.record), study.study.further());
    if (runs_may_fail && bytes > free) continue;
    largest = std::max(largest, bytes);
    kept = std::max(kept, static_cast<double>(run_bytes(study, p)));
  }
  // A batch of runs waits for its shard; small simulators are kept from run to run.
  const double simulators = std::min(kept_simulators_bytes, largest * static_cast<double>(study.points.size()));
  needs.thread_memory = std::max(largest, simulators) + 3 * kept * static_cast<double>(unit_size(study));
  needs.replicate_memory = stored_run_bytes;
  needs.folder = store_folder(study);
  needs.disk = total_bytes(study, missing);
  return needs;
}

PointSamples read_samples(const StudyQuestion& study, const RunStore& store, std::size_t points, const Watch& watch) {
  PointSamples samples(std::min(points, study.points.size()), Samples(outcomes_of(study.study.further()).size()));
  for (std::size_t run = 0; run < study.runs() && !watch.cancelled(); ++run) {
    const std::size_t point = study.point_of(run);
    if (point >= samples.size()) continue;
    if (const RunKey key = study.key_of(run); store.done(key)) samples[point].add(store.read(key).record.outcomes);
  }
  return samples;
}

StandingLook::StandingLook(const StudyQuestion& study, RunStore& store)
    : study_(study), store_(store), counted_(study.runs(), false) {
  standing_.samples.assign(study.points.size(), Samples(outcomes_of(study.study.further()).size()));
}

const StudyStanding& StandingLook::look(const Watch& watch) {
  store_.refresh();
  StudyStanding& now = standing_;
  now.failed = 0;
  for (std::size_t run = 0; run < study_.runs() && !watch.cancelled(); ++run) {
    if (counted_[run]) continue;
    const RunKey key = study_.key_of(run);
    if (store_.done(key)) {
      now.samples[study_.point_of(run)].add(store_.read(key).record.outcomes);
      counted_[run] = true;
      ++now.done;
    } else if (store_.failure(key)) {
      ++now.failed;
    }
  }
  now.missing = study_.runs() - now.done - now.failed;
  now.at_work = store_.others_at_work();
  now.rate = rate();
  return now;
}

// Over the latest shards.
double StandingLook::rate() const {
  constexpr std::size_t most = 30;
  const auto& all = store_.manifest();
  if (all.empty()) return 0;
  const std::size_t first = all.size() > most ? all.size() - most : 0;
  double runs = 0;
  double begin = std::numeric_limits<double>::infinity(), end = 0;
  for (std::size_t i = first; i < all.size(); ++i) {
    runs += static_cast<double>(all[i].runs);
    begin = std::min(begin, static_cast<double>(all[i].finished) - all[i].seconds);
    end = std::max(end, static_cast<double>(all[i].finished));
  }
  const double span = std::max(end - begin, all.back().seconds);
  return span > 0 ? runs / span : 0;
}

}  // namespace coalis
