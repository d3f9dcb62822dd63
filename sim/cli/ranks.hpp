// What the commands know of being one rank of several: who hands out runs to it, if anybody does.
#pragma once

#include "coalis/tasks/lessor.hpp"

namespace coalis::cli {

struct Ranks {
  Lessor* lessor = nullptr;  // null: the process is alone
  double lease_seconds = 5;  // of work, at most, that a rank is given at once
};

// For the whole program, before it begins.
void be_one_of(const Ranks& ranks);
const Ranks& ranks_in_use();

}  // namespace coalis::cli
