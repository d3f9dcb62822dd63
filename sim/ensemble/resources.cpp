// See resources.hpp. Sizes of a world and a record follow sim/model/world.cpp and sim/observation/observers.cpp.
#include "coalis/ensemble/resources.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "coalis/model/plan.hpp"
#include "coalis/model/world.hpp"
#include "replicates.hpp"

namespace coalis {
namespace {

constexpr double page = 4096;            // a large column ends within one
constexpr double thread_stack = 8e6;     // address space
constexpr double file_buffers = 32e6;    // rows that wait for their chunks to be full
constexpr double figure_column = 4 * 8;  // of a replicate while a figure is summarised: its values, and what sorts them

double size(std::size_t n) { return static_cast<double>(n); }

double organisations(const Scenario& s) { return padded(std::max(1, s.organisations.count())); }

// Months in which a policy begins, as make_plan() sees them.
double policies(const Scenario& s) {
  std::set<int> months{0};
  for (const Intervention& i : s.interventions) {
    for (int month = i.from; month < std::min({i.from + i.ramp, i.until, s.calendar.months}); ++month) months.insert(month);
    if (i.until < s.calendar.months) months.insert(i.until);
    if (size(months.size()) >= s.calendar.months) break;
  }
  return size(months.size());
}

}  // namespace

double scenario_bytes(const Scenario& s) {
  double bytes = sizeof(Scenario) + size(s.travel.size()) * sizeof(double) + size(s.interventions.size()) * 200;
  bytes += size(s.hubs.size()) * sizeof(Hub) + size(s.series.size()) * sizeof(Series) + size(s.kinds.size()) * sizeof(Kind) +
           size(s.regions.size()) * sizeof(Region) + size(s.roles.size()) * sizeof(Role);
  for (const Hub& hub : s.hubs) bytes += size(hub.serves.size()) * sizeof(int) + size(hub.name.size()) + 32;
  for (const Series& series : s.series) bytes += size(series.name.size()) + 32;
  return bytes;
}

double plan_bytes(const Scenario& s) {
  const double tables = size(s.hubs.size()) * size(s.regions.size()) * 2 * sizeof(float) + size(s.regions.size()) * 64 +
                        size(s.regions.size()) * size(s.roles.size()) * sizeof(float);
  return scenario_bytes(s) * (policies(s) + 1) + tables * policies(s);
}

double simulator_bytes(const Scenario& s) {
  const double n = organisations(s), kinds = size(s.kinds.size()), hubs = size(s.hubs.size()), regions = size(s.regions.size());
  // 18 columns of floats, 4 of bytes, 12 of integers, those at an event, words, ties, lists.
  constexpr double an_organisation = 18 * 4 + 4 + 12 * 4 + 4 * 4 + 4 * 4 + slots_max * 8 + 3 * 4 + 0.125;
  const double tables = (hubs + 1) * regions * 9 * 4 + hubs * (kinds * 8 + 24) +
                        chunk_count(s.organisations.count()) * ((hubs + 1) * 4 + 28.0) + size(s.series.size()) * 8 * 64;
  const double columns = 47 + 2 * kinds;
  return n * (an_organisation + 8 * kinds) + columns * std::min(page, 4 * n) + tables + kinds * s.calendar.months * regions * 8 +
         65536;
}

double record_bytes(const Scenario& s, const Recording& recording) {
  const double n = organisations(s), months = s.calendar.months, regions = size(s.regions.size());
  double bytes = 2048 + regions * regions * 4;
  if (recording.trajectories) bytes += size(trajectory_quantities().size()) * months * 4;
  if (recording.trajectories && recording.regions) bytes += size(region_trajectory_quantities().size()) * regions * months * 4;
  if (recording.organisations)
    bytes += n * 4 * (size(s.kinds.size()) + size(final_float_quantities().size() + final_integer_quantities().size()));
  if (recording.ties) bytes += n * slots_max * sizeof(Tie);
  if (recording.survey) bytes += n * sizeof(Respondent);
  if (recording.sheets) bytes += n * (months + sizeof(std::int32_t));
  if (recording.organisation_trajectories) bytes += n * 4 * size(organisation_trajectory_quantities().size()) * months;
  return bytes;
}

double result_row_bytes(const Scenario& s, const Recording& recording, std::size_t outcomes) {
  const double n = s.organisations.count(), months = s.calendar.months, regions = size(s.regions.size());
  double bytes = 12 + 8 * size(outcomes) + 8 * size(survey_quantities().size());
  if (recording.trajectories) bytes += size(trajectory_quantities().size()) * months * 4;
  if (recording.trajectories && recording.regions) bytes += size(region_trajectory_quantities().size()) * regions * months * 4;
  if (recording.organisations)
    bytes += n * (2 * size(s.kinds.size()) + 4 * size(final_float_quantities().size()) + size(final_integer_quantities().size()));
  if (recording.ties) bytes += n * 4 + regions * regions * 4;
  if (recording.organisation_trajectories) bytes += n * 4 * size(organisation_trajectory_quantities().size()) * months;
  return bytes;
}

Needs ensemble_needs(std::span<const Scenario> scenarios, const Recording& recording, std::size_t replicates, int threads) {
  Needs needs;
  needs.threads = std::min(thread_count(threads), most_threads);
  needs.replicates = replicates;
  needs.memory = program_bytes;
  double simulators = 0, records = 0;
  std::size_t work = 0;
  int largest = 0;
  for (const Scenario& s : scenarios) {
    needs.memory += plan_bytes(s);
    simulators += simulator_bytes(s);
    records += record_bytes(s, recording);
    work += run_work(s);
    largest = std::max(largest, s.organisations.count());
  }
  needs.replicate_memory = sizeof(std::uint32_t);
  if (parallel_inside(largest, replicates, needs.threads)) {
    needs.memory += simulators + records;
  } else {
    const auto asked = static_cast<std::size_t>(needs.threads);
    needs.threads = static_cast<int>(std::min(asked, std::max<std::size_t>(1, replicates)));
    needs.thread_memory = simulators + 2 * batch_size(work, replicates, needs.threads) * records;
    needs.memory += records;
  }
  return needs;
}

void add_figures(Needs& needs, std::size_t figures) {
  needs.replicate_scratch += static_cast<double>(figures * sizeof(double));
  needs.replicate_memory += figure_column;
}

void add_file(Needs& needs, const std::filesystem::path& path, double row_bytes, double record) {
  needs.folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  needs.replicate_disk += row_bytes;
  needs.memory += file_buffers + 2 * record;
}

namespace {

// Whatever the locale of the program.
std::string decimal(double value, int decimals) {
  char text[400];
  return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, decimals).ptr};
}

}  // namespace

std::string bytes_text(double bytes) {
  if (bytes >= 1e12) return decimal(bytes / 1e12, 1) + " TB";
  if (bytes >= 1e9) return decimal(bytes / 1e9, 1) + " GB";
  if (bytes >= 1e6) return decimal(bytes / 1e6, 1) + " MB";
  return decimal(std::max(1.0, std::ceil(bytes / 1e3)), 0) + " kB";
}

namespace {

std::string needed_and_free(double needed, double free) {
  return bytes_text(needed) + " are needed, " + bytes_text(free) + " are free";
}

// "take at most 12 replicates"; "" if not even one fits.
std::string at_most(double each, double room, const Needs& needs) {
  const double most = std::floor(room / each);
  if (!(each > 0) || most < 1) return "";
  return "take at most " + decimal(most, 0) + " " + needs.replicates_named;
}

std::string memory_advice(const Needs& needs, double free) {
  const double all_replicates = needs.replicate_memory * static_cast<double>(needs.replicates);
  const double for_threads = free - needs.memory - all_replicates;
  if (const double threads = std::floor(for_threads / std::max(1.0, needs.thread_memory)); needs.threads > 1 && threads >= 1)
    return "take --threads " + std::to_string(static_cast<int>(std::min<double>(threads, needs.threads - 1)));
  const double fixed = needs.memory + needs.thread_memory;
  if (const auto fewer = at_most(needs.replicate_memory, free - fixed, needs); all_replicates > fixed && !fewer.empty())
    return fewer + (needs.threads > 1 ? " and --threads 1" : "");
  return needs.instead.empty() ? "take fewer organisations" : needs.instead;
}

}  // namespace

std::string too_large(const Needs& needs, const Room& room) {
  Needs counted = needs;
  if (room.memory.address_space) counted.thread_memory += thread_stack;
  const double scratch = needs.replicate_scratch * static_cast<double>(needs.replicates);
  const bool kept = scratch > room.scratch;  // then figures stay in memory
  if (kept) counted.replicate_memory += needs.replicate_scratch;
  if (counted.all_memory() > room.memory.bytes) {
    return "the memory cannot hold it: " + needed_and_free(counted.all_memory(), room.memory.bytes) + " (" + room.memory.limit +
           "); " + memory_advice(counted, room.memory.bytes) +
           (kept ? ", or set TMPDIR to a folder with " + bytes_text(scratch) + " of room" : ", or allow more memory");
  }
  if (!needs.folder.empty() && needs.all_disk() > room.disk) {
    const auto fewer = at_most(needs.replicate_disk, room.disk - needs.disk, needs);
    return "the disk cannot hold it: " + needed_and_free(needs.all_disk(), room.disk) + " in " + needs.folder.string() + "; " +
           (fewer.empty() ? "take fewer replicates" : fewer) + ", record less, or make room";
  }
  return "";
}

void require_room(const Needs& needs) {
  if (const std::string problem = too_large(needs, room_for(needs)); !problem.empty()) throw TooLarge(problem);
}

}  // namespace coalis
