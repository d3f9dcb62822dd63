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

// Runs w.stream's replicate from month 0 to the end and fills the record.
void run_replicate(World& w, const Recording& recording, RunRecord& record);

}  // namespace coalis::inline COALIS_ISA
