// What the benchmarks need from the engine of each instruction set, beside the engine itself: the floor's loops and a replicate
// with a clock around every process.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "coalis/core/draws.hpp"
#include "coalis/model/world.hpp"

namespace coalis::bench {

// Time of each part of a replicate, nanoseconds: initialization, start of month, the processes in their order, observation.
// What reading the clock costs is in them.
using PartTimes = std::vector<double>;

// What a replicate drew and held, for the count of the floor.
struct Work {
  int organisations = 0, months = 0;
  int months_due = 0;  // months with an event due: resources are drawn
  int events = 0;      // events held: one attendance word and one logistic an organisation
  int grant_rounds = 0;
  long long serving = 0;       // organisation-months of those that serve victims: a word and an exponential for cases
  long long contacts = 0;      // attendances with contacts: two blocks
  double chance_contacts = 0;  // expected: a block each
};

// Names of the parts, in the order of PartTimes.
std::vector<std::string> part_names();

struct Kernels {
  std::string_view instruction_set;
  // `blocks` Philox blocks for each of n organisations; out: 4 n words.
  void (*draw_blocks)(Stream stream, int n, int blocks, std::uint32_t* out);
  // x[0..n) passes through each function so many times.
  void (*exponentials)(int n, int exps, int logistics, int logs, float* x);
  // Reads and writes x[0..n) once.
  void (*sweep)(std::size_t n, float* x);
  void (*run_timed)(World& w, const Recording& recording, RunRecord& record, PartTimes& times, Work& work);
};

const Kernels& kernels(std::string_view instruction_set);

}  // namespace coalis::bench
