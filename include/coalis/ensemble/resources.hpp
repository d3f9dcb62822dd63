// What a computation takes and what there is for it, so that what cannot fit is refused before the first run.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "coalis/ensemble/ensemble.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/scenario.hpp"

namespace coalis {

// More than this many threads no machine has use for; each has memory of its own.
inline constexpr int most_threads = 1024;

// Memory that this process may still take, bytes: the least of what the machine has available, what its control group leaves and
// what the limits of the process leave.
struct FreeMemory {
  double bytes = 0;
  std::string limit;           // by which: "the machine", "its control group", "ulimit -v", "ulimit -d"
  bool address_space = false;  // address space is counted, with the stacks of threads that are never touched
};
FreeMemory free_memory();
// The same from the files below `root` (proc/meminfo, proc/self, sys/fs/cgroup), without the limits of the process. For tests.
FreeMemory free_memory_below(const std::filesystem::path& root);
// Bytes that can be written where `path` is or will be; infinite if that cannot be said.
double free_disk(std::filesystem::path path);

// Bytes, from the sizes of a scenario. Estimates: never below what is taken, at most a third above
// (tests/field/too_large_test.cpp).
double scenario_bytes(const Scenario& scenario);                                                      // as it is kept
double plan_bytes(const Scenario& scenario);                                                          // make_plan()
double simulator_bytes(const Scenario& scenario);                                                     // a Simulator of that plan
double record_bytes(const Scenario& scenario, const Recording& recording);                            // a RunRecord
double result_row_bytes(const Scenario& scenario, const Recording& recording, std::size_t outcomes);  // a run in a result file

inline constexpr double program_bytes = 32e6;  // libraries, buffers of files, tables of answers

// What a command needs. Threads and replicates are what the user can change.
struct Needs {
  double memory = 0;            // whatever the threads and replicates are
  double thread_memory = 0;     // of each thread
  double replicate_memory = 0;  // of each replicate
  int threads = 1;
  std::size_t replicates = 1;
  std::string replicates_named = "replicates";  // in messages: runs, points
  double disk = 0, replicate_disk = 0;          // in `folder`
  std::filesystem::path folder;                 // "" none
  double replicate_scratch = 0;                 // in the folder for temporary files
  std::string instead;                          // what else helps if not even one replicate fits; "" fewer organisations

  double all_memory() const { return memory + thread_memory * threads + replicate_memory * static_cast<double>(replicates); }
  double all_disk() const { return disk + replicate_disk * static_cast<double>(replicates); }
};

// Of an ensemble: threads, simulators, records. `scenarios` are run together in each replicate.
Needs ensemble_needs(std::span<const Scenario> scenarios, const Recording& recording, std::size_t replicates, int threads);

// Figures of every replicate that an answer summarises: in the temporary file, one after the other in memory.
void add_figures(Needs& needs, std::size_t figures);
// A result file in the folder of `path` with so many bytes a replicate.
void add_file(Needs& needs, const std::filesystem::path& path, double row_bytes, double record);

// What there is.
struct Room {
  FreeMemory memory;
  double disk = 0, scratch = 0;
};
Room room_for(const Needs& needs);

// What does not fit, with its size, and what to change; "" if all fits.
std::string too_large(const Needs& needs, const Room& room);

// A computation that does not fit.
struct TooLarge : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// Throws TooLarge.
void require_room(const Needs& needs);

// "1.9 GB"
std::string bytes_text(double bytes);

}  // namespace coalis
