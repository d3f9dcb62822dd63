#include "kernels.hpp"

#include <stdexcept>

#include "coalis/engine/simulate.hpp"

namespace coalis {

// The signatures of Kernels, once per instruction set.
#define COALIS_DECLARE_KERNELS(isa)                                                      \
  namespace isa {                                                                        \
  void floor_draws(Stream, int, int, std::uint32_t*);                                    \
  void floor_exponentials(int, int, int, int, float*);                                   \
  void floor_sweep(std::size_t, float*);                                                 \
  void run_timed(World&, const Recording&, RunRecord&, bench::PartTimes&, bench::Work&); \
  }
COALIS_DECLARE_KERNELS(portable)
#ifdef COALIS_X86_ENGINES
COALIS_DECLARE_KERNELS(v2)
COALIS_DECLARE_KERNELS(v3)
COALIS_DECLARE_KERNELS(v4)
#endif

namespace bench {

const Kernels& kernels(std::string_view instruction_set) {
  static const Kernels all[] = {
#ifdef COALIS_X86_ENGINES
      {"v4", v4::floor_draws, v4::floor_exponentials, v4::floor_sweep, v4::run_timed},
      {"v3", v3::floor_draws, v3::floor_exponentials, v3::floor_sweep, v3::run_timed},
      {"v2", v2::floor_draws, v2::floor_exponentials, v2::floor_sweep, v2::run_timed},
#endif
      {"portable", portable::floor_draws, portable::floor_exponentials, portable::floor_sweep, portable::run_timed}};
  for (const Kernels& one : all)
    if (one.instruction_set == instruction_set) return one;
  throw std::invalid_argument("no kernels for instruction set '" + std::string(instruction_set) + "'");
}

std::vector<std::string> part_names() {
  std::vector<std::string> names{"initialization", "start of month"};
  for (const ProcessName& process : schedule()) names.emplace_back(process.name);
  names.emplace_back("observation");
  return names;
}

}  // namespace bench
}  // namespace coalis
