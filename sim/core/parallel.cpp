#include "coalis/core/parallel.hpp"

namespace coalis {
namespace {

class SerialLoop final : public Loop {
 public:
  void run(int chunks, void (*body)(void*, int), void* context) const override {
    for (int chunk = 0; chunk < chunks; ++chunk) body(context, chunk);
  }
};

}  // namespace

const Loop& serial_loop() {
  static const SerialLoop loop;
  return loop;
}

}  // namespace coalis
