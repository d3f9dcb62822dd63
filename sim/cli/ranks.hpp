// What the commands know of being one rank of several: who hands out runs to it, if anybody does.
#pragma once

#include "coalis/tasks/lessor.hpp"

namespace coalis::cli {

// For the whole program, before it begins. Without a lessor the process is alone.
void be_one_of(const Sharing& ranks);
const Sharing& ranks_in_use();

}  // namespace coalis::cli
