// See terminal.hpp.
#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "coalis/core/characters.hpp"
#include "coalis/report/words/plain_text.hpp"
#include "print.hpp"

namespace coalis::cli {
namespace {

constexpr std::size_t least_width = 40;

std::atomic<bool> progress_shown{false};

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

std::size_t width_of(int descriptor) {
  struct winsize size {};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return std::max<std::size_t>(least_width, size.ws_col);
  const char* given = std::getenv("COLUMNS");
  if (!given) return printed_width;
  const std::string_view text(given);
  std::size_t columns = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), columns);
  const bool right = error == std::errc() && end == text.data() + text.size() && columns > 0;
  return right ? std::max(least_width, columns) : printed_width;
}

}  // namespace

std::size_t line_width() { return is_terminal(STDOUT_FILENO) ? width_of(STDOUT_FILENO) : printed_width; }

void print_text(std::string_view text) { write_answer(fitted(visible(text, Lines::many), line_width())); }

void print_list(std::string_view text) {
  if (is_terminal(STDOUT_FILENO))
    print_text(text);
  else
    write_answer(text);
}

std::string fitted_message(const std::string& text) {
  return is_terminal(STDERR_FILENO) ? fitted(text, width_of(STDERR_FILENO)) : text;
}

void clear_screen() {
  wipe_progress();
  std::fputs("\x1b[H\x1b[2J", stdout);
}

bool shows_progress() {
  const char* kind = std::getenv("TERM");
  return is_terminal(STDERR_FILENO) && kind && std::string_view(kind) != "dumb";
}

void show_progress(std::string_view line) {
  std::string shown(line);
  while (display_width(shown) >= width_of(STDERR_FILENO)) shown.pop_back();  // a wrapped line could not be wiped; it is ASCII
  progress_shown = true;
  std::fputs(("\r" + shown + "\x1b[K").c_str(), stderr);  // a message that does not arrive ends nothing
  std::fflush(stderr);
}

void wipe_progress() {
  if (progress_shown.exchange(false)) std::fputs("\r\x1b[K", stderr);
}

}  // namespace coalis::cli
