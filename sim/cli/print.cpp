// See print.hpp.
#include "print.hpp"

#include <cstdio>

#include "coalis/core/characters.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

void write(std::FILE* to, std::string_view text) {
  const std::string shown = visible(text, Lines::many);
  wipe_progress();
  std::fwrite(shown.data(), 1, shown.size(), to);
}

}  // namespace

void write_message(std::string_view text) { write(stderr, text); }
void write_answer(std::string_view text) { write(stdout, text); }

}  // namespace coalis::cli
