// Where results come from.
#pragma once

#include <string>

namespace coalis {

// What may differ between two equal runs.
struct Provenance {
  std::string command;  // line
  std::string host;
  std::string date;  // ISO 8601, UTC
  std::string compiler;
  int threads = 0;
};
// This program on this machine, now.
Provenance provenance(const std::string& command, int threads);

}  // namespace coalis
