// The floor: what no engine of this model can avoid, in plain loops over the model's own functions. Compiled once per instruction
// set. The loops are long and regular, so this is the least that the drawing, the exponentials and the arrays cost.
#include "coalis/core/distributions.hpp"
#include "kernels.hpp"

namespace coalis::inline COALIS_ISA {

void floor_draws(Stream stream, int n, int blocks, std::uint32_t* out) {
  for (int block = 0; block < blocks; ++block)
    draw_blocks(stream, Purpose::monthly, static_cast<std::uint32_t>(block), 0, 0, 0, n, out, out + n, out + 2 * n, out + 3 * n);
}

// Every value stays between 0 and 3 under each of the three, so that none is slow.
void floor_exponentials(int n, int exps, int logistics, int logs, float* x) {
  for (int time = 0; time < exps; ++time) {
    COALIS_LANES
    for (int i = 0; i < n; ++i) x[i] = exp(-x[i]);
  }
  for (int time = 0; time < logistics; ++time) {
    COALIS_LANES
    for (int i = 0; i < n; ++i) x[i] = logistic(x[i]);
  }
  for (int time = 0; time < logs; ++time) {
    COALIS_LANES
    for (int i = 0; i < n; ++i) x[i] = log(2.0f + x[i]);
  }
}

void floor_sweep(std::size_t n, float* x) {
  COALIS_LANES
  for (std::size_t i = 0; i < n; ++i) x[i] = 0.5f * x[i] + 1.0f;
}

}  // namespace coalis::inline COALIS_ISA
