// The parallel loop over organisations inside a run, and the number of threads.
#ifdef COALIS_SERIAL
#include "replicates.hpp"

namespace coalis {

const Loop& tbb_loop() { return serial_loop(); }
int machine_threads() { return 1; }

}  // namespace coalis
#else
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>

#include "replicates.hpp"
#include "thread_order.hpp"

namespace coalis {
namespace {

class TbbLoop final : public Loop {
 public:
  void run(int chunks, void (*body)(void*, int), void* context) const override {
    const char begun = 0, done = 0;  // two places, so that a race between chunks is still one
    thread_order::release(&begun);
    tbb::parallel_for(0, chunks, [&, body, context](int chunk) {
      thread_order::acquire(&begun);
      body(context, chunk);
      thread_order::release(&done);
    });
    thread_order::acquire(&done);
  }
};

}  // namespace

const Loop& tbb_loop() {
  static const TbbLoop loop;
  return loop;
}

int machine_threads() { return std::max(1, tbb::info::default_concurrency()); }

}  // namespace coalis
#endif
