// Files being written, for a process that is about to end by a signal.
#pragma once

namespace coalis {

// Removes them. Safe in a signal handler; the process must end after it.
void remove_temporaries();

}  // namespace coalis
