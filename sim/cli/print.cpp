// See print.hpp.
#include "print.hpp"

#include <algorithm>
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

bool print_problems(std::string_view command, std::span<const Diagnostic> problems) {
  for (const Diagnostic& problem : problems)
    print_message("{}{}\n", problem.of_question ? fmt::format("{}: ", command) : "", to_string(problem));
  return std::all_of(problems.begin(), problems.end(), [](const Diagnostic& d) { return d.warning; });
}

}  // namespace coalis::cli
