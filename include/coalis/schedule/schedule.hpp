// The schedule (ODD 3): the order of processes in a month, and one replicate run by it.
#pragma once

#include <span>

#include "coalis/core/isa.hpp"
#include "coalis/model/record.hpp"
#include "coalis/model/world.hpp"
#include "coalis/schedule/process_name.hpp"

namespace coalis::inline COALIS_ISA {

// A process of the month: what `coalis schedule` prints and what runs.
struct Process {
  ProcessName name;
  void (*run)(World&);
};
std::span<const Process> processes();
std::span<const ProcessName> process_names();

// Runs one month: all processes, observation apart.
void run_month(World& w, int month);

// Runs months first..end-1 of w.stream's replicate, from 0 on or from where it stopped, and fills the record; outcomes and hash
// when that is the end.
void run_replicate(World& w, const Recording& recording, RunRecord& record, int first, int end);

}  // namespace coalis::inline COALIS_ISA
