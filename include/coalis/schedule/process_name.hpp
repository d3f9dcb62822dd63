// How a process of the month is named.
#pragma once

#include <string_view>

namespace coalis {

// Number, name, what it does.
struct ProcessName {
  std::string_view number, name, summary;
};
}  // namespace coalis
