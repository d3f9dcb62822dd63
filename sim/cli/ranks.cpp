#include "ranks.hpp"

namespace coalis::cli {
namespace {

Ranks in_use;

}  // namespace

void be_one_of(const Ranks& ranks) { in_use = ranks; }
const Ranks& ranks_in_use() { return in_use; }

}  // namespace coalis::cli
