// Work that may crash, done first by a child process: a library that stumbles over a damaged file does not take the program
// along.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace coalis::io {

struct ChildAnswer {
  bool succeeded = false;
  std::string text;   // what the work returned, or what the exception said
  std::string crash;  // how the child ended without an answer, "" if it did not
};

// Calls `work` in a copy of this process (or in this one, if no other can be started) and waits for it. `seconds`: of processor
// time, after which it is ended. The work must not write anything that outlives it.
ChildAnswer in_child(const std::function<std::string()>& work, std::uint64_t seconds);

}  // namespace coalis::io
