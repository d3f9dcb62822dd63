// What this program was built from and with.
#pragma once

#include <string>

namespace coalis {

struct BuildInfo {
  std::string version;   // of the program
  std::string commit;    // of the sources, "+changes" if they differ from it, "unknown" outside of a repository
  std::string compiler;  // name and version
};

const BuildInfo& build_info();

}  // namespace coalis
