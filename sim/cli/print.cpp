// See print.hpp.
#include "print.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <set>
#include <string>

#include "coalis/core/characters.hpp"
#include "standard_output.hpp"
#include "terminal.hpp"

namespace coalis::cli {
namespace {

bool kept_to_itself = false;
std::string messages_kept;

void write(std::FILE* to, std::string_view text) {
  if (kept_to_itself) {
    if (to == stderr) messages_kept.append(text);
    return;
  }
  wipe_progress();
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), to) < text.size() && to == stdout) standard_output_failed(errno);
}

}  // namespace

void keep_messages() { kept_to_itself = true; }
std::string kept_messages() { return messages_kept; }

void write_message(std::string_view text) { write(stderr, fitted_message(visible(text, Lines::many))); }
void write_answer(std::string_view text) { write(stdout, visible(text, Lines::many)); }

bool print_problems(std::string_view command, std::span<const Diagnostic> problems) {
  std::set<std::string> said;  // a scenario that is read with several sets has its warnings with each
  for (const Diagnostic& problem : problems)
    if (const std::string text = to_string(problem); said.insert(text).second)
      print_message("{}{}\n", problem.of_question ? fmt::format("{}: ", command) : "", text);
  return std::all_of(problems.begin(), problems.end(), [](const Diagnostic& d) { return d.warning; });
}

}  // namespace coalis::cli
