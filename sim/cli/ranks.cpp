#include "ranks.hpp"

namespace coalis::cli {
namespace {

Sharing in_use;

}  // namespace

void be_one_of(const Sharing& ranks) { in_use = ranks; }
const Sharing& ranks_in_use() { return in_use; }

}  // namespace coalis::cli
