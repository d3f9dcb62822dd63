// Where results come from.
#pragma once

#include <string>

namespace coalis {

// What was answered, so that a result opened again can say it.
struct ToldAnswer {
  std::string sentences;  // a paragraph a line, cells of tables with tabs between; "": nothing is known
  std::string printed;    // the same, as it is printed on lines of usual width
  std::string figures;    // JSON
};

// What may differ between two equal runs.
struct Provenance {
  std::string command;  // line
  std::string host;
  std::string date;  // ISO 8601, UTC
  std::string compiler;
  int threads = 0;
  ToldAnswer answer{};
};
// This program on this machine, now.
Provenance provenance(const std::string& command, int threads);

}  // namespace coalis
