// run_in_parallel and run_one_by_one: on oneTBB, or on one thread where COALIS_SERIAL is defined.
#pragma once

#ifdef COALIS_SERIAL
#include "one_thread.hpp"

namespace coalis {
using one_thread::run_in_parallel;
using one_thread::run_one_by_one;
}  // namespace coalis
#else
#include "pipeline.hpp"
#endif
