// The terminal as who watches a task: Ctrl-C cancels it, its progress is a line, its notices are messages.
#pragma once

#include "coalis/tasks/watch.hpp"
#include "progress.hpp"
#include "signals.hpp"

namespace coalis::cli {

// Both must outlive the watch.
Watch watching(const Interruption& interruption, ProgressLine& progress);
// Of what takes no time.
Watch notices_alone();

}  // namespace coalis::cli
