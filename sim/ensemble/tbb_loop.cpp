// The parallel loop over organisations inside a run.
#include <oneapi/tbb/parallel_for.h>

#include "coalis/ensemble/ensemble.hpp"

namespace coalis {
namespace {

class TbbLoop final : public Loop {
 public:
  void run(int chunks, void (*body)(void*, int), void* context) const override {
    tbb::parallel_for(0, chunks, [=](int chunk) { body(context, chunk); });
  }
};

}  // namespace

const Loop& tbb_loop() {
  static const TbbLoop loop;
  return loop;
}

}  // namespace coalis
