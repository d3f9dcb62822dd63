// Which program has made an answer: that of the one that runs, or of the one that wrote the file which it was read from.
#pragma once

#include <string>

namespace coalis {

struct MadeBy {
  std::string program, commit, model;  // versions of program and model

  bool operator==(const MadeBy&) const = default;
};
MadeBy this_program();

}  // namespace coalis
