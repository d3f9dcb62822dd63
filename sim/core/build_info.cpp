// Version and commit come from a header that the build writes (cmake/build_info.cmake).
#include "coalis/core/build_info.hpp"

#include "generated/build_version.hpp"

namespace coalis {

const BuildInfo& build_info() {
#if defined(__clang__)
  static const BuildInfo info{COALIS_VERSION, COALIS_COMMIT, "clang " __clang_version__};
#else
  static const BuildInfo info{COALIS_VERSION, COALIS_COMMIT, "gcc " __VERSION__};
#endif
  return info;
}

}  // namespace coalis
