// What comes of running recorded runs again: are they those that this machine computes?
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace coalis {

struct Verified {
  enum class Of { runs, comparison, study };  // what the file is

  std::string file;
  Of of = Of::runs;
  std::size_t held = 0;                  // replicates that the file has; of a study runs that are done
  std::size_t wanted = 0, compared = 0;  // of these; fewer are compared only after an interruption
  // Of single runs: those with another hash, and what is recorded beside equal hashes; else whatever is different. A line each.
  std::vector<std::string> hashes{}, different{};
  bool has_checksums = true;            // false: the file is of an older program, what is not computed again was not checked
  std::size_t scenarios = 0;            // of a comparison
  std::size_t points = 0, unbuilt = 0;  // of a study; those that could not be built again from the file

  bool reproduced() const { return hashes.empty() && different.empty(); }
  bool whole() const { return compared == wanted; }
};

}  // namespace coalis
